"""The pages that plan a run: choose what is printed for whom, or take up a run that was."""

from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.tables import company
from workbench.accounts.web import me, needs
from workbench.core.shape import unstructure
from workbench.core.web.session import session
from workbench.documents.model import FillMode as Written
from workbench.hiring.combined_names import parted
from workbench.packets import loading, tables
from workbench.packets.access import run_for, to_run
from workbench.packets.blueprint import pages
from workbench.packets.model import Wanted, faults
from workbench.packets.planning.forms import PLAIN_TIMES, RunForm
from workbench.packets.planning.role_options import DRAFT, Offer, offer, renewed, taken
from workbench.packets.recipes import tables as recipe_tables
from workbench.packets.tables import PrintRunRow


@pages.route("/packets/new", methods=["GET", "POST"])
@needs("create", "packet")
def plan_run() -> ResponseReturnValue:
    """Ask what is printed for whom, begun like an earlier run where one is named; nothing is printed yet."""
    there = offer(session(), me())
    number = request.args.get("like", type=int)
    begun, notes = _like(run_for(number).wanted, there) if number else (_plain(), ())
    return _asked(there, begun, notes, None)


@pages.route("/packets/<int:number>/change", methods=["GET", "POST"])
@needs("create", "packet")
def change_run(number: int) -> ResponseReturnValue:
    """Change what a run prints while nothing of it is printed, with every choice as it was made."""
    run = run_for(number)
    if tables.state_of(session(), run) != "planned" or run.wanted.options.form is Written.FLAT:
        if request.method == "POST":
            flash(
                "This run was printed or stopped in the meantime, so nothing in it was changed. Plan another like it."
            )
        return to_run(run)
    there = offer(session(), me())
    begun, notes = _like(run.wanted, there, same=True)
    return _asked(there, begun, notes, run)


def _asked(there: Offer, begun: dict[str, Any], notes: tuple[str, ...], run: PrintRunRow | None) -> ResponseReturnValue:
    """Draw the form of a run; once it holds what can be printed, plan a new run or change the one that is planned."""
    form = RunForm(there.choices, recipe_tables.offered(session()), data=begun)
    if form.submitted():
        picks = taken(session(), form.editions.data or ())
        wanted = _checked(form, form.wanted(picks, run.wanted.leader if run else me().name))
        if wanted and run:
            run.choices = unstructure(wanted)
            return to_run(run)
        if wanted:
            return to_run(tables.add_run(session(), me().id, wanted))
    if form.errors:
        form.keep_people()
    there = there.begun(form.editions.data or ())
    page = render_template("packets/planning/plan.html", form=form, there=there, notes=notes, usual=_plain(), run=run)
    return page, 422 if form.errors else 200


@pages.route("/packets/<int:number>/part", methods=["POST"])
@needs("create", "packet")
def part_name(number: int) -> ResponseReturnValue:
    """Put the people that stand on one line of a planned run on lines of their own."""
    run = run_for(number)
    wanted = run.wanted
    if tables.state_of(session(), run) != "planned" or wanted.options.form is Written.FLAT:
        return to_run(run)
    again = replace(wanted, people=parted(wanted.people, request.form.get("name", "")))
    wrong = _refused(again)
    if wrong:
        flash(wrong)
        return redirect(url_for("packets.change_run", number=run.id), 303)
    run.choices = unstructure(again)
    return to_run(run)


def _refused(wanted: Wanted) -> str:
    """Say what keeps a run from being printed, or nothing."""
    if wrong := faults(wanted.recipe, len(wanted.picks), wanted.people):
        return wrong[0][1]
    try:
        loading.ordered(session(), wanted).packets()
    except ValueError as error:
        return str(error)
    return ""


@pages.route("/packets/<int:number>/again", methods=["POST"])
@needs("create", "packet")
def plan_again(number: int) -> ResponseReturnValue:
    """Plan the same run with its roles as they are now; only what changed is printed anew."""
    run = run_for(number)
    if run.wanted.options.form is Written.FLAT:  # what came back was written into these editions and no others
        return to_run(tables.add_run(session(), me().id, run.wanted, run.id))
    values, gone = renewed(session(), run.wanted.picks, offer(session(), me()))
    again = replace(run.wanted, picks=taken(session(), values))
    lacks = () if gone else loading.ordered(session(), again).lacks()
    if gone or lacks:
        for words in lacks:  # what is gone, the page says by itself
            flash(words)
        return redirect(url_for("packets.plan_run", like=run.id), 303)
    return to_run(tables.add_run(session(), me().id, again, run.id))


def _checked(form: RunForm, wanted: Wanted) -> Wanted | None:
    """Give back what can be printed; of anything else, the form says why not."""
    if wrong := faults(wanted.recipe, len(wanted.picks), wanted.people):
        for name, words in wrong:
            form[name].errors = [*form[name].errors, words]
        return None
    order = loading.ordered(session(), wanted)
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


def _like(wanted: Wanted, there: Offer, *, same: bool = False) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Give what the form of a run would show today, and what is not there any more.

    Its roles are shown as they are now, or, for the `same` run, in the editions that were chosen.
    """
    values = tuple(f"{DRAFT}{pick.draft}" if pick.role else str(pick.edition) for pick in wanted.picks)
    gone: tuple[str, ...] = ()
    if not same or not {value for value, _ in there.choices}.issuperset(values):
        values, gone = renewed(session(), wanted.picks, there)
    notes = list(gone)
    begun = RunForm.read(wanted)
    if wanted.recipe.name not in {recipe.name for recipe in recipe_tables.offered(session())}:
        begun["recipe"] = "interviewer"
        notes.append(f"The recipe “{wanted.recipe.title}” is not in use any more.")
    return begun | {"editions": values}, tuple(notes)
