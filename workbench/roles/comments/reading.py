"""Read the threads of a draft as a person may see them, each with its suggestion word by word."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from workbench.accounts.model import Person
from workbench.accounts.permissions import Act, may
from workbench.roles.comments import tables
from workbench.roles.comments.model import CommentCounts, Thread, text_at, text_places
from workbench.roles.editions.compare import WordRun, compare_words
from workbench.roles.history.model import label_of_part
from workbench.roles.model import Role
from workbench.roles.permissions import visible_role
from workbench.roles.sharing.tables import list_active_people
from workbench.roles.tables import DraftRow


@dataclass(frozen=True, slots=True)
class ShownThread:
    """A thread with the name of its part and field, and its suggestion against the text as it is now, word by word.

    `texts` are one text with both words, or the two texts one after the other where they have little in common.
    `has_changed` says that the text is another one than the suggestion was made for; `is_lost` that it is gone.
    """

    thread: Thread
    label: str
    texts: tuple[tuple[WordRun, ...], ...]
    has_changed: bool
    is_lost: bool


@dataclass(frozen=True, slots=True)
class ThreadList:
    """The threads of a draft or of one part of it: those that are open, and the resolved ones."""

    open: tuple[ShownThread, ...]
    resolved: tuple[ShownThread, ...]


def sees_part(person: Person, draft: DraftRow, part: str) -> bool:
    """Return whether a person may see a part of a draft that they read: everything but pay that they do not see."""
    if part != "pay":
        return True
    role = draft.role
    return visible_role(person, role, draft.owner_id, draft.others).pay == role.pay


def read_threads(session: Session, draft: DraftRow, person: Person, part: str | None = None) -> ThreadList:
    """Read the threads of a draft, or of one part, that a person may see."""
    role = draft.role
    found = [
        _show(thread, role)
        for thread in tables.list_threads(session, draft.id, part)
        if sees_part(person, draft, thread.part)
    ]
    is_open = tuple(each for each in found if not each.thread.resolved)
    return ThreadList(is_open, tuple(each for each in found if each.thread.resolved))


def count_comments(session: Session, draft: DraftRow, person: Person) -> CommentCounts:
    """Count the open threads that a person may see, by part."""
    counts = tables.count_open(session, draft.id).by_part
    return CommentCounts({part: n for part, n in counts.items() if sees_part(person, draft, part)})


def list_readers(session: Session, draft: DraftRow) -> dict[int, str]:
    """Return the names of the people who may read a draft, by number."""
    return {each.id: each.name for each in list_active_people(session) if may(each, Act.READ, draft.thing)}


def _show(thread: Thread, role: Role) -> ShownThread:
    label = label_of_part(thread.part, role)
    places = {each.name: each.label for each in text_places(role, thread.part)}
    if len(places) > 1 and thread.field in places:
        label = f"{label}: {places[thread.field].lower()}"
    now = text_at(role, thread.part, thread.field)
    before = now if thread.awaits_decision and now is not None else thread.based_on
    texts = _compare(before, thread.suggestion) if thread.suggestion else ()
    return ShownThread(thread, label, texts, now not in (None, thread.based_on), now is None)


def _compare(before: str, suggestion: str) -> tuple[tuple[WordRun, ...], ...]:
    """Compare two texts in one where two fifths of the shorter one stay, else return them one after the other."""
    runs = compare_words(before, suggestion)
    same = sum(len(run.text) for run in runs if run.kind == "same")
    if not before or 5 * same >= 2 * min(len(before), len(suggestion)):
        return (runs,)
    return (WordRun("removed", before),), (WordRun("added", suggestion),)
