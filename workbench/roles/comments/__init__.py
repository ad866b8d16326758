"""Comment on a part of a draft, suggest another text for it, reply, and resolve."""
