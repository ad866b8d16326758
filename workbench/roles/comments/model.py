"""The texts of a role that a suggestion may change, the people that a comment mentions, and threads of comments."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from workbench.core.text.words import list_items
from workbench.roles.fields import FIELDS, FieldKind
from workbench.roles.model import Accountability, Role, with_expectation, with_question

_TEXTS = (FieldKind.LINE, FieldKind.TEXT, FieldKind.LINES)
_GROUPS = {"purpose", "pay", "conditions"}


class SuggestionOutcome(StrEnum):
    """The decision about a suggestion."""

    OPEN = ""
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class TextPlace:
    """One text of a part: the name of its field, its label, and the text as it is now, a list with one value a line."""

    name: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment as it is shown."""

    id: int
    who: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its replies. With `suggestion` it proposes that text for the field; `based_on` is the text before."""

    first: Comment
    replies: tuple[Comment, ...]
    part: str
    field: str
    suggestion: str
    based_on: str
    outcome: SuggestionOutcome
    resolved: bool

    @property
    def awaits_decision(self) -> bool:
        """Return whether the thread has a suggestion that was neither accepted nor declined."""
        return bool(self.suggestion) and self.outcome is SuggestionOutcome.OPEN and not self.resolved


@dataclass(frozen=True, slots=True)
class CommentCounts:
    """How many threads are open at each part of a draft."""

    by_part: Mapping[str, int]

    @property
    def total(self) -> int:
        """Return how many threads are open in the draft."""
        return sum(self.by_part.values())

    def inside(self, place: str) -> int:
        """Return how many threads are open at a place and the places inside it."""
        return sum(n for part, n in self.by_part.items() if part == place or part.startswith(f"{place}/"))


def has_part(role: Role, part: str) -> bool:
    """Return whether a role has a part that may be commented on: a page of the path, an accountability or an item of it."""
    head, *path = part.split("/")
    if head == "accountabilities":
        return not path or _find(role, part) is not None or (len(path) == 1 and path[0] in _keys(role.accountabilities))
    return part != "" and any(each.page == part for kind in (Role, *_kinds_of_groups()) for each in FIELDS[kind])


def text_places(role: Role, part: str) -> tuple[TextPlace, ...]:
    """Return the texts of a part that a suggestion may change; empty for a part without a text of its own."""
    found = _find(role, part)
    return tuple(TextPlace(*each) for each in _texts(found[0], found[1])) if found else ()


def text_at(role: Role, part: str, field: str) -> str | None:
    """Return one text of a part by the name of its field, or None where the role has no such text any more."""
    return next((each.text for each in text_places(role, part) if each.name == field), None)


def with_text(role: Role, part: str, field: str, text: str) -> Role:
    """Return the role with another text in one field of a part. Raise KeyError where there is no such text."""
    found = _find(role, part)
    if found is None or text_at(role, part, field) is None:
        raise KeyError(field)
    value, _, put = found
    written = list_items(text) if isinstance(getattr(value, field), tuple) else text
    return put(replace(value, **{field: written}))


def mentioned(text: str, people: Mapping[int, str]) -> set[int]:
    """Return the numbers of the people whom a text mentions: `@Tom Okafor`, or `@Tom` where only one has that name."""
    first_names = [name.split()[0].casefold() for name in people.values() if name.split()]
    found = set()
    for number, name in people.items():
        first = name.split()[0].casefold() if name.split() else ""
        names = [name] + ([first] if first_names.count(first) == 1 else [])
        pattern = "|".join(re.escape(each) for each in names if each)
        if pattern and re.search(rf"@(?:{pattern})(?!\w)", text, re.IGNORECASE):
            found.add(number)
    return found


_Found = tuple[Any, str, Callable[[Any], Role]]


def _find(role: Role, part: str) -> _Found | None:
    """Return the value that holds the texts of a part, the page that they are written on, and what puts it back."""
    head, *path = part.split("/")
    if head == "accountabilities":
        item = next((each for each in role.accountabilities if path and each.key == path[0]), None)
        return _find_in(role, item, path[1:]) if item else None
    if head in _GROUPS:
        return getattr(role, head), part, lambda value: replace(role, **{head: value})
    return role, part, lambda value: value


def _find_in(role: Role, item: Accountability, path: list[str]) -> _Found | None:
    found: _Found | None = None
    match path:
        case ["supports"]:
            found = item.supports, "supports", lambda value: role.with_accountability(replace(item, supports=value))
        case ["outcome" | "ownership" as page]:
            found = item, page, role.with_accountability
        case ["expectations", key] if key in _keys(item.expectations):
            value = item.expectation(key)
            found = value, "expectation", lambda value: role.with_accountability(with_expectation(item, value))
        case ["questions", key] if key in _keys(item.questions):
            question = item.question(key)
            found = question, "question", lambda value: role.with_accountability(with_question(item, value))
    return found


def _texts(value: object, page: str) -> Iterator[tuple[str, str, str]]:
    for each in FIELDS[type(value)]:
        if each.page == page and each.kind in _TEXTS:
            content = getattr(value, each.name)
            yield each.name, each.label, "\n".join(content) if isinstance(content, tuple) else content


def _keys(items: Iterable[Any]) -> list[str]:
    return [each.key for each in items]


def _kinds_of_groups() -> list[type]:
    return [type(getattr(Role(title=""), name)) for name in sorted(_GROUPS)]
