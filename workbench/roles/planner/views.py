"""The planner's pages: the weekly work that a target needs, its probability, and a way to use the numbers in a role.

All figures are sent as a GET, so that every plan has an address of its own; only using numbers in a role writes.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from workbench.accounts.permissions import Act
from workbench.accounts.tables import company
from workbench.accounts.times import zone
from workbench.accounts.web import needs
from workbench.core import clock
from workbench.core.db import NotFoundError
from workbench.core.file_formats import XLSX
from workbench.core.forms.form import PageForm
from workbench.core.web.session import session
from workbench.documents.charts import charts
from workbench.documents.charts.shapes import Chart
from workbench.metrics.catalogue import catalogue
from workbench.metrics.planning.book import AccountPlan
from workbench.metrics.planning.forecast import Forecast
from workbench.metrics.planning.funnel import format_percent
from workbench.metrics.planning.planner import WorkbackPlan
from workbench.metrics.wording import Target, target_sentence
from workbench.roles import tables
from workbench.roles.blueprint import pages
from workbench.roles.loading import draft_for
from workbench.roles.path.views import change
from workbench.roles.planner import forms, workbook
from workbench.roles.planner.fields import STAGES, FiguresForm

FormType = TypeVar("FormType", bound=FiguresForm)


@pages.route("/planner")
@needs(Act.READ, "library")
def show_planner() -> ResponseReturnValue:
    """Plan from a revenue number, without a role; every plan has an address of its own."""
    return _page(None)


@pages.route("/roles/<slug>/planner")
@needs(Act.EDIT, "draft")
def plan_role(slug: str) -> ResponseReturnValue:
    """Plan for one role, with a way to take the numbers as its targets."""
    return _page(draft_for(Act.EDIT, slug))


@pages.route("/planner/accounts")
@needs(Act.READ, "library")
def plan_accounts() -> ResponseReturnValue:
    """Plan the target of a seat with existing accounts."""
    form = _read_form(forms.AccountsForm, request.args, forms.default_account_figures, company(session()).currency)
    plan = form.plan()
    return _show_plan("roles/planner/accounts.html", form, plan, _account_chart)


@pages.route("/planner/so-far")
@needs(Act.READ, "library")
def plan_so_far() -> ResponseReturnValue:
    """Show the probability of a target in the middle of its period."""
    form = _read_form(forms.ProgressForm, request.args, forms.default_progress_figures, company(session()).currency)
    forecast = form.forecast()
    return _show_plan("roles/planner/so_far.html", form, forecast, lambda forecast: _forecast_chart(form, forecast))


@pages.route("/planner.xlsx")
@needs(Act.READ, "library")
def send_plan() -> ResponseReturnValue:
    """Send the plan as a workbook whose cells can be worked on."""
    plan = _planner(request.args, company(session()).currency).plan()
    if plan is None:
        raise NotFoundError
    answer = Response(workbook.xlsx_bytes(plan), mimetype=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="plan.xlsx"'
    return answer


@pages.route("/roles/<slug>/planner/use", methods=["POST"])
@needs(Act.EDIT, "draft")
def use_plan(slug: str) -> ResponseReturnValue:
    """Write the chosen numbers of a plan into an accountability as expectations."""
    draft = draft_for(Act.EDIT, slug)
    key = request.form.get("accountability", "")
    if key not in [item.key for item in draft.role.accountabilities]:
        raise NotFoundError
    figures = MultiDict(_pairs(request.form.get("plan", "")))
    form = forms.PlannerForm(figures, meta={"currency": draft.role.currency})
    plan = form.plan()
    selected_codes = set(request.form.getlist("metric"))
    if not PageForm().submitted() or plan is None:
        return redirect(url_for("roles.plan_role", slug=slug), 303)
    query = form.query()
    item = draft.role.accountability(key)
    for target in forms.planned_targets(plan):
        if target.metric in selected_codes:
            item = forms.apply_target(item, target, query)
    change(draft, f"accountabilities/{key}", lambda role: role.with_accountability(item))
    return redirect(url_for("roles.show_accountability", slug=slug, key=key) + "#expectations", 303)


def _pairs(query: str) -> list[tuple[str, str]]:
    """Parse the query of an address; a malformed one counts as empty."""
    try:
        return parse_qsl(query[:4_000], keep_blank_values=False, max_num_fields=60)
    except ValueError:
        return []


def _read_form(
    kind: type[FormType], figures: Mapping[str, Any], default: Callable[[], dict[str, Any]], currency: str
) -> FormType:
    """Read the figures, amounts in a currency, or start with the default ones; one empty kind of work is added at the end."""
    if not figures:
        figures = MultiDict(_pairs(kind(None, data=default()).query()))
    form = kind(figures, meta={"currency": currency})
    if "stages" in form and len(form["stages"]) < STAGES:
        form["stages"].append_entry()
    return form


def _planner(figures: Mapping[str, Any], currency: str) -> forms.PlannerForm:
    return _read_form(
        forms.PlannerForm,
        figures,
        lambda: forms.default_figures(clock.today(zone()), company(session()).country),
        currency,
    )


def _page(draft: tables.DraftRow | None) -> ResponseReturnValue:
    currency = draft.role.currency if draft else company(session()).currency
    form = _planner(request.args, currency)
    plan = form.plan()
    planned_targets = (
        [(target, _target_sentence(target, currency)) for target in forms.planned_targets(plan)] if plan else []
    )
    return _show_plan(
        "roles/planner/planner.html",
        form,
        plan,
        _charts,
        planned_targets=planned_targets,
        currency=currency,
        **_draft_values(draft),
    )


def _draft_values(draft: tables.DraftRow | None) -> dict[str, Any]:
    return {"draft": draft and draft.card, "items": draft.role.accountabilities if draft else ()}


def _show_plan(
    template: str, form: FiguresForm, plan: Any, draw: Callable[[Any], dict[str, Chart]], **more: Any
) -> ResponseReturnValue:
    more.setdefault("currency", company(session()).currency)
    result = {"charts": draw(plan), "query": form.query()} if plan else {}
    page = render_template(template, form=form, plan=plan, faults=form.faults(), **result, **more)
    return page, 200 if plan else 422


def _target_sentence(target: forms.PlannedTarget, currency: str) -> str:
    return target_sentence(
        catalogue()[target.metric], Target("at least", target.value, target.period, target.due), currency
    )


def _charts(plan: WorkbackPlan) -> dict[str, Chart]:
    rates = dict(zip([step.name for step in plan.confident.steps[1:]], plan.confident.stages, strict=True))
    steps = [
        (step.name.capitalize(), step.needed, _rate_text(rates[step.name].rate, place) if place else "")
        for place, step in enumerate(plan.confident.steps)
    ]
    points = [charts.Point(c.per_week, c.chance, c.low, c.high) for c in plan.chances]
    planned_point = next(point for point in points if point.x == plan.per_week)
    unit = f"{plan.step} a week"
    baseline = plan.average.step(plan.step).exact / plan.weeks
    swings = [(swing.name.capitalize(), swing.lower, swing.higher) for swing in plan.sensitivities]
    confidence = Decimal(str(plan.inputs.confidence))
    return {
        "funnel": charts.funnel("funnel", "What the target asks for", steps),
        "curve": charts.curve("curve", "How sure each number makes it", points, planned_point, confidence, unit),
        "tornado": charts.tornado("tornado", "What matters most", baseline, swings, unit),
    }


def _rate_text(rate: Fraction, place: int) -> str:
    return f"{format_percent(rate)} become deals" if place == 1 else f"{format_percent(rate)} move on"


def _account_chart(plan: AccountPlan) -> dict[str, Chart]:
    rows = [
        ("Kept", round(plan.retained), None),
        ("Grown", round(plan.expansion), None),
        ("Still to sell", round(plan.gap), None),
    ]
    return {"bars": charts.bars("bars", "Where the target comes from", rows)}


def _forecast_chart(form: forms.ProgressForm, forecast: Forecast) -> dict[str, Chart]:
    points = [charts.Point(*each) for each in forecast.chances]
    current = next(point for point in points if point.x == form.left.data)
    confidence = Decimal(form.confidence.data)
    return {
        "curve": charts.curve(
            "curve", "How sure each number makes it", points, current, confidence, "open opportunities"
        )
    }
