"""From a revenue number back to this week's work: deals, opportunities, meetings, calls, and whether they can be held.

Every step is exact (`Fraction`); it is rounded once, up, and only for people: rounding each step before the next
would ask for 10,000 calls where 9,621 are enough.
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
    """How much of one kind of work the target asks for: exactly, and in whole pieces for a period, week and day.

    `a_week` and `a_day` are None where no weeks or days were given; they are rounded up from `exact`, not from each
    other.
    """

    name: str
    exact: Fraction
    needed: int
    a_week: int | None = None
    a_day: int | None = None


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One change that alone would make a plan fit: what, how it is now and how it would have to be."""

    field: str
    now: Fraction
    needed: Fraction
    sentence: str


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A step that asks for more than people can hold in a week, and what would have to change."""

    step: str
    asked: Fraction
    capacity: Fraction
    sentence: str
    changes: tuple[PlanChange, ...]


@dataclass(frozen=True, slots=True)
class FunnelPlan:
    """What a target asks for, step by step from deals down, and where it is more than can be held.

    `reachable` is the target that the given capacity carries at these rates (the target itself when it fits).
    """

    target: Fraction
    deal: Fraction
    stages: tuple[Stage, ...]
    steps: tuple[FunnelStep, ...]
    reachable: Fraction
    shortfalls: tuple[Shortfall, ...] = ()

    @property
    def feasible(self) -> bool:
        """Say whether every step can be held."""
        return not self.shortfalls

    def step(self, name: str) -> FunnelStep:
        """Find one step by its name. Raises KeyError."""
        for step in self.steps:
            if step.name == name:
                return step
        raise KeyError(name)


def parse_stage(name: str, share: Number) -> Stage:
    """Read a stage as it is typed: `win` is the rate of opportunities, `call-to-meeting` that of calls.

    Any other name stands for the kind of work itself (`demos`). Raises InvalidInput.
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
    """Work back from a revenue target to every kind of work it asks for.

    `target` and `deal` are money in one unit; `stages` go from the deal backwards (win rate first), any number of
    them. `weeks` and `days` are the weeks and working days there are; `capacity` says how many of a step one person
    can hold in a week, by step name, for `people` people.
    Raises InvalidInput with the field's name: target, deal, the stage's name, weeks, days, capacity, people.
    """
    goal, size = to_non_negative("target", target), to_positive("deal", deal)
    checked = _check_stages(stages)
    time = to_positive("weeks", weeks) if weeks is not None else None
    length = to_positive("days", days) if days is not None else None
    steps, exact = [_build_step(DEALS, goal / size, time, length)], goal / size
    for stage in checked:
        exact /= stage.rate
        if exact > MAX_COUNT:
            raise InvalidInput(stage.name, "That asks for more than anybody can count; look at this rate again.")
        steps.append(_build_step(stage.name, exact, time, length))
    held = _weekly_capacity(capacity or {}, [step.name for step in steps], time, to_int("people", people, 1))
    tight = [
        (step, held[step.name]) for step in steps if step.name in held and _weekly_demand(step, time) > held[step.name]
    ]
    share = min((limit / _weekly_demand(step, time) for step, limit in tight), default=Fraction(1))
    plan = FunnelPlan(goal, size, checked, tuple(steps), goal * share)
    return replace(
        plan,
        shortfalls=tuple(
            _build_shortfall(plan, step, _weekly_demand(step, time), limit, people) for step, limit in tight
        ),
    )


def find_common_currency(currencies: Mapping[str, str]) -> str:
    """Give the one currency that all amounts are in; `currencies` goes from field to code. Raises InvalidInput."""
    first = next(iter(currencies.values()), "")
    for field, currency in currencies.items():
        if currency != first:
            raise InvalidInput(
                field, f"This is in {currency}, the other amounts in {first}; bring them to one currency."
            )
    return first


def round_up(number: Fraction) -> int:
    """Round up to a whole piece of work, exactly."""
    return -(-number.numerator // number.denominator)


def format_percent(share: Fraction) -> str:
    """Say a share in percent with at most one decimal: `22%`, `37.5%`."""
    return f"{format_short(share * 100)}%"


def format_short(number: Fraction) -> str:
    """Say a number with at most one decimal: `1,204`, `9.6`."""
    whole_part, tenth = divmod(round(number * 10), 10)
    return f"{whole_part:,}.{tenth}" if tenth else f"{whole_part:,}"


def _check_stages(stages: Iterable[Stage]) -> tuple[Stage, ...]:
    found = tuple(Stage(stage.name, to_rate(stage.name, stage.rate)) for stage in stages)
    if not found:
        raise InvalidInput("stages", "Name at least one stage, such as the win rate of opportunities.")
    if len(found) > MAX_STAGES:
        raise InvalidInput("stages", f"More than {MAX_STAGES} stages is more than anybody can steer.")
    names = [DEALS, *(stage.name for stage in found)]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InvalidInput(twice, f"The step {twice} is there twice.")
    return found


def _build_step(name: str, exact: Fraction, weeks: Fraction | None, days: Fraction | None) -> FunnelStep:
    a_week = None if weeks is None else round_up(exact / weeks)
    return FunnelStep(name, exact, round_up(exact), a_week, None if days is None else round_up(exact / days))


def _weekly_capacity(
    capacity: Mapping[str, Number], names: Sequence[str], weeks: Fraction | None, people: int
) -> dict[str, Fraction]:
    if capacity and weeks is None:
        raise InvalidInput("weeks", "Say how many weeks there are, so that a week's capacity can be held against them.")
    unknown = next((name for name in capacity if name not in names), None)
    if unknown is not None:
        raise InvalidInput("capacity", f"There is no step {unknown} in this chain.")
    return {name: to_positive("capacity", a_week) * people for name, a_week in capacity.items()}


def _weekly_demand(step: FunnelStep, weeks: Fraction | None) -> Fraction:
    return step.exact / (weeks or 1)


def _build_shortfall(plan: FunnelPlan, step: FunnelStep, asked: Fraction, limit: Fraction, people: int) -> Shortfall:
    changes = tuple(_find_changes(plan, step, asked / limit, people))
    said = (
        f"This asks for {format_short(asked)} {step.name} a week and {format_short(limit)} can be held. "
        f"One of these would make it fit: {'; '.join(change.sentence for change in changes)}."
    )
    return Shortfall(step.name, asked, limit, said, changes)


def _find_changes(plan: FunnelPlan, step: FunnelStep, factor: Fraction, people: int) -> Iterator[PlanChange]:
    """Go through what would have to change, each alone: a rate on the way, the deal, the people, the target."""
    on_the_way = next((place + 1 for place, stage in enumerate(plan.stages) if stage.name == step.name), 0)
    for stage in plan.stages[:on_the_way]:
        better = stage.rate * factor
        if better <= 1:
            said = f"{format_percent(better)} of {stage.name} going forward instead of {format_percent(stage.rate)}"
            yield PlanChange(stage.name, stage.rate, better, said)
    size = plan.deal * factor
    yield PlanChange(
        "deal", plan.deal, size, f"an average deal of {_format_money(size)} instead of {_format_money(plan.deal)}"
    )
    crowd = Fraction(round_up(people * factor))
    yield PlanChange("people", Fraction(people), crowd, f"{format_short(crowd)} people instead of {people:,}")
    said = f"a target of {_format_money(plan.reachable)}, which this capacity carries"
    yield PlanChange("target", plan.target, plan.reachable, said)


def _pluralize(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return word if word.endswith("s") else f"{word}s"


def _format_money(number: Fraction) -> str:
    return f"{round(number):,}"
