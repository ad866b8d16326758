"""What goes to whom: people, recipes, and the packets of one run as a list that can be looked at before it runs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbench.core.text.translation import house
from workbench.core.text.words import count, fold_case, join_words
from workbench.documents.model import FillMode, Paper
from workbench.documents.page.fonts import unsupported_characters
from workbench.hiring.model import Answered, Day, People
from workbench.packets.recipes.model import Part, Reader, Recipe, unfit
from workbench.roles.model import Role

MOST_ROLES = 20
MOST_PEOPLE = 200
MOST_DOCUMENTS = 2_000
LONGEST_NAME = 120
LONGEST_TITLE = 60  # of a run: it fits into the name of a file


class Delivery(StrEnum):
    """How a run is handed over."""

    ONE_FILE = "one-file"
    FILE_EACH = "file-each"
    ZIP = "zip"


@dataclass(frozen=True, slots=True)
class Pick:
    """One role of a run: an edition by its number, or a draft by its number with the role as it was then.

    The number that is not meant is 0.
    """

    edition: int = 0
    draft: int = 0
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """How everything in a run is printed and handed over; without a `day` the times are written in by hand."""

    paper: Paper = Paper.A4
    delivery: Delivery = Delivery.ZIP
    both_sides: bool = False
    form: FillMode = FillMode.HAND
    large: bool = False
    language: str = "en"
    day: Day | None = None


STANDARD = Options()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked for; `leader` is the name on a manager packet, `answers` are printed in a flat run.

    `name` is what HR calls the run: it helps to find it, and stands on no paper.
    """

    recipe: Recipe
    picks: tuple[Pick, ...]
    people: People
    leader: str
    options: Options = STANDARD
    answers: tuple[Answered, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a packet: its kind, the role it is about, and the names that stand on it.

    `role` is the place of the role among the chosen ones, or None for what is about all of them. Where nobody is
    named the document is the same for everybody and is printed once.
    """

    part: Part
    role: int | None
    reader: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Packet:
    """Everything that one reader is given after the cover, in order."""

    reader: str
    entries: tuple[Entry, ...]


_ABOUT_ALL_ROLES = frozenset({Part.SCHEDULE, Part.GUIDE})
_NEED_BOTH_SIDES = frozenset({Part.SCHEDULE, Part.SHEETS})


def plan(recipe: Recipe, roles: int, people: People, leader: str, *, typed: bool = False) -> tuple[Packet, ...]:
    """Lay out every packet of a run before anything is printed.

    Each reader is given one packet: first what is about all roles, then the parts of every role in turn. Score sheets
    stand one for each candidate; in the records bundle, one for each candidate and panel member. Where papers are
    `typed` into, each candidate has a brief of their own, so that it is known whose it is when it comes back. Raises ValueError
    with a sentence for the person who asked: no role, nobody to print for, the same name twice, or too much for a run.
    """
    if wrong := faults(recipe, roles, people):
        raise ValueError(wrong[0][1])
    readers = {
        Reader.PANEL: people.panel,
        Reader.CANDIDATE: people.candidates,
        Reader.LEADER: (leader,),
        Reader.FILE: (house("The file"),),
    }[recipe.reader]
    wanted = _count(recipe, roles, people, len(readers), typed=typed)
    if wanted > MOST_DOCUMENTS:
        raise ValueError(
            f"One run prints at most {MOST_DOCUMENTS:,} documents; this would be {wanted:,}. Split it into two runs."
        )
    return tuple(Packet(name, tuple(_entries(recipe, roles, people, name, typed=typed))) for name in readers)


def documents(packets: Sequence[Packet]) -> tuple[Entry, ...]:
    """List the different documents of a run, each once, in the order of first need; covers are not among them."""
    return tuple(dict.fromkeys(entry for packet in packets for entry in packet.entries))


def _count(recipe: Recipe, roles: int, people: People, readers: int, *, typed: bool) -> int:
    """Count the different documents of a run and its covers without laying it out, which may be a million of them."""
    each = {_own(recipe, typed=typed): readers, Part.SHEETS: len(people.panel) * len(people.candidates)}
    return readers + sum(1 if part in _ABOUT_ALL_ROLES else roles * each.get(part, 1) for part in recipe.parts)


def _own(recipe: Recipe, *, typed: bool) -> Part | None:
    """Name the paper of a role that each reader has with their own name on it."""
    return {Reader.PANEL: Part.KIT, Reader.CANDIDATE: Part.BRIEF if typed else None}.get(recipe.reader)


def _entries(recipe: Recipe, roles: int, people: People, reader: str, *, typed: bool) -> Iterator[Entry]:
    own = _own(recipe, typed=typed)
    yield from (Entry(part, None) for part in recipe.parts if part in _ABOUT_ALL_ROLES)
    for role in range(roles):
        for part in recipe.parts:
            if part is Part.SHEETS:
                yield from _sheets(recipe, role, people, reader)
            elif part is own:
                yield Entry(part, role, reader)
            elif part not in _ABOUT_ALL_ROLES:
                yield Entry(part, role)


def _sheets(recipe: Recipe, role: int, people: People, reader: str) -> Iterator[Entry]:
    raters = (reader,) if recipe.reader is Reader.PANEL else people.panel
    for candidate in people.candidates:
        for rater in raters:
            yield Entry(Part.SHEETS, role, rater, candidate)


def faults(recipe: Recipe, roles: int, people: People) -> tuple[tuple[str, str], ...]:
    """Name everything that keeps a run from being laid out: `editions`, `recipe`, `panel` or `candidates`, and a sentence."""
    told = [("recipe", words) for words in unfit(recipe)[:1]]
    if not 1 <= roles <= MOST_ROLES:
        words = "Choose at least one role." if roles < 1 else f"Choose at most {MOST_ROLES} roles for a run."
        told.append(("editions", words))
    both = not _NEED_BOTH_SIDES.isdisjoint(recipe.parts)
    if not people.panel and both:
        told.append(("panel", "Name the panel members: their names are on the schedule and the score sheets."))
    elif not people.panel and recipe.reader is Reader.PANEL:
        told.append(("panel", "Name the panel members: each of them gets a packet."))
    if not people.candidates and both:
        told.append(("candidates", "Name the candidates: there is a score sheet for each of them."))
    elif not people.candidates and recipe.reader is Reader.CANDIDATE:
        told.append(("candidates", "Name the candidates: each of them gets a packet."))
    for field, what, names in (("panel", "panel member", people.panel), ("candidates", "candidate", people.candidates)):
        if words := _wrong(what, names):
            told.append((field, words))
    return tuple(told)


def _wrong(what: str, names: tuple[str, ...]) -> str:
    """Say what is wrong with some names first, or nothing."""
    if len(names) > MOST_PEOPLE:
        return f"One run takes at most {MOST_PEOPLE} {what}s; you named {count(len(names), what)}."
    if long := next((name for name in names if len(name) > LONGEST_NAME), ""):
        return f"Shorten the name “{long[:30]}…”: a name has at most {LONGEST_NAME} characters."
    for name in names:
        if lost := unsupported_characters(name):
            return f"These letters cannot be printed: {join_words(list(lost))} in “{name}”. Write it without."
    alike = _alike(names)
    return _told_alike(what, alike) if alike else ""


def _alike(names: tuple[str, ...]) -> list[str]:
    """Give the first names that nobody could tell apart: capitals, wide letters and spaces make no difference."""
    same: dict[str, list[str]] = {}
    for name in names:
        same.setdefault(fold_case(name), []).append(name)
    return next((group for group in same.values() if len(group) > 1), [])


def _told_alike(what: str, alike: list[str]) -> str:
    different = list(dict.fromkeys(alike))
    mark = f"Add something to tell them apart, such as “{different[0]} (2)”."
    if len(different) == 1:
        return f"There are {len(alike)} {what}s called {alike[0]}. {mark}"
    return f"The {what}s {join_words([f'“{name}”' for name in different])} look like the same name. {mark}"
