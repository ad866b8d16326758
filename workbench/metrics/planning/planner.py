"""The whole way from a revenue number to a week's work: how much, how sure, what matters most, and week by week."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

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
    """What a leader knows or believes.

    `target` and `deal` are money in one unit, `spread` the spread of deal sizes as a share of their average.
    `stages` go from the deal backwards: a name and its rate, or the evidence for it (11 of 50); the first is the win
    rate of opportunities. Work that is to count must begin `cycle` calendar days before the end. `ramp` gives the
    share of full work for each month since the start (empty: full from the first day). `capacity` is how much of the
    work that the week is counted in (`weekly`) one person can hold in a week (None: not said).
    """

    target: Number
    deal: Number
    stages: tuple[tuple[str, Number | Evidence], ...]
    starts: date
    months: int = 12
    spread: Number = 0
    country: str = ""
    cycle: int = 0
    ramp: tuple[Number, ...] = ()
    capacity: Number | None = None
    people: int = 1
    confidence: Number = DEFAULT_CONFIDENCE


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What a week asks for when one input is a fifth lower, and when it is a fifth higher."""

    name: str
    lower: Fraction
    higher: Fraction


@dataclass(frozen=True, slots=True)
class PlannedWeek:
    """One week of the plan: its first working day, its working days, and how much of the weekly step it carries."""

    starts: date
    days: int
    count: int


@dataclass(frozen=True, slots=True)
class WeeklyChance:
    """How sure so many a week make the target; `low` and `high` are the band of the win rate's evidence."""

    a_week: int
    chance: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class WorkbackPlan:
    """What must happen. `average` is the plan that average luck would need, `sure` the one that is as sure as wanted.

    `step` names the work that the week is counted in (meetings where there are any), `a_week` how much of it, `days`
    and `weeks` the working time in which work can begin and still count.
    """

    inputs: PlanInputs
    ends: date
    last_start: date
    days: int
    weeks: Fraction
    needed: OpportunitiesNeeded
    average: FunnelPlan
    sure: FunnelPlan
    step: str
    a_week: int
    chances: tuple[WeeklyChance, ...]
    swings: tuple[Sensitivity, ...]
    calendar: tuple[PlannedWeek, ...]


def build_plan(inputs: PlanInputs) -> WorkbackPlan:
    """Work the whole plan out.

    Raises InvalidInput with the name of the field: target, deal, quota, spread, win, a stage's name, evidence, starts,
    months, cycle, ramp, calendar, capacity, people, confidence.
    """
    to_positive("target", inputs.target)
    ends, days, last_start = _find_working_time(inputs)
    weeks = Fraction(len(days), DAYS_A_WEEK)
    stages = tuple(Stage(name, rate_of(name, share)) for name, share in inputs.stages)
    if not stages:
        raise InvalidInput("win", "Give at least the win rate: how many opportunities become deals.")
    step = find_weekly_step([stage.name for stage in stages])
    capacity = {} if inputs.capacity is None else {step: inputs.capacity}
    to_int("people", inputs.people, 1)
    goal = Goal(quota=inputs.target, deal=inputs.deal, cv=inputs.spread)
    to_probability("confidence", inputs.confidence)
    found = find_opportunities(goal, inputs.stages[0][1], inputs.confidence)
    average = back_solve(inputs.target, inputs.deal, stages, weeks, len(days), capacity, inputs.people)
    wanted = found.opportunities * stages[0].rate * to_positive("deal", inputs.deal)
    sure = back_solve(wanted, inputs.deal, stages, weeks, len(days), capacity, inputs.people)
    a_week = sure.step(step).a_week or 0
    return WorkbackPlan(
        inputs,
        ends,
        last_start,
        len(days),
        weeks,
        found,
        average,
        sure,
        step,
        a_week,
        tuple(_weekly_chances(goal, inputs, sure, step, a_week, weeks)),
        tuple(_sensitivities(inputs, stages, weeks, step)),
        _distribute_by_week(inputs, days, sure.step(step).needed),
    )


def _find_working_time(inputs: PlanInputs) -> tuple[date, tuple[date, ...], date]:
    """Find the last day, the working days on which work can begin and still count, and the last of them."""
    if not FIRST_YEAR <= inputs.starts.year <= LAST_YEAR:
        raise InvalidInput("starts", f"Begin between the years {FIRST_YEAR} and {LAST_YEAR}.")
    months = to_int("months", inputs.months, 1, MAX_MONTHS)
    cycle = to_int("cycle", inputs.cycle, 0, 3650)
    ends = _months_after(inputs.starts, months) - timedelta(days=1)
    last = ends - timedelta(days=cycle)
    days = calendar.working_days(inputs.starts, last, inputs.country) if last >= inputs.starts else ()
    if not days:
        raise InvalidInput(
            "cycle", "A sale takes longer than the whole time: nothing begun now would close before the end."
        )
    return ends, days, days[-1]


def _months_after(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def rate_of(name: str, share: Number | Evidence) -> Fraction:
    """Give a rate, or the rate that its evidence shows, exactly. Raises InvalidInput with `name` as the field."""
    if not isinstance(share, Evidence):
        return to_rate(name, share)
    of = to_int(name, share.of, 1)
    won = to_int(name, share.won, 0)
    if won > of:
        raise InvalidInput(name, f"More were won ({won:,}) than there were ({of:,}).")
    if won == 0:
        raise InvalidInput(name, "None was won so far, so there is no rate yet; give the rate that you expect.")
    return Fraction(won, of)


def find_weekly_step(names: Sequence[str]) -> str:
    """Choose the work that a week is counted in: meetings where there are any, else what comes before the deals."""
    return next((name for name in names if "meeting" in name), names[0])


def _weekly_chances(
    goal: Goal, inputs: PlanInputs, sure: FunnelPlan, step: str, a_week: int, weeks: Fraction
) -> Iterator[WeeklyChance]:
    """Ask how sure other weekly numbers would be, around the chosen one."""
    share = Fraction(sure.steps[1].exact) / sure.step(step).exact
    most = max(2 * a_week, 4)
    counts = sorted({*(round(Fraction(most * place, CURVE_POINTS - 1)) for place in range(CURVE_POINTS)), a_week})
    opportunities = [int(count * weeks * share) for count in counts]
    for count, (_, chance, low, high) in zip(
        counts, probability_curve(goal, inputs.stages[0][1], opportunities), strict=True
    ):
        yield WeeklyChance(count, chance, min(low, high), max(low, high))


def _sensitivities(inputs: PlanInputs, stages: tuple[Stage, ...], weeks: Fraction, step: str) -> Iterator[Sensitivity]:
    """Move one input at a time by a fifth and see what an average week asks for."""
    target, deal = to_positive("target", inputs.target), to_positive("deal", inputs.deal)

    def a_week(target: Fraction, deal: Fraction, stages: tuple[Stage, ...], weeks: Fraction) -> Fraction:
        return back_solve(target, deal, stages).step(step).exact / weeks

    low, high = 1 - SENSITIVITY_CHANGE, 1 + SENSITIVITY_CHANGE
    yield Sensitivity("target", a_week(target * low, deal, stages, weeks), a_week(target * high, deal, stages, weeks))
    yield Sensitivity(
        "deal size", a_week(target, deal * low, stages, weeks), a_week(target, deal * high, stages, weeks)
    )
    yield Sensitivity("time", a_week(target, deal, stages, weeks * low), a_week(target, deal, stages, weeks * high))
    names = [stage.name for stage in stages]
    for place, stage in enumerate(stages[: names.index(step) + 1] if step in names else stages):
        lower, higher = (_with_rate(stages, place, min(stage.rate * factor, Fraction(1))) for factor in (low, high))
        name = "win rate" if place == 0 else f"{stage.name} that go on"
        yield Sensitivity(name, a_week(target, deal, lower, weeks), a_week(target, deal, higher, weeks))


def _with_rate(stages: tuple[Stage, ...], place: int, share: Fraction) -> tuple[Stage, ...]:
    return tuple(replace(stage, rate=share) if at == place else stage for at, stage in enumerate(stages))


def _distribute_by_week(inputs: PlanInputs, days: tuple[date, ...], total: int) -> tuple[PlannedWeek, ...]:
    """Lay the work over the weeks by working days and ramp, so that the weeks sum to the whole exactly."""
    weeks = calendar.group_by_week(days)
    ramp: tuple[Fraction, ...] = ()
    if inputs.ramp:
        by_month = calendar.ramp_weights(to_int("months", inputs.months), inputs.ramp)
        ramp = tuple(by_month[_month_of(inputs.starts, week.starts)] for week in weeks)
        if not any(ramp):
            raise InvalidInput("ramp", "The ramp carries nothing before the last day on which work still counts.")
    counts = calendar.distribute(total, [week.days for week in weeks], ramp=ramp)
    return tuple(PlannedWeek(week.starts, week.days, count) for week, count in zip(weeks, counts, strict=True))


def _month_of(start: date, day: date) -> int:
    """Count the whole months from the start to a day, from 0."""
    months = (day.year - start.year) * 12 + day.month - start.month
    return months - (1 if day.day < start.day and months else 0)
