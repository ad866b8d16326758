"""From a revenue number back to this week's work: deals, opportunities, meetings, calls, and whether they can be held.

Every step is exact (`Fraction`); it is rounded once, up, and only for people: rounding each step before the next
would ask for 10,000 calls where 9,621 are enough.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from workbench.metrics.validation import MOST_COUNT, Number, Unworkable, not_negative, positive, rate, whole

DEALS = "deals"
MOST_STAGES = 12


@dataclass(frozen=True, slots=True)
class Stage:
    """A kind of work and the share of it that becomes one of the step before: 22 % of opportunities become deals."""

    name: str
    rate: Fraction


@dataclass(frozen=True, slots=True)
class Step:
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
class Change:
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
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a target asks for, step by step from deals down, and where it is more than can be held.

    `reachable` is the target that the given capacity carries at these rates (the target itself when it fits).
    """

    target: Fraction
    deal: Fraction
    stages: tuple[Stage, ...]
    steps: tuple[Step, ...]
    reachable: Fraction
    shortfalls: tuple[Shortfall, ...] = ()

    @property
    def feasible(self) -> bool:
        """Say whether every step can be held."""
        return not self.shortfalls

    def step(self, name: str) -> Step:
        """Find one step by its name. Raises KeyError."""
        for step in self.steps:
            if step.name == name:
                return step
        raise KeyError(name)


def named_stage(name: str, share: Number) -> Stage:
    """Read a stage as it is typed: `win` is the rate of opportunities, `call-to-meeting` that of calls.

    Any other name stands for the kind of work itself (`demos`). Raises Unworkable.
    """
    work = name.strip().lower()
    if not work:
        raise Unworkable("stage", "A stage needs a name, such as win or call-to-meeting.")
    if work in ("win", "win rate", "win-rate"):
        work = "opportunities"
    elif "-to-" in work:
        work = _plural(work.partition("-to-")[0])
    return Stage(work, rate(work, share))


def back_solve(
    target: Number,
    deal: Number,
    stages: Sequence[Stage],
    weeks: Number | None = None,
    days: Number | None = None,
    capacity: Mapping[str, Number] | None = None,
    people: int = 1,
) -> Plan:
    """Work back from a revenue target to every kind of work it asks for.

    `target` and `deal` are money in one unit; `stages` go from the deal backwards (win rate first), any number of
    them. `weeks` and `days` are the weeks and working days there are; `capacity` says how many of a step one person
    can hold in a week, by step name, for `people` people.
    Raises Unworkable with the field's name: target, deal, the stage's name, weeks, days, capacity, people.
    """
    goal, size = not_negative("target", target), positive("deal", deal)
    checked = _checked(stages)
    time = positive("weeks", weeks) if weeks is not None else None
    length = positive("days", days) if days is not None else None
    steps, exact = [_step(DEALS, goal / size, time, length)], goal / size
    for stage in checked:
        exact /= stage.rate
        if exact > MOST_COUNT:
            raise Unworkable(stage.name, "That asks for more than anybody can count; look at this rate again.")
        steps.append(_step(stage.name, exact, time, length))
    held = _held(capacity or {}, [step.name for step in steps], time, whole("people", people, 1))
    tight = [(step, held[step.name]) for step in steps if step.name in held and _asked(step, time) > held[step.name]]
    share = min((limit / _asked(step, time) for step, limit in tight), default=Fraction(1))
    plan = Plan(goal, size, checked, tuple(steps), goal * share)
    return replace(
        plan, shortfalls=tuple(_shortfall(plan, step, _asked(step, time), limit, people) for step, limit in tight)
    )


def one_currency(currencies: Mapping[str, str]) -> str:
    """Give the one currency that all amounts are in; `currencies` goes from field to code. Raises Unworkable."""
    first = next(iter(currencies.values()), "")
    for field, currency in currencies.items():
        if currency != first:
            raise Unworkable(field, f"This is in {currency}, the other amounts in {first}; bring them to one currency.")
    return first


def ceiling(number: Fraction) -> int:
    """Round up to a whole piece of work, exactly."""
    return -(-number.numerator // number.denominator)


def percent(share: Fraction) -> str:
    """Say a share in percent with at most one decimal: `22%`, `37.5%`."""
    return f"{short(share * 100)}%"


def short(number: Fraction) -> str:
    """Say a number with at most one decimal: `1,204`, `9.6`."""
    whole_part, tenth = divmod(round(number * 10), 10)
    return f"{whole_part:,}.{tenth}" if tenth else f"{whole_part:,}"


def _checked(stages: Iterable[Stage]) -> tuple[Stage, ...]:
    found = tuple(Stage(stage.name, rate(stage.name, stage.rate)) for stage in stages)
    if not found:
        raise Unworkable("stages", "Name at least one stage, such as the win rate of opportunities.")
    if len(found) > MOST_STAGES:
        raise Unworkable("stages", f"More than {MOST_STAGES} stages is more than anybody can steer.")
    names = [DEALS, *(stage.name for stage in found)]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise Unworkable(twice, f"The step {twice} is there twice.")
    return found


def _step(name: str, exact: Fraction, weeks: Fraction | None, days: Fraction | None) -> Step:
    a_week = None if weeks is None else ceiling(exact / weeks)
    return Step(name, exact, ceiling(exact), a_week, None if days is None else ceiling(exact / days))


def _held(
    capacity: Mapping[str, Number], names: Sequence[str], weeks: Fraction | None, people: int
) -> dict[str, Fraction]:
    if capacity and weeks is None:
        raise Unworkable("weeks", "Say how many weeks there are, so that a week's capacity can be held against them.")
    unknown = next((name for name in capacity if name not in names), None)
    if unknown is not None:
        raise Unworkable("capacity", f"There is no step {unknown} in this chain.")
    return {name: positive("capacity", a_week) * people for name, a_week in capacity.items()}


def _asked(step: Step, weeks: Fraction | None) -> Fraction:
    return step.exact / (weeks or 1)


def _shortfall(plan: Plan, step: Step, asked: Fraction, limit: Fraction, people: int) -> Shortfall:
    changes = tuple(_changes(plan, step, asked / limit, people))
    said = (
        f"This asks for {short(asked)} {step.name} a week and {short(limit)} can be held. "
        f"One of these would make it fit: {'; '.join(change.sentence for change in changes)}."
    )
    return Shortfall(step.name, asked, limit, said, changes)


def _changes(plan: Plan, step: Step, factor: Fraction, people: int) -> Iterator[Change]:
    """Go through what would have to change, each alone: a rate on the way, the deal, the people, the target."""
    on_the_way = next((place + 1 for place, stage in enumerate(plan.stages) if stage.name == step.name), 0)
    for stage in plan.stages[:on_the_way]:
        better = stage.rate * factor
        if better <= 1:
            said = f"{percent(better)} of {stage.name} going forward instead of {percent(stage.rate)}"
            yield Change(stage.name, stage.rate, better, said)
    size = plan.deal * factor
    yield Change("deal", plan.deal, size, f"an average deal of {_money(size)} instead of {_money(plan.deal)}")
    crowd = Fraction(ceiling(people * factor))
    yield Change("people", Fraction(people), crowd, f"{short(crowd)} people instead of {people:,}")
    said = f"a target of {_money(plan.reachable)}, which this capacity carries"
    yield Change("target", plan.target, plan.reachable, said)


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return word if word.endswith("s") else f"{word}s"


def _money(number: Fraction) -> str:
    return f"{round(number):,}"
