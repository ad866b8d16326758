"""The forms about one accountability: outcome, boundaries, support, expectations and questions."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from workbench.core.forms.fields import IntegerField, NumberField, choice
from workbench.core.text.numbers import NumberKind, Wanted
from workbench.core.web.session import session
from workbench.metrics.catalogue import catalogue
from workbench.metrics.model import Metric, Period, Timing, Unit
from workbench.roles.expectations import settle_basis
from workbench.roles.fields import field_of
from workbench.roles.library import KEY_SHAPE
from workbench.roles.model import (
    Accountability,
    Anchors,
    Basis,
    Comparator,
    Expectation,
    Question,
    QuestionKind,
    Role,
    Supports,
    with_expectation,
    with_question,
)
from workbench.roles.own_metrics.model import OwnMetric
from workbench.roles.own_metrics.tables import list_own_metrics
from workbench.roles.path.forms import At, RoleForm, input_of, with_inputs

_UNIT_WORDS = {
    unit: f" {unit.value}" for unit in (Unit.TIMES, Unit.POINTS, Unit.MINUTES, Unit.HOURS, Unit.DAYS, Unit.MONTHS)
}


class ItemForm(RoleForm):
    """Fields of one accountability that carry the same names in the value."""

    @classmethod
    def read(cls, role: Role, at: At) -> dict[str, Any]:
        """Return the fields of the accountability."""
        item = role.accountability(at.accountability)
        return {name: getattr(item, name) for name in cls.names()}

    def write(self, role: Role, at: At) -> Role:
        """Return the role with these fields of the accountability."""
        item = role.accountability(at.accountability)
        return role.with_accountability(replace(item, **self.valid(role, at)))

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of the fields."""
        raise NotImplementedError


class OutcomeForm(ItemForm):
    """The outcome of an accountability and its success factor."""

    outcome = input_of(Accountability, "outcome")
    success_factor = input_of(Accountability, "success_factor")

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of the fields."""
        return ("outcome", "success_factor")


class OwnershipForm(ItemForm):
    """The function and scope that an accountability owns, and whether it is essential."""

    function = input_of(Accountability, "function")
    scope = input_of(Accountability, "scope")
    essential = input_of(Accountability, "essential")
    reason = input_of(Accountability, "reason")
    share = IntegerField(field_of(Accountability, "share").prompt, min_value=1, max_value=100, empty=0)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of the fields."""
        return ("function", "scope", "essential", "reason", "share")

    @classmethod
    def read(cls, role: Role, at: At) -> dict[str, Any]:
        """Return the fields; a share that is not set is empty, and a function is shown in words."""
        data = super().read(role, at)
        return {**data, "share": data["share"] or None, "function": _in_words(data["function"])}

    def write(self, role: Role, at: At) -> Role:
        """Return the role with these fields; a function of the library that is left as it was keeps its name."""
        present = role.accountability(at.accountability)
        changed = super().write(role, at).accountability(at.accountability)
        kept = present.function if changed.function == _in_words(present.function) else changed.function
        return role.with_accountability(replace(changed, function=kept, share=changed.share or 0))


def _in_words(function: str) -> str:
    """Return a function without the hyphens of the library: `new-logo-acquisition` is `new logo acquisition`."""
    return function.replace("-", " ") if KEY_SHAPE.fullmatch(function) else function


@with_inputs(Supports)
class SupportsForm(RoleForm):
    """The support for an accountability: five lists."""

    @classmethod
    def read(cls, role: Role, at: At) -> dict[str, Any]:
        """Return the five lists."""
        supports = role.accountability(at.accountability).supports
        return {name: getattr(supports, name) for name in Supports.__slots__}

    def write(self, role: Role, at: At) -> Role:
        """Return the role with these five lists in the accountability."""
        item = role.accountability(at.accountability)
        return role.with_accountability(replace(item, supports=Supports(**self.valid(role, at))))


def metric_choices(own_metrics: Iterable[OwnMetric]) -> list[tuple[str, str, str]]:
    """List the metrics for a choice: code, name and group, leading ones first, then the company's own."""
    groups = {Timing.LEADING: "Leading: work that predicts the result", Timing.LAGGING: "Lagging: the result itself"}
    metrics = sorted(catalogue().values(), key=lambda metric: (metric.timing is Timing.LAGGING, metric.name))
    shipped = [(metric.code, metric.name, groups[metric.timing]) for metric in metrics]
    return shipped + [(each.metric.code, _own_name(each), "Your company’s own") for each in own_metrics]


def _own_name(own_metric: OwnMetric) -> str:
    return f"{own_metric.metric.name} (retired)" if own_metric.retired else own_metric.metric.name


COMPARATORS = [(each.value, each.value.capitalize()) for each in Comparator]
PERIODS = [("", "No period"), *((each.value, f"Each {each.value}") for each in Period)]


def wanted_number(unit: Unit | None, currency: str) -> Wanted:
    """Return what the number of a target is in its unit, money in a currency; None is a unit that is still to be chosen."""
    kinds = {Unit.MONEY: NumberKind.MONEY, Unit.PERCENT: NumberKind.PERCENT, None: NumberKind.ANY}
    ends = "Type one number, and choose at least or at most beside it."
    return Wanted(kinds.get(unit, NumberKind.PLAIN), currency, ends=ends)


def read_in_unit(field: NumberField, unit: Unit | None, currency: str, period: str | None) -> None:
    """Read the number of a target in its unit, and say it in words with the unit and the period."""
    field.read_as(wanted_number(unit, currency))
    field.said_after = (_UNIT_WORDS.get(unit, "") if unit else "") + (f" a {period}" if period else "")


class ExpectationForm(RoleForm):
    """One target as fields, from which its sentence is rendered."""

    metric = input_of(Expectation, "metric")
    comparator = input_of(Expectation, "comparator", choices=COMPARATORS)
    value = NumberField(field_of(Expectation, "value").prompt)
    period = input_of(Expectation, "period", choices=PERIODS)
    due = input_of(Expectation, "due")
    qualifier = input_of(Expectation, "qualifier")
    source = input_of(Expectation, "source")
    we_will = input_of(Expectation, "we_will")
    basis = input_of(
        Expectation,
        "basis",
        choices=[
            (Basis.PLACEHOLDER.value, "A placeholder from the library"),
            (Basis.PROPOSED.value, "Proposed, still to be agreed"),
            (Basis.PLANNER.value, "Worked out with the planner, still to be agreed"),
            (Basis.AGREED.value, "Agreed with the person and the team"),
        ],
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        own_metrics = list_own_metrics(session())
        self.own_metrics = {each.metric.code: each.metric for each in own_metrics}
        self.metric.choices = [choice(*each) for each in (("", "Choose one", ""), *metric_choices(own_metrics))]
        metric = self._chosen_metric()
        read_in_unit(self.value, metric.unit if metric else None, self.meta.currency, self.period.data)

    def _chosen_metric(self) -> Metric | None:
        code = self.metric.data
        return catalogue().get(code) or self.own_metrics.get(code)

    @classmethod
    def read(cls, role: Role, at: At) -> dict[str, Any]:
        """Return the fields of the expectation."""
        expectation = role.accountability(at.accountability).expectation(at.item)
        names = ("metric", "comparator", "value", "period", "due", "qualifier", "source", "we_will", "basis")
        data = {name: getattr(expectation, name) for name in names}
        return {**data, "period": expectation.period or ""}

    def write(self, role: Role, at: At) -> Role:
        """Return the role with these fields of the expectation; its unit is the metric's."""
        data = self.valid(role, at)
        item = role.accountability(at.accountability)
        own_metric = self.own_metrics.get(data["metric"])
        metric = catalogue().get(data["metric"]) or own_metric
        present = item.expectation(at.item)
        changed = replace(
            present,
            **{
                **data,
                "comparator": Comparator(data["comparator"]),
                "period": Period(data["period"]) if data["period"] else None,
                "basis": Basis(data["basis"]),
                "unit": metric.unit if metric else None,
                "own_metric": own_metric,
            },
        )
        return role.with_accountability(with_expectation(item, settle_basis(present, changed)))


class QuestionForm(RoleForm):
    """One interview question with its probes and anchors."""

    kind = input_of(
        Question,
        "kind",
        choices=[
            ("behavioural", "Behavioural: what they did"),
            ("situational", "Situational: what they would do"),
            ("exercise", "Exercise: let them do it"),
        ],
    )
    competency = input_of(Question, "competency")
    text = input_of(Question, "text")
    probes = input_of(Question, "probes")
    minutes = IntegerField(field_of(Question, "minutes").prompt, min_value=1, max_value=90)
    must_ask = input_of(Question, "must_ask")
    what_good_looks_like = input_of(Question, "what_good_looks_like")
    one = input_of(Anchors, "one")
    three = input_of(Anchors, "three")
    five = input_of(Anchors, "five")

    @classmethod
    def read(cls, role: Role, at: At) -> dict[str, Any]:
        """Return the fields of the question and its anchors."""
        question = role.accountability(at.accountability).question(at.item)
        data = {
            name: getattr(question, name)
            for name in ("kind", "competency", "text", "probes", "minutes", "must_ask", "what_good_looks_like")
        }
        return {**data, "one": question.anchors.one, "three": question.anchors.three, "five": question.anchors.five}

    def write(self, role: Role, at: At) -> Role:
        """Return the role with these fields of the question."""
        data = self.valid(role, at)
        item = role.accountability(at.accountability)
        anchors = Anchors(data.pop("one"), data.pop("three"), data.pop("five"))
        changed = replace(item.question(at.item), **{**data, "kind": QuestionKind(data["kind"]), "anchors": anchors})
        return role.with_accountability(with_question(item, changed))
