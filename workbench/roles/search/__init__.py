"""Search roles, their parts, metrics and print runs, as far as a person may read them."""
