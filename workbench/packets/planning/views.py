"""The pages that plan a run: a new one, a change of a planned one, and one like an earlier run."""

from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.permissions import Act
from workbench.accounts.tables import company
from workbench.accounts.web import me, needs
from workbench.core.web.session import session
from workbench.documents.model import FillMode
from workbench.hiring.combined_names import split_names, turn_names
from workbench.hiring.model import People
from workbench.packets import loading, tables
from workbench.packets.access import redirect_to_run, run_for
from workbench.packets.blueprint import pages
from workbench.packets.job import name_roles, unsupported_names
from workbench.packets.model import RunRequest, asks_for_roles, request_faults
from workbench.packets.planning.forms import DEFAULT_STYLE, DEFAULT_TIMES, RunForm
from workbench.packets.planning.role_options import (
    DRAFT_PREFIX,
    RoleOptions,
    list_role_options,
    refresh_roles,
    select_roles,
)
from workbench.packets.recipes import tables as recipe_tables
from workbench.packets.tables import PrintRunRow, RunState


@pages.route("/packets/new", methods=["GET", "POST"])
@needs(Act.CREATE, "packet")
def plan_run() -> ResponseReturnValue:
    """Plan a run, filled in like an earlier run where one is named; nothing is printed yet."""
    options = list_role_options(session(), me())
    number = request.args.get("like", type=int)
    values, notes = _copy_choices(run_for(number).request, options) if number else (_default_choices(), ())
    return _edit_request(options, values, notes, None)


@pages.route("/packets/<int:number>/change", methods=["GET", "POST"])
@needs(Act.CREATE, "packet")
def change_run(number: int) -> ResponseReturnValue:
    """Change what a planned run will print, with every choice as it was made."""
    run = run_for(number)
    if not _can_change(run):
        if request.method == "POST":
            flash(
                "This run was printed or stopped in the meantime, so nothing in it was changed. Plan another like it."
            )
        return redirect_to_run(run)
    options = list_role_options(session(), me())
    values, notes = _copy_choices(run.request, options, same=True)
    return _edit_request(options, values, notes, run)


def _can_change(run: PrintRunRow) -> bool:
    """Return whether a run is still planned, and its request was not made of returned documents."""
    return run.state is RunState.PLANNED and run.request.options.form is not FillMode.FLAT


def _edit_request(
    options: RoleOptions, values: dict[str, Any], notes: tuple[str, ...], run: PrintRunRow | None
) -> ResponseReturnValue:
    """Show the form of a run; when it is complete, plan a new run or change the planned one."""
    form = RunForm(options.choices, recipe_tables.list_usable_recipes(session()), data=values)
    if form.submitted():
        roles = select_roles(session(), me(), form.editions.data or ())
        run_request = _validate_request(form, form.to_request(roles, run.request.leader if run else me().name))
        if run_request and run:
            return _change_request(run, run_request)
        if run_request:
            return _add_run(run_request)
    if form.errors:
        form.keep_people()
    form.role_names = form.role_names or _role_names(form, options)
    options = options.sorted_by(form.editions.data or ())
    page = render_template(
        "packets/planning/plan.html",
        form=form,
        options=options,
        notes=notes,
        defaults=_default_choices(),
        run=run and run.id,
    )
    return page, 422 if form.errors else 200


def _role_names(form: RunForm, options: RoleOptions) -> tuple[str, ...]:
    """Return the names of the roles that are chosen, where candidates may apply for different ones."""
    chosen = form.editions.data or ()
    if len(chosen) <= 1 or not {value for value, _ in options.choices}.issuperset(chosen):
        return ()
    return tuple(name_roles(loading.load_roles(session(), me(), select_roles(session(), me(), chosen))))


def _add_run(run_request: RunRequest, previous: int | None = None) -> ResponseReturnValue:
    run = tables.add_run(session(), me().id, run_request, previous)
    record(session(), me(), AuditAct.PLANNED, run.thing)
    return redirect_to_run(run)


def _change_request(run: PrintRunRow, run_request: RunRequest) -> ResponseReturnValue:
    run.change_request(session(), run_request)
    record(session(), me(), AuditAct.CHANGED, run.thing)
    return redirect_to_run(run)


@pages.route("/packets/<int:number>/part", methods=["POST"])
@needs(Act.CREATE, "packet")
def split_name(number: int) -> ResponseReturnValue:
    """Split one line of a planned run into the people that it names, each on a line."""
    run = run_for(number)
    return _change_people(run, split_names(run.request.people, request.form.get("name", "")))


@pages.route("/packets/<int:number>/turn", methods=["POST"])
@needs(Act.CREATE, "packet")
def turn_all_names(number: int) -> ResponseReturnValue:
    """Turn every name of a planned run that has its surname first."""
    run = run_for(number)
    return _change_people(run, turn_names(run.request.people))


def _change_people(run: PrintRunRow, people: People) -> ResponseReturnValue:
    """Change the people of a planned run, or say why they cannot be printed like that."""
    if not _can_change(run):
        return redirect_to_run(run)
    run_request = replace(run.request, people=people)
    if fault := _find_fault(run_request):
        flash(fault)
        return redirect(url_for("packets.change_run", number=run.id), 303)
    return _change_request(run, run_request)


def _find_fault(run_request: RunRequest) -> str:
    """Return why a request cannot be printed, or nothing."""
    if faults := request_faults(run_request.recipe, len(run_request.roles), run_request.people):
        return faults[0][1]
    try:
        loading.job_for_request(session(), me(), run_request).packets()
    except ValueError as error:
        return str(error)
    return ""


@pages.route("/packets/<int:number>/again", methods=["POST"])
@needs(Act.CREATE, "packet")
def plan_again(number: int) -> ResponseReturnValue:
    """Plan the same run with its roles as they are now; only what changed is printed anew."""
    run = run_for(number)
    # Returned answers belong to the editions that were filled in, and to no others.
    if run.request.options.form is FillMode.FLAT:
        return _add_run(run.request, run.id)
    values, unavailable = refresh_roles(session(), run.request.roles, list_role_options(session(), me()))
    new_request = replace(run.request, roles=select_roles(session(), me(), values))
    missing = () if unavailable else loading.job_for_request(session(), me(), new_request).missing_content()
    if unavailable or missing:
        # The page itself names the roles that are unavailable.
        for words in missing:
            flash(words)
        return redirect(url_for("packets.plan_run", like=run.id), 303)
    return _add_run(new_request, run.id)


def _validate_request(form: RunForm, run_request: RunRequest) -> RunRequest | None:
    """Return the request when it can be printed; otherwise add the reasons to the form and return None."""
    faults = request_faults(run_request.recipe, len(run_request.roles), run_request.people)
    if faults := faults or unsupported_names(run_request.people):
        for name, words in faults:
            form[name].errors = [*form[name].errors, words]
        return None
    print_job = loading.job_for_request(session(), me(), run_request)
    form.role_names = print_job.role_names
    if asks_for_roles(run_request.recipe) and (unclear := print_job.round.application_faults()):
        form.applies.errors = list(unclear)
        return None
    try:
        print_job.packets()
    except ValueError as error:
        form.form_errors.append(str(error))
        return None
    form.editions.errors = [*form.editions.errors, *print_job.missing_content()]
    return None if form.errors else run_request


def _default_choices() -> dict[str, Any]:
    """Return the values of an empty form."""
    company_settings = company(session())
    return (
        {
            "paper": company_settings.paper,
            "delivery": "zip",
            "recipe": "interviewer",
            "language": company_settings.language,
            "form": "hand",
        }
        | DEFAULT_TIMES
        | DEFAULT_STYLE
    )


def _copy_choices(
    run_request: RunRequest, options: RoleOptions, *, same: bool = False
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the values of the form for an earlier request, and a sentence for each choice that is not available.

    Its roles are shown as they are now, or, for the `same` run, in the editions that were chosen.
    """
    selected = tuple(f"{DRAFT_PREFIX}{each.draft}" if each.role else str(each.edition) for each in run_request.roles)
    unavailable: tuple[str, ...] = ()
    if not same or not {value for value, _ in options.choices}.issuperset(selected):
        selected, unavailable = refresh_roles(session(), run_request.roles, options)
    notes = list(unavailable)
    values = RunForm.read(run_request)
    if run_request.recipe.name not in {recipe.name for recipe in recipe_tables.list_usable_recipes(session())}:
        values["recipe"] = "interviewer"
        notes.append(f"The recipe “{run_request.recipe.title}” is not in use any more.")
    return values | {"editions": selected}, tuple(notes)
