"""Email addresses, checked by their form alone: no name server is asked."""

import email_validator

# An installation inside a company may have addresses such as maya@corp.local.
_ALLOWED = frozenset({"local"})


def is_email(address: str) -> bool:
    """Return whether a text has the form of an email address (RFC 5322, RFC 6531)."""
    try:
        email_validator.validate_email(address, check_deliverability=False)
    except email_validator.EmailNotValidError:
        return address.rpartition(".")[2].lower() in _ALLOWED and is_email(f"{address}.com")
    return True
