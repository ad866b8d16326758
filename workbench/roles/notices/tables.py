"""The notices of people, the latest first."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ForeignKey, Index, String, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.accounts.tables import PersonRow
from workbench.core import clock
from workbench.core.db import Base
from workbench.roles.notices.model import Notice, NoticeKind
from workbench.roles.tables import DraftRow

MAX_NOTICES = 100  # on the page
KEEP = timedelta(days=90)


class NoticeRow(Base):
    """One notice of a person; `place` is the part of the draft, or another page of it such as `people`."""

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_person", "person_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(20))
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"))
    actor_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    place: Mapped[str] = mapped_column(String(140), default="")
    detail: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    read_at: Mapped[datetime | None] = mapped_column(default=None)


def notify(
    session: Session,
    kind: NoticeKind,
    draft: DraftRow,
    people: Iterable[int],
    actor: int,
    *,
    place: str = "",
    detail: str = "",
) -> None:
    """Add a notice for each person but the one who acted; an unread one about the same thing is replaced."""
    for person in {*people} - {actor}:
        same = {"person_id": person, "kind": kind, "draft_id": draft.id, "actor_id": actor, "place": place}
        unread = [getattr(NoticeRow, name) == value for name, value in same.items()]
        session.execute(delete(NoticeRow).where(*unread, NoticeRow.read_at.is_(None)))
        session.add(NoticeRow(**same, detail=_shorten(detail)))
    session.flush()


def notices_for(session: Session, person: int, *, unread_only: bool = False) -> list[Notice]:
    """List the notices of a person, the latest first."""
    query = (
        select(NoticeRow, PersonRow.name, DraftRow.slug, DraftRow.title)
        .join(PersonRow, PersonRow.id == NoticeRow.actor_id)
        .join(DraftRow, DraftRow.id == NoticeRow.draft_id)
        .order_by(NoticeRow.id.desc())
        .limit(MAX_NOTICES)
    )
    found = query.where(*_visible(person, unread_only=unread_only))
    return [
        Notice(row.id, NoticeKind(row.kind), name, slug, title, row.place, row.detail, row.at, row.read_at)
        for row, name, slug, title in session.execute(found)
    ]


def count_unread(session: Session, person: int) -> int:
    """Return how many notices a person has not read."""
    query = select(func.count(NoticeRow.id)).join(DraftRow, DraftRow.id == NoticeRow.draft_id)
    return session.scalar(query.where(*_visible(person, unread_only=True))) or 0


def mark_read(session: Session, person: int, number: int | None = None) -> None:
    """Mark one notice of a person, or all of them, as read."""
    query = update(NoticeRow).where(NoticeRow.person_id == person, NoticeRow.read_at.is_(None))
    numbers = [] if number is None else [NoticeRow.id == number]
    session.execute(query.where(*numbers).values(read_at=clock.now()))


def delete_old_notices(session: Session, *, dry: bool = False) -> list[int]:
    """Delete the notices that are too old, and return their numbers; with `dry` they are only counted."""
    numbers = list(session.scalars(select(NoticeRow.id).where(NoticeRow.at < clock.now() - KEEP)))
    if not dry:
        session.execute(delete(NoticeRow).where(NoticeRow.id.in_(numbers)))
    return numbers


def _visible(person: int, *, unread_only: bool) -> list[ColumnElement[bool]]:
    """Return the conditions for the notices of a person; those about a draft in the trash are left out."""
    conditions = [NoticeRow.person_id == person, DraftRow.removed_at.is_(None)]
    return [*conditions, NoticeRow.read_at.is_(None)] if unread_only else conditions


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 120 else f"{line[:119]}…"
