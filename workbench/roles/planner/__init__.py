"""Plan the activity that a target needs, from typed figures to expectations."""
