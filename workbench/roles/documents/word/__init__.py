"""The documents of a role as Word files, from the same values and with the same words as the printed ones."""
