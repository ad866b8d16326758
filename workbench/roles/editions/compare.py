"""Compare two roles word by word, place by place; what their texts do not show is compared field by field."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from difflib import SequenceMatcher
from typing import Any, Literal

from workbench.core.shape import unstructure
from workbench.roles.currency.model import format_pay_range
from workbench.roles.expectations import expectation_sentence
from workbench.roles.fields import ACCOUNTABILITY, EXERCISE, FIELDS, ROLE, FieldKind, field_of
from workbench.roles.model import (
    Accountability,
    Duty,
    Exercise,
    Expectation,
    Keyed,
    Neighbour,
    Pay,
    Qualification,
    Question,
    Role,
)

RunKind = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True)
class WordRun:
    """Some words that are the same in both, only in the older, or only in the newer."""

    kind: RunKind
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One place that differs, named as a reader knows it, with its words."""

    place: str
    runs: tuple[WordRun, ...]


def compare(older: Role, newer: Role) -> tuple[Difference, ...]:
    """List every place in which two roles differ, in the order of the newer one; removed places come last.

    Accountabilities, expectations and questions are matched by key, so a moved one is not a changed one. Two roles with
    different fingerprints have at least one difference, and a changed field that its text does not show has its own.
    """
    names = _names_in_both(older, newer)
    before, after = (
        {passage.place: passage for passage in _passages(older, names)},
        {passage.place: passage for passage in _passages(newer, names)},
    )
    changes: list[Difference] = []
    for place in dict.fromkeys([*after, *before]):
        changes += _compare_passages(before.get(place), after.get(place))
    return tuple(changes)


def compare_words(older: str, newer: str) -> tuple[WordRun, ...]:
    """Return two texts as runs of words; all runs but the added ones make the older text, all but the removed ones the newer."""
    left, right = re.findall(r"\S+\s*|\s+", older), re.findall(r"\S+\s*|\s+", newer)
    runs: list[WordRun] = []
    for act, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if act == "equal":
            runs.append(WordRun("same", "".join(left[i:j])))
            continue
        if j > i:
            runs.append(WordRun("removed", "".join(left[i:j])))
        if m > k:
            runs.append(WordRun("added", "".join(right[k:m])))
    return tuple(runs)


@dataclass(frozen=True, slots=True)
class _Passage:
    """One place of a role: its permanent name, its label in this role, its value, and the function that writes the value."""

    place: str
    label: str
    value: Any
    write: Callable[[Any], str]

    @property
    def text(self) -> str:
        return self.write(self.value)


def _compare_passages(before: _Passage | None, after: _Passage | None) -> Iterator[Difference]:
    old, new = before.text if before else "", after.text if after else ""
    label = (after or before or _NOWHERE).label
    if old != new:
        yield Difference(label, compare_words(old, new))
    if before and after:
        yield from _hidden_changes(label, before, after)


def _hidden_changes(label: str, before: _Passage, after: _Passage) -> Iterator[Difference]:
    """Yield each field that differs and whose change the text of the passage does not show."""
    shown = before.text
    for path, old, new, changed in _changed_fields(before.value, after.value):
        if before.write(changed) == shown:
            for write in (_text, _list_text, _data_text):
                if write(old) != write(new):
                    yield Difference(", ".join((label, *path)), compare_words(write(old), write(new)))
                    break


def _changed_fields(old: Any, new: Any) -> Iterator[tuple[tuple[str, ...], Any, Any, Any]]:
    """Yield each single value that differs: its labels, both values, and the old part with only this value changed."""
    if not is_dataclass(old) or type(old) is not type(new):
        if old != new:
            yield (), old, new, new
        return
    for each in fields(old):
        mine, other = getattr(old, each.name), getattr(new, each.name)
        for path, before, after, changed in _changed_fields(mine, other):
            yield (_label_of(type(old), each.name), *path), before, after, replace(old, **{each.name: changed})  # type: ignore[type-var]


def _label_of(kind: type, name: str) -> str:
    """Return the label of a field within a sentence; a metric is described outside the role, and named as in its file."""
    return (field_of(kind, name).label if kind in FIELDS else name.replace("_", " ")).lower()


_NOWHERE = _Passage("", "", "", str)


def _passages(role: Role, names: Mapping[str, str]) -> Iterator[_Passage]:
    """Yield every place of a role, in the order in which the fields are described; `names` are of what both roles have."""
    for each in ROLE:
        value = getattr(role, each.name)
        if each.name == "accountabilities":
            for number, (place, item) in enumerate(_keyed(value), 1):
                yield from _accountability_passages(item, place, number, role.currency, names)
            yield _order("order", "Order of the accountabilities", value, "", names)
        elif each.name == "pay":
            yield _Passage("pay", each.label, value, lambda pay: _pay_text(pay, role.currency))
        elif each.kind is FieldKind.PART:
            prefix = "" if each.name == "purpose" else f"{each.label}: "
            yield from _part_passages(each.name, prefix, value)
        else:
            yield _Passage(each.name, each.label, value, _text)


def _part_passages(place: str, prefix: str, value: object) -> Iterator[_Passage]:
    for each in FIELDS[type(value)]:
        label = prefix + (each.label.lower() if prefix else each.label)
        text = _number_text if each.kind is FieldKind.NUMBER else _text
        yield _Passage(f"{place}/{each.name}", label, getattr(value, each.name), text)


def _number_text(value: object) -> str:
    return "" if value is None else str(value)


def _accountability_passages(
    item: Accountability, place: str, number: int, currency: str, names: Mapping[str, str]
) -> Iterator[_Passage]:
    prefix = f"Accountability {number}: "
    for each in ACCOUNTABILITY:
        value = getattr(item, each.name)
        if each.kind is FieldKind.PART:
            yield from _part_passages(place, prefix, value)
        elif each.kind not in (FieldKind.KEY, FieldKind.PARTS):
            yield _Passage(f"{place}/{each.name}", prefix + each.label.lower(), value, _text)
    for key, expectation in _keyed(item.expectations, f"{place}/"):
        yield _Passage(key, f"{prefix}expectation", expectation, lambda value: _expectation_text(value, currency))
    yield _order(f"{place}/expectations", f"{prefix}order of the expectations", item.expectations, f"{place}/", names)
    for key, question in _keyed(item.questions, f"{place}/"):
        yield _Passage(key, f"{prefix}question", replace(question, exercise=Exercise()), _question_text)
        yield from _exercise_passages(f"{key}/exercise", prefix, question.exercise)
    yield _order(f"{place}/questions", f"{prefix}order of the questions", item.questions, f"{place}/", names)


def _exercise_passages(place: str, prefix: str, exercise: Exercise) -> Iterator[_Passage]:
    for each in EXERCISE:
        if value := getattr(exercise, each.name):
            write = _minutes_text if each.kind is FieldKind.NUMBER else _text
            yield _Passage(f"{place}/{each.name}", f"{prefix}exercise, {each.label.lower()}", value, write)


def _minutes_text(minutes: int) -> str:
    return f"{minutes} minutes"


def _keyed(items: Iterable[Keyed], prefix: str = "") -> Iterator[tuple[str, Keyed]]:
    """Yield each item with its permanent place: its key, and which one it is where several have the same key."""
    seen: Counter[str] = Counter()
    for item in items:
        seen[item.key] += 1
        kind = "" if isinstance(item, Accountability) else f"{type(item).__name__}/"
        yield f"{prefix}{kind}{item.key}/{seen[item.key]}", item


def _order(place: str, label: str, items: Iterable[Keyed], prefix: str, names: Mapping[str, str]) -> _Passage:
    """Return the order of those items that both roles have; the text has their names in the newer one."""
    keys = tuple(key for key, _ in _keyed(items, prefix) if key in names)
    return _Passage(f"{place}/order", label, keys, lambda value: "\n".join(names[key] for key in value))


def _names_in_both(older: Role, newer: Role) -> dict[str, str]:
    """Return the name in the newer role of each accountability, expectation and question of both, by its place."""
    before = dict(_names(older))
    return {place: name for place, name in _names(newer) if place in before}


def _names(role: Role) -> Iterator[tuple[str, str]]:
    for place, item in _keyed(role.accountabilities):
        yield place, item.outcome
        for key, expectation in _keyed(item.expectations, f"{place}/"):
            yield key, expectation_sentence(expectation, role.currency)
        for key, question in _keyed(item.questions, f"{place}/"):
            yield key, question.text


def _text(value: object) -> str:
    """Return the value of a field as text: yes or no, a number in percent, and each value of a list on a line."""
    match value:
        case bool():
            text = "yes" if value else "no"
        case int():
            text = f"{value}%" if value else ""
        case Duty():
            text = value.text + (" (essential)" if value.essential else "")
        case Qualification():
            text = value.text + (" (required)" if value.required else "")
        case Neighbour():
            text = f"{value.seat}: {value.owns}"
        case tuple():
            text = "\n".join(map(_text, value))
        case _:
            text = str(value or "")
    return text


def _list_text(value: object) -> str:
    """Return the values of a list with their numbers, so that two lines of one value are not two values."""
    if not isinstance(value, tuple):
        return _text(value)
    return "\n".join(f"{number}. {_text(each)}" for number, each in enumerate(value, 1))


def _data_text(value: object) -> str:
    """Return a value as it is stored, in which any two values differ."""
    return json.dumps(unstructure(value), ensure_ascii=False, sort_keys=True)


def _expectation_text(expectation: Expectation, currency: str) -> str:
    lines = [expectation_sentence(expectation, currency), f"Basis: {expectation.basis}"]
    if own_metric := expectation.own_metric:
        lines += [
            f"{own_metric.name}: {own_metric.numerator}"
            + (f" ÷ {own_metric.denominator}" if own_metric.denominator else "")
        ]
    lines += [f"Read from: {expectation.source}"] if expectation.source else []
    lines += [f"We will: {expectation.we_will}"] if expectation.we_will else []
    return "\n".join(lines)


def _question_text(question: Question) -> str:
    anchors = question.anchors
    asked = ", must be asked" if question.must_ask else ""
    lines = [
        question.text,
        f"{question.kind}, {question.minutes} minutes{asked}",
        question.competency,
        *question.probes,
    ]
    lines += [question.what_good_looks_like, f"1: {anchors.one}", f"3: {anchors.three}", f"5: {anchors.five}"]
    return "\n".join(line for line in lines if line)


def _pay_text(pay: Pay, currency: str) -> str:
    amount = format_pay_range(pay, currency)
    span = f"{amount} each {pay.period}" if amount else ""
    released = field_of(Pay, "released").label if pay.released else ""
    told = f"{field_of(Pay, 'told_when').label}: {pay.told_when}" if pay.told_when else ""
    return "\n".join(text for text in (span, pay.variable, pay.benefits, released, told) if text)
