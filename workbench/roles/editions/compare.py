"""Compare two roles word by word, place by place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from workbench.core.text.currencies import from_minor
from workbench.core.text.translation import ENGLISH
from workbench.roles.expectations import expectation_sentence
from workbench.roles.model import Accountability, Expectation, Question, Role

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
    before, after = {said.place: said for said in _passages(older)}, {said.place: said for said in _passages(newer)}
    places = [*after, *(place for place in before if place not in after)]
    changes: list[Difference] = []
    for place in places:
        then, now = before.get(place), after.get(place)
        label = (now or then or _NOTHING).label
        old, new = (then or _NOTHING).text, (now or _NOTHING).text
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
    """Yield every text of a role with its place."""
    for name, label in (
        ("title", "Title"),
        ("department", "Department"),
        ("reports_to", "Reports to"),
        ("summary", "Summary"),
    ):
        yield _Passage(name, label, getattr(role, name))
    yield _Passage("motion", "How the seat meets the market", role.motion or "")
    yield _Passage("revenue", "Contributes to revenue", "yes" if role.revenue else "no")
    for name, label in _ANSWERS:
        yield _Passage(f"purpose/{name}", label, getattr(role.purpose, name))
    for number, item in enumerate(role.accountabilities, 1):
        yield from _accountability_passages(item, number, role.currency)
    yield _Passage("order", "Order of the accountabilities", "\n".join(item.outcome for item in role.accountabilities))
    for name, label, texts in (
        ("duties", "Duties", [f"{d.text}{' (essential)' if d.essential else ''}" for d in role.duties]),
        (
            "qualifications",
            "Qualifications",
            [f"{q.text}{' (required)' if q.required else ''}" for q in role.qualifications],
        ),
        ("hard-parts", "Hard parts", list(role.hard_parts)),
        ("neighbours", "Who else owns what", [f"{n.seat}: {n.owns}" for n in role.neighbours]),
    ):
        yield _Passage(name, label, "\n".join(texts))
    for name in ("place", "hours", "travel", "physical", "other"):
        yield _Passage(f"conditions/{name}", f"Conditions: {name}", getattr(role.conditions, name))
    yield _Passage("pay", "Pay", _pay(role))


_ANSWERS = (
    ("overall", "Overall purpose"),
    ("outcomes", "Core outcomes owned"),
    ("leading", "Leading-indicator success"),
    ("need", "Why the company needs it"),
    ("forward", "How it moves the company forward"),
)


def _accountability_passages(item: Accountability, number: int, currency: str) -> Iterator[_Passage]:
    here = f"Accountability {number}"
    for name, label in (
        ("outcome", "outcome"),
        ("success_factor", "done well when"),
        ("function", "function"),
        ("scope", "scope"),
        ("reason", "reason"),
    ):
        yield _Passage(f"{item.key}/{name}", f"{here}: {label}", getattr(item, name))
    yield _Passage(f"{item.key}/share", f"{here}: share of time", f"{item.share}%" if item.share else "")
    yield _Passage(f"{item.key}/essential", f"{here}: essential", "yes" if item.essential else "no")
    for name in ("behaviours", "motivators", "skills", "capacities", "rewards"):
        yield _Passage(f"{item.key}/{name}", f"{here}: {name}", "\n".join(getattr(item.supports, name)))
    for expectation in item.expectations:
        yield _Passage(
            f"{item.key}/{expectation.key}", f"{here}: expectation", _expectation_text(expectation, currency)
        )
    for question in item.questions:
        yield _Passage(f"{item.key}/{question.key}", f"{here}: question", _question_text(question))


def _expectation_text(expectation: Expectation, currency: str) -> str:
    told = [expectation_sentence(expectation, currency)]
    if own := expectation.defined:
        told += [f"{own.name}: {own.numerator}" + (f" ÷ {own.denominator}" if own.denominator else "")]
    told += [f"Read from: {expectation.source}"] if expectation.source else []
    told += [f"We will: {expectation.we_will}"] if expectation.we_will else []
    return "\n".join(told)


def _question_text(question: Question) -> str:
    anchors = question.anchors
    told = [question.text, f"{question.kind}, {question.minutes} minutes", *question.probes, question.good]
    told += [f"1: {anchors.one}", f"3: {anchors.three}", f"5: {anchors.five}"]
    return "\n".join(text for text in told if text)


def _pay(role: Role) -> str:
    pay = role.pay
    ends = [amount for amount in (pay.minimum, pay.maximum) if amount is not None]
    written = [ENGLISH.money(from_minor(amount, role.currency), role.currency) for amount in ends]
    span = f"{' to '.join(written)} each {pay.period}" if written else ""
    return "\n".join(text for text in (span, pay.variable, pay.benefits) if text)
