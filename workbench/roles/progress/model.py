"""The state of each part of a draft, from its content and its origin: empty, from the library, yours or agreed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from workbench.core.shape import digest
from workbench.roles.fields import PURPOSE, field_of
from workbench.roles.library import library
from workbench.roles.model import Accountability, Expectation, Question, Role
from workbench.roles.texts import place_of

ACCOUNTABILITIES = "accountabilities"


class PartState(StrEnum):
    """How far a part of a draft is; agreed is a part of the leader's own whose numbers are all agreed."""

    EMPTY = "empty"
    LIBRARY = "library"
    YOURS = "yours"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class RolePart:
    """One part of a draft: its place, its name, its state, and how many of its numbers are agreed."""

    place: str
    label: str
    state: PartState
    numbers: int = 0
    agreed_numbers: int = 0

    @property
    def is_open(self) -> bool:
        """Return whether the part still waits for the leader: it is empty or the library's."""
        return self.state in (PartState.EMPTY, PartState.LIBRARY)


@dataclass(frozen=True, slots=True)
class PathPosition:
    """Where a page of the path is: its number among all parts, and the parts before and after it."""

    number: int
    parts: tuple[RolePart, ...]

    @property
    def current(self) -> RolePart:
        """Return the part that the page is about."""
        return self.parts[self.number - 1]

    @property
    def previous(self) -> RolePart | None:
        """Return the part before this one, or None at the first."""
        return self.parts[self.number - 2] if self.number > 1 else None

    @property
    def following(self) -> RolePart | None:
        """Return the part after this one, or None at the last."""
        return self.parts[self.number] if self.number < len(self.parts) else None


_FIELDS: dict[str, tuple[str, ...]] = {
    "seat": ("title", "department", "reports_to", "motion", "revenue"),
    "summary": ("summary",),
    "duties": ("duties",),
    "qualifications": ("qualifications",),
    "neighbours": ("neighbours",),
    "hard-parts": ("hard_parts",),
    "pay": ("pay",),
    "conditions": ("conditions",),
}
_BEFORE, _AFTER = ("seat", "summary"), ("duties", "qualifications", "neighbours", "hard-parts", "pay", "conditions")
_ROWS = frozenset({"duties", "qualifications", "neighbours", "hard-parts"})


def parts_of(role: Role, own_parts: Mapping[str, str], *, from_library: bool = True) -> tuple[RolePart, ...]:
    """Return the parts of a draft in the order of the path.

    `own_parts` are the digests of the parts that the leader keeps as they are: such a part is theirs until it changes.
    A draft that started from an edition is not `from_library`: all of it is the leader's own.
    """
    known = library_digests(role.currency) if from_library else frozenset()
    return tuple(_part(role, place, own_parts, known) for place in part_places(role))


def part_places(role: Role) -> Iterator[str]:
    """Yield the place of each part in the order of the path."""
    yield from _BEFORE
    yield from (answer.page for answer in PURPOSE)
    yield from (place_of(item) for item in role.accountabilities)
    if not role.accountabilities:
        yield ACCOUNTABILITIES
    yield from _AFTER


def part_digest(role: Role, place: str) -> str:
    """Return the digest of the content of a part, without its keys and its numbers. Raises KeyError."""
    return digest(_content(role, place))


def find_part(parts: tuple[RolePart, ...], place: str) -> RolePart | None:
    """Return the part that a place is in: an expectation is in its accountability. None for a place of no part."""
    return next((part for part in parts if place == part.place or place.startswith(f"{part.place}/")), None)


def find_position(parts: tuple[RolePart, ...], place: str) -> PathPosition:
    """Return the position of a page of the path; the list of accountabilities is where the first of them is."""
    part = find_part(parts, place)
    if part is None:
        part = next(each for each in parts if each.place.startswith(ACCOUNTABILITIES))
    return PathPosition(parts.index(part) + 1, parts)


def is_begun(parts: tuple[RolePart, ...]) -> bool:
    """Return whether anything but the title is written; before, a draft has no faults, only a first step."""
    return any(part.state is not PartState.EMPTY for part in parts)


def is_blank(role: Role, place: str) -> bool:
    """Return whether nothing is written yet at a place of the path; a place that may be empty for long is never blank."""
    head, _, rest = place.partition("/")
    if head != ACCOUNTABILITIES or not rest:
        return place in _FIELDS.keys() | {answer.page for answer in PURPOSE} and _is_empty(role, place)
    key, _, page = rest.partition("/")
    item = role.accountability(key)
    name, *path = page.split("/")
    test = _BLANK.get(path[1] if path[1:] else name)
    return test is not None and test(item, path[0] if path else "")


def next_open(parts: tuple[RolePart, ...], last_place: str) -> RolePart | None:
    """Return where to go on: the part that was written last while it is open, else the next open one after it.

    After the last part it begins again at the first; None means that no part is open.
    """
    start = 0
    if last_place:
        start = find_position(parts, last_place).number - 1
    return next((part for part in (*parts[start:], *parts[:start]) if part.is_open), None)


@lru_cache(maxsize=8)
def library_digests(currency: str) -> frozenset[str]:
    """Return the digests of every part of every library role, with its amounts in a currency; of lists, those of each row."""
    return frozenset(_digests(currency))


def _digests(currency: str) -> Iterator[str]:
    for role in library(currency).values():
        for place in part_places(role):
            yield from _row_digests(role, place)


def _row_digests(role: Role, place: str) -> Iterator[str]:
    """Yield the digests by which a part is looked up: the digest of each row of a list, or of the whole part, with its kind."""
    content = _content(role, place)
    kind = place.partition("/")[0] if place.startswith(ACCOUNTABILITIES) else place
    for value in content[0] if place in _ROWS else (content,):
        yield digest((kind, value))


def _part(role: Role, place: str, own_parts: Mapping[str, str], known: frozenset[str]) -> RolePart:
    numbers = _expectations(role, place)
    agreed = sum(each.agreed and each.value is not None for each in numbers)
    state = _state(role, place, own_parts, known)
    if state is PartState.YOURS and numbers and agreed == len(numbers):
        state = PartState.AGREED
    return RolePart(place, part_label(role, place), state, len(numbers), agreed)


def _state(role: Role, place: str, own_parts: Mapping[str, str], known: frozenset[str]) -> PartState:
    if _is_empty(role, place):
        return PartState.EMPTY
    if own_parts.get(place) == part_digest(role, place):
        return PartState.YOURS
    return PartState.LIBRARY if known.issuperset(_row_digests(role, place)) else PartState.YOURS


def part_label(role: Role, place: str) -> str:
    """Return the name of a part: of an accountability its outcome."""
    if place == "seat":
        return "Title and place"
    if place == ACCOUNTABILITIES:
        return "Key accountabilities"
    if place in _FIELDS:
        return field_of(Role, _FIELDS[place][0]).label
    if place.startswith(ACCOUNTABILITIES):
        return role.accountability(place.partition("/")[2]).outcome.strip() or "New accountability"
    return next(answer.label for answer in PURPOSE if answer.page == place)


def _is_empty(role: Role, place: str) -> bool:
    if place == ACCOUNTABILITIES:
        return not role.accountabilities
    if place == "pay":
        return role.pay.minimum is None and role.pay.maximum is None
    if place.startswith(ACCOUNTABILITIES):
        return _is_unwritten(role.accountability(place.partition("/")[2]), "")
    return bool(_content(role, place) == _content(Role(role.title, role.currency), place))


def _content(role: Role, place: str) -> tuple[Any, ...]:
    if place in _FIELDS:
        return tuple(getattr(role, name) for name in _FIELDS[place])
    if place.startswith(f"{ACCOUNTABILITIES}/"):
        return (_without_keys(role.accountability(place.partition("/")[2])),)
    if place == ACCOUNTABILITIES:
        return ()
    return tuple(getattr(role.purpose, answer.name) for answer in PURPOSE if answer.page == place)


def _without_keys(item: Accountability) -> Accountability:
    """Return the words of an accountability: a part of the library has other keys in another role, and numbers have their own state."""
    questions = tuple(replace(question, key="") for question in item.questions)
    return replace(item, key="", expectations=(), questions=questions)


def _expectations(role: Role, place: str) -> tuple[Expectation, ...]:
    if place.startswith(f"{ACCOUNTABILITIES}/"):
        return role.accountability(place.partition("/")[2]).expectations
    return ()


def _is_unwritten(item: Accountability, _: str) -> bool:
    return item == Accountability(item.key, share=item.share, essential=item.essential)


def _has_no_outcome(item: Accountability, _: str) -> bool:
    return not item.outcome.strip() and not item.success_factor.strip()


def _has_no_target(item: Accountability, key: str) -> bool:
    each = item.expectation(key)
    return not each.metric and each.value is None


def _has_no_question(item: Accountability, key: str) -> bool:
    question = item.question(key)
    return question == Question(question.key, question.kind, "", minutes=question.minutes)


_BLANK: dict[str, Callable[[Accountability, str], bool]] = {
    "": _is_unwritten,
    "outcome": _has_no_outcome,
    "ownership": lambda item, _: not item.function.strip() and not item.scope.strip(),
    "supports": lambda item, _: item.supports == Accountability("").supports,
    "expectations": _has_no_target,
    "questions": _has_no_question,
    "exercise": lambda item, key: not item.question(key).exercise.written,
}
