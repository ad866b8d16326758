"""Find earlier print runs."""
