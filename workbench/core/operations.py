"""Each write carries an operation id: one that arrives a second time is given the first answer and changes nothing."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, Text, delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.core.clock import now
from workbench.core.db import Base

KEPT = timedelta(days=7)


class OperationRow(Base):
    """One write that was answered, by whom it was sent and what it said; `status` 0 while it is being done."""

    __tablename__ = "operation"

    op_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    person: Mapped[str] = mapped_column(String(40), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    status: Mapped[int] = mapped_column(default=0)
    location: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(index=True, default=now)


@dataclass(frozen=True, slots=True)
class Operation:
    """One sending of one form: the same id with other words is another operation."""

    op_id: str
    person: str
    digest: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the first sending was answered: a status with the address to go to, or a body."""

    status: int
    location: str = ""
    body: str = ""


def digest_of(parts: list[tuple[str, str]]) -> str:
    """Digest what was sent, in its order."""
    return hashlib.sha256("\0".join(f"{name}\1{value}" for name, value in parts).encode("utf-8", "replace")).hexdigest()


def begin(session: Session, operation: Operation) -> Answer | None:
    """Take the operation on, or give the answer that it had already.

    The row is written first, in the transaction of the change itself: a second sending that arrives meanwhile waits
    here until the first is committed or undone.
    """
    key = (operation.op_id, operation.person, operation.digest)
    present = session.get(OperationRow, key)
    if present is None:
        try:
            with session.begin_nested():
                session.add(OperationRow(op_id=key[0], person=key[1], digest=key[2]))
        except IntegrityError:
            present = session.get(OperationRow, key)
    return Answer(present.status, present.location, present.body) if present else None


def conclude(session: Session, operation: Operation, answer: Answer) -> None:
    """Keep the answer, in the same transaction as the change."""
    session.execute(
        update(OperationRow)
        .where(
            OperationRow.op_id == operation.op_id,
            OperationRow.person == operation.person,
            OperationRow.digest == operation.digest,
        )
        .values(status=answer.status, location=answer.location, body=answer.body)
    )


def forget_operations(session: Session) -> None:
    """Drop the operations that nobody can still repeat."""
    session.execute(delete(OperationRow).where(OperationRow.created_at < now() - KEPT))
