"""The recipes that a company adds to the shipped ones, each a whole recipe as JSON."""

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.core.db import Base, retry_on_conflict
from workbench.core.own_values import OwnValueMixin
from workbench.core.shape import structure, unstructure
from workbench.core.text.words import RESERVED_SLUG
from workbench.packets.recipes.model import RECIPES, SHIPPED, Recipe, RecipeDraft

MAX_NAME_LENGTH = 80


class RecipeRow(OwnValueMixin, Base):
    """A recipe of the company's own. Runs keep the recipe that they had."""

    __tablename__ = "recipe"

    name: Mapped[str] = mapped_column(String(MAX_NAME_LENGTH), unique=True)

    @property
    def recipe(self) -> Recipe:
        """Return the recipe as a value."""
        return structure(Recipe, self.value)

    def change(self, draft: RecipeDraft) -> None:
        """Replace the recipe by another under the same name."""
        self.write(draft.to_recipe(self.name))


def list_recipes(session: Session) -> list[RecipeRow]:
    """List the company's own recipes, also retired ones, in the order of their names."""
    return list(session.scalars(select(RecipeRow).order_by(RecipeRow.name)))


def find_recipe(session: Session, name: str, *, lock: bool = False) -> RecipeRow | None:
    """Find one of the company's own recipes; `lock` it until the end of the transaction where it is to be written."""
    query = select(RecipeRow).where(RecipeRow.name == name)
    return session.scalar(query.with_for_update() if lock else query)


def add_recipe(session: Session, draft: RecipeDraft, owner: int) -> RecipeRow:
    """Add a recipe of the company's own, under a key that is free."""

    def add() -> RecipeRow:
        name = _find_free_name(session, draft.to_recipe().name)
        row = RecipeRow(name=name, owner_id=owner, value=unstructure(draft.to_recipe(name)), version=1)
        session.add(row)
        session.flush()
        return row

    return retry_on_conflict(session, add)


def _find_free_name(session: Session, stem: str) -> str:
    names_in_use = SHIPPED | {RESERVED_SLUG} | set(session.scalars(select(RecipeRow.name)))
    if stem not in names_in_use:
        return stem
    return next(f"{stem}-{n}" for n in range(2, len(names_in_use) + 3) if f"{stem}-{n}" not in names_in_use)


def list_usable_recipes(session: Session) -> tuple[Recipe, ...]:
    """List every recipe for new runs: the shipped ones, then the company's own that are in use."""
    return (*RECIPES, *(row.recipe for row in list_recipes(session) if row.retired_at is None))
