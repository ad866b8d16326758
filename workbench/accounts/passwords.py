"""Passwords: argon2id with the cost of the OWASP cheat sheet, two at a time, and the same time for unknown people."""

import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH = 12
MAX_LENGTH = 128
MIN_GUESSES = 10**8  # zxcvbn's step from “somewhat” to “safely” unguessable
# Characters. The time of the estimate grows with them (seconds at 72), and the rest only adds strength.
MAX_ESTIMATED = 24
# Each takes 19 MiB, so that many sign-ins at once do not exhaust the memory.
_SLOTS = threading.Semaphore(2)


def hash_password(password: str, memory: int, passes: int) -> str:
    """Return the argon2id hash of a password; `memory` in KiB."""
    with _SLOTS:
        return _hasher(memory, passes).hash(password)


def is_password(stored_hash: str, password: str, memory: int, passes: int) -> bool:
    """Return whether a password fits a hash; an empty hash takes as long as a real one and never fits."""
    with _SLOTS:
        hasher = _hasher(memory, passes)
        try:
            hasher.verify(stored_hash or _dummy_hash(memory, passes), password)
        except (VerificationError, InvalidHashError):
            return False
        return bool(stored_hash)


def password_fault(password: str, *, name: str = "", email: str = "") -> str:
    """Return a sentence about a new password that is not accepted, or an empty text.

    NIST SP 800-63B: length counts, and a password must be none of the common ones, no repetition, no sequence and
    no word from the context. zxcvbn (Wheeler, USENIX Security 2016) knows all four and estimates the guesses.
    """
    if len(password) < MIN_LENGTH:
        return f"Use at least {MIN_LENGTH} characters; a short sentence is easy to remember"
    if len(password) > MAX_LENGTH:
        return f"Use at most {MAX_LENGTH} characters"
    if password.lower() in {name.lower(), email.lower()}:
        return "Use something other than your name or address"
    from zxcvbn import zxcvbn  # noqa: PLC0415 - its word lists take a tenth of a second to load

    context = [*name.split(), *email.split("@"), "workbench"]
    if zxcvbn(password[:MAX_ESTIMATED], user_inputs=context)["guesses"] < MIN_GUESSES:
        return "Use a password that is harder to guess, such as a short sentence of your own; this one is common"
    return ""


@cache
def _hasher(memory: int, passes: int) -> PasswordHasher:
    return PasswordHasher(time_cost=passes, memory_cost=memory, parallelism=1)


@cache
def _dummy_hash(memory: int, passes: int) -> str:
    return _hasher(memory, passes).hash("no person has this password")
