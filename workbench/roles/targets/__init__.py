"""Set and agree all targets of a role in one table."""
