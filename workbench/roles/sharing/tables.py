"""The people with whom a draft is shared."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.accounts.model import Person, Relation
from workbench.accounts.tables import PersonRow
from workbench.core import clock
from workbench.core.db import Base
from workbench.roles.sharing.model import AccessLevel, Collaborator, relations_of


class CollaboratorRow(Base):
    """One person with whom a draft is shared, at what level, and whether with its pay before that is released."""

    __tablename__ = "collaborator"
    __table_args__ = (UniqueConstraint("draft_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    level: Mapped[str] = mapped_column(String(10))
    sees_pay: Mapped[bool] = mapped_column(default=False)
    added_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime] = mapped_column(default=clock.now)

    @property
    def relations(self) -> frozenset[tuple[Relation, int]]:
        """Return the relations of the person to the draft."""
        return relations_of(self.person_id, AccessLevel(self.level), sees_pay=self.sees_pay)


def list_collaborators(session: Session, draft_id: int) -> list[Collaborator]:
    """List the people with whom a draft is shared, by name."""
    query = (
        select(CollaboratorRow, PersonRow.name)
        .join(PersonRow, PersonRow.id == CollaboratorRow.person_id)
        .where(CollaboratorRow.draft_id == draft_id)
        .order_by(PersonRow.name, PersonRow.id)
    )
    return [
        Collaborator(row.person_id, name, AccessLevel(row.level), row.sees_pay) for row, name in session.execute(query)
    ]


def find_collaborator(session: Session, draft_id: int, person: int) -> CollaboratorRow | None:
    """Find the row of a person with whom a draft is shared."""
    is_theirs = CollaboratorRow.draft_id == draft_id, CollaboratorRow.person_id == person
    return session.scalar(select(CollaboratorRow).where(*is_theirs))


def share(
    session: Session, draft_id: int, person: int, level: AccessLevel, added_by: int, *, sees_pay: bool = False
) -> None:
    """Share a draft with a person, or change how it is shared with them."""
    row = find_collaborator(session, draft_id, person)
    if row is None:
        row = CollaboratorRow(draft_id=draft_id, person_id=person, added_by=added_by)
        session.add(row)
    row.level, row.sees_pay = level, sees_pay
    session.flush()


def stop_sharing(session: Session, draft_id: int, person: int) -> None:
    """Stop sharing a draft with a person."""
    is_theirs = CollaboratorRow.draft_id == draft_id, CollaboratorRow.person_id == person
    session.execute(delete(CollaboratorRow).where(*is_theirs))


def list_active_people(session: Session) -> list[Person]:
    """List the people who may sign in, by name."""
    rows = session.scalars(select(PersonRow).where(PersonRow.active).order_by(PersonRow.name, PersonRow.id))
    return [row.freeze() for row in rows]
