"""Keep the index of the texts of roles: of each draft, and of its newest edition in use.

The databases find the words: SQLite by an FTS5 table that triggers keep, PostgreSQL by an index of a tsvector; the
migration makes both. Rows are written beside the draft or edition that they are of, in the same transaction.
"""

from typing import Any

from sqlalchemy import Connection, ForeignKey, String, Text, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from workbench.core.db import Base, enum_type
from workbench.core.text.near_words import fold_words
from workbench.roles.model import Role
from workbench.roles.search.model import EntryKind, list_entries

DRAFT = 0  # in the column of the edition


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
    """Write the entries of a draft; those that are there already stay, because a page saves every few letters."""
    _write(connection, draft_id, DRAFT, role)


def index_edition(connection: Connection, draft_id: int, number: int, role: Role | None) -> None:
    """Write the entries of the newest edition in use in place of those of another; without a role there is none."""
    others = SearchEntryRow.edition.not_in((DRAFT, number))
    connection.execute(delete(SearchEntryRow).where(SearchEntryRow.draft_id == draft_id, others))
    _write(connection, draft_id, number, role)


def _write(connection: Connection, draft_id: int, edition: int, role: Role | None) -> None:
    table = SearchEntryRow
    query = select(table.id, table.kind, table.place, table.text, table.words)
    stored = connection.execute(query.where(table.draft_id == draft_id, table.edition == edition)).all()
    present = {tuple(values): number for number, *values in stored}
    wanted: dict[tuple[Any, ...], None] = {}
    for each in list_entries(role) if role else ():
        wanted[each.kind, each.place, each.text, fold_words(f"{each.text} {each.more}")] = None
    gone = [number for values, number in present.items() if values not in wanted]
    if gone:
        connection.execute(delete(table).where(table.id.in_(gone)))
    names = ("kind", "place", "text", "words")
    new = [dict(zip(names, values, strict=True)) for values in wanted if values not in present]
    if new:
        connection.execute(insert(table), [{"draft_id": draft_id, "edition": edition} | each for each in new])
