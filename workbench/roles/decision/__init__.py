"""The sheets on which a panel decides about candidates: the reference check, and the decision sheet."""
