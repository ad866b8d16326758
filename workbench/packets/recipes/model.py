"""Recipes: the documents that one reader gets, the faults of a recipe, and what a role lacks for it."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbench.core.text.translation import gettext_noop
from workbench.core.text.words import count, fold_case, join_words
from workbench.core.text.words import slug as slug_of
from workbench.roles.documents.kinds import DOCUMENTS
from workbench.roles.documents.starter import starter_metrics
from workbench.roles.model import Role


class DocumentKind(StrEnum):
    """A kind of document in a packet, after the cover that every packet has; those of a role are in its table of documents."""

    SCHEDULE = "interview-schedule"
    GUIDE = "interviewer-guide"
    POSITION = "position-description"
    ANNEX = "position-annex"
    KIT = "interview-kit"
    SHEETS = "score-sheet"
    BRIEF = "accountability-brief"
    METRICS = "starter-metrics"
    EXERCISE = "exercise-candidate"
    ROLE_PLAY = "exercise-interviewer"
    REFERENCE = "reference-check"
    DECISION = "decision-sheet"
    ROLE_AGREEMENT = "agreement"
    _ignore_ = "row"
    for row in DOCUMENTS.values():  # a document without a name above becomes a member, the others get a second name
        vars()[row.kind.upper().replace("-", "_")] = row.kind


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
    parts: tuple[DocumentKind, ...]


_TO_CHOOSE = (
    DocumentKind.BRIEF,
    DocumentKind.KIT,
    DocumentKind.EXERCISE,
    DocumentKind.ROLE_PLAY,
)
_TO_BEGIN = (DocumentKind.ROLE_AGREEMENT, DocumentKind.METRICS)
RECIPES: tuple[Recipe, ...] = (
    Recipe(
        "interviewer",
        gettext_noop("Interviewer packet"),
        Reader.PANEL,
        (
            DocumentKind.SCHEDULE,
            DocumentKind.GUIDE,
            DocumentKind.POSITION,
            DocumentKind.KIT,
            DocumentKind.EXERCISE,
            DocumentKind.ROLE_PLAY,
            DocumentKind.SHEETS,
        ),
    ),
    Recipe(
        "candidate",
        gettext_noop("Candidate packet"),
        Reader.CANDIDATE,
        (DocumentKind.BRIEF, DocumentKind.EXERCISE),
    ),
    Recipe(
        "manager",
        gettext_noop("Manager packet"),
        Reader.LEADER,
        (DocumentKind.POSITION, *_TO_CHOOSE, DocumentKind.REFERENCE, DocumentKind.DECISION, *_TO_BEGIN),
    ),
    Recipe(
        "file-copy",
        gettext_noop("File copy"),
        Reader.FILE,
        (DocumentKind.POSITION, DocumentKind.ANNEX, *_TO_CHOOSE, *_TO_BEGIN),
    ),
    Recipe(
        "records",
        gettext_noop("Records bundle"),
        Reader.FILE,
        (DocumentKind.SCHEDULE, DocumentKind.POSITION, DocumentKind.KIT, DocumentKind.DECISION, DocumentKind.SHEETS),
    ),
)

DOCUMENT_TITLES: dict[DocumentKind, str] = {
    DocumentKind.SCHEDULE: gettext_noop("Interview schedule"),
    DocumentKind.GUIDE: gettext_noop("Interviewer guide"),
    DocumentKind.SHEETS: gettext_noop("Score sheets"),
    **{DocumentKind(row.kind): row.title for row in DOCUMENTS.values()},
}

# The schedule names the other candidates; what else is missing here holds questions, anchors, scores or advice to the panel.
CANDIDATES_MAY_SEE = frozenset(DocumentKind(row.kind) for row in DOCUMENTS.values() if row.for_candidates)


def find_shipped_recipe(name: str) -> Recipe:
    """Find a recipe by its name. Raises KeyError."""
    return {recipe.name: recipe for recipe in RECIPES}[name]


def content_faults(recipe: Recipe) -> tuple[str, ...]:
    """List every fault of a recipe's documents, as sentences for its author."""
    faults = [] if recipe.parts else ["Put at least one document in the recipe."]
    duplicates = [part for part, times in Counter(recipe.parts).items() if times > 1]
    faults += [f"Put “{DOCUMENT_TITLES[part]}” in the recipe only once." for part in duplicates]
    if recipe.reader is Reader.CANDIDATE:
        faults += [
            f"Leave “{DOCUMENT_TITLES[part]}” out of a candidate’s packet: candidates are given the position description, the "
            "accountability brief and the exercise they prepare, and nothing that shows questions, scores or other candidates."
            for part in dict.fromkeys(recipe.parts)
            if part not in CANDIDATES_MAY_SEE
        ]
    return tuple(faults)


MAX_RECIPES = 30  # of a company's own that are in use
MIN_TITLE_LENGTH, MAX_TITLE_LENGTH = 3, 60

READER_WORDS = {
    Reader.PANEL: "one for each panel member",
    Reader.CANDIDATE: "one for each candidate",
    Reader.LEADER: "one for the person who prints it",
    Reader.FILE: "one for the file",
}
SHIPPED = frozenset(recipe.name for recipe in RECIPES)


@dataclass(frozen=True, slots=True)
class RecipeDraft:
    """A recipe as a person writes it, before it has a key."""

    title: str
    reader: Reader
    parts: tuple[DocumentKind, ...]

    def to_recipe(self, name: str = "") -> Recipe:
        """Return the recipe; without a `name`, its key is made from its title."""
        return Recipe(name or slug_of(self.title), self.title, self.reader, self.parts)


@dataclass(frozen=True, slots=True)
class _Requirement:
    """What some parts are made of: its name, whether a role has it, and the parts that are empty without it."""

    name: str
    has: Callable[[Role], bool]
    parts: tuple[DocumentKind, ...]


_REQUIREMENTS = (
    _Requirement("accountabilities", lambda role: bool(role.accountabilities), (DocumentKind.BRIEF,)),
    _Requirement(
        "interview questions", lambda role: any(True for _ in role.questions()), (DocumentKind.KIT, DocumentKind.SHEETS)
    ),
    _Requirement(
        "expectations", lambda role: any(True for _ in starter_metrics(role).metrics()), (DocumentKind.METRICS,)
    ),
)
_SHORT = {
    DocumentKind.BRIEF: "brief",
    DocumentKind.KIT: "kit",
    DocumentKind.SHEETS: "score sheet",
    DocumentKind.METRICS: "starter metrics sheet",
}


def describe_recipe(recipe: Recipe) -> str:
    """Return the readers and documents of a recipe in one line: `one for each candidate: accountability brief`."""
    return (
        f"{READER_WORDS[recipe.reader]}: {join_words([_document_phrase(part, recipe.reader) for part in recipe.parts])}"
    )


def recipe_faults(draft: RecipeDraft, others: Iterable[str]) -> tuple[str, ...]:
    """List every fault of a recipe; `others` are the titles in use, the shipped ones among them."""
    fault = title_fault(draft.title, others)
    return (*([fault] if fault else []), *content_faults(draft.to_recipe()))


def title_fault(title: str, others: Iterable[str]) -> str:
    """Return the fault of a title as a sentence, or nothing; `others` are the titles in use."""
    if not MIN_TITLE_LENGTH <= len(title) <= MAX_TITLE_LENGTH:
        length = count(len(title), "character")
        return f"Give the recipe a title of {MIN_TITLE_LENGTH} to {MAX_TITLE_LENGTH} characters; this has {length}."
    if fold_case(title) in {fold_case(other) for other in others}:
        return f"There is a recipe called “{title}” already. Choose another title."
    return ""


def missing_content(recipe: Recipe, roles: Sequence[tuple[str, Role]]) -> tuple[str, ...]:
    """List what each of the roles, given with their names, lacks for the documents of a recipe, and what to do."""
    return tuple(
        _missing_sentence(name, requirement, parts)
        for name, role in roles
        for requirement in _REQUIREMENTS
        if (parts := [part for part in requirement.parts if part in recipe.parts]) and not requirement.has(role)
    )


def _missing_sentence(name: str, requirement: _Requirement, parts: list[DocumentKind]) -> str:
    missing = [_SHORT[part] for part in parts]
    it = "them" if len(missing) > 1 else f"the {missing[0]}"
    return (
        f"{name} has no {requirement.name} yet, so there is no {join_words(missing, 'and no')} to print. "
        f"Add {requirement.name} to the role, or choose a recipe without {it}."
    )


def _document_phrase(part: DocumentKind, reader: Reader) -> str:
    if part is DocumentKind.SHEETS:
        each = "candidate" if reader is Reader.PANEL else "candidate and panel member"
        return f"a score sheet for each {each}"
    return DOCUMENT_TITLES[part].lower()
