"""The texts of a role that a search finds, which are all but its pay, and the things that it shows."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from workbench.core.text.near_words import list_words
from workbench.roles.expectations import expectation_sentence
from workbench.roles.fields import PURPOSE
from workbench.roles.model import Role

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“])")


class EntryKind(StrEnum):
    """The kind of a text in a role, in the order in which the kinds are shown."""

    ROLE = "role"
    ACCOUNTABILITY = "accountability"
    TARGET = "target"
    QUESTION = "question"
    DUTY = "duty"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of a role that can be found, with its place; `more` is found too, but not shown."""

    kind: EntryKind
    place: str
    text: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One thing that was found: its text, where it is, and its address."""

    text: str
    where: str
    url: str


@dataclass(frozen=True, slots=True)
class HitGroup:
    """The things of one kind that were found; `total` counts also those that are not shown, and there may be `more`."""

    name: str
    title: str
    hits: tuple[SearchHit, ...]
    total: int
    more: bool = False


def list_entries(role: Role) -> tuple[Entry, ...]:
    """List the texts of a role that can be found. Its pay is not among them, so that no search tells of it."""
    return tuple(entry for entry in _entries(role) if entry.text)


def _entries(role: Role) -> Iterator[Entry]:
    yield Entry(EntryKind.ROLE, "seat", role.title, role.department)
    yield Entry(EntryKind.ABOUT, "summary", role.summary)
    for each in PURPOSE:
        yield Entry(EntryKind.ABOUT, each.page, getattr(role.purpose, each.name))
    for item in role.accountabilities:
        place = f"accountabilities/{item.key}"
        yield Entry(EntryKind.ACCOUNTABILITY, place, item.outcome, item.success_factor)
        for target in item.expectations:
            sentence = expectation_sentence(target, role.currency)
            yield Entry(EntryKind.TARGET, f"{place}/expectations/{target.key}", sentence, target.source)
        for question in item.questions:
            yield Entry(EntryKind.QUESTION, f"{place}/questions/{question.key}", question.text, question.competency)
    yield from (Entry(EntryKind.DUTY, "duties", duty.text) for duty in role.duties)
    yield from (Entry(EntryKind.DUTY, "qualifications", each.text) for each in role.qualifications)
    yield from (Entry(EntryKind.DUTY, "hard-parts", part) for part in role.hard_parts)


def excerpt(text: str, words: Iterable[str]) -> str:
    """Return the sentences of a text that have a word beginning with one of `words`; without one the first sentence."""
    starts = tuple(words)
    sentences = _SENTENCE_END.split(text)
    found = [each for each in sentences if starts and any(word.startswith(starts) for word in list_words(each))]
    return " … ".join(found or sentences[:1])


def mark_words(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """Return a text in pieces, each with whether it is a word that begins with one of `words`."""
    starts = tuple(words)
    pieces: list[tuple[str, bool]] = []
    for word in text.split(" "):
        found = any(part.startswith(starts) for part in list_words(word)) if starts else False
        if pieces and pieces[-1][1] == found:
            pieces[-1] = (f"{pieces[-1][0]} {word}", found)
        else:
            pieces.append((word, found))
    return pieces
