"""Remind of what the law of a place asks of a role and of its advertisement: prompts with their sources, never advice."""
