"""What sales teams measure, and the exact arithmetic of targets; a pure library with no tables."""
