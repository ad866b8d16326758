"""Erase old states of drafts, and drafts that have been in the trash for too long; the worker does it every hour."""

from sqlalchemy.orm import Session

from workbench.core.erasure import PurgeResult, register_purge
from workbench.roles.history.tables import delete_states, list_expired
from workbench.roles.history.trash import erase_drafts, list_expired_drafts


@register_purge("draft state")
def purge_states(session: Session, *, dry: bool = False) -> PurgeResult:
    """Erase the states that are too old to be restored. With `dry` they are only counted."""
    numbers = list_expired(session)
    if not dry:
        delete_states(session, numbers)
    return PurgeResult(tuple(numbers), 0)


@register_purge("draft in the trash")
def purge_trash(session: Session, *, dry: bool = False) -> PurgeResult:
    """Erase the drafts that have been in the trash for too long. With `dry` they are only counted."""
    numbers = list_expired_drafts(session)
    if not dry:
        erase_drafts(session, numbers)
    return PurgeResult(tuple(numbers), 0)
