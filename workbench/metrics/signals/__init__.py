"""Signals in a series of results: when a change is more than chance, and what caused it."""
