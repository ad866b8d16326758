"""Passwords: argon2id with the cost of the OWASP cheat sheet, two at a time, and the same time for unknown people."""

import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH = 12
MAX_LENGTH = 128
_AT_ONCE = threading.Semaphore(2)  # each takes 19 MiB: a crowd at the door must not eat the machine


def hash_password(password: str, memory: int, passes: int) -> str:
    """Turn a password into what we keep of it; `memory` in KiB."""
    with _AT_ONCE:
        return _hasher(memory, passes).hash(password)


def is_password(kept: str, password: str, memory: int, passes: int) -> bool:
    """Compare a password with what is kept; an empty `kept` takes as long as a real one and never fits."""
    with _AT_ONCE:
        hasher = _hasher(memory, passes)
        try:
            hasher.verify(kept or _dummy(memory, passes), password)
        except (VerificationError, InvalidHashError):
            return False
        return bool(kept)


def fault_of(password: str, *, name: str = "", email: str = "") -> str:
    """Say what is wrong with a new password, or nothing: length counts, not signs (NIST SP 800-63B)."""
    if len(password) < MIN_LENGTH:
        return f"Use at least {MIN_LENGTH} characters; a short sentence is easy to remember"
    if len(password) > MAX_LENGTH:
        return f"Use at most {MAX_LENGTH} characters"
    if len(set(password)) < 5:
        return "Use more than a few different characters"
    if password.lower() in {name.lower(), email.lower()}:
        return "Use something other than your name or address"
    return ""


@cache
def _hasher(memory: int, passes: int) -> PasswordHasher:
    return PasswordHasher(time_cost=passes, memory_cost=memory, parallelism=1)


@cache
def _dummy(memory: int, passes: int) -> str:
    return _hasher(memory, passes).hash("nobody has this password")
