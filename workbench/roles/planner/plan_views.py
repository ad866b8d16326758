"""The pages of saved plans: save one under a name, list, compare and remove them; the address of a plan shares it."""

from urllib.parse import parse_qsl

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from wtforms.validators import InputRequired

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.model import Thing
from workbench.accounts.permissions import Act, may
from workbench.accounts.tables import company, name_of
from workbench.accounts.web import me, needs, require
from workbench.core.db import NotFoundError, must_exist
from workbench.core.forms.fields import LineField
from workbench.core.forms.form import PageForm
from workbench.core.web.session import session
from workbench.roles.blueprint import pages
from workbench.roles.loading import draft_for
from workbench.roles.planner import tables
from workbench.roles.planner.forms import PlannerForm
from workbench.roles.planner.views import show_planner_page
from workbench.roles.tables import DraftRow

MAX_NUMBER = 2_147_483_647  # of a row; PostgreSQL compares no larger one


class PlanNameForm(PageForm):
    """The name under which a plan is saved."""

    name = LineField(
        "Name of the plan", max_length=tables.MAX_NAME, validators=[InputRequired("Name it, such as Steady year.")]
    )


@pages.route("/planner/plans", methods=["GET", "POST"])
@needs(Act.CREATE, "plan")
def list_plans() -> ResponseReturnValue:
    """List the person's saved plans and those of the team; a POST saves one."""
    form = PlanNameForm()
    if request.method == "POST":
        return _save(form)
    return _list(form)


def _list(form: PlanNameForm, status: int = 200) -> ResponseReturnValue:
    own, team = tables.list_plans(session(), me().id), tables.list_team_plans(session(), me().id)
    return render_template("roles/planner/plans.html", plans=own, team=team, form=form), status


def _save(form: PlanNameForm) -> ResponseReturnValue:
    slug = request.form.get("slug", "")
    draft = draft_for(Act.EDIT, slug) if slug else None
    currency = draft.role.currency if draft else company(session()).currency
    figures = PlannerForm(_figures(request.form.get("plan", "")), meta={"currency": currency})
    if figures.plan() is None:
        return redirect(url_for("roles.show_planner"), 303)
    if not form.submitted():
        return _list(form, 422)
    plan = tables.PlanRow(
        owner_id=me().id,
        draft_id=draft.id if draft else None,
        name=form.name.data,
        currency=currency,
        query=figures.query(),
    )
    session().add(plan)
    session().flush()
    record(session(), me(), AuditAct.CREATED, Thing("plan", me().id, str(plan.id)))
    flash(f"“{plan.name}” is saved. Everybody who may use the planner finds it among the plans of the team.")
    return redirect(url_for("roles.show_plan", number=plan.id), 303)


@pages.route("/planner/plans/<int:number>")
@needs(Act.READ, "library")
def show_plan(number: int) -> ResponseReturnValue:
    """Show a saved plan; other figures typed into it change only the page."""
    plan = _find(number).plan
    draft = session().get(DraftRow, plan.draft_id) if plan.draft_id else None
    usable = draft is not None and draft.removed_at is None and may(me(), Act.EDIT, draft.thing)
    return show_planner_page(
        request.args or _figures(plan.query),
        plan.currency,
        saved=plan,
        saved_for=draft.card if draft and usable else None,
    )


@pages.route("/planner/compare")
@needs(Act.READ, "library")
def compare_plans() -> ResponseReturnValue:
    """Show two saved plans side by side."""
    plans = [_find(request.args.get(side, 0, type=int)).plan for side in ("left", "right")]
    sides = [(plan, PlannerForm(_figures(plan.query), meta={"currency": plan.currency})) for plan in plans]
    worked_out = [(plan, form, form.plan(), name_of(session(), plan.owner_id)) for plan, form in sides]
    if any(result is None for _, _, result, _ in worked_out):
        raise NotFoundError
    figures = [dict(form.entered_figures()) for _, form, _, _ in worked_out]
    labels = dict.fromkeys(label for side in figures for label in side)
    rows = [(label, *(side.get(label, "") for side in figures)) for label in labels]
    return render_template("roles/planner/compare.html", sides=worked_out, rows=rows)


@pages.route("/planner/plans/<int:number>/remove", methods=["POST"])
@needs(Act.EDIT, "plan")
def remove_plan(number: int) -> ResponseReturnValue:
    """Remove a saved plan; targets that came from it keep their figures."""
    row = _find(number)
    plan = row.plan
    require(Act.EDIT, Thing("plan", plan.owner_id))
    if PageForm().submitted():
        session().delete(row)
        record(session(), me(), AuditAct.REMOVED, Thing("plan", plan.owner_id, str(number)))
        flash(f"“{plan.name}” is removed.")
    return redirect(url_for("roles.list_plans"), 303)


def _find(number: int) -> tables.PlanRow:
    return must_exist(tables.find_plan(session(), number) if 0 < number <= MAX_NUMBER else None)


def _figures(query: str) -> MultiDict[str, str]:
    """Parse the query of a plan; a malformed one counts as empty."""
    try:
        return MultiDict(parse_qsl(query[:4_000], max_num_fields=60))
    except ValueError:
        return MultiDict()
