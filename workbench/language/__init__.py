"""Wording rules as a pure library: what a sentence leaves open, what it threatens, and what must not be asked."""
