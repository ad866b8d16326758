"""The parts of a role that another role can take over: what they are, where they come from, and how they are added and moved."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from workbench.core.text.words import new_key
from workbench.metrics.model import Unit
from workbench.roles.expectations import expectation_sentence
from workbench.roles.model import (
    Accountability,
    Basis,
    Duty,
    Expectation,
    Qualification,
    Question,
    Role,
    with_expectation,
    with_question,
)

PartValue = Accountability | Expectation | Question | Duty | Qualification | str


class PartKind(StrEnum):
    """The kind of a part; its value is used in addresses."""

    ACCOUNTABILITY = "accountabilities"
    EXPECTATION = "expectations"
    QUESTION = "questions"
    DUTY = "duties"
    QUALIFICATION = "qualifications"
    HARD_PART = "hard-parts"


@dataclass(frozen=True, slots=True)
class PartOrigin:
    """Where parts come from: `name` is a role in an address (`library/vp-sales`, `editions/closer/2`), `title` says it in words."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class LibraryPart:
    """One part of a role, with the currency of its amounts, its origin, and the outcome of its accountability.

    `id` names it in a form: the name of its origin, its kind, and its key or place there.
    """

    id: str
    kind: PartKind
    value: PartValue
    currency: str
    origin: PartOrigin
    outcome: str = ""

    @property
    def text(self) -> str:
        """Return the text by which people recognise the part: its outcome, sentence or words."""
        return part_text(self.value, self.currency)


def part_text(value: PartValue, currency: str) -> str:
    """Return the text of a part: an outcome, the sentence of a target, or the words of a question or row."""
    if isinstance(value, Accountability):
        return value.outcome
    if isinstance(value, Expectation):
        return expectation_sentence(value, currency)
    return value if isinstance(value, str) else value.text


def list_parts(role: Role, origin: PartOrigin, only: PartKind | None = None) -> Iterator[LibraryPart]:
    """Yield every part of a role that has a text, or those of one kind."""
    for kind, key, value, outcome in _values(role):
        part = LibraryPart(f"{origin.name}/{kind}/{key}", kind, value, role.currency, origin, outcome)
        if only in (None, kind) and part.text:
            yield part


def _values(role: Role) -> Iterator[tuple[PartKind, str, PartValue, str]]:
    for item in role.accountabilities:
        yield PartKind.ACCOUNTABILITY, item.key, item, ""
    for item, expectation in role.expectations():
        yield PartKind.EXPECTATION, expectation.key, expectation, item.outcome
    for item, question in role.questions():
        yield PartKind.QUESTION, question.key, question, item.outcome
    rows: tuple[tuple[PartKind, tuple[Duty | Qualification | str, ...]], ...] = (
        (PartKind.DUTY, role.duties),
        (PartKind.QUALIFICATION, role.qualifications),
        (PartKind.HARD_PART, role.hard_parts),
    )
    for kind, values in rows:
        yield from ((kind, str(place), value, "") for place, value in enumerate(values))


def texts_in(role: Role, kind: PartKind) -> frozenset[str]:
    """Return the texts of the parts of one kind that a role has already."""
    return frozenset(part.text for part in list_parts(role, PartOrigin("", ""), kind))


def add_part(role: Role, part: LibraryPart, into: str = "", make_key: Callable[[], str] = new_key) -> tuple[Role, str]:
    """Return the role with a part added, and the place of the part in it.

    A target or a question goes to the end of the accountability with the key `into`; everything else to the end of its
    list. A key that is in use is replaced. A number is a placeholder again, because it is not
    agreed for this role, and an amount in another currency is left out. Raises KeyError where there is no such accountability.
    """
    value, keys = part.value, _keys(role)
    if isinstance(value, Accountability):
        added = _rekey(_as_placeholders(value, part.currency, role.currency), keys, make_key)
        return role.with_accountability(added), f"accountabilities/{added.key}"
    if isinstance(value, Expectation):
        target = _as_placeholder(value, part.currency, role.currency)
        target = replace(target, key=_free_key(target.key, keys, make_key))
        item = with_expectation(role.accountability(into), target)
        return role.with_accountability(item), f"accountabilities/{into}/expectations/{target.key}"
    if isinstance(value, Question):
        question = replace(value, key=_free_key(value.key, keys, make_key))
        item = with_question(role.accountability(into), question)
        return role.with_accountability(item), f"accountabilities/{into}/questions/{question.key}"
    return _with_row(role, value), str(part.kind)


def _with_row(role: Role, value: Duty | Qualification | str) -> Role:
    if isinstance(value, Duty):
        return replace(role, duties=(*role.duties, value))
    if isinstance(value, Qualification):
        return replace(role, qualifications=(*role.qualifications, value))
    return replace(role, hard_parts=(*role.hard_parts, value))


def copy_accountability(role: Role, key: str, make_key: Callable[[], str] = new_key) -> tuple[Role, str]:
    """Return the role with a copy of one accountability behind it, and the key of the copy.

    The numbers of the copy are not agreed yet: those that were agreed are proposed. Raises KeyError.
    """
    item = role.accountability(key)
    proposed = tuple(replace(each, basis=Basis.PROPOSED) if each.agreed else each for each in item.expectations)
    copy = _rekey(replace(item, expectations=proposed), _keys(role), make_key)
    order = [each for old in role.accountabilities for each in ((old.key, copy.key) if old.key == key else (old.key,))]
    return role.with_accountability(copy).with_order(order), copy.key


def move_item(role: Role, key: str, item_key: str, to: str) -> Role:
    """Return the role with one expectation or question at the end of another accountability. Raises KeyError."""
    item, target = role.accountability(key), role.accountability(to)
    if key == to:
        return role
    expectations = tuple(each for each in item.expectations if each.key == item_key)
    questions = tuple(each for each in item.questions if each.key == item_key)
    rest = replace(
        item,
        expectations=tuple(each for each in item.expectations if each.key != item_key),
        questions=tuple(each for each in item.questions if each.key != item_key),
    )
    grown = replace(
        target,
        expectations=(*target.expectations, *expectations),
        questions=(*target.questions, *questions),
    )
    return role.with_accountability(rest).with_accountability(grown)


def without_expectation(item: Accountability, key: str) -> Accountability:
    """Return the accountability without one expectation."""
    return replace(item, expectations=tuple(each for each in item.expectations if each.key != key))


def without_question(item: Accountability, key: str) -> Accountability:
    """Return the accountability without one question."""
    return replace(item, questions=tuple(each for each in item.questions if each.key != key))


def order_items(item: Accountability, what: str, keys: Iterable[str]) -> Accountability:
    """Return the accountability with its "expectations" or "questions" in the order of `keys`; the others follow."""
    rank = {key: place for place, key in enumerate(keys)}
    parts = sorted(getattr(item, what), key=lambda part: rank.get(part.key, len(rank)))
    changed: dict[str, Any] = {what: tuple(parts)}
    return replace(item, **changed)


def _keys(role: Role) -> set[str]:
    """Return every key of a role."""
    keys = {item.key for item in role.accountabilities}
    keys |= {expectation.key for _, expectation in role.expectations()}
    return keys | {question.key for _, question in role.questions()}


def _free_key(key: str, keys: set[str], make_key: Callable[[], str]) -> str:
    while not key or key in keys:
        key = make_key()
    keys.add(key)
    return key


def _rekey(item: Accountability, keys: set[str], make_key: Callable[[], str]) -> Accountability:
    """Return an accountability whose own key and those of its parts are free in a role that has `keys`."""
    return replace(
        item,
        key=_free_key(item.key, keys, make_key),
        expectations=tuple(replace(each, key=_free_key(each.key, keys, make_key)) for each in item.expectations),
        questions=tuple(replace(each, key=_free_key(each.key, keys, make_key)) for each in item.questions),
    )


def _as_placeholders(item: Accountability, currency: str, wanted: str) -> Accountability:
    return replace(item, expectations=tuple(_as_placeholder(each, currency, wanted) for each in item.expectations))


def _as_placeholder(expectation: Expectation, currency: str, wanted: str) -> Expectation:
    foreign = expectation.unit is Unit.MONEY and currency != wanted
    value = None if foreign else expectation.value
    return replace(expectation, value=value, basis=Basis.PLACEHOLDER, planner_query="")
