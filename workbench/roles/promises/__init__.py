"""Keep the promises of the company apart from the samples of the library."""
