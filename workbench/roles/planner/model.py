"""Start a plan from the numbers of a role, and find the place in the role for each number that follows from the plan."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from workbench.core.text.number_style import plain_number
from workbench.core.text.words import new_key
from workbench.metrics.catalogue import catalogue
from workbench.metrics.model import Period
from workbench.metrics.planning.funnel import round_up
from workbench.metrics.planning.planner import WorkbackPlan
from workbench.roles.model import Accountability, Basis, Comparator, Expectation, Role, with_expectation

MONTHS_IN = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}
# The figures of the planner, and the metrics of a role that they can be read from.
TARGET, DEAL, WIN_RATE, MEETING_RATE, CYCLE = "target", "deal", "stages-0-share", "stages-1-share", "cycle"
CALL_RATE = "stages-2-share"
BY_VALUE = "win_rate_v"  # the win rate by the value of deals, which a plan reads where the rate by number is not there
_SOURCES = {
    TARGET: ("bookings", "revenue"),
    DEAL: ("avg_deal", "acv"),
    WIN_RATE: ("win_rate_n", BY_VALUE),
    MEETING_RATE: ("mtg_to_opp",),
    CYCLE: ("cycle_days",),
}
# Metrics that belong together: a number without a place goes where most of its relatives are.
_FAMILIES = (
    frozenset({"bookings", "revenue", "new_logos", "attainment", "avg_deal", "acv", "win_rate_n", BY_VALUE}),
    frozenset(
        {"opps_created", "opps_sourced", "pipeline_created", "pipeline_sourced", "coverage", "mtg_to_opp"}
        | {"meetings_held", "meetings_booked", "calls", "emails", "connect_rate", "prospecting_min"}
    ),
)


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """The figures of a plan under a name, as the query of an address, with the currency of its amounts."""

    id: int
    owner_id: int
    draft_id: int | None
    name: str
    currency: str
    query: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class RoleFigure:
    """A figure of the planner that is read from a target of a role: its text in the field, and the target it is from."""

    name: str
    text: str
    expectation: Expectation
    times: int = 1


@dataclass(frozen=True, slots=True)
class PlannedTarget:
    """One target that follows from a plan: metric, number, period or due date, and the figures that it rests on."""

    metric: str
    value: Decimal
    period: Period | None
    due: date | None
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """A planned target with the accountability that it goes to, and the target there that it replaces, if there is one."""

    target: PlannedTarget
    key: str
    present: Expectation | None


def figures_of(role: Role) -> tuple[RoleFigure, ...]:
    """Return the figures of a plan of twelve months that the targets of a role give."""
    return tuple(figure for name, codes in _SOURCES.items() if (figure := _figure(role, name, codes)))


def _figure(role: Role, name: str, codes: Iterable[str]) -> RoleFigure | None:
    for code in codes:
        for _, expectation in role.expectations():
            if expectation.metric == code and expectation.value is not None and expectation.value > 0:
                times = _times_a_year(expectation.period) if name == TARGET else 1
                if times:
                    text = plain_number(expectation.value * times)
                    return RoleFigure(name, text + ("%" if name.startswith("stages") else ""), expectation, times)
    return None


def _times_a_year(period: Period | None) -> int:
    """Return how often a number counts in a plan of a year; 0 for a number of a day or a week."""
    return 1 if period is None else 12 // MONTHS_IN[period] if period in MONTHS_IN else 0


def planned_targets(
    plan: WorkbackPlan, periods: Mapping[str, Period | None] | None = None
) -> tuple[PlannedTarget, ...]:
    """Return the targets that follow from a plan, for one person: the result, and the work that leads to it.

    `periods` has the period in which the role already counts a metric; the number is then for that period.
    """
    return tuple(_planned(plan, periods or {}))


def _planned(plan: WorkbackPlan, periods: Mapping[str, Period | None]) -> Iterator[PlannedTarget]:
    people = plan.inputs.people
    rests_on: tuple[str, ...] = (TARGET,)
    yield _result("bookings", Fraction(plan.inputs.target) / people, periods, plan, rests_on)
    rests_on += (DEAL,)
    if "new_logos" in periods:
        yield _result("new_logos", plan.average.steps[0].exact / people, periods, plan, rests_on)
    for place, step in enumerate(plan.confident.steps[1:]):
        share = step.exact / people
        rests_on += (f"stages-{place}-share",)
        for code, usual in (("opps_created", Period.MONTH), ("meetings_held", Period.WEEK), ("calls", Period.DAY)):
            if _is_work(code, step.name):
                period = periods.get(code) or usual
                value = round_up(share / _count_of(period, plan))
                yield PlannedTarget(code, Decimal(value), period, None, rests_on)


def _is_work(code: str, name: str) -> bool:
    return {"opps_created": name == "opportunities", "meetings_held": "meeting" in name, "calls": name == "calls"}[code]


def _result(
    metric: str,
    total: Fraction,
    periods: Mapping[str, Period | None],
    plan: WorkbackPlan,
    rests_on: tuple[str, ...],
) -> PlannedTarget:
    """Return a result of the whole plan, by its last day, or its part for the period in which the role counts it."""
    period = periods.get(metric)
    if period not in MONTHS_IN or MONTHS_IN[period] > plan.inputs.months:
        return PlannedTarget(metric, Decimal(round_up(total)), None, plan.ends, rests_on)
    part = total * MONTHS_IN[period] / plan.inputs.months
    return PlannedTarget(metric, Decimal(round_up(part)), period, None, rests_on)


def _count_of(period: Period, plan: WorkbackPlan) -> Fraction:
    """Return how many of these periods there are in which new work still counts, at least one."""
    months = max(plan.weeks * 12 / 52, Fraction(1))
    counts = {
        Period.DAY: Fraction(plan.days),
        Period.WEEK: plan.weeks,
        Period.MONTH: months,
        Period.QUARTER: months / 3,
        Period.YEAR: months / 12,
    }
    return max(counts[period], Fraction(1))


def periods_in(role: Role) -> dict[str, Period | None]:
    """Return the period in which a role counts each metric; the first of several targets decides."""
    found: dict[str, Period | None] = {}
    for _, expectation in role.expectations():
        found.setdefault(expectation.metric, expectation.period)
    return found


def assign(role: Role, targets: Iterable[PlannedTarget], came_from: str = "") -> tuple[Assignment, ...]:
    """Return each planned target with the accountability that has its metric, or else fits it best.

    `came_from` is the key of the accountability that the planner was opened from; it goes first where several have the
    metric.
    """
    items = sorted(role.accountabilities, key=lambda item: item.key != came_from)
    if not items:
        return ()
    return tuple(_assignment(items, target) for target in targets)


def _assignment(items: list[Accountability], target: PlannedTarget) -> Assignment:
    for item in items:
        if present := find_target(item, target.metric):
            return Assignment(target, item.key, present)
    family = next((each for each in _FAMILIES if target.metric in each), frozenset())
    best = max(items, key=lambda item: sum(each.metric in family for each in item.expectations))
    return Assignment(target, best.key, None)


def find_target(item: Accountability, metric: str) -> Expectation | None:
    """Return the first target of an accountability on a metric."""
    return next((each for each in item.expectations if each.metric == metric), None)


def apply_target(item: Accountability, target: PlannedTarget, query: str) -> tuple[Accountability, Expectation]:
    """Return the accountability with a planned target, in its target on the same metric or in a new one, and that target."""
    present = find_target(item, target.metric) or Expectation(new_key(), target.metric)
    metric = catalogue()[target.metric]
    expectation = replace(
        present,
        comparator=Comparator.AT_LEAST,
        value=target.value,
        unit=metric.unit,
        period=target.period,
        due=target.due,
        source=present.source or f"CRM report “{metric.name}”",
        planner_query=query,
    )
    if not present.agreed or expectation.figure != present.figure:
        expectation = replace(expectation, basis=Basis.PLANNER)
    return with_expectation(item, expectation), expectation
