"""Recipes: which documents one reader is given, what is wrong with a recipe, and what a role lacks for it."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbench.core.text.translation import house
from workbench.core.text.words import count, fold_case, join_words
from workbench.core.text.words import slug as slug_of
from workbench.roles.model import Role
from workbench.roles.starter import starter_metrics


class Part(StrEnum):
    """One kind of document in a packet, after the cover that every packet has."""

    SCHEDULE = "interview-schedule"
    GUIDE = "interviewer-guide"
    POSITION = "position-description"
    KIT = "interview-kit"
    SHEETS = "score-sheet"
    BRIEF = "accountability-brief"
    METRICS = "starter-metrics"


class Reader(StrEnum):
    """For whom a recipe makes a packet each: every panel member, every candidate, the leader, or the file."""

    PANEL = "panel"
    CANDIDATE = "candidate"
    LEADER = "leader"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Recipe:
    """Which documents one reader is given, in order."""

    name: str
    title: str
    reader: Reader
    parts: tuple[Part, ...]


RECIPES: tuple[Recipe, ...] = (
    Recipe(
        "interviewer",
        house("Interviewer packet"),
        Reader.PANEL,
        (Part.SCHEDULE, Part.GUIDE, Part.POSITION, Part.KIT, Part.SHEETS),
    ),
    Recipe("candidate", house("Candidate packet"), Reader.CANDIDATE, (Part.BRIEF,)),
    Recipe("manager", house("Manager packet"), Reader.LEADER, (Part.POSITION, Part.BRIEF, Part.KIT, Part.METRICS)),
    Recipe("file-copy", house("File copy"), Reader.FILE, (Part.POSITION, Part.BRIEF, Part.KIT, Part.METRICS)),
    Recipe("records", house("Records bundle"), Reader.FILE, (Part.SCHEDULE, Part.POSITION, Part.KIT, Part.SHEETS)),
)

PART_TITLES: dict[Part, str] = {
    Part.SCHEDULE: house("Interview schedule"),
    Part.GUIDE: house("Interviewer guide"),
    Part.POSITION: house("Position description"),
    Part.KIT: house("Interview kit"),
    Part.SHEETS: house("Score sheets"),
    Part.BRIEF: house("Accountability brief"),
    Part.METRICS: house("Starter metrics sheet"),
}

# The schedule names the other candidates; what else is missing here holds questions, anchors, scores or advice to the panel.
CANDIDATES_MAY_SEE = frozenset({Part.POSITION, Part.BRIEF})


def recipe_named(name: str) -> Recipe:
    """Find a recipe by its name. Raises KeyError."""
    return {recipe.name: recipe for recipe in RECIPES}[name]


def unfit(recipe: Recipe) -> tuple[str, ...]:
    """Name everything that is wrong with what a recipe hands out, in sentences for whoever wrote it."""
    told = [] if recipe.parts else ["Put at least one document in the recipe."]
    twice = [part for part, times in Counter(recipe.parts).items() if times > 1]
    told += [f"Put “{PART_TITLES[part]}” in the recipe only once." for part in twice]
    if recipe.reader is Reader.CANDIDATE:
        told += [
            f"Leave “{PART_TITLES[part]}” out of a candidate’s packet: candidates are given the position description "
            "and the accountability brief, and nothing that shows questions, scores or other candidates."
            for part in dict.fromkeys(recipe.parts)
            if part not in CANDIDATES_MAY_SEE
        ]
    return tuple(told)


MOST_RECIPES = 30  # of a company's own that are in use
SHORTEST_TITLE, LONGEST_TITLE = 3, 60

READER_WORDS = {
    Reader.PANEL: "one for each panel member",
    Reader.CANDIDATE: "one for each candidate",
    Reader.LEADER: "one for the person who prints it",
    Reader.FILE: "one for the file",
}
SHIPPED = frozenset(recipe.name for recipe in RECIPES)


@dataclass(frozen=True, slots=True)
class Written:
    """A recipe as somebody writes it down, before it has a name."""

    title: str
    reader: Reader
    parts: tuple[Part, ...]

    def named(self, name: str = "") -> Recipe:
        """Make it a recipe, named after its title unless told otherwise."""
        return Recipe(name or slug_of(self.title), self.title, self.reader, self.parts)


@dataclass(frozen=True, slots=True)
class _Need:
    """What some parts are made of: its name, whether a role has it, and the parts that are empty without it."""

    name: str
    has: Callable[[Role], bool]
    parts: tuple[Part, ...]


_NEEDS = (
    _Need("accountabilities", lambda role: bool(role.accountabilities), (Part.BRIEF,)),
    _Need("interview questions", lambda role: any(True for _ in role.questions()), (Part.KIT, Part.SHEETS)),
    _Need("expectations", lambda role: any(True for _ in starter_metrics(role).metrics()), (Part.METRICS,)),
)
_SHORT = {
    Part.BRIEF: "brief",
    Part.KIT: "kit",
    Part.SHEETS: "score sheet",
    Part.METRICS: "starter metrics sheet",
}


def told(recipe: Recipe) -> str:
    """Say in one line for whom a recipe makes packets, and of what: `one for each candidate: accountability brief`."""
    return f"{READER_WORDS[recipe.reader]}: {join_words([_handed(part, recipe.reader) for part in recipe.parts])}"


def wrongs(written: Written, others: Iterable[str]) -> tuple[str, ...]:
    """Name everything that is wrong with a recipe beside the titles of `others`, the shipped ones among them."""
    wrong = title_wrong(written.title, others)
    return (*([wrong] if wrong else []), *unfit(written.named()))


def title_wrong(title: str, others: Iterable[str]) -> str:
    """Say what is wrong with the title of a recipe beside the titles of `others`, or nothing."""
    if not SHORTEST_TITLE <= len(title) <= LONGEST_TITLE:
        length = count(len(title), "character")
        return f"Give the recipe a title of {SHORTEST_TITLE} to {LONGEST_TITLE} characters; this has {length}."
    if fold_case(title) in {fold_case(other) for other in others}:
        return f"There is a recipe called “{title}” already. Choose another title."
    return ""


def lacks(recipe: Recipe, roles: Sequence[tuple[str, Role]]) -> tuple[str, ...]:
    """Name what each of the roles, given with their names, lacks for the documents of a recipe, and what to do."""
    return tuple(
        _lack(name, need, parts)
        for name, role in roles
        for need in _NEEDS
        if (parts := [part for part in need.parts if part in recipe.parts]) and not need.has(role)
    )


def _lack(name: str, need: _Need, parts: list[Part]) -> str:
    missing = [_SHORT[part] for part in parts]
    it = "them" if len(missing) > 1 else f"the {missing[0]}"
    return (
        f"{name} has no {need.name} yet, so there is no {join_words(missing, 'and no')} to print. "
        f"Add {need.name} to the role, or choose a recipe without {it}."
    )


def _handed(part: Part, reader: Reader) -> str:
    if part is Part.SHEETS:
        each = "candidate" if reader is Reader.PANEL else "candidate and panel member"
        return f"a score sheet for each {each}"
    return PART_TITLES[part].lower()
