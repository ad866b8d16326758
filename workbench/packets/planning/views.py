"""The pages that plan a run: choose what is printed for whom, or take up a run that was."""

from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.permissions import Act
from workbench.accounts.tables import company
from workbench.accounts.web import me, needs
from workbench.core.shape import unstructure
from workbench.core.web.session import session
from workbench.documents.model import FillMode as Written
from workbench.hiring.combined_names import split_names
from workbench.packets import loading, tables
from workbench.packets.access import redirect_to_run, run_for
from workbench.packets.blueprint import pages
from workbench.packets.model import RunRequest, request_faults
from workbench.packets.planning.forms import DEFAULT_TIMES, RunForm
from workbench.packets.planning.role_options import (
    DRAFT_PREFIX,
    RoleOptions,
    list_role_options,
    refresh_roles,
    select_roles,
)
from workbench.packets.recipes import tables as recipe_tables
from workbench.packets.tables import PrintRunRow


@pages.route("/packets/new", methods=["GET", "POST"])
@needs(Act.CREATE, "packet")
def plan_run() -> ResponseReturnValue:
    """Ask what is printed for whom, begun like an earlier run where one is named; nothing is printed yet."""
    there = list_role_options(session(), me())
    number = request.args.get("like", type=int)
    begun, notes = _copy_choices(run_for(number).request, there) if number else (_default_choices(), ())
    return _edit_request(there, begun, notes, None)


@pages.route("/packets/<int:number>/change", methods=["GET", "POST"])
@needs(Act.CREATE, "packet")
def change_run(number: int) -> ResponseReturnValue:
    """Change what a run prints while nothing of it is printed, with every choice as it was made."""
    run = run_for(number)
    if tables.run_state(session(), run) != "planned" or run.request.options.form is Written.FLAT:
        if request.method == "POST":
            flash(
                "This run was printed or stopped in the meantime, so nothing in it was changed. Plan another like it."
            )
        return redirect_to_run(run)
    there = list_role_options(session(), me())
    begun, notes = _copy_choices(run.request, there, same=True)
    return _edit_request(there, begun, notes, run)


def _edit_request(
    there: RoleOptions, begun: dict[str, Any], notes: tuple[str, ...], run: PrintRunRow | None
) -> ResponseReturnValue:
    """Draw the form of a run; once it holds what can be printed, plan a new run or change the one that is planned."""
    form = RunForm(there.choices, recipe_tables.list_usable_recipes(session()), data=begun)
    if form.submitted():
        picks = select_roles(session(), form.editions.data or ())
        wanted = _validate_request(form, form.to_request(picks, run.request.leader if run else me().name))
        if wanted and run:
            run.choices = unstructure(wanted)
            record(session(), me(), AuditAct.CHANGED, run.thing)
            return redirect_to_run(run)
        if wanted:
            return _plan(wanted)
    if form.errors:
        form.keep_people()
    there = there.sorted_by(form.editions.data or ())
    page = render_template(
        "packets/planning/plan.html", form=form, there=there, notes=notes, usual=_default_choices(), run=run
    )
    return page, 422 if form.errors else 200


@pages.route("/packets/<int:number>/part", methods=["POST"])
@needs(Act.CREATE, "packet")
def split_name(number: int) -> ResponseReturnValue:
    """Put the people that stand on one line of a planned run on lines of their own."""
    run = run_for(number)
    wanted = run.request
    if tables.run_state(session(), run) != "planned" or wanted.options.form is Written.FLAT:
        return redirect_to_run(run)
    again = replace(wanted, people=split_names(wanted.people, request.form.get("name", "")))
    wrong = _find_fault(again)
    if wrong:
        flash(wrong)
        return redirect(url_for("packets.change_run", number=run.id), 303)
    run.choices = unstructure(again)
    record(session(), me(), AuditAct.CHANGED, run.thing)
    return redirect_to_run(run)


def _find_fault(wanted: RunRequest) -> str:
    """Say what keeps a run from being printed, or nothing."""
    if wrong := request_faults(wanted.recipe, len(wanted.picks), wanted.people):
        return wrong[0][1]
    try:
        loading.job_for_request(session(), wanted).packets()
    except ValueError as error:
        return str(error)
    return ""


@pages.route("/packets/<int:number>/again", methods=["POST"])
@needs(Act.CREATE, "packet")
def plan_again(number: int) -> ResponseReturnValue:
    """Plan the same run with its roles as they are now; only what changed is printed anew."""
    run = run_for(number)
    if run.request.options.form is Written.FLAT:  # what came back was written into these editions and no others
        return _plan(run.request, run.id)
    values, gone = refresh_roles(session(), run.request.picks, list_role_options(session(), me()))
    again = replace(run.request, picks=select_roles(session(), values))
    lacks = () if gone else loading.job_for_request(session(), again).missing_content()
    if gone or lacks:
        for words in lacks:  # what is gone, the page says by itself
            flash(words)
        return redirect(url_for("packets.plan_run", like=run.id), 303)
    return _plan(again, run.id)


def _plan(wanted: RunRequest, earlier: int | None = None) -> ResponseReturnValue:
    """Plan a run, and show it."""
    run = tables.add_run(session(), me().id, wanted, earlier)
    record(session(), me(), AuditAct.PLANNED, run.thing, recipe=wanted.recipe.name)
    return redirect_to_run(run)


def _validate_request(form: RunForm, wanted: RunRequest) -> RunRequest | None:
    """Give back what can be printed; of anything else, the form says why not."""
    if wrong := request_faults(wanted.recipe, len(wanted.picks), wanted.people):
        for name, words in wrong:
            form[name].errors = [*form[name].errors, words]
        return None
    print_job = loading.job_for_request(session(), wanted)
    try:
        print_job.packets()
    except ValueError as error:
        form.form_errors.append(str(error))
        return None
    form.editions.errors = [*form.editions.errors, *print_job.missing_content()]
    return None if form.errors else wanted


def _default_choices() -> dict[str, Any]:
    """Give what a form shows that nobody has touched."""
    own = company(session())
    return {
        "paper": own.paper,
        "delivery": "zip",
        "recipe": "interviewer",
        "language": own.language,
        "form": "hand",
    } | DEFAULT_TIMES


def _copy_choices(
    wanted: RunRequest, there: RoleOptions, *, same: bool = False
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Give what the form of a run would show today, and what is not there any more.

    Its roles are shown as they are now, or, for the `same` run, in the editions that were chosen.
    """
    values = tuple(f"{DRAFT_PREFIX}{pick.draft}" if pick.role else str(pick.edition) for pick in wanted.picks)
    gone: tuple[str, ...] = ()
    if not same or not {value for value, _ in there.choices}.issuperset(values):
        values, gone = refresh_roles(session(), wanted.picks, there)
    notes = list(gone)
    begun = RunForm.read(wanted)
    if wanted.recipe.name not in {recipe.name for recipe in recipe_tables.list_usable_recipes(session())}:
        begun["recipe"] = "interviewer"
        notes.append(f"The recipe “{wanted.recipe.title}” is not in use any more.")
    return begun | {"editions": values}, tuple(notes)
