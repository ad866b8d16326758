"""The rows of invitations: who may join as what, until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.accounts.model import Kind
from workbench.accounts.tables import PersonRow, add_person
from workbench.core import links
from workbench.core.clock import now
from workbench.core.db import Base
from workbench.core.links import TokenLink

DAYS = 7
ENDED_SHOWN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that is not used yet."""

    id: int
    name: str
    email: str
    kind: Kind
    expires_at: datetime
    open: bool


class InvitationRow(TokenLink, Base):
    """A link with which one person joins the company; `person_id` is the person who used it."""

    __tablename__ = "invitation"

    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    kind: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    def freeze(self) -> Invitation:
        """Return the invitation as a value."""
        return Invitation(self.id, self.name, self.email, Kind(self.kind), self.expires_at, self.is_open)

    @property
    def is_open(self) -> bool:
        """Return whether the link can still be used: it was not, it is not revoked, and it has not ended."""
        return self.open and self.person_id is None


def invite(session: Session, name: str, email: str, kind: Kind, inviter: int) -> tuple[InvitationRow, str]:
    """Add an invitation that ends after a week, in place of an open one to the same address; return it with its token."""
    address = email.strip().lower()
    for row in session.scalars(select(InvitationRow).where(InvitationRow.email == address)):
        if row.is_open:
            row.revoke()
    row = InvitationRow(name=name, email=address, kind=kind, made_by=inviter)
    return row, links.issue(session, row, DAYS)


def list_invitations(session: Session) -> list[Invitation]:
    """List the invitations that can still be used, and those that ended unused in the last month, the latest first."""
    recent = InvitationRow.expires_at > now() - ENDED_SHOWN
    unused = InvitationRow.person_id.is_(None), InvitationRow.revoked_at.is_(None), recent
    rows = session.scalars(select(InvitationRow).where(*unused).order_by(InvitationRow.id.desc()))
    return [row.freeze() for row in rows]


def find_invitation(session: Session, token: str) -> InvitationRow | None:
    """Find the invitation of a token that can still be used."""
    row = links.find(session, InvitationRow, token)
    return row if row and row.is_open else None


def accept(session: Session, row: InvitationRow, name: str, password: str) -> PersonRow:
    """Add the person who was invited; `password` is already a hash. Raise IntegrityError where the address is in use."""
    person = add_person(session, name, row.email, Kind(row.kind), password)
    row.person_id, row.last_at, row.opened = person.id, now(), row.opened + 1
    return person
