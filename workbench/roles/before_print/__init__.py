"""What to look at before the documents of a role are printed."""
