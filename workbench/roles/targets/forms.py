"""The rows of the table of targets: each reads one target, and writes back the cells that a person has changed."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any, cast

from flask import g

from workbench.core.digests import sha256_of_text
from workbench.core.forms.fields import LineField, NumberField
from workbench.core.forms.form import FieldGroup
from workbench.core.text.words import clean, join_words
from workbench.core.web.session import session
from workbench.metrics.catalogue import catalogue
from workbench.metrics.model import Metric, Period
from workbench.roles.expectations import metric_of, settle_basis
from workbench.roles.fields import field_of
from workbench.roles.model import Accountability, Basis, Comparator, Expectation, Role, with_expectation
from workbench.roles.own_metrics.tables import list_all_metrics
from workbench.roles.path.forms import input_of
from workbench.roles.path.item_forms import COMPARATORS, PERIODS, read_in_unit
from workbench.roles.texts import place_of

NO_NUMBER = "Enter a number first; there is nothing to agree yet."


class MetricField(LineField):
    """A metric by its name, as the list beside the field offers it; its data is the code."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Find the metric of the typed name. Raise ValueError with a sentence where there is none."""
        super().process_formdata(valuelist)
        name, self.data = self.data or "", ""
        if name:
            names = {each.name.casefold(): each for each in self.metrics}
            if name.casefold() not in names:
                near = [f"“{names[each].name}”" for each in get_close_matches(name.casefold(), names)]
                hint = f"Did you mean {join_words(near, 'or')}?" if near else "Choose one from the list."
                raise ValueError(f"There is no metric “{name[:40]}”. {hint}")
            self.data = names[name.casefold()].code

    @property
    def metrics(self) -> list[Metric]:
        """Return the metrics that the target may have, and its present metric, which may come from another company."""
        return [*known_metrics(), *([self.meta.present] if self.meta.present else [])]

    @property
    def metric(self) -> Metric | None:
        """Return the chosen metric, or None where there is none."""
        return next((each for each in self.metrics if each.code == self.data), None)

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else self.metric.name if self.metric else ""


def known_metrics() -> tuple[Metric, ...]:
    """Return the metrics that a target may have, by name: those of the catalogue and the company's own; read once in a request."""
    if "known_metrics" not in g:
        known = list_all_metrics(session(), retired=False).values()
        g.known_metrics = tuple(sorted(known, key=lambda metric: metric.name.casefold()))
    return cast("tuple[Metric, ...]", g.known_metrics)


class TargetForm(FieldGroup):
    """The fields of one row; `present` is the metric that the target has."""

    class Meta:
        present: Metric | None = None

    metric = MetricField("Metric")
    comparator = input_of(Expectation, "comparator", choices=COMPARATORS)
    value = NumberField(field_of(Expectation, "value").prompt)
    period = input_of(Expectation, "period", choices=PERIODS)
    qualifier = input_of(Expectation, "qualifier")
    due = input_of(Expectation, "due")
    source = input_of(Expectation, "source")
    we_will = input_of(Expectation, "we_will")

    def texts(self) -> str:
        """Return a digest of the texts in the fields; it stays the same until a person changes one."""
        return sha256_of_text("\n".join(" ".join(clean(_text(each)).split()) for each in self))[:16]

    def write(self, present: Expectation) -> Expectation:
        """Return the target with the valid fields; a field with an error keeps its present value."""
        data = {each.short_name: each.data for each in self if not each.errors}
        if "comparator" in data:
            data["comparator"] = Comparator(data["comparator"])
        if "period" in data:
            data["period"] = Period(data["period"]) if data["period"] else None
        code = data.pop("metric", "")
        if code and code != present.metric and (metric := self.metric.metric):
            data |= {"metric": code, "unit": metric.unit, "own_metric": None if code in catalogue() else metric}
        return settle_basis(present, replace(present, **data))


def _text(item: Any) -> str:
    """Return the text of a field as a browser sends it."""
    if item.raw_data:
        return str(item.raw_data[0])
    return str(item._value() if hasattr(item, "_value") else item.data or "")  # noqa: SLF001 - WTForms has no other name for it


@dataclass(slots=True)
class TargetRow:
    """One row: the target as it is stored, the form with the typed texts, and what there is to say about it.

    `seen` identifies the texts that the fields had when the page was drawn: a row that still has them was not touched,
    and is left as it is, even where another person changed it meanwhile.
    """

    item: Accountability
    present: Expectation
    form: TargetForm
    seen: str
    touched: bool = False
    stale: bool = False
    changed_elsewhere: bool = False
    chosen: bool = False
    messages: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)  # why a remark is not dismissed, by the key of its finding

    @property
    def id(self) -> str:
        """Return the name of the row, with which the names of its fields begin."""
        return row_id(self.item, self.present)

    @property
    def place(self) -> str:
        """Return the place of the target in its role."""
        return place_of(self.item, self.present)

    @property
    def metric(self) -> Metric | None:
        """Return the metric of the target, or None where none is chosen."""
        return metric_of(self.present)

    @property
    def name(self) -> str:
        """Return the name of the metric."""
        return self.metric.name if self.metric else "A measure that is still to be chosen"

    @property
    def clear(self) -> bool:
        """Return whether all that a person typed into the row is stored."""
        return not self.stale and not self.form.errors


def row_id(item: Accountability, expectation: Expectation) -> str:
    """Return the name of the row of a target."""
    return f"{item.key}__{expectation.key}"


def list_rows(role: Role) -> list[TargetRow]:
    """Return the row of each target as it is stored."""
    return [_fresh(item, expectation, role.currency) for item, expectation in role.expectations()]


def read_rows(role: Role, sent: Mapping[str, Any], winning: Container[str]) -> list[TargetRow]:
    """Return the rows with the typed texts.

    In the places of `winning` they count, even if the page has not shown the stored ones: a person said so, or the same
    page has just stored them itself.
    """
    return [_read(row, sent, role.currency, wins=row.place in winning) for row in list_rows(role)]


def _read(fresh: TargetRow, sent: Mapping[str, Any], currency: str, *, wins: bool) -> TargetRow:
    seen = sent.get(f"{fresh.id}-seen", "")
    typed = TargetForm(sent, prefix=fresh.id, meta={"present": fresh.metric})
    _read_number(typed, fresh.present, currency)
    chosen = fresh.id in sent.getlist("chosen")  # type: ignore[attr-defined]
    if not seen or typed.texts() == seen:
        fresh.chosen, fresh.changed_elsewhere = chosen, bool(seen) and seen != fresh.seen and not wins
        return fresh
    typed.validate()
    stale = seen != fresh.seen and not wins and typed.write(fresh.present) != fresh.present
    return TargetRow(
        fresh.item, fresh.present, typed, seen if stale else fresh.seen, touched=True, stale=stale, chosen=chosen
    )


def _fresh(item: Accountability, expectation: Expectation, currency: str) -> TargetRow:
    names = ("metric", "comparator", "value", "period", "qualifier", "due", "source", "we_will")
    data = {name: getattr(expectation, name) for name in names}
    data["period"] = expectation.period or ""
    form = TargetForm(None, prefix=row_id(item, expectation), data=data, meta={"present": metric_of(expectation)})
    _read_number(form, expectation, currency)
    return TargetRow(item, expectation, form, form.texts())


def _read_number(form: TargetForm, expectation: Expectation, currency: str) -> None:
    metric = form.metric.metric or metric_of(expectation)
    read_in_unit(form.value, metric.unit if metric else None, currency, form.period.data)


def with_target(role: Role, row: TargetRow, target: Expectation) -> Role:
    """Return the role with a target in the place of the one of this row."""
    return role.with_accountability(with_expectation(role.accountability(row.item.key), target))


def store_row(row: TargetRow, target: Expectation, currency: str) -> None:
    """Show a target that has just been stored in its row; a text that could not be read stays as it is."""
    row.present = target
    fresh = _fresh(row.item, target, currency)
    row.seen = fresh.seen
    if not row.form.errors:
        row.form = fresh.form


def agree(row: TargetRow) -> Expectation | None:
    """Return the target of a row as agreed, or None with a message where that cannot be."""
    if row.present.value is None:
        row.messages.append(NO_NUMBER)
    if row.messages or not row.clear:
        return None
    return replace(row.present, basis=Basis.AGREED)
