"""Find texts of roles by their words, as far as a person may read them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    column,
    false,
    func,
    literal_column,
    or_,
    select,
    table,
    text,
    union_all,
)
from sqlalchemy.orm import Session

from workbench.accounts.model import Person, Thing
from workbench.accounts.permissions import Act, may
from workbench.core.text.near_words import Term
from workbench.roles.search.index import DRAFT, SearchEntryRow, index_draft, index_edition
from workbench.roles.search.model import EntryKind
from workbench.roles.tables import DraftRow, EditionRow, newest_in_use, readable_drafts

MAX_OF_KIND = 100
MAX_INDEXED = 20  # in one transaction, so that no other write waits for long
# The thing whose reader may find a text of an edition. The title of an edition is for everybody who may list editions.
READERS = {
    EntryKind.ROLE: (Act.LIST, "edition"),
    EntryKind.ACCOUNTABILITY: (Act.READ, "position-description"),
    EntryKind.TARGET: (Act.READ, "edition"),
    EntryKind.QUESTION: (Act.READ, "interview-kit"),
    EntryKind.DUTY: (Act.READ, "position-description"),
    EntryKind.ABOUT: (Act.READ, "position-description"),
}
_WORDS = table("search_words", column("rowid"), column("rank"), column("search_words"))  # SQLite's FTS5


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """A text that was found, with the role that it is in; `edition` is None in a draft."""

    kind: EntryKind
    place: str
    text: str
    slug: str
    title: str
    edition: int | None


def find_entries(session: Session, person: Person, terms: Collection[Term]) -> list[FoundEntry]:
    """Find the texts that contain every term, the best of each kind first, at most MAX_OF_KIND of a kind.

    A text of a draft hides the same one of its edition.
    """
    if not terms:
        return []
    match = _match_fts5 if session.get_bind().dialect.name == "sqlite" else _match_tsvector
    best = (match(_entries(person, kind), terms).limit(MAX_OF_KIND).subquery() for kind in EntryKind)
    found: dict[tuple[str, str, str, str], FoundEntry] = {}
    for *values, title, edition_title, edition in session.execute(union_all(*(select(each) for each in best))):
        entry = FoundEntry(*values, *((title, None) if edition == DRAFT else (edition_title, edition)))
        place = entry.slug, entry.kind, entry.place, entry.text
        if place not in found or entry.edition is None:
            found[place] = entry
    return list(found.values())


def _entries(person: Person, kind: EntryKind) -> Select[Any]:
    """Select the texts of a kind that a person may find, with the titles of their draft and edition."""
    entry = SearchEntryRow
    columns: list[Any] = [entry.kind, entry.place, entry.text, DraftRow.slug, DraftRow.title]
    columns += [EditionRow.title.label("edition_title"), entry.edition]
    number = and_(EditionRow.draft_id == entry.draft_id, EditionRow.number == entry.edition)
    query = select(*columns).select_from(entry).join(DraftRow, DraftRow.id == entry.draft_id)
    return query.join(EditionRow, number, isouter=True).where(entry.kind == kind, _may_find(person))


def list_vocabulary(session: Session) -> set[str]:
    """Return every word of the index. It holds words of unreadable drafts too: show only those that are in a hit."""
    if session.get_bind().dialect.name == "sqlite":
        return set(session.scalars(text("SELECT term FROM search_words_terms")))
    words = func.unnest(func.string_to_array(SearchEntryRow.words, " "))
    return set(session.scalars(select(words).distinct()))


def index_missing(session: Session, limit: int = MAX_INDEXED) -> int:
    """Index some of the roles that are not in the index, such as those from before it was there; return how many."""
    titled = SearchEntryRow.kind == EntryKind.ROLE, SearchEntryRow.edition == DRAFT
    known = select(SearchEntryRow.id).where(SearchEntryRow.draft_id == DraftRow.id, *titled)
    missing = session.execute(select(DraftRow.id, DraftRow.value).where(~known.exists()).limit(limit)).all()
    connection = session.connection()
    for number, value in missing:
        index_draft(connection, number, DraftRow(value=value).role)
        edition = newest_in_use(connection, number)
        if edition:
            index_edition(connection, number, *edition)
    return len(missing)


def _may_find(person: Person) -> ColumnElement[bool]:
    """Return the condition for what a person may find: texts of drafts that they may read, and of editions by kind."""
    kinds = [kind for kind, (act, thing) in READERS.items() if may(person, act, Thing(thing))]
    of_edition = SearchEntryRow.kind.in_(kinds) if kinds else false()
    return or_(
        and_(SearchEntryRow.edition == DRAFT, readable_drafts(person)),
        and_(SearchEntryRow.edition != DRAFT, of_edition),
    )


def _match_fts5(query: Select[Any], terms: Iterable[Term]) -> Select[Any]:
    match = " AND ".join(
        "(" + " OR ".join(f'"{word}"{"*" if term.prefix else ""}' for word in term.words) + ")" for term in terms
    )
    joined = query.join(_WORDS, _WORDS.c.rowid == SearchEntryRow.id)
    return joined.where(_WORDS.c.search_words.op("MATCH")(match)).order_by(_WORDS.c.rank, SearchEntryRow.id)


def _match_tsvector(query: Select[Any], terms: Iterable[Term]) -> Select[Any]:
    match = " & ".join(
        "(" + " | ".join(f"{word}{':*' if term.prefix else ''}" for word in term.words) + ")" for term in terms
    )
    simple: ColumnElement[str] = literal_column("'simple'")
    vector, wanted = func.to_tsvector(simple, SearchEntryRow.words), func.to_tsquery(simple, match)
    return query.where(vector.op("@@")(wanted)).order_by(func.ts_rank(vector, wanted).desc(), SearchEntryRow.id)
