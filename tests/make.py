"""Builders: one function a noun, with just enough filled in to be true; a test overrides what it is about."""
