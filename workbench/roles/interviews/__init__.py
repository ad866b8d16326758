"""The minutes of an interview, and the questions that fit into one."""
