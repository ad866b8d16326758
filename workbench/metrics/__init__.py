"""The catalogue of sales metrics and the exact arithmetic of targets: a pure library without tables."""
