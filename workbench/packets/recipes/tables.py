"""The recipes that a company adds to the shipped ones, each a whole recipe as JSON."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.core.clock import now
from workbench.core.db import Base
from workbench.core.shape import structure, unstructure
from workbench.packets.recipes.model import RECIPES, SHIPPED, Recipe, RecipeDraft

MAX_NAME_LENGTH = 80


class RecipeRow(Base):
    """A recipe of the company's own; one that is retired is offered no more. Runs keep the recipe that they had."""

    __tablename__ = "recipe"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(MAX_NAME_LENGTH), unique=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    value: Mapped[dict[str, Any]] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    retired_at: Mapped[datetime | None] = mapped_column(default=None)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012 - SQLAlchemy reads it

    @property
    def recipe(self) -> Recipe:
        """Give the recipe as a value."""
        return structure(Recipe, self.value)

    def change(self, written: RecipeDraft) -> None:
        """Write the recipe anew under the name that it has."""
        self.value, self.version, self.changed_at = unstructure(written.to_recipe(self.name)), self.version + 1, now()

    def retire(self, *, gone: bool) -> None:
        """Offer the recipe no more, or again."""
        self.retired_at, self.version = now() if gone else None, self.version + 1


def list_recipes(session: Session) -> list[RecipeRow]:
    """List the company's own recipes, also retired ones, in the order of their names."""
    return list(session.scalars(select(RecipeRow).order_by(RecipeRow.name)))


def find_recipe(session: Session, name: str, *, hold: bool = False) -> RecipeRow | None:
    """Find one of the company's own recipes; `hold` it to the end of the transaction where it is to be written."""
    wanted = select(RecipeRow).where(RecipeRow.name == name)
    return session.scalar(wanted.with_for_update() if hold else wanted)


def add_recipe(session: Session, written: RecipeDraft, owner: int) -> RecipeRow:
    """Put a new recipe of the company's own into the database, under a name that is free."""
    taken = SHIPPED | {row.name for row in list_recipes(session)}
    name = stem = written.to_recipe().name
    number = 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    row = RecipeRow(name=name, owner_id=owner, value=unstructure(written.to_recipe(name)), version=1)
    session.add(row)
    session.flush()
    return row


def list_usable_recipes(session: Session) -> tuple[Recipe, ...]:
    """Give every recipe that a run may be printed by: the shipped ones, then the company's own that are in use."""
    return (*RECIPES, *(row.recipe for row in list_recipes(session) if row.retired_at is None))
