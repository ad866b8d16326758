"""The position description of a role and its annex."""
