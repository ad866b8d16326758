"""Erase old states of drafts, and drafts that have been in the trash for too long; the worker does it every hour."""

from sqlalchemy.orm import Session

from workbench.core.erasure import PurgeResult, register_purge
from workbench.roles.history.tables import delete_states, list_expired
from workbench.roles.history.trash import erase_drafts, list_expired_drafts
from workbench.roles.notices.tables import delete_old_notices
from workbench.roles.sharing.presence import delete_old_presence


@register_purge("draft state")
def purge_states(session: Session, *, dry: bool = False) -> PurgeResult:
    """Erase the states that are too old to be restored. With `dry` they are only counted."""
    numbers = list_expired(session)
    if not dry:
        delete_states(session, numbers)
    return PurgeResult(tuple(numbers), 0)


@register_purge("notice")
def purge_notices(session: Session, *, dry: bool = False) -> PurgeResult:
    """Delete the notices that are too old, and the open pages that were last heard of long ago. With `dry` only count."""
    if not dry:
        delete_old_presence(session)
    return PurgeResult(tuple(delete_old_notices(session, dry=dry)), 0)


@register_purge("draft in the trash")
def purge_trash(session: Session, *, dry: bool = False) -> PurgeResult:
    """Erase the drafts that have been in the trash for too long. With `dry` they are only counted."""
    numbers = list_expired_drafts(session)
    if not dry:
        erase_drafts(session, numbers)
    return PurgeResult(tuple(numbers), 0)
