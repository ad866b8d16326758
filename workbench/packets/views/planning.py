"""The pages that plan a run: choose what is printed for whom, or take up a run that was."""

from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.tables import company
from workbench.accounts.web import me, needs
from workbench.core.web import session
from workbench.documents.model import Form as Written
from workbench.packets import recipe_tables, tables, tasks
from workbench.packets.forms import PLAIN_TIMES, RunForm
from workbench.packets.model import Wanted
from workbench.packets.offer import Offer, offer, renewed, taken
from workbench.packets.views import pages
from workbench.packets.views.loading import run_for, to_run


@pages.route("/packets/new", methods=["GET", "POST"])
@needs("create", "packet")
def plan_run() -> ResponseReturnValue:
    """Ask what is printed for whom, begun like an earlier run where one is named; nothing is printed yet."""
    there = offer(session(), me())
    number = request.args.get("like", type=int)
    begun, notes = _like(number, there) if number else (_plain(), ())
    form = RunForm(there.choices, recipe_tables.offered(session()), data=begun)
    if form.submitted():
        picks = taken(session(), form.editions.data or ())
        if wanted := _checked(form, form.wanted(picks, me().name)):
            return to_run(tables.add_run(session(), me().id, wanted))
    there = there.begun(form.editions.data or ())
    page = render_template("packets/plan.html", form=form, there=there, notes=notes, usual=_plain())
    return page, 422 if form.errors else 200


@pages.route("/packets/<int:number>/again", methods=["POST"])
@needs("create", "packet")
def plan_again(number: int) -> ResponseReturnValue:
    """Plan the same run with its roles as they are now; only what changed is printed anew."""
    run = run_for(number)
    if run.wanted.options.form is Written.FLAT:  # what came back was written into these editions and no others
        return to_run(tables.add_run(session(), me().id, run.wanted, run.id))
    values, gone = renewed(session(), run.wanted.picks, offer(session(), me()))
    again = replace(run.wanted, picks=taken(session(), values))
    lacks = () if gone else tasks.ordered(session(), again).lacks()
    if gone or lacks:
        for words in lacks:  # what is gone, the page says by itself
            flash(words)
        return redirect(url_for("packets.plan_run", like=run.id), 303)
    return to_run(tables.add_run(session(), me().id, again, run.id))


def _checked(form: RunForm, wanted: Wanted) -> Wanted | None:
    """Give back what can be printed; of anything else, the form says why not."""
    order = tasks.ordered(session(), wanted)
    try:
        order.packets()
    except ValueError as error:
        form.form_errors.append(str(error))
        return None
    form.editions.errors = [*form.editions.errors, *order.lacks()]
    return None if form.errors else wanted


def _plain() -> dict[str, Any]:
    """Give what a form shows that nobody has touched."""
    own = company(session())
    return {
        "paper": own.paper,
        "delivery": "zip",
        "recipe": "interviewer",
        "language": own.language,
        "form": "hand",
    } | PLAIN_TIMES


def _like(number: int, there: Offer) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Give what the form of an earlier run would show today, and what is not there any more."""
    wanted = run_for(number).wanted
    values, gone = renewed(session(), wanted.picks, there)
    notes = list(gone)
    begun = RunForm.read(wanted)
    if wanted.recipe.name not in {recipe.name for recipe in recipe_tables.offered(session())}:
        begun["recipe"] = "interviewer"
        notes.append(f"The recipe “{wanted.recipe.title}” is not in use any more.")
    return begun | {"editions": values}, tuple(notes)
