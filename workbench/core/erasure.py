"""Retention: each capability registers how it erases the personal data that the company does not keep any longer."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class PurgeResult:
    """The result of a purge: the numbers of the erased rows, and how many folders without a row were removed."""

    erased: tuple[int, ...]
    folders: int


# A function of a session and `dry`; with `dry` it only counts.
Purge = Callable[..., PurgeResult]

_PURGES: dict[str, Purge] = {}


def register_purge(owner: str) -> Callable[[Purge], Purge]:
    """Register a function as the purge of `owner`, such as `run`."""

    def register(purge: Purge) -> Purge:
        _PURGES[owner] = purge
        return purge

    return register


def purge_expired(session: Session, *, dry: bool = False) -> dict[str, PurgeResult]:
    """Erase everything whose retention period is over, by owner. With `dry` nothing is removed, only counted."""
    return {owner: purge(session, dry=dry) for owner, purge in _PURGES.items()}
