"""Text as it is stored and as people read it: one alphabet, translations, and times in a time zone."""
