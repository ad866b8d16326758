"""Change the currency of a role, with every amount that is in it."""
