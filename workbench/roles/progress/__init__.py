"""Show how far a draft is: the state of each part, the place on the path, and the gaps before the next edition."""
