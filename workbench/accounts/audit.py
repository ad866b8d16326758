"""The trail of who did what: lines are added, and the database refuses to change or remove one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.accounts.model import Person, Thing
from workbench.accounts.tables import PersonRow
from workbench.core.clock import now
from workbench.core.db import Base

PAGE = 100


class AuditRow(Base):
    """One line of the trail: who did what to which thing. The database refuses to change or remove it.

    People are named by number only, so that a person can be forgotten without touching the trail.
    """

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_thing", "thing", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    person_id: Mapped[int | None]
    act: Mapped[str] = mapped_column(String(40))
    thing: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(120), default="")
    detail: Mapped[dict[str, Any]]


def record(session: Session, person: Person | None, act: str, thing: Thing, **detail: Any) -> None:
    """Add a line to the trail, in the same transaction as what was done; `detail` holds no names and no secrets."""
    who = person.id if person else None
    session.add(AuditRow(person_id=who, act=act, thing=thing.kind, key=thing.key, detail=detail))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the trail as it is read."""

    id: int
    at: datetime
    who: str
    act: str
    thing: str
    key: str
    detail: dict[str, Any]


def list_trail(session: Session, before: int | None = None, most: int = PAGE) -> list[Line]:
    """List the trail, the latest line first; `before` is the number of the last line of the page above."""
    wanted = (
        select(AuditRow, PersonRow.name)
        .join(PersonRow, PersonRow.id == AuditRow.person_id, isouter=True)
        .order_by(AuditRow.id.desc())
        .limit(most)
    )
    if before is not None:
        wanted = wanted.where(AuditRow.id < before)
    return [
        Line(row.id, row.at, name or "Nobody signed in", row.act, row.thing, row.key, row.detail)
        for row, name in session.execute(wanted)
    ]
