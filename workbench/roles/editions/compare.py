"""Compare two roles word by word, place by place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from workbench.roles.currency.model import format_pay_range
from workbench.roles.expectations import expectation_sentence
from workbench.roles.fields import ACCOUNTABILITY, FIELDS, ROLE, FieldKind, field_of
from workbench.roles.model import Accountability, Duty, Expectation, Neighbour, Pay, Qualification, Question, Role

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

    Accountabilities, expectations and questions are matched by key, so a moved one is not a changed one.
    """
    before, after = (
        {passage.place: passage for passage in _passages(older)},
        {passage.place: passage for passage in _passages(newer)},
    )
    places = [*after, *(place for place in before if place not in after)]
    changes: list[Difference] = []
    for place in places:
        old_passage, new_passage = before.get(place), after.get(place)
        label = (new_passage or old_passage or _NOTHING).label
        old, new = (old_passage or _NOTHING).text, (new_passage or _NOTHING).text
        if old != new:
            changes.append(Difference(label, compare_words(old, new)))
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
    """The text of one place of a role: the permanent name of the place, its label in this role, and the text."""

    place: str
    label: str
    text: str


_NOTHING = _Passage("", "", "")


def _passages(role: Role) -> Iterator[_Passage]:
    """Yield every text of a role with its place, in the order in which the fields are described."""
    for each in ROLE:
        value = getattr(role, each.name)
        if each.name == "accountabilities":
            for number, item in enumerate(role.accountabilities, 1):
                yield from _accountability_passages(item, number, role.currency)
            order = "\n".join(item.outcome for item in role.accountabilities)
            yield _Passage("order", "Order of the accountabilities", order)
        elif each.name == "pay":
            yield _Passage("pay", each.label, _pay(role))
        elif each.kind is FieldKind.PART:
            prefix = "" if each.name == "purpose" else f"{each.label}: "
            yield from _part_passages(each.name, prefix, value)
        else:
            yield _Passage(each.name, each.label, _text(value))


def _part_passages(place: str, prefix: str, value: object) -> Iterator[_Passage]:
    for each in FIELDS[type(value)]:
        label = prefix + (each.label.lower() if prefix else each.label)
        yield _Passage(f"{place}/{each.name}", label, _text(getattr(value, each.name)))


def _accountability_passages(item: Accountability, number: int, currency: str) -> Iterator[_Passage]:
    prefix = f"Accountability {number}: "
    for each in ACCOUNTABILITY:
        if each.kind is FieldKind.PART:
            yield from _part_passages(item.key, prefix, getattr(item, each.name))
        elif each.kind not in (FieldKind.KEY, FieldKind.PARTS):
            yield _Passage(f"{item.key}/{each.name}", prefix + each.label.lower(), _text(getattr(item, each.name)))
    for expectation in item.expectations:
        yield _Passage(
            f"{item.key}/{expectation.key}", f"{prefix}expectation", _expectation_text(expectation, currency)
        )
    for question in item.questions:
        yield _Passage(f"{item.key}/{question.key}", f"{prefix}question", _question_text(question))


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
    lines = [question.text, f"{question.kind}, {question.minutes} minutes", question.competency, *question.probes]
    lines += [question.what_good_looks_like, f"1: {anchors.one}", f"3: {anchors.three}", f"5: {anchors.five}"]
    return "\n".join(line for line in lines if line)


def _pay(role: Role) -> str:
    pay = role.pay
    amount = format_pay_range(pay, role.currency)
    span = f"{amount} each {pay.period}" if amount else ""
    released = field_of(Pay, "released").label if pay.released else ""
    return "\n".join(text for text in (span, pay.variable, pay.benefits, released) if text)
