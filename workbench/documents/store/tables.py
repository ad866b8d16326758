"""The rows of stored documents: what lies in the store, under which key, and since when."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.core.db import Base
from workbench.documents.model import AccessibilityFinding, Heading


class DocumentRow(Base):
    """One printed document; `key` is the digest of all it was made from, `content` the sha256 of its bytes."""

    __tablename__ = "document"

    key: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(index=True)
    pages: Mapped[int]
    size: Mapped[int]
    content: Mapped[str]
    outline: Mapped[list[Any]] = mapped_column(JSON)
    checked: Mapped[list[Any]] = mapped_column(JSON)
    created_at: Mapped[datetime]

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Give the bookmarks in reading order."""
        return tuple(Heading(*heading) for heading in self.outline)

    @property
    def findings(self) -> tuple[AccessibilityFinding, ...]:
        """Give what keeps it from being read by everybody, in the order of its pages; empty for a sound document."""
        return tuple(AccessibilityFinding(*finding) for finding in self.checked)


def find_document(session: Session, key: str) -> DocumentRow | None:
    """Find a stored document by its key."""
    return session.get(DocumentRow, key)


def list_documents(session: Session) -> tuple[DocumentRow, ...]:
    """Give every stored document, the oldest first."""
    return tuple(session.scalars(select(DocumentRow).order_by(DocumentRow.created_at, DocumentRow.key)))


def list_keys(session: Session) -> set[str]:
    """Name every stored document by its key."""
    return set(session.scalars(select(DocumentRow.key)))
