"""Keep each state of a draft that a change replaced, show what changed, undo one change, and restore a state."""
