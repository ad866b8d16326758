"""The first day of a company: from its name to its first role, step by step."""
