"""The rows of requests: operations that were answered, and how often a thing was tried."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, String, Text, delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.core.clock import now
from workbench.core.db import Base
from workbench.core.digests import sha256_of_text

OPERATION_RETENTION = timedelta(days=7)


class OperationRow(Base):
    """One write that was answered, by whom it was sent and how it was answered; `status` is 0 while it is being done."""

    __tablename__ = "operation"

    op_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    person: Mapped[str] = mapped_column(String(40), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    status: Mapped[int] = mapped_column(default=0)
    location: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(index=True, default=now)


class LimitRow(Base):
    """How often one thing was tried in the present window, and when that window ends (seconds since 1970)."""

    __tablename__ = "limit"

    key: Mapped[str] = mapped_column(String(300), primary_key=True)
    tries: Mapped[int]
    ends_at: Mapped[int] = mapped_column(BigInteger, index=True)


@dataclass(frozen=True, slots=True)
class Operation:
    """One sending of one form: the same id with other words is another operation."""

    op_id: str
    person: str
    digest: str


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """The answer to the first sending: a status with the address to go to, or a body."""

    status: int
    location: str = ""
    body: str = ""


def digest_of_fields(parts: list[tuple[str, str]]) -> str:
    """Return the sha256 of the sent fields, in their order."""
    return sha256_of_text("\0".join(f"{name}\1{value}" for name, value in parts))


def begin_operation(session: Session, operation: Operation) -> StoredAnswer | None:
    """Add the operation, or return the answer that it had already.

    The row is written first, in the transaction of the change itself: a second sending that arrives in the meantime
    waits here until the first is committed or rolled back.
    """
    key = (operation.op_id, operation.person, operation.digest)
    present = session.get(OperationRow, key)
    if present is None:
        try:
            with session.begin_nested():
                session.add(OperationRow(op_id=key[0], person=key[1], digest=key[2]))
        except IntegrityError:
            present = session.get(OperationRow, key)
    return StoredAnswer(present.status, present.location, present.body) if present else None


def finish_operation(session: Session, operation: Operation, answer: StoredAnswer) -> None:
    """Store the answer, in the same transaction as the change."""
    session.execute(
        update(OperationRow)
        .where(
            OperationRow.op_id == operation.op_id,
            OperationRow.person == operation.person,
            OperationRow.digest == operation.digest,
        )
        .values(status=answer.status, location=answer.location, body=answer.body)
    )


def delete_old_operations(session: Session) -> None:
    """Delete the operations that are too old to be sent again."""
    session.execute(delete(OperationRow).where(OperationRow.created_at < now() - OPERATION_RETENTION))
