"""Keep the index of the texts of roles: of each draft, and of its newest edition in use.

The databases find the words: SQLite by an FTS5 table that triggers keep, PostgreSQL by an index of a tsvector; the
migration makes both. Rows are written beside the draft or edition that they are of, in the same transaction.
"""

from sqlalchemy import ColumnElement, Connection, ForeignKey, String, Text, and_, delete, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from workbench.core.db import Base, enum_type
from workbench.core.text.near_words import fold_words
from workbench.roles.model import Role
from workbench.roles.search.model import EntryKind, list_entries

DRAFT = 0  # in the column of the edition
NAMES = ("kind", "place", "text", "words")
Values = tuple[EntryKind, str, str, str]


class SearchEntryRow(Base):
    """One text of a draft, or of the edition with this number; a search reads its `words`."""

    __tablename__ = "search_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"), index=True)
    edition: Mapped[int]
    kind: Mapped[EntryKind] = mapped_column(enum_type(EntryKind, "kind"))
    place: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)


def index_draft(connection: Connection, draft_id: int, role: Role) -> None:
    """Write the entries of a draft, in place of those that are there."""
    _write(connection, draft_id, DRAFT, role)


def index_change(connection: Connection, draft_id: int, before: Role, after: Role) -> None:
    """Write the entries of a draft that a change made others, mostly one: a page saves every few letters."""
    old, new = _values(before), _values(after)
    gone, added = [each for each in old if each not in new], [each for each in new if each not in old]
    changes = [(each, other) for each, other in zip(gone, added, strict=False) if each[:2] == other[:2]]
    if len(changes) == len(gone) == len(added):
        for each, other in changes:
            found = _is(draft_id, DRAFT, each)
            connection.execute(update(SearchEntryRow).where(found).values(dict(zip(NAMES, other, strict=True))))
        return
    for each in gone:
        connection.execute(delete(SearchEntryRow).where(_is(draft_id, DRAFT, each)))
    _add(connection, draft_id, DRAFT, added)


def index_edition(connection: Connection, draft_id: int, number: int, role: Role | None) -> None:
    """Write the entries of the newest edition in use in place of those of another; without a role there is none."""
    others = SearchEntryRow.edition.not_in((DRAFT, number))
    connection.execute(delete(SearchEntryRow).where(SearchEntryRow.draft_id == draft_id, others))
    _write(connection, draft_id, number, role)


def _write(connection: Connection, draft_id: int, edition: int, role: Role | None) -> None:
    entry = SearchEntryRow
    query = select(entry.id, entry.kind, entry.place, entry.text, entry.words)
    stored = connection.execute(query.where(entry.draft_id == draft_id, entry.edition == edition)).all()
    present = {tuple(values): number for number, *values in stored}
    wanted = _values(role) if role else {}
    gone = [number for values, number in present.items() if values not in wanted]
    if gone:
        connection.execute(delete(entry).where(entry.id.in_(gone)))
    _add(connection, draft_id, edition, [values for values in wanted if values not in present])


def _add(connection: Connection, draft_id: int, edition: int, entries: list[Values]) -> None:
    rows = [{"draft_id": draft_id, "edition": edition} | dict(zip(NAMES, each, strict=True)) for each in entries]
    if rows:
        connection.execute(insert(SearchEntryRow), rows)


def _is(draft_id: int, edition: int, values: Values) -> ColumnElement[bool]:
    kind, place, text, _ = values
    entry = SearchEntryRow
    place_and_text = and_(entry.kind == kind, entry.place == place, entry.text == text)
    return and_(entry.draft_id == draft_id, entry.edition == edition, place_and_text)


def _values(role: Role) -> dict[Values, None]:
    """Return the entries of a role as the values of NAMES, each once and in their order."""
    entries = list_entries(role)
    return {(each.kind, each.place, each.text, fold_words(f"{each.text} {each.more}")): None for each in entries}
