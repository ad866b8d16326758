"""Share a draft with people of the company, and hand it over to another owner."""
