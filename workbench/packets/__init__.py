"""Print runs: many documents for many people, planned before printing and linked from stored documents."""
