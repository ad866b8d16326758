"""What runs and recipes are called on the history page."""

from collections.abc import Collection, Mapping

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from workbench.accounts.history.model import ThingName
from workbench.accounts.history.names import names_of
from workbench.accounts.permissions import Act, may
from workbench.accounts.web import me
from workbench.packets.recipes.tables import RecipeRow
from workbench.packets.tables import PrintRunRow


@names_of("packet")
def find_runs(session: Session, keys: Collection[str]) -> Mapping[str, ThingName]:
    """Return the titles of runs, with a link for those who may read them."""
    numbers = [int(key) for key in keys if key.isdecimal()]
    rows = session.scalars(select(PrintRunRow).where(PrintRunRow.id.in_(numbers)))
    return {
        str(row.id): ThingName(
            f"run {row.id}: {row.request.name}" if row.request.name else f"run {row.id}",
            url_for("packets.show_run", number=row.id) if may(me(), Act.READ, row.thing) else "",
        )
        for row in rows
    }


@names_of("recipe")
def find_recipes(session: Session, keys: Collection[str]) -> Mapping[str, ThingName]:
    """Return the titles of recipes of the company's own."""
    rows = session.scalars(select(RecipeRow).where(RecipeRow.name.in_(keys)))
    return {row.name: ThingName(f"“{row.recipe.title}”") for row in rows}
