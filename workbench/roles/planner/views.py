"""The planner's pages: the weekly work that a target needs, its probability, and a way to use the numbers in a role.

All figures are sent as a GET, so that every plan has an address of its own; only using numbers in a role writes.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.permissions import Act
from workbench.accounts.tables import company
from workbench.accounts.times import zone
from workbench.accounts.web import me, needs
from workbench.core import clock
from workbench.core.db import NotFoundError
from workbench.core.edits import Edit
from workbench.core.file_formats import XLSX
from workbench.core.forms.form import PageForm
from workbench.core.web.session import session
from workbench.documents.charts import charts
from workbench.documents.charts.shapes import Chart
from workbench.metrics.planning.book import AccountPlan
from workbench.metrics.planning.forecast import Forecast
from workbench.metrics.planning.funnel import format_percent
from workbench.metrics.planning.planner import WorkbackPlan
from workbench.roles import tables
from workbench.roles.blueprint import pages
from workbench.roles.expectations import expectation_sentence
from workbench.roles.history.undo import flash_with_undo
from workbench.roles.loading import draft_for
from workbench.roles.model import Accountability, Expectation, Role
from workbench.roles.path.views import print_soon
from workbench.roles.planner import forms, model, workbook
from workbench.roles.planner.fields import STAGES, FiguresForm
from workbench.roles.planner.model import PlannedTarget
from workbench.roles.planner.start import note_figures, start_figures, targets_by_place, unsettled_names, written_words
from workbench.roles.progress.gaps import TARGETS
from workbench.roles.texts import place_of

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
    """Write the chosen numbers of a plan into their accountabilities; figures that no person has set are not handed over."""
    draft = draft_for(Act.EDIT, slug)
    role = draft.role
    form = forms.PlannerForm(MultiDict(_pairs(request.form.get("plan", ""))), meta={"currency": role.currency})
    plan = form.plan()
    if not PageForm().submitted() or plan is None:
        return redirect(url_for("roles.plan_role", slug=slug), 303)
    chosen = request.form.getlist("metric")
    targets = [each for each in model.planned_targets(plan, model.periods_in(role)) if each.metric in chosen]
    keys = {target.metric: request.form.get(f"to-{target.metric}", "") for target in targets}
    if not set(keys.values()) <= {item.key for item in role.accountabilities}:
        raise NotFoundError
    if untouched := _untouched(form, role, targets):
        return _page(draft, form, refusal=untouched)
    written = _write_targets(draft, [(keys[target.metric], target) for target in targets], form.query())
    if written:
        flash_with_undo(session(), draft, written_words(draft.role, written))
    return redirect(url_for("roles.edit_targets", slug=slug), 303)


def _untouched(form: forms.PlannerForm, role: Role, targets: Iterable[PlannedTarget]) -> list[str]:
    """Return the figures under these targets that no person has typed or agreed, unless the person says that they are right."""
    if request.form.get("own") == "y":
        return []
    notes = note_figures(form, _start(role), role)
    return list(dict.fromkeys(name for each in targets for name in unsettled_names(form, notes, each.rests_on)))


def _write_targets(draft: tables.DraftRow, targets: list[tuple[str, PlannedTarget]], query: str) -> list[Expectation]:
    """Write targets into accountabilities as one change of the draft; return the targets that say something else now."""
    before = dict(targets_by_place(draft.role))
    role, places = draft.role, []
    for key, target in targets:
        item, expectation = model.apply_target(role.accountability(key), target, query)
        role = role.with_accountability(item)
        places.append(place_of(item, expectation))
    version = draft.version
    draft.change(Edit(TARGETS, version, "", me().id, apart=True, parts=tuple(places)), lambda _: role)
    if draft.version == version:
        return []
    record(session(), me(), AuditAct.CHANGED, draft.thing, part=TARGETS)
    print_soon(draft)
    now = dict(targets_by_place(role))
    return [now[place] for place in places if now[place] != before.get(place)]


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
    form = kind(figures or MultiDict(_pairs(kind(None, data=default()).query())), meta={"currency": currency})
    if not figures:
        form.show_grouped()
    if "stages" in form and len(form["stages"]) < STAGES:
        form["stages"].append_entry()
    return form


def _planner(figures: Mapping[str, Any], currency: str, role: Role | None = None) -> forms.PlannerForm:
    form = _read_form(forms.PlannerForm, figures or MultiDict(_start(role)), dict, currency)
    if not figures:
        form.show_grouped()
    return form


def _start(role: Role | None) -> dict[str, str]:
    """Return the texts of the figures that a plan starts with."""
    return start_figures(forms.default_figures(clock.today(zone()), company(session()).country), role)


def _page(
    draft: tables.DraftRow | None, form: forms.PlannerForm | None = None, refusal: Iterable[str] = ()
) -> ResponseReturnValue:
    role = draft.role if draft else None
    currency = role.currency if role else company(session()).currency
    figures = MultiDict((name, text) for name, text in request.args.items(multi=True) if name != "for")
    return _show_form(form or _planner(figures, currency, role), currency, draft, refusal=list(refusal))


def show_planner_page(figures: Mapping[str, Any], currency: str, **more: Any) -> ResponseReturnValue:
    """Show the planner with given figures, amounts in a currency, without a role."""
    return _show_form(_planner(figures, currency), currency, None, **more)


def _show_form(
    form: forms.PlannerForm, currency: str, draft: tables.DraftRow | None, **more: Any
) -> ResponseReturnValue:
    role = draft.role if draft else None
    plan = form.plan()
    notes = note_figures(form, _start(role), role)
    offers = _offers(plan, role, currency) if plan and role else []
    return _show_plan(
        "roles/planner/planner.html",
        form,
        plan,
        _charts,
        notes={} if "saved" in more else notes,
        offers=offers,
        untouched=[name for offer in offers for name in unsettled_names(form, notes, offer.target.rests_on)],
        currency=currency,
        **_draft_values(draft),
        **more,
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """A number of a plan as it is offered to a role: the sentences before and after, and each place where it may go."""

    target: PlannedTarget
    sentence: str
    present: str
    key: str
    places: tuple[tuple[str, str], ...]


def _offers(plan: WorkbackPlan, role: Role, currency: str) -> list[Offer]:
    assigned = model.assign(role, model.planned_targets(plan, model.periods_in(role)), request.args.get("for", ""))
    return [
        Offer(
            each.target,
            expectation_sentence(model.apply_target(role.accountability(each.key), each.target, "")[1], currency),
            expectation_sentence(each.present, currency) if each.present else "",
            each.key,
            tuple((item.key, _place_words(item, each.target.metric, currency)) for item in role.accountabilities),
        )
        for each in assigned
    ]


def _place_words(item: Accountability, metric: str, currency: str) -> str:
    """Return the name of an accountability, with the target that a number would replace there."""
    present = model.find_target(item, metric)
    now = f"replaces “{expectation_sentence(present, currency)}”" if present else "as a new target"
    return f"{item.outcome or 'New accountability'}: {now}"


def _draft_values(draft: tables.DraftRow | None) -> dict[str, Any]:
    return {"draft": draft and draft.card, "items": draft.role.accountabilities if draft else ()}


def _show_plan(
    template: str, form: FiguresForm, plan: Any, draw: Callable[[Any], dict[str, Chart]], **more: Any
) -> ResponseReturnValue:
    more.setdefault("currency", company(session()).currency)
    result = {"charts": draw(plan), "query": form.query()} if plan else {}
    page = render_template(template, form=form, plan=plan, faults=form.faults(), **result, **more)
    return page, 200 if plan and not more.get("refusal") else 422


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
