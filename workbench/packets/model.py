"""The request for a print run, and its packets: which documents each reader gets, as a list before anything is printed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbench.core.text.translation import gettext_noop
from workbench.core.text.words import count, fold_case, join_words
from workbench.documents.model import FillMode, Paper
from workbench.hiring.model import WHOLE_KIT, InterviewDay, People, RoundStyle, SheetAnswers
from workbench.packets.recipes.model import DocumentKind, Reader, Recipe, content_faults
from workbench.roles.model import Role

MAX_ROLES = 20
MAX_PEOPLE = 200
MAX_DOCUMENTS = 2_000
MAX_NAME_LENGTH = 120
MAX_TITLE_LENGTH = 60  # of a run: it fits into the name of a file


class Delivery(StrEnum):
    """The form in which a run is delivered."""

    ONE_FILE = "one-file"
    FILE_EACH = "file-each"
    ZIP = "zip"


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """One role of a run: an edition by its number, or a draft by its number with the role as it was then.

    The number that is not meant is 0.
    """

    edition: int = 0
    draft: int = 0
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How everything in a run is printed and delivered; without a `day` the times are written in by hand."""

    paper: Paper = Paper.A4
    delivery: Delivery = Delivery.ZIP
    both_sides: bool = False
    form: FillMode = FillMode.HAND
    large: bool = False
    language: str = "en"
    day: InterviewDay | None = None
    style: RoundStyle = WHOLE_KIT


DEFAULT_OPTIONS = RunOptions()


@dataclass(frozen=True, slots=True)
class RunRequest:
    """The request for a print run; `leader` is the name on a manager packet, `answers` are printed in a flat run.

    `name` is the run's own name: it helps to find the run, and is printed on no document.
    """

    recipe: Recipe
    roles: tuple[RoleChoice, ...]
    people: People
    leader: str
    options: RunOptions = DEFAULT_OPTIONS
    answers: tuple[SheetAnswers, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class PacketEntry:
    """One document of a packet: its kind, the role it is about, and the names on it.

    `role` is the place of the role among the chosen ones, or None for a document about all of them. Without names the
    document is the same for every reader and is printed once.
    """

    part: DocumentKind
    role: int | None
    reader: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Packet:
    """Everything that one reader is given after the cover, in order."""

    reader: str
    entries: tuple[PacketEntry, ...]


_ABOUT_ALL_ROLES = frozenset({DocumentKind.SCHEDULE, DocumentKind.GUIDE})
_PARTS = {Reader.PANEL: "panel", Reader.CANDIDATE: "candidate"}
_NEED_BOTH_SIDES = frozenset({DocumentKind.SCHEDULE, DocumentKind.SHEETS})


def plan_packets(
    recipe: Recipe,
    roles: int,
    people: People,
    leader: str,
    *,
    fillable: bool = False,
    applicants: Sequence[Sequence[str]] = (),
) -> tuple[Packet, ...]:
    """Return every packet of a run before anything is printed.

    Each reader gets one packet: first the documents about all roles, then the documents of each role in turn. There is
    a score sheet for each candidate, and in the records bundle one for each candidate and panel member. `applicants`
    are the candidates of each role, for everyone where it is empty: no candidate gets a document of another role. Where
    documents are `fillable`, each candidate has a brief of their own, so that a returned brief is known to be
    theirs. Raises ValueError with a sentence for the person who planned the run: no role, no reader, the same name
    twice, or too many documents.
    """
    if faults := request_faults(recipe, roles, people):
        raise ValueError(faults[0][1])
    readers = {
        Reader.PANEL: people.panel,
        Reader.CANDIDATE: people.candidates,
        Reader.LEADER: (leader,),
        Reader.FILE: (gettext_noop("The file"),),
    }[recipe.reader]
    run = _Run(recipe, people, tuple(map(tuple, applicants)) or (people.candidates,) * roles, fillable)
    total = run.count_documents(len(readers))
    if total > MAX_DOCUMENTS:
        raise ValueError(
            f"One run prints at most {MAX_DOCUMENTS:,} documents; this would be {total:,}. Split it into two runs."
        )
    return tuple(Packet(name, tuple(run.entries(name))) for name in readers)


def distinct_entries(packets: Sequence[Packet]) -> tuple[PacketEntry, ...]:
    """List the different documents of a run, each once, in the order of first need; covers are not among them."""
    return tuple(dict.fromkeys(entry for packet in packets for entry in packet.entries))


@dataclass(frozen=True, slots=True)
class _Run:
    """What decides the documents of a run: `applicants` are the candidates of each role."""

    recipe: Recipe
    people: People
    applicants: tuple[tuple[str, ...], ...]
    fillable: bool

    def count_documents(self, readers: int) -> int:
        """Count the different documents of a run and its covers without laying it out, which may be a million of them."""
        total = readers
        for part in self.recipe.parts:
            if part in _ABOUT_ALL_ROLES:
                total += 1
            elif part is DocumentKind.SHEETS:
                total += len(self.people.panel) * sum(map(len, self.applicants))
            elif part is self._personal_kind:
                total += sum(readers if self.recipe.reader is Reader.PANEL else len(each) for each in self.applicants)
            else:
                total += len(self.applicants)
        return total

    @property
    def _personal_kind(self) -> DocumentKind | None:
        """Return the kind of document of a role that carries the name of its reader."""
        kinds = {Reader.PANEL: DocumentKind.KIT, Reader.CANDIDATE: DocumentKind.BRIEF if self.fillable else None}
        return kinds.get(self.recipe.reader)

    def entries(self, reader: str) -> Iterator[PacketEntry]:
        """Yield the documents of one reader in order."""
        yield from (PacketEntry(part, None) for part in self.recipe.parts if part in _ABOUT_ALL_ROLES)
        for role, candidates in enumerate(self.applicants):
            if self.recipe.reader is Reader.CANDIDATE and reader not in candidates:
                continue
            for part in self.recipe.parts:
                if part is DocumentKind.SHEETS:
                    yield from self._sheets(role, reader)
                elif part is self._personal_kind:
                    yield PacketEntry(part, role, reader)
                elif part not in _ABOUT_ALL_ROLES:
                    yield PacketEntry(part, role)

    def _sheets(self, role: int, reader: str) -> Iterator[PacketEntry]:
        raters = (reader,) if self.recipe.reader is Reader.PANEL else self.people.panel
        for candidate in self.applicants[role]:
            for rater in raters:
                yield PacketEntry(DocumentKind.SHEETS, role, rater, candidate)


def asks_for_roles(recipe: Recipe) -> bool:
    """Return whether it matters for a recipe which role a candidate applies for."""
    return recipe.reader is Reader.CANDIDATE or not _NEED_BOTH_SIDES.isdisjoint(recipe.parts)


def part_of_unmarked(recipe: Recipe, people: People) -> str:
    """Return the part of everyone in a table that does not say it: `panel`, `candidate`, or nothing where both can be.

    It follows from the recipe where that needs only one side, and otherwise from the side that has no `people` yet.
    """
    both = not _NEED_BOTH_SIDES.isdisjoint(recipe.parts)
    if not both and recipe.reader in _PARTS:
        return _PARTS[recipe.reader]
    if bool(people.panel) is bool(people.candidates):
        return ""
    return "candidate" if people.panel else "panel"


def request_faults(recipe: Recipe, roles: int, people: People) -> tuple[tuple[str, str], ...]:
    """List what keeps a run from being planned: a field (`editions`, `recipe`, `panel`, `candidates`), a sentence."""
    faults = [("recipe", words) for words in content_faults(recipe)[:1]]
    if not 1 <= roles <= MAX_ROLES:
        words = "Choose at least one role." if roles < 1 else f"Choose at most {MAX_ROLES} roles for a run."
        faults.append(("editions", words))
    both = not _NEED_BOTH_SIDES.isdisjoint(recipe.parts)
    if not people.panel and both:
        faults.append(("panel", "Name the panel members: their names are on the schedule and the score sheets."))
    elif not people.panel and recipe.reader is Reader.PANEL:
        faults.append(("panel", "Name the panel members: each of them gets a packet."))
    if not people.candidates and both:
        faults.append(("candidates", "Name the candidates: there is a score sheet for each of them."))
    elif not people.candidates and recipe.reader is Reader.CANDIDATE:
        faults.append(("candidates", "Name the candidates: each of them gets a packet."))
    for field, what, names in (("panel", "panel member", people.panel), ("candidates", "candidate", people.candidates)):
        if words := _names_fault(what, names):
            faults.append((field, words))
    return tuple(faults)


def _names_fault(what: str, names: tuple[str, ...]) -> str:
    """Return the first fault of some names as a sentence, or nothing."""
    if len(names) > MAX_PEOPLE:
        return f"One run takes at most {MAX_PEOPLE} {what}s; you named {count(len(names), what)}."
    if long := next((name for name in names if len(name) > MAX_NAME_LENGTH), ""):
        return f"Shorten the name “{long[:30]}…”: a name has at most {MAX_NAME_LENGTH} characters."
    duplicates = _find_duplicates(names)
    return _duplicate_names_fault(what, duplicates) if duplicates else ""


def _find_duplicates(names: tuple[str, ...]) -> list[str]:
    """Find the first names that look the same; case, wide letters and spaces make no difference."""
    same: dict[str, list[str]] = {}
    for name in names:
        same.setdefault(fold_case(name), []).append(name)
    return next((group for group in same.values() if len(group) > 1), [])


def _duplicate_names_fault(what: str, duplicates: list[str]) -> str:
    different = list(dict.fromkeys(duplicates))
    advice = f"Add something to tell them apart, such as “{different[0]} (2)”."
    if len(different) == 1:
        return f"There are {len(duplicates)} {what}s called {duplicates[0]}. {advice}"
    return f"The {what}s {join_words([f'“{name}”' for name in different])} look like the same name. {advice}"
