"""Print a run: press what is missing, link the packets, and store the files."""
