"""Read the filled-in PDFs that are handed in for a run."""
