"""Erase the names and the files of print runs."""
