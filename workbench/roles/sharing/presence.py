"""Who has which page of a draft open now, and what others have changed since a page was opened."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.accounts.tables import PersonRow, name_of
from workbench.core import clock
from workbench.core.db import Base, retry_on_conflict
from workbench.core.edits import EVERYTHING
from workbench.roles.history.model import label_of_part
from workbench.roles.tables import DraftRow

HERE = timedelta(seconds=30)  # since a page was last heard of
KEEP = timedelta(days=1)


class PresenceRow(Base):
    """One open page of a person; `tab` identifies it."""

    __tablename__ = "presence"

    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    tab: Mapped[str] = mapped_column(String(40), primary_key=True)
    part: Mapped[str] = mapped_column(String(120), default="")
    seen_at: Mapped[datetime] = mapped_column(default=clock.now)


@dataclass(frozen=True, slots=True)
class OtherPage:
    """An open page of another person: who, the name of its part, and whether it is the part of this page."""

    name: str
    label: str
    here: bool


@dataclass(frozen=True, slots=True)
class OtherChange:
    """A change of a part by another page; `name` is empty where the person did it in another tab."""

    name: str
    part: str
    label: str
    at: datetime
    here: bool


def record_presence(session: Session, draft_id: int, person: int, tab: str, part: str) -> None:
    """Record that a person has a page open just now."""

    def write() -> None:
        row = session.get(PresenceRow, (draft_id, person, tab)) or PresenceRow(
            draft_id=draft_id, person_id=person, tab=tab
        )
        row.part, row.seen_at = part, clock.now()
        session.add(row)
        session.flush()

    retry_on_conflict(session, write)


def list_others(session: Session, draft: DraftRow, person: int, part: str) -> list[OtherPage]:
    """List the pages of a draft that other people have open, one for each person, by name."""
    query = (
        select(PersonRow.name, PresenceRow.part)
        .join(PersonRow, PersonRow.id == PresenceRow.person_id)
        .where(
            PresenceRow.draft_id == draft.id,
            PresenceRow.person_id != person,
            PresenceRow.seen_at > clock.now() - HERE,
        )
        .order_by(PersonRow.name, PresenceRow.seen_at)
    )
    latest: dict[str, str] = {row.name: row.part for row in session.execute(query)}
    role = draft.role
    return [OtherPage(name, label_of_part(where, role), where == part) for name, where in latest.items()]


def list_other_changes(
    session: Session, draft: DraftRow, person: int, tabs: Collection[str], since: int, part: str
) -> list[OtherChange]:
    """List the parts that other pages have changed since a version of a draft, the latest change first.

    A page has a tab for each of its forms.
    """
    role = draft.role
    changes = [
        (last["version"], name, last)
        for name, last in draft.touched.items()
        if last["version"] > since and not (last["person"] == person and last["tab"] in tabs) and name != EVERYTHING
    ]
    return [
        OtherChange(
            "" if last["person"] == person else name_of(session, last["person"]),
            name,
            label_of_part(name, role),
            datetime.fromisoformat(last["at"]),
            name == part or name.startswith(f"{part}/"),
        )
        for _, name, last in sorted(changes, key=lambda each: each[0], reverse=True)
    ]


def delete_old_presence(session: Session) -> None:
    """Delete the pages that were last heard of long ago."""
    session.execute(delete(PresenceRow).where(PresenceRow.seen_at < clock.now() - KEEP))
