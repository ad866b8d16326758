"""Print a run: print the missing documents, link the packets, and store the files."""
