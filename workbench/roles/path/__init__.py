"""Guide a leader through writing a role: one question a page, with autosave."""
