"""The planner's pages: what a target asks of each week, how sure that is, and a way to take the numbers into a role."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from workbench.accounts.audit import record
from workbench.accounts.model import Thing
from workbench.accounts.tables import company
from workbench.accounts.web import me, needs
from workbench.core import clock
from workbench.core.jobs import later
from workbench.core.web import Form, session
from workbench.documents import charts
from workbench.documents.charts import Chart
from workbench.metrics.catalogue import catalogue
from workbench.metrics.planner import Answer
from workbench.metrics.wording import sentence
from workbench.roles import plan_sheet, planner, tables
from workbench.roles.views import pages
from workbench.roles.views.loading import draft_for
from workbench.roles.views.path import PRESS_DELAY

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.route("/planner")
@needs("read", "library")
def show_planner() -> ResponseReturnValue:
    """Plan from a revenue number, standing alone; every plan has an address of its own."""
    return _page(None)


@pages.route("/roles/<slug>/planner")
@needs("edit", "draft")
def plan_role(slug: str) -> ResponseReturnValue:
    """Plan for one role, with a way to take the numbers as its targets."""
    return _page(draft_for("edit", slug))


@pages.route("/planner.xlsx")
@needs("read", "library")
def send_plan() -> ResponseReturnValue:
    """Send the plan as a workbook whose cells can be worked on."""
    plan = _form(request.args).plan()
    if plan is None:
        abort(404)
    answer = Response(plan_sheet.xlsx_bytes(plan), mimetype=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="plan.xlsx"'
    return answer


@pages.route("/roles/<slug>/planner/use", methods=["POST"])
@needs("edit", "draft")
def use_plan(slug: str) -> ResponseReturnValue:
    """Write the chosen numbers of a plan into an accountability as expectations."""
    draft = draft_for("edit", slug)
    key = request.form.get("accountability", "")
    if key not in [item.key for item in draft.role.accountabilities]:
        abort(404)
    form = _form(MultiDict(_pairs(request.form.get("plan", ""))))
    plan = form.plan()
    chosen = set(request.form.getlist("metric"))
    if not Form().submitted() or plan is None:
        return redirect(url_for("roles.plan_role", slug=slug), 303)
    query = form.query()
    item = draft.role.accountability(key)
    for offer in planner.offers(plan):
        if offer.metric in chosen:
            item = planner.taken(item, offer, query)
    draft.change(
        tables.Edit(f"accountabilities/{key}", draft.version, "", me().id), lambda role: role.with_accountability(item)
    )
    record(session(), me(), "changed", Thing("draft", draft.owner_id, draft.slug), part=f"accountabilities/{key}")
    later(session(), "press-draft", key=f"press-draft:{draft.id}", after=PRESS_DELAY, draft=draft.id)
    return redirect(url_for("roles.show_accountability", slug=slug, key=key) + "#expectations", 303)


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query[:4_000], keep_blank_values=False, max_num_fields=40)


def _form(typed: Mapping[str, Any]) -> planner.PlannerForm:
    """Read what was typed, or open with the usual figures; one empty kind of work waits at the end."""
    if not typed:
        opening = planner.PlannerForm(None, data=planner.usual(clock.today(), company(session()).country))
        typed = MultiDict(_pairs(opening.query()))
    form = planner.PlannerForm(typed)
    if len(form.stages) < planner.STAGES:
        form.stages.append_entry()
    return form


def _page(draft: tables.DraftRow | None) -> ResponseReturnValue:
    form = _form(request.args)
    plan = form.plan()
    own = company(session())
    page = render_template(
        "roles/planner.html",
        form=form,
        draft=draft,
        plan=plan,
        currency=own.currency,
        drawn=_charts(plan) if plan else {},
        offers=[(offer, _said(offer, own.currency)) for offer in planner.offers(plan)] if plan else [],
        query=form.query() if plan else "",
    )
    return page, 200 if plan else 422


def _said(offer: planner.Offer, currency: str) -> str:
    return sentence(catalogue()[offer.metric], "at least", offer.value, offer.period, offer.due, "", currency)


def _charts(plan: Answer) -> dict[str, Chart]:
    rates = dict(zip([step.name for step in plan.sure.steps[1:]], plan.sure.stages, strict=True))
    steps = [
        (step.name.capitalize(), step.needed, f"{_percent(rates[step.name].rate)} go on" if step.name in rates else "")
        for step in plan.sure.steps
    ]
    points = [charts.Point(c.a_week, c.chance, c.low, c.high) for c in plan.chances]
    chosen = next(point for point in points if point.x == plan.a_week)
    unit = f"{plan.step} a week"
    asked = plan.average.step(plan.step).exact / plan.weeks
    swings = [(swing.name.capitalize(), swing.lower, swing.higher) for swing in plan.swings]
    return {
        "funnel": charts.funnel("funnel", "What the target asks for", steps),
        "curve": charts.curve(
            "curve", "How sure each number makes it", points, chosen, Decimal(str(plan.inputs.confidence)), unit
        ),
        "tornado": charts.tornado("tornado", "What matters most", asked, swings, unit),
    }


def _percent(share: Any) -> str:
    return f"{round(share * 100)}%"
