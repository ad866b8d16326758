"""Read the filled-in PDFs that are uploaded for a run."""
