"""Show the home page and the library, and start or remove a draft."""
