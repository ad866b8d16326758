"""Tell people what happened to the drafts that they work on, in the product."""
