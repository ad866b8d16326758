"""The round of interviews: who takes part, when the talks are, and the sheets that are filled in."""
