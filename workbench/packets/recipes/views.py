"""The pages of recipes: the shipped ones as they are, and the company's own, which HR writes."""

from collections.abc import Iterable

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.model import Thing
from workbench.accounts.permissions import Act
from workbench.accounts.web import me, needs, require
from workbench.core.db import must_exist
from workbench.core.forms.form import PageForm, new_op_id
from workbench.core.web.session import SAFE_METHODS, session
from workbench.packets.blueprint import pages
from workbench.packets.recipes import tables as recipe_tables
from workbench.packets.recipes.forms import RecipeForm
from workbench.packets.recipes.model import DOCUMENT_TITLES, MAX_RECIPES, RECIPES, describe_recipe
from workbench.packets.recipes.tables import RecipeRow


@pages.route("/packets/recipes")
@needs(Act.LIST, "recipe")
def list_recipes() -> ResponseReturnValue:
    """Show the documents of each recipe: the company's own ones, then the shipped ones."""
    rows = recipe_tables.list_recipes(session())
    return render_template(
        "packets/recipes/recipes.html",
        own_recipes=[(row.recipe, row.retired_at is not None) for row in rows],
        shipped=RECIPES,
        describe=describe_recipe,
        full=_limit_sentence(rows),
    )


@pages.route("/packets/recipes/new", methods=["GET", "POST"])
@needs(Act.CREATE, "recipe")
def add_recipe() -> ResponseReturnValue:
    """Add a recipe of the company's own, empty or from a copy of another recipe."""
    rows = recipe_tables.list_recipes(session())
    recipes = {recipe.name: recipe for recipe in (*RECIPES, *(row.recipe for row in rows))}
    source = recipes.get(request.args.get("copy", ""))
    initial = RecipeForm.read(source) | {"title": ""} if source else {"reader": "panel", "parts": []}
    form = RecipeForm(_titles(rows), data=initial)
    if (button := _apply_button(form)) or not form.submitted():
        return _render_form(form, "Write a recipe", button)
    if full := _limit_sentence(rows):
        form.form_errors = [full]
        return _render_form(form, "Write a recipe")
    row = recipe_tables.add_recipe(session(), form.to_draft(), me().id)
    record(session(), me(), AuditAct.CREATED, Thing("recipe", me().id, row.name))
    return _redirect_to_list(f"“{row.recipe.title}” can be chosen for packets now.")


@pages.route("/packets/recipes/<name>", methods=["GET", "POST"])
@needs(Act.EDIT, "recipe")
def edit_recipe(name: str) -> ResponseReturnValue:
    """Change a recipe of the company's own; earlier runs keep the recipe that they were printed by."""
    row = _find_own_recipe(name)
    old_recipe = row.recipe
    others = [title for title in _titles(recipe_tables.list_recipes(session())) if title != old_recipe.title]
    form = RecipeForm(others, data=RecipeForm.read(old_recipe), version=row.version)
    if (button := _apply_button(form)) or not form.submitted():
        return _render_form(form, f"Change “{old_recipe.title}”", button)
    if form.version.data != row.version:
        form.form_errors = ["This recipe was changed after you opened it. Look at it again, then change it."]
        return _render_form(form, f"Change “{old_recipe.title}”")
    row.change(form.to_draft())
    record(session(), me(), AuditAct.CHANGED, Thing("recipe", row.owner_id, name))
    return _redirect_to_list(
        f"“{row.recipe.title}” has been changed. Packets that were printed before stay as they were."
    )


@pages.route("/packets/recipes/<name>/retire", methods=["POST"])
@needs(Act.EDIT, "recipe")
def retire_recipe(name: str) -> ResponseReturnValue:
    """Retire a recipe of the company's own, or restore it."""
    row = _find_own_recipe(name)
    if not PageForm().submitted():
        abort(400)
    if row.retired_at and (full := _limit_sentence(recipe_tables.list_recipes(session()))):
        return _redirect_to_list(full)
    row.retire(retired=row.retired_at is None)
    record(
        session(), me(), AuditAct.RETIRED if row.retired_at else AuditAct.RESTORED, Thing("recipe", row.owner_id, name)
    )
    return _redirect_to_list(f"“{row.recipe.title}” is {'retired' if row.retired_at else 'in use again'}.")


def _find_own_recipe(name: str) -> RecipeRow:
    """Find a recipe that the person may change; shipped recipes cannot be changed."""
    row = must_exist(recipe_tables.find_recipe(session(), name, lock=request.method not in SAFE_METHODS))
    require(Act.EDIT, Thing("recipe", row.owner_id, name))
    return row


def _titles(rows: Iterable[RecipeRow]) -> list[str]:
    return [recipe.title for recipe in (*RECIPES, *(row.recipe for row in rows))]


def _limit_sentence(rows: list[RecipeRow]) -> str:
    """Return a sentence when the company has as many recipes as it may have, else nothing."""
    if sum(row.retired_at is None for row in rows) < MAX_RECIPES:
        return ""
    return f"There are {MAX_RECIPES} recipes of your own already. Retire one that is no longer used."


def _apply_button(form: RecipeForm) -> str:
    """Apply the pressed button to the list of documents and return its name; empty when the recipe is to be saved."""
    if not form.is_submitted():
        return ""
    do = request.form.get("do", "")
    act, _, part = do.partition(":")
    new_document = form.more.data or ""
    # A document that is chosen in the list but not added yet is saved with the recipe.
    form.press(act or "add", part)
    return f"add:{new_document}" if act == "add" else do


def _render_form(form: RecipeForm, title: str, button: str = "") -> ResponseReturnValue:
    """Return the page of the form; the focus is on the document that was moved or added."""
    if button:
        form.op_id.data = new_op_id()
    return render_template(
        "packets/recipes/recipe.html", form=form, title=title, at=button.partition(":")[2], titles=DOCUMENT_TITLES
    ), 422 if form.errors else 200


def _redirect_to_list(words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("packets.list_recipes"), 303)
