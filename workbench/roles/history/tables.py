"""The states of drafts that changes replaced, the latest change first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Select, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.accounts.tables import PersonRow
from workbench.core import clock
from workbench.core.db import Base
from workbench.core.edits import Edit
from workbench.core.shape import structure, unstructure
from workbench.roles.history.model import KEEP_DAYS, label_of_part
from workbench.roles.model import Role

ONE_CHANGE = timedelta(minutes=10)  # saves of one open page in this time are one change
PAGE = 50


class DraftStateRow(Base):
    """A change of a draft, with the state that it replaced; `first_at` and `last_at` are its first and last save."""

    __tablename__ = "draft_state"
    __table_args__ = (Index("ix_draft_state_draft", "draft_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"))
    version: Mapped[int]
    part: Mapped[str] = mapped_column(String(120))
    label: Mapped[str] = mapped_column(String(200))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    tab: Mapped[str] = mapped_column(String(40), default="")
    first_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    value: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)

    @property
    def role(self) -> Role:
        """Return the role as it was before the change."""
        return structure(Role, self.value)


@dataclass(frozen=True, slots=True)
class DraftChange:
    """One change of a draft as the history shows it."""

    id: int
    part: str
    label: str
    who: str
    first_at: datetime
    last_at: datetime


def record_state(session: Session, draft_id: int, version: int, edit: Edit, before: Role, after: Role) -> None:
    """Keep the state of a draft that an edit replaces; further saves of one open page belong to the same change."""
    last = session.scalar(_states(draft_id).order_by(DraftStateRow.id.desc()).limit(1))
    tab = "" if edit.apart else edit.tab
    same_page = last and tab and (last.part, last.person_id, last.tab) == (edit.part, edit.person, tab)
    if last and same_page and clock.now() < last.first_at + ONE_CHANGE:
        last.last_at = clock.now()
        return
    session.add(
        DraftStateRow(
            draft_id=draft_id,
            version=version,
            part=edit.part,
            label=label_of_part(edit.part, after, before)[:200],
            person_id=edit.person or None,
            tab=tab,
            value=unstructure(before),
        )
    )
    session.flush()


def list_changes(session: Session, draft_id: int, before: int | None = None) -> list[DraftChange]:
    """List a page of the changes of a draft, the latest first; `before` is the last one of the page before."""
    query = (
        select(DraftStateRow, PersonRow.name)
        .join(PersonRow, PersonRow.id == DraftStateRow.person_id, isouter=True)
        .where(DraftStateRow.draft_id == draft_id)
        .order_by(DraftStateRow.id.desc())
        .limit(PAGE)
    )
    if before is not None:
        query = query.where(DraftStateRow.id < before)
    return [view_change(row, name) for row, name in session.execute(query)]


def view_change(row: DraftStateRow, name: str | None) -> DraftChange:
    """Return the values of a change for its pages."""
    return DraftChange(row.id, row.part, row.label, name or "Someone", row.first_at, row.last_at)


def find_state(session: Session, draft_id: int, number: int) -> DraftStateRow | None:
    """Find a change of a draft by its number, with the state that it replaced."""
    return session.scalar(_states(draft_id).where(DraftStateRow.id == number))


def next_state(session: Session, row: DraftStateRow) -> DraftStateRow | None:
    """Return the change after this one: the state that it replaced is the result of this one."""
    later = _states(row.draft_id).where(DraftStateRow.id > row.id)
    return session.scalar(later.order_by(DraftStateRow.id).limit(1))


def last_change(session: Session, draft_id: int) -> int | None:
    """Return the number of the last change of a draft."""
    return session.scalar(
        select(DraftStateRow.id).where(DraftStateRow.draft_id == draft_id).order_by(DraftStateRow.id.desc())
    )


def list_expired(session: Session) -> list[int]:
    """List the numbers of the changes that are too old to be kept."""
    return list(session.scalars(select(DraftStateRow.id).where(DraftStateRow.last_at < _oldest())))


def delete_states(session: Session, numbers: list[int]) -> None:
    """Delete changes by their numbers."""
    session.execute(delete(DraftStateRow).where(DraftStateRow.id.in_(numbers)))


def _states(draft_id: int) -> Select[DraftStateRow]:
    return select(DraftStateRow).where(DraftStateRow.draft_id == draft_id)


def _oldest() -> datetime:
    return clock.now() - timedelta(days=KEEP_DAYS)
