"""Saved plans: the figures of a planner under a name, for a person and perhaps for a role."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.accounts.tables import PersonRow
from workbench.core import clock
from workbench.core.db import Base
from workbench.roles.planner.model import SavedPlan

MAX_NAME = 80  # characters


class PlanRow(Base):
    """A saved plan: its figures as the query of an address, and the currency that its amounts are in."""

    __tablename__ = "plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("draft.id", ondelete="SET NULL"), index=True)
    name: Mapped[str] = mapped_column(String(MAX_NAME))
    currency: Mapped[str] = mapped_column(String(3))
    query: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(default=clock.now)

    @property
    def plan(self) -> SavedPlan:
        """Return the plan as a value."""
        return SavedPlan(*(getattr(self, name) for name in SavedPlan.__dataclass_fields__))


def find_plan(session: Session, number: int) -> PlanRow | None:
    """Find a saved plan of any person by its number."""
    return session.get(PlanRow, number)


def list_team_plans(session: Session, person: int, limit: int = 100) -> list[tuple[SavedPlan, str]]:
    """List the latest saved plans of other people, each with the name of its owner."""
    others = select(PlanRow, PersonRow.name).join(PersonRow, PersonRow.id == PlanRow.owner_id)
    newest_first = others.where(PlanRow.owner_id != person).order_by(PlanRow.id.desc()).limit(limit)
    return [(row.plan, name) for row, name in session.execute(newest_first)]


def list_plans(session: Session, owner: int) -> list[SavedPlan]:
    """List the saved plans of a person, the newest first."""
    newest_first = select(PlanRow).where(PlanRow.owner_id == owner).order_by(PlanRow.id.desc())
    return [row.plan for row in session.scalars(newest_first)]
