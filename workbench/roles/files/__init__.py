"""Roles as files: a role is read from TOML, as a person writes it."""
