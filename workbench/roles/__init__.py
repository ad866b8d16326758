"""Roles: the guided path, the review, the library of ready-made roles, and the editions that are printed."""
