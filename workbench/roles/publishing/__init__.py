"""Publish a role: the check page, the answers to its findings, and the agreement of a second person."""
