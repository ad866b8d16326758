"""Build a work-back plan from a revenue target to each week's work, with its probability and sensitivities."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from dateutil.relativedelta import relativedelta

from workbench.metrics.planning import calendar
from workbench.metrics.planning.confidence import (
    DEFAULT_CONFIDENCE,
    Evidence,
    Goal,
    OpportunitiesNeeded,
    find_opportunities,
    probability_curve,
)
from workbench.metrics.planning.funnel import FunnelPlan, Stage, back_solve
from workbench.metrics.validation import InvalidInput, Number, to_int, to_positive, to_probability, to_rate

DAYS_A_WEEK = 5
MAX_MONTHS = 36
CURVE_POINTS = 21
SENSITIVITY_CHANGE = Fraction(1, 5)
FIRST_YEAR, LAST_YEAR = 1950, 2100


@dataclass(frozen=True, slots=True)
class PlanInputs:
    """The inputs of a work-back plan.

    `target` and `deal` are money in one unit, `deal_cv` is the coefficient of variation of deal sizes. `stages` run
    from the deal backwards: a name and its rate, or the evidence for it (11 of 50); the first is the win rate of
    opportunities. Work must begin `cycle` calendar days before the end to count. `ramp` is the share of full work in
    each month since the start (empty: full from the first day). `capacity` is how much of the work that is counted
    per week (`find_weekly_step`) one person can do in a week (None: unknown).
    """

    target: Number
    deal: Number
    stages: tuple[tuple[str, Number | Evidence], ...]
    starts: date
    months: int = 12
    deal_cv: Number = 0
    country: str = ""
    cycle: int = 0
    ramp: tuple[Number, ...] = ()
    capacity: Number | None = None
    people: int = 1
    confidence: Number = DEFAULT_CONFIDENCE


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The weekly work when one input is a fifth lower, and when it is a fifth higher."""

    name: str
    lower: Fraction
    higher: Fraction


@dataclass(frozen=True, slots=True)
class PlannedWeek:
    """A week of the plan: its first working day, its working days, and its part of the weekly step."""

    starts: date
    days: int
    count: int


@dataclass(frozen=True, slots=True)
class WeeklyChance:
    """The probability of the target for a weekly number; `low` and `high` come from the interval of the win rate."""

    per_week: int
    chance: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class WorkbackPlan:
    """A work-back plan: `average` is the plan at averages, `confident` the one with the required confidence.

    `step` names the work that is counted per week (meetings if there are any), `per_week` its number. `days` and
    `weeks` are the working time in which work can begin and still count.
    """

    inputs: PlanInputs
    ends: date
    last_start: date
    days: int
    weeks: Fraction
    needed: OpportunitiesNeeded
    average: FunnelPlan
    confident: FunnelPlan
    step: str
    per_week: int
    chances: tuple[WeeklyChance, ...]
    sensitivities: tuple[Sensitivity, ...]
    calendar: tuple[PlannedWeek, ...]


def build_plan(inputs: PlanInputs) -> WorkbackPlan:
    """Build the work-back plan.

    Raises InvalidInput with the name of the field: target, deal, quota, deal_cv, win, a stage's name, evidence,
    starts, months, cycle, ramp, calendar, capacity, people, confidence.
    """
    to_positive("target", inputs.target)
    ends, days, last_start = _find_working_time(inputs)
    weeks = Fraction(len(days), DAYS_A_WEEK)
    stages = tuple(Stage(name, rate_of(name, share)) for name, share in inputs.stages)
    if not stages:
        raise InvalidInput("win", "Enter at least the win rate: the share of opportunities that become deals.")
    step = find_weekly_step([stage.name for stage in stages])
    capacity = {} if inputs.capacity is None else {step: inputs.capacity}
    to_int("people", inputs.people, 1)
    goal = Goal(quota=inputs.target, deal=inputs.deal, cv=inputs.deal_cv)
    to_probability("confidence", inputs.confidence)
    found = find_opportunities(goal, inputs.stages[0][1], inputs.confidence)
    average = back_solve(inputs.target, inputs.deal, stages, weeks, len(days), capacity, inputs.people)
    confident_result = found.opportunities * stages[0].rate * to_positive("deal", inputs.deal)
    confident = back_solve(confident_result, inputs.deal, stages, weeks, len(days), capacity, inputs.people)
    per_week = confident.step(step).per_week or 0
    return WorkbackPlan(
        inputs,
        ends,
        last_start,
        len(days),
        weeks,
        found,
        average,
        confident,
        step,
        per_week,
        tuple(_weekly_chances(goal, inputs, confident, step, per_week, weeks)),
        tuple(_sensitivities(inputs, stages, weeks, step)),
        _distribute_by_week(inputs, days, confident.step(step).needed),
    )


def _find_working_time(inputs: PlanInputs) -> tuple[date, tuple[date, ...], date]:
    """Find the last day, the working days on which work can begin and still count, and the last of them."""
    if not FIRST_YEAR <= inputs.starts.year <= LAST_YEAR:
        raise InvalidInput("starts", f"Begin between the years {FIRST_YEAR} and {LAST_YEAR}.")
    months = to_int("months", inputs.months, 1, MAX_MONTHS)
    cycle = to_int("cycle", inputs.cycle, 0, 3650)
    ends = inputs.starts + relativedelta(months=months, days=-1)
    last = ends - timedelta(days=cycle)
    days = calendar.list_working_days(inputs.starts, last, inputs.country) if last >= inputs.starts else ()
    if not days:
        raise InvalidInput(
            "cycle", "A sale takes longer than the whole period: work that begins now would not close before the end."
        )
    return ends, days, days[-1]


def rate_of(name: str, share: Number | Evidence) -> Fraction:
    """Return a rate, or the rate that its evidence shows, exactly. Raises InvalidInput with `name` as the field."""
    if not isinstance(share, Evidence):
        return to_rate(name, share)
    of = to_int(name, share.of, 1)
    won = to_int(name, share.won, 0)
    if won > of:
        raise InvalidInput(name, f"More were won ({won:,}) than were decided ({of:,}).")
    if won == 0:
        raise InvalidInput(name, "None has been won so far, so there is no rate yet; enter the rate that you expect.")
    return Fraction(won, of)


def find_weekly_step(names: Sequence[str]) -> str:
    """Return the work that is counted per week: meetings if there are any, otherwise the step before the deals."""
    return next((name for name in names if "meeting" in name), names[0])


def _weekly_chances(
    goal: Goal, inputs: PlanInputs, confident: FunnelPlan, step: str, per_week: int, weeks: Fraction
) -> Iterator[WeeklyChance]:
    """Yield the probability of the target for weekly numbers around the chosen one."""
    share = Fraction(confident.steps[1].exact) / confident.step(step).exact
    max_count = max(2 * per_week, 4)
    counts = sorted(
        {*(round(Fraction(max_count * index, CURVE_POINTS - 1)) for index in range(CURVE_POINTS)), per_week}
    )
    opportunities = [int(count * weeks * share) for count in counts]
    for count, (_, chance, low, high) in zip(
        counts, probability_curve(goal, inputs.stages[0][1], opportunities), strict=True
    ):
        yield WeeklyChance(count, chance, min(low, high), max(low, high))


def _sensitivities(inputs: PlanInputs, stages: tuple[Stage, ...], weeks: Fraction, step: str) -> Iterator[Sensitivity]:
    """Yield the weekly work of an average plan with one input changed by a fifth at a time."""
    target, deal = to_positive("target", inputs.target), to_positive("deal", inputs.deal)

    def per_week(target: Fraction, deal: Fraction, stages: tuple[Stage, ...], weeks: Fraction) -> Fraction:
        return back_solve(target, deal, stages).step(step).exact / weeks

    low, high = 1 - SENSITIVITY_CHANGE, 1 + SENSITIVITY_CHANGE
    yield Sensitivity(
        "target", per_week(target * low, deal, stages, weeks), per_week(target * high, deal, stages, weeks)
    )
    yield Sensitivity(
        "deal size", per_week(target, deal * low, stages, weeks), per_week(target, deal * high, stages, weeks)
    )
    yield Sensitivity("time", per_week(target, deal, stages, weeks * low), per_week(target, deal, stages, weeks * high))
    names = [stage.name for stage in stages]
    for index, stage in enumerate(stages[: names.index(step) + 1] if step in names else stages):
        lower, higher = (_with_rate(stages, index, min(stage.rate * factor, Fraction(1))) for factor in (low, high))
        name = "win rate" if index == 0 else f"{stage.name} that go on"
        yield Sensitivity(name, per_week(target, deal, lower, weeks), per_week(target, deal, higher, weeks))


def _with_rate(stages: tuple[Stage, ...], index: int, share: Fraction) -> tuple[Stage, ...]:
    return tuple(replace(stage, rate=share) if at == index else stage for at, stage in enumerate(stages))


def _distribute_by_week(inputs: PlanInputs, days: tuple[date, ...], total: int) -> tuple[PlannedWeek, ...]:
    """Distribute the work over the weeks by working days and ramp, so that the weeks sum to the whole exactly."""
    weeks = calendar.group_by_week(days)
    ramp: tuple[Fraction, ...] = ()
    if inputs.ramp:
        by_month = calendar.ramp_weights(to_int("months", inputs.months), inputs.ramp)
        ramp = tuple(by_month[_month_of(inputs.starts, week.starts)] for week in weeks)
        if not any(ramp):
            raise InvalidInput("ramp", "The ramp is zero up to the last day on which work still counts.")
    counts = calendar.distribute(total, [week.days for week in weeks], ramp=ramp)
    return tuple(PlannedWeek(week.starts, week.days, count) for week, count in zip(weeks, counts, strict=True))


def _month_of(start: date, day: date) -> int:
    """Count the whole months from the start to a day, from 0."""
    months = (day.year - start.year) * 12 + day.month - start.month
    return months - (1 if day.day < start.day and months else 0)
