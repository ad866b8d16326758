"""A line of the audit trail as a sentence, without keys, digests and other words of machines."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workbench.accounts.model import KIND_WORDS, Kind
from workbench.core.text.words import count

# What stands between the words of an act and its thing.
BETWEEN = {
    "erased the names": "in",
    "read returned documents": "of",
    "shared": "a packet of",
    "stopped sharing": "a packet of",
}
# What a thing is called in a sentence and in the filter; things that others add are called by their own kind.
THING_WORDS = {
    "account": ("", "Signing in and accounts"),
    "person": ("", "People"),
    "settings": ("the settings of the company", "Company"),
    "draft": ("the draft", "Drafts"),
    "edition": ("", "Editions"),
    "pay": ("the pay of", "Pay"),
    "metric": ("the metric", "Metrics"),
    "packet": ("", "Packets"),
    "recipe": ("the recipe", "Recipes"),
}
_KEY = re.compile(r"[0-9a-f]{12,}|(?=\w*\d)[a-z0-9]{8}")
_PARTS = {
    "accountabilities": "an accountability",
    "expectations": "an expectation",
    "questions": "a question",
    "supports": "the support of an accountability",
}


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line of the trail as it is shown."""

    id: int
    at: datetime
    who: str
    act: str
    thing: str
    key: str
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ThingName:
    """What a thing is called now, and the address of its page for those who may read it."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One sentence: who did what (`act`) to which thing (`name`), and `more` about it."""

    id: int
    at: datetime
    who: str
    act: str
    name: ThingName | None
    more: str


def history_line(line: AuditLine, name: ThingName | None) -> HistoryLine:
    """Return a line as a sentence; without `name`, the thing is called by what the line knows of it."""
    words, _ = THING_WORDS.get(line.thing, (f"the {line.thing.replace('-', ' ')}", ""))
    named = name or _name_from(line)
    act = " ".join(part for part in (line.act, BETWEEN.get(line.act), words) if part)
    more = "; ".join(text for key, value in line.detail.items() if (text := _detail_words(key, value)))
    return HistoryLine(line.id, line.at, line.who, act, named, more)


def _name_from(line: AuditLine) -> ThingName | None:
    title = line.detail.get("title")
    if title:
        return ThingName(str(title))
    if line.thing in {"account", "settings"} or not line.key:
        return None
    stem, _, number = line.key.partition("/")
    words = stem.replace("-", " ").replace("_", " ")
    return ThingName(f"{words[:1].upper()}{words[1:]}" + (f", Edition {number}" if number else ""))


def _detail_words(key: str, value: Any) -> str:
    """Return a detail in words; a key, a digest, and what is only a mark says nothing to a reader."""
    if key in _DETAILS:
        return _DETAILS[key](value)
    if isinstance(value, bool) or not isinstance(value, str | int) or _KEY.fullmatch(str(value)) or value == "":
        return ""
    return f"{key.replace('_', ' ')}: {value}"


def _part_words(part: str) -> str:
    head, *rest = part.split("/")
    if head not in _PARTS:
        return ": ".join(each.replace("-", " ") for each in (head, *rest) if not _KEY.fullmatch(each))
    return next((_PARTS[each] for each in reversed((head, *rest)) if each in _PARTS), "")


def _kind_words(kind: str) -> str:
    words = KIND_WORDS[Kind(kind)] if kind in set(Kind) else ""
    return f"as {words if words.isupper() else words.lower()}" if words else ""


_DETAILS: Mapping[str, Callable[[Any], str]] = {
    "title": lambda _: "",
    "key": lambda _: "",
    "link": lambda _: "",
    "part": lambda part: _part_words(str(part)),
    "kind": lambda kind: _kind_words(str(kind)),
    "active": lambda active: "may sign in" if active else "may not sign in",
    "by": lambda by: f"by the {by}",
    "keep_days": lambda days: f"packets are kept for {count(days, 'day')}",
    "sheets": lambda number: count(number, "document"),
    "packet": lambda number: f"packet {number}",
    "days": lambda days: f"for {count(days, 'day')}",
    "links": lambda number: f"{count(number, 'link')} stopped" if number else "",
    "panel": lambda panel: "the panel too" if panel else "",
    "reasons": lambda number: f"with {count(number, 'reason')} for what is missing" if number else "",
    "paper": lambda kind: f"the {str(kind).replace('-', ' ')}",
    "library": lambda _: "from the library",
    "recipe": lambda recipe: str(recipe).lower(),
    "roles": str,
    "word": lambda word: "as Word files" if word else "",
}
