"""The rules of the review: one small function each, by the part of the role they look at."""
