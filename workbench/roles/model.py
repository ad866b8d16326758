"""The role as one frozen value: accountabilities, expectations, interview questions and the company's promises."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from workbench.core.text.currencies import DEFAULT_CURRENCY
from workbench.metrics.model import Metric, Period, Unit

# raised when a stored Role needs a change of shape to be read; `Role.upgrade` reads the older ones
SCHEMA = 2


class Motion(StrEnum):
    """How a seat meets the market; a hunter gets no renewal target by default, a farmer no cold one."""

    HUNTER = "hunter"
    FARMER = "farmer"
    PARTNER = "partner"
    SUPPORT = "support"
    LEAD = "lead"


class Comparator(StrEnum):
    """How an actual value is compared with the expected one."""

    AT_LEAST = "at least"
    AT_MOST = "at most"
    EXACTLY = "exactly"


class Basis(StrEnum):
    """Where an expected value comes from; only an agreed one is more than a starting point."""

    PLACEHOLDER = "placeholder"
    PROPOSED = "proposed"
    PLANNER = "planner"
    AGREED = "agreed"


class QuestionKind(StrEnum):
    """Behavioural questions are about what a candidate did, situational ones about what they would do; an exercise is a trial."""

    BEHAVIOURAL = "behavioural"
    SITUATIONAL = "situational"
    EXERCISE = "exercise"


class ExemptStatus(StrEnum):
    """Whether a position is exempt from overtime pay."""

    EXEMPT = "exempt"
    NON_EXEMPT = "non-exempt"


class PayPeriod(StrEnum):
    """The period that a pay figure is for."""

    HOUR = "hour"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Purpose:
    """The five answers a role starts from (sources: article 1, "the common missing link")."""

    overall: str = ""
    outcomes: str = ""
    leading: str = ""
    why_needed: str = ""
    contribution: str = ""

    @staticmethod
    def upgrade(data: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the plain data of a purpose in the present schema; schema 1 had shorter names."""
        return _rename(data, {"need": "why_needed", "forward": "contribution"})


@dataclass(frozen=True, slots=True)
class Supports:
    """The support that helps a person achieve one accountability: five lists of short lines."""

    behaviours: tuple[str, ...] = ()
    motivators: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    capacities: tuple[str, ...] = ()
    rewards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expectation:
    """One target as fields, from which its sentence is drawn.

    `value` is in `unit` (money in whole units of the role’s currency, percent as 22 for 22 %). `source` names the
    report or record the actual is read from; `we_will` is what the company promises in return. `planner_query` stores the
    planner's figures as the query of its address, so that a later reader can see where the number came from.
    A metric of the company's own is copied into `own_metric`, so that the meaning of an edition never changes.
    """

    key: str
    metric: str
    comparator: Comparator = Comparator.AT_LEAST
    value: Decimal | None = None
    unit: Unit | None = None
    period: Period | None = None
    due: date | None = None
    qualifier: str = ""
    source: str = ""
    we_will: str = ""
    basis: Basis = Basis.PLACEHOLDER
    planner_query: str = ""
    own_metric: Metric | None = None

    @property
    def agreed(self) -> bool:
        """Return whether the number is agreed; every other one is a starting point."""
        return self.basis is Basis.AGREED

    @property
    def figure(self) -> tuple[object, ...]:
        """Return what a person agrees to: the number with everything that it depends on."""
        return (self.metric, self.comparator, self.value, self.unit, self.period, self.due, self.qualifier)

    @staticmethod
    def upgrade(data: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the plain data of an expectation in the present schema; schema 1 had shorter names."""
        return _rename(data, {"worked_out": "planner_query", "defined": "own_metric"})


@dataclass(frozen=True, slots=True)
class Anchors:
    """Examples of an answer worth 1, 3 and 5."""

    one: str = ""
    three: str = ""
    five: str = ""


@dataclass(frozen=True, slots=True)
class Exercise:
    """The material of an exercise: the sheets of the candidate and of the role player, and a checklist, as texts.

    `roles.exercises.model` reads them. The candidate reads for `reading_minutes` of the minutes of the question, or is sent
    the sheet `beforehand`.
    """

    candidate: str = ""
    role_player: str = ""
    checklist: tuple[str, ...] = ()
    reading_minutes: int = 0
    beforehand: bool = False

    @property
    def written(self) -> bool:
        """Return whether there is a sheet to hand to the candidate."""
        return bool(self.candidate)


@dataclass(frozen=True, slots=True)
class Question:
    """One interview question with its probes, its anchors and the material of an exercise.

    The `minutes` are for the answer and the probes together. A `must_ask` comes first into a kit that has no room for all.
    """

    key: str
    kind: QuestionKind
    text: str
    competency: str = ""
    probes: tuple[str, ...] = ()
    minutes: int = 5
    anchors: Anchors = Anchors()
    what_good_looks_like: str = ""
    must_ask: bool = False
    exercise: Exercise = Exercise()

    @property
    def is_exercise(self) -> bool:
        """Return whether the candidate does something, which takes place once in a round."""
        return self.kind is QuestionKind.EXERCISE

    @staticmethod
    def upgrade(data: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the plain data of a question in the present schema; schema 1 had a shorter name."""
        return _rename(data, {"good": "what_good_looks_like"})


@dataclass(frozen=True, slots=True)
class Accountability:
    """An outcome that one seat owns, with everything that follows from it.

    `function` and `scope` name the work that is owned and its limits ("renewals", "mid-market accounts"): the same pair in two
    seats means that it has no owner. `share` is the part of working time in percent.
    """

    key: str
    outcome: str = ""
    success_factor: str = ""
    function: str = ""
    scope: str = ""
    essential: bool = True
    reason: str = ""
    share: int = 0
    supports: Supports = Supports()
    expectations: tuple[Expectation, ...] = ()
    questions: tuple[Question, ...] = ()

    def expectation(self, key: str) -> Expectation:
        """Find one expectation by its key. Raises KeyError."""
        return _find_by_key(self.expectations, key)

    def question(self, key: str) -> Question:
        """Find one question by its key. Raises KeyError."""
        return _find_by_key(self.questions, key)


@dataclass(frozen=True, slots=True)
class Duty:
    """Work that is done in the seat; essential when the position exists to do it."""

    text: str
    essential: bool = True


@dataclass(frozen=True, slots=True)
class Qualification:
    """A qualification that a person brings on the first day; preferred when it can be learned here."""

    text: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Pay:
    """The pay range in minor units (cents) of the role's currency, with variable pay and benefits.

    `told_when` says when candidates get a range that is not released.
    """

    minimum: int | None = None
    maximum: int | None = None
    period: PayPeriod = PayPeriod.YEAR
    variable: str = ""
    benefits: str = ""
    released: bool = False
    told_when: str = ""


@dataclass(frozen=True, slots=True)
class Conditions:
    """Where, when and under what demands the work is done."""

    place: str = ""
    hours: str = ""
    travel: str = ""
    physical: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Administration:
    """What HR keeps about a position; it is printed for HR only."""

    job_code: str = ""
    grade: str = ""
    exempt_status: ExemptStatus | None = None
    headcount: int | None = None
    cost_centre: str = ""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another seat and what it owns, so that the boundaries of this one are clear."""

    seat: str
    owns: str


@dataclass(frozen=True, slots=True)
class Role:
    """A whole position: a library file, a draft and a published edition are each one of these.

    All amounts of a role, in its pay and in its targets, are in its `currency`, an ISO 4217 code. `revenue` is None until
    a person says it. `samples` are the texts of promises that came from the library and are not confirmed.
    """

    title: str
    currency: str = DEFAULT_CURRENCY
    department: str = ""
    reports_to: str = ""
    motion: Motion | None = None
    revenue: bool | None = None
    summary: str = ""
    purpose: Purpose = Purpose()
    accountabilities: tuple[Accountability, ...] = ()
    duties: tuple[Duty, ...] = ()
    qualifications: tuple[Qualification, ...] = ()
    hard_parts: tuple[str, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    pay: Pay = Pay()
    conditions: Conditions = Conditions()
    administration: Administration = Administration()
    jurisdictions: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()

    @staticmethod
    def upgrade(data: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the plain data of a role in the present schema; schema 1 kept the currency inside the pay."""
        pay = data.get("pay")
        if not isinstance(pay, Mapping) or "currency" not in pay:
            return data
        return {"currency": pay["currency"], **data, "pay": {name: pay[name] for name in pay if name != "currency"}}

    def without_unreleased_pay(self) -> "Role":
        """Return the role as every person may see it: without its pay, unless that is released."""
        if self.pay.released:
            return self
        hidden = {" ".join(text.split()) for text in (self.pay.variable, self.pay.benefits)}
        return replace(
            self,
            pay=Pay(told_when=self.pay.told_when),
            samples=tuple(text for text in self.samples if text not in hidden),
        )

    def accountability(self, key: str) -> Accountability:
        """Find one accountability by its key. Raises KeyError."""
        return _find_by_key(self.accountabilities, key)

    def with_accountability(self, item: Accountability) -> "Role":
        """Return the role with an accountability at its place by key, or at the end when its key is new."""
        return replace(self, accountabilities=_put_by_key(self.accountabilities, item))

    def without_accountability(self, key: str) -> "Role":
        """Return the role without one accountability, its expectations and its questions."""
        return replace(self, accountabilities=_remove_by_key(self.accountabilities, key))

    def with_order(self, keys: Iterable[str]) -> "Role":
        """Return the role with its accountabilities in the order of `keys`; the others follow in their present order."""
        return replace(self, accountabilities=_sort_by_keys(self.accountabilities, keys))

    def expectations(self) -> Iterator[tuple[Accountability, Expectation]]:
        """Yield every expectation with its accountability."""
        return ((item, expectation) for item in self.accountabilities for expectation in item.expectations)

    def questions(self) -> Iterator[tuple[Accountability, Question]]:
        """Yield every question with its accountability, in the order of the interview."""
        return ((item, question) for item in self.accountabilities for question in item.questions)


def _rename(data: Mapping[str, Any], names: Mapping[str, str]) -> Mapping[str, Any]:
    """Return plain data with the old names of fields replaced by the present ones."""
    return {names.get(name, name): value for name, value in data.items()}


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


Keyed = TypeVar("Keyed", bound=_Keyed)


def with_expectation(item: Accountability, expectation: Expectation) -> Accountability:
    """Return the accountability with an expectation at its place by key, or at the end when its key is new."""
    return replace(item, expectations=_put_by_key(item.expectations, expectation))


def with_question(item: Accountability, question: Question) -> Accountability:
    """Return the accountability with a question at its place by key, or at the end when its key is new."""
    return replace(item, questions=_put_by_key(item.questions, question))


def _find_by_key(items: tuple[Keyed, ...], key: str) -> Keyed:
    for item in items:
        if item.key == key:
            return item
    raise KeyError(key)


def _put_by_key(items: tuple[Keyed, ...], item: Keyed) -> tuple[Keyed, ...]:
    if any(present.key == item.key for present in items):
        return tuple(item if present.key == item.key else present for present in items)
    return (*items, item)


def _remove_by_key(items: tuple[Keyed, ...], key: str) -> tuple[Keyed, ...]:
    return tuple(item for item in items if item.key != key)


def _sort_by_keys(items: tuple[Keyed, ...], keys: Iterable[str]) -> tuple[Keyed, ...]:
    rank = {key: place for place, key in enumerate(keys)}
    return tuple(sorted(items, key=lambda item: rank.get(item.key, len(rank))))
