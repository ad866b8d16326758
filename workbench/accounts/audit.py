"""The audit trail: lines are added, and the database refuses to change or remove one."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.accounts.history.model import AuditLine
from workbench.accounts.model import Person, Thing
from workbench.accounts.tables import PersonRow
from workbench.core.clock import now
from workbench.core.db import Base

PAGE = 100


class AuditAct(StrEnum):
    """What a person did, in the words of the history page; one word for one act."""

    SIGNED_IN = "signed in"
    SIGN_IN_FAILED = "failed to sign in"
    SIGNED_OUT = "signed out"
    SESSION_ENDED = "ended a session"
    PASSWORD_CHANGED = "changed the password"  # noqa: S105 - an act, not a password
    ZONE_CHANGED = "changed the time zone"
    PERSON_SWITCHED = "switched the example person"
    INVITED = "invited a person"
    INVITATION_REVOKED = "took back an invitation"
    NAME_CHANGED = "changed the own name"
    CREATED = "created"
    CHANGED = "changed"
    KEPT = "kept as it is"
    CONFIRMED = "confirmed promises of"
    REMOVED = "removed"
    RETIRED = "retired"
    RESTORED = "restored"
    UNDONE = "undid a change of"
    DISMISSED = "dismissed a remark on"
    REOPENED = "opened a remark again on"
    AGREEMENT_ASKED = "asked for agreement to"
    AGREED = "agreed to a text of"
    REFUSED = "did not agree to a text of"
    PUBLISHED = "published"
    PLANNED = "planned"
    PRINTED = "printed"
    CANCELLED = "cancelled"
    DOWNLOADED = "fetched"
    SHARED = "shared"
    SHARING_STOPPED = "stopped sharing"
    HANDED_OVER = "handed over"
    COMMENTED = "commented on"
    APPROVAL_ASKED = "asked for the approval of"
    APPROVAL_ANSWERED = "answered a request to approve"
    APPROVAL_WITHDRAWN = "withdrew a request to approve"
    RESOLVED = "resolved a comment on"
    DECIDED = "decided a suggestion for"
    ERASED = "erased the names"
    RETURNED = "read returned documents"


# Spellings of lines that were written before the acts had one vocabulary: a line is never changed, so they are mapped
# when they are read.
_OLD_ACTS = {
    "add": AuditAct.CREATED,
    "added": AuditAct.CREATED,
    "print": AuditAct.PRINTED,
    "forgot the names": AuditAct.ERASED,
    "took back": AuditAct.RETURNED,
}
_OLD_THINGS = {"people": "person"}


class AuditRow(Base):
    """One line of the trail: who did what to which thing. The database refuses to change or remove it.

    People are named by number only, so that a person can be erased without a change of the trail.
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


def record(session: Session, person: Person | None, act: AuditAct, thing: Thing, **detail: Any) -> None:
    """Add a line to the trail, in the same transaction as the act; `detail` has no names and no secrets."""
    person_id = person.id if person else None
    session.add(AuditRow(person_id=person_id, act=act, thing=thing.kind, key=thing.key, detail=detail))


def list_trail(
    session: Session, before: int | None = None, limit: int = PAGE, *, person: int | None = None, thing: str = ""
) -> list[AuditLine]:
    """Return the trail, the latest line first; `before` is the number of the last line of the previous page.

    `person` and `thing` leave only the lines of one person and about one kind of thing.
    """
    query = (
        select(AuditRow, PersonRow.name)
        .join(PersonRow, PersonRow.id == AuditRow.person_id, isouter=True)
        .order_by(AuditRow.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(AuditRow.id < before)
    if person is not None:
        query = query.where(AuditRow.person_id == person)
    if thing:
        query = query.where(AuditRow.thing.in_([thing, *(old for old, new in _OLD_THINGS.items() if new == thing)]))
    return [
        AuditLine(
            row.id,
            row.at,
            name or "Nobody signed in",
            _OLD_ACTS.get(row.act, row.act),
            _OLD_THINGS.get(row.thing, row.thing),
            row.key,
            row.detail,
        )
        for row, name in session.execute(query)
    ]
