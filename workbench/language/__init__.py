"""Wording rules as a pure library: vague or threatening words, and topics that an interview may not ask about."""
