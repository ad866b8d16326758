"""Which draft, edition or print run uses which stored document."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import ColumnElement, Index, delete, exists, insert, select, update
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from workbench.core.db import Base, retry_on_conflict


class DocumentUseRow(Base):
    """The use of a document by an owner, such as a draft, an edition or a print run.

    `variant` says which of the owner's documents it is. A document that is printed again for the same variant has
    another key, so the row is updated and the earlier document is no longer in use.
    """

    __tablename__ = "document_use"
    __table_args__ = (Index("ix_document_use_key", "key"),)

    owner: Mapped[str] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(primary_key=True)
    variant: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str]


def record_uses(session: Session, owner: str, owner_id: int, keys: Mapping[str, str]) -> None:
    """Record the keys of an owner's documents by variant; other variants of the owner stay as they are."""
    retry_on_conflict(session, lambda: _write_uses(session, owner, owner_id, keys))


def remove_uses(session: Session, owner: str, owner_id: int) -> None:
    """Remove every use by an owner."""
    session.execute(delete(DocumentUseRow).where(*_by(owner, owner_id)))


def keys_in_use(session: Session, *, without: tuple[str, Collection[int]] = ("", ())) -> set[str]:
    """Return the keys of all documents in use; `without` names owners whose uses do not count."""
    owner, numbers = without
    query = select(DocumentUseRow.key).distinct()
    if numbers:
        query = query.where((DocumentUseRow.owner != owner) | DocumentUseRow.owner_id.not_in(numbers))
    return set(session.scalars(query))


def keys_used_by(session: Session, owner: str, owner_id: int) -> set[str]:
    """Return the keys of the documents that an owner uses."""
    return set(session.scalars(select(DocumentUseRow.key).where(*_by(owner, owner_id))))


def keys_used_only_by(session: Session, owner: str, owner_id: int) -> set[str]:
    """Return the keys of the documents that an owner uses and no other owner does."""
    other = aliased(DocumentUseRow)
    shared = exists().where(other.key == DocumentUseRow.key, (other.owner != owner) | (other.owner_id != owner_id))
    return set(session.scalars(select(DocumentUseRow.key).where(*_by(owner, owner_id), ~shared)))


def owners_without_uses(session: Session, owner: str, numbers: Iterable[int]) -> set[int]:
    """Return the owners of a kind, by number, of which no use is recorded."""
    owners = set(session.scalars(select(DocumentUseRow.owner_id).where(DocumentUseRow.owner == owner).distinct()))
    return set(numbers) - owners


def _by(owner: str, owner_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return DocumentUseRow.owner == owner, DocumentUseRow.owner_id == owner_id


def _write_uses(session: Session, owner: str, owner_id: int, keys: Mapping[str, str]) -> None:
    rows = session.execute(select(DocumentUseRow.variant, DocumentUseRow.key).where(*_by(owner, owner_id)))
    stored: dict[str, str] = dict(rows.all())
    new_uses = [
        {"owner": owner, "owner_id": owner_id, "variant": variant, "key": key}
        for variant, key in keys.items()
        if variant not in stored
    ]
    if new_uses:
        session.execute(insert(DocumentUseRow), new_uses)
    for variant, key in keys.items():
        if stored.get(variant, key) != key:
            row = (*_by(owner, owner_id), DocumentUseRow.variant == variant)
            session.execute(update(DocumentUseRow).where(*row).values(key=key))
