"""Invite a person by a link, with which they choose their own password."""
