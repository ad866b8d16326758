"""Work back from a revenue target to this week's work: deals, opportunities, meetings and calls.

Every step is exact (`Fraction`) and is rounded up once, for display: rounding each step before the next would ask for
10,000 calls where 9,621 are enough.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from workbench.metrics.validation import MAX_COUNT, InvalidInput, Number, to_int, to_non_negative, to_positive, to_rate

DEALS = "deals"
MAX_STAGES = 12


@dataclass(frozen=True, slots=True)
class Stage:
    """A kind of work and the share of it that becomes one of the step before: 22 % of opportunities become deals."""

    name: str
    rate: Fraction


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """How much of one kind of work a target needs: exactly, and as whole numbers for the period, a week and a day.

    `per_week` and `per_day` are None if no weeks or days were given; both are rounded up from `exact`.
    """

    name: str
    exact: Fraction
    needed: int
    per_week: int | None = None
    per_day: int | None = None


@dataclass(frozen=True, slots=True)
class PlanChange:
    """A change that makes a plan fit on its own: the field, its present value and the value it needs."""

    field: str
    now: Fraction
    needed: Fraction
    sentence: str


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A step whose weekly demand exceeds capacity, and the changes that would make it fit."""

    step: str
    demand: Fraction
    capacity: Fraction
    sentence: str
    changes: tuple[PlanChange, ...]


@dataclass(frozen=True, slots=True)
class FunnelPlan:
    """The work that a target needs, step by step from deals down, and where it exceeds capacity.

    `reachable` is the target that the given capacity supports at these rates (the target itself if it fits).
    """

    target: Fraction
    deal: Fraction
    stages: tuple[Stage, ...]
    steps: tuple[FunnelStep, ...]
    reachable: Fraction
    shortfalls: tuple[Shortfall, ...] = ()

    @property
    def feasible(self) -> bool:
        """Return whether every step is within capacity."""
        return not self.shortfalls

    def step(self, name: str) -> FunnelStep:
        """Return a step by its name. Raises KeyError."""
        for step in self.steps:
            if step.name == name:
                return step
        raise KeyError(name)


def parse_stage(name: str, share: Number) -> Stage:
    """Parse a stage as a user writes it: `win` is the rate of opportunities, `call-to-meeting` that of calls.

    Any other name is the kind of work itself (`demos`). Raises InvalidInput.
    """
    work = name.strip().lower()
    if not work:
        raise InvalidInput("stage", "A stage needs a name, such as win or call-to-meeting.")
    if work in ("win", "win rate", "win-rate"):
        work = "opportunities"
    elif "-to-" in work:
        work = _pluralize(work.partition("-to-")[0])
    return Stage(work, to_rate(work, share))


def back_solve(
    target: Number,
    deal: Number,
    stages: Sequence[Stage],
    weeks: Number | None = None,
    days: Number | None = None,
    capacity: Mapping[str, Number] | None = None,
    people: int = 1,
) -> FunnelPlan:
    """Work back from a revenue target to every kind of work that it needs.

    `target` and `deal` are money in one unit; `stages` run from the deal backwards (win rate first). `weeks` and
    `days` are the available weeks and working days; `capacity` is how many of a step one person can do in a week, by
    step name, for `people` people. Raises InvalidInput with the field's name: target, deal, the stage's name, weeks,
    days, capacity, people.
    """
    goal, size = to_non_negative("target", target), to_positive("deal", deal)
    checked = _check_stages(stages)
    time = to_positive("weeks", weeks) if weeks is not None else None
    length = to_positive("days", days) if days is not None else None
    steps, exact = [_build_step(DEALS, goal / size, time, length)], goal / size
    for stage in checked:
        exact /= stage.rate
        if exact > MAX_COUNT:
            raise InvalidInput(stage.name, "That needs more work than anyone can count; check this rate.")
        steps.append(_build_step(stage.name, exact, time, length))
    limits = _weekly_capacity(capacity or {}, [step.name for step in steps], time, to_int("people", people, 1))
    overloaded = [
        (step, limits[step.name])
        for step in steps
        if step.name in limits and _weekly_demand(step, time) > limits[step.name]
    ]
    share = min((limit / _weekly_demand(step, time) for step, limit in overloaded), default=Fraction(1))
    plan = FunnelPlan(goal, size, checked, tuple(steps), goal * share)
    return replace(
        plan,
        shortfalls=tuple(
            _build_shortfall(plan, step, _weekly_demand(step, time), limit, people) for step, limit in overloaded
        ),
    )


def find_common_currency(currencies: Mapping[str, str]) -> str:
    """Return the currency that all amounts share; `currencies` maps fields to codes. Raises InvalidInput."""
    first = next(iter(currencies.values()), "")
    for field, currency in currencies.items():
        if currency != first:
            raise InvalidInput(field, f"This is in {currency}, the other amounts in {first}; use one currency.")
    return first


def round_up(number: Fraction) -> int:
    """Return the smallest whole number that is not below the number."""
    return -(-number.numerator // number.denominator)


def format_percent(share: Fraction) -> str:
    """Return a share in percent with at most one decimal: `22%`, `37.5%`."""
    return f"{format_short(share * 100)}%"


def format_short(number: Fraction) -> str:
    """Return a number with at most one decimal: `1,204`, `9.6`."""
    integer, tenth = divmod(round(number * 10), 10)
    return f"{integer:,}.{tenth}" if tenth else f"{integer:,}"


def _check_stages(stages: Iterable[Stage]) -> tuple[Stage, ...]:
    found = tuple(Stage(stage.name, to_rate(stage.name, stage.rate)) for stage in stages)
    if not found:
        raise InvalidInput("stages", "Name at least one stage, such as the win rate of opportunities.")
    if len(found) > MAX_STAGES:
        raise InvalidInput("stages", f"More than {MAX_STAGES} stages are too many to manage.")
    names = [DEALS, *(stage.name for stage in found)]
    duplicate = next((name for name in names if names.count(name) > 1), None)
    if duplicate is not None:
        raise InvalidInput(duplicate, f"The step {duplicate} appears twice.")
    return found


def _build_step(name: str, exact: Fraction, weeks: Fraction | None, days: Fraction | None) -> FunnelStep:
    per_week = None if weeks is None else round_up(exact / weeks)
    return FunnelStep(name, exact, round_up(exact), per_week, None if days is None else round_up(exact / days))


def _weekly_capacity(
    capacity: Mapping[str, Number], names: Sequence[str], weeks: Fraction | None, people: int
) -> dict[str, Fraction]:
    if capacity and weeks is None:
        raise InvalidInput(
            "weeks", "Enter the number of weeks, so that the weekly capacity can be compared with the work."
        )
    unknown = next((name for name in capacity if name not in names), None)
    if unknown is not None:
        raise InvalidInput("capacity", f"There is no step {unknown} in this chain.")
    return {name: to_positive("capacity", per_week) * people for name, per_week in capacity.items()}


def _weekly_demand(step: FunnelStep, weeks: Fraction | None) -> Fraction:
    return step.exact / (weeks or 1)


def _build_shortfall(plan: FunnelPlan, step: FunnelStep, demand: Fraction, limit: Fraction, people: int) -> Shortfall:
    changes = tuple(_find_changes(plan, step, demand / limit, people))
    sentence = (
        f"This needs {format_short(demand)} {step.name} a week, and the capacity is {format_short(limit)}. "
        f"One of these would make it fit: {'; '.join(change.sentence for change in changes)}."
    )
    return Shortfall(step.name, demand, limit, sentence, changes)


def _find_changes(plan: FunnelPlan, step: FunnelStep, factor: Fraction, people: int) -> Iterator[PlanChange]:
    """Yield the changes that would each make the plan fit: a rate, the deal size, the people, the target."""
    stage_count = next((index + 1 for index, stage in enumerate(plan.stages) if stage.name == step.name), 0)
    for stage in plan.stages[:stage_count]:
        better_rate = stage.rate * factor
        if better_rate <= 1:
            sentence = (
                f"{format_percent(better_rate)} of {stage.name} going forward instead of {format_percent(stage.rate)}"
            )
            yield PlanChange(stage.name, stage.rate, better_rate, sentence)
    size = plan.deal * factor
    yield PlanChange(
        "deal", plan.deal, size, f"an average deal of {_format_money(size)} instead of {_format_money(plan.deal)}"
    )
    more_people = Fraction(round_up(people * factor))
    yield PlanChange(
        "people", Fraction(people), more_people, f"{format_short(more_people)} people instead of {people:,}"
    )
    sentence = f"a target of {_format_money(plan.reachable)}, which this capacity supports"
    yield PlanChange("target", plan.target, plan.reachable, sentence)


def _pluralize(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return word if word.endswith("s") else f"{word}s"


def _format_money(number: Fraction) -> str:
    return f"{round(number):,}"
