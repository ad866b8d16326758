"""Publish a role: what was answered to its findings, who agreed to what, and the page where it is checked."""
