"""The history page: the lines of the audit trail as sentences, with the titles of things and links to them."""
