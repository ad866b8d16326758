"""The drafts in the trash, and their end after the retention period."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from workbench.core import clock
from workbench.documents.store.uses import remove_uses
from workbench.roles.history.model import KEEP_DAYS
from workbench.roles.tables import DraftRow, EditionRow


@dataclass(frozen=True, slots=True)
class RemovedDraft:
    """A draft in the trash as its list shows it."""

    slug: str
    title: str
    removed_at: datetime
    editions: int = 0

    @property
    def erased_at(self) -> datetime | None:
        """Return when the draft is erased; never with editions, which keep it as the place where they come from."""
        return None if self.editions else self.removed_at + timedelta(days=KEEP_DAYS)


def list_trash(session: Session, owner: int) -> list[RemovedDraft]:
    """List the removed drafts of a person, the latest first."""
    editions = select(func.count()).where(EditionRow.draft_id == DraftRow.id).scalar_subquery()
    query = select(DraftRow.slug, DraftRow.title, DraftRow.removed_at, editions).where(DraftRow.owner_id == owner)
    rows = session.execute(query.order_by(DraftRow.removed_at.desc(), DraftRow.id.desc()))
    return [RemovedDraft(slug, title, removed_at, number) for slug, title, removed_at, number in rows if removed_at]


def list_expired_drafts(session: Session) -> list[int]:
    """List the numbers of the drafts without editions that have been in the trash for too long."""
    published = select(EditionRow.draft_id)
    oldest = clock.now() - timedelta(days=KEEP_DAYS)
    return list(session.scalars(select(DraftRow.id).where(DraftRow.removed_at < oldest, DraftRow.id.not_in(published))))


def erase_drafts(session: Session, numbers: list[int]) -> None:
    """Erase drafts with everything that belongs to them, which the database removes with their rows."""
    for number in numbers:
        remove_uses(session, "draft", number)
    session.execute(delete(DraftRow).where(DraftRow.id.in_(numbers)))
