"""The rows of stored documents."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.core.db import Base
from workbench.documents.model import AccessibilityFinding, PdfHeading


class DocumentRow(Base):
    """One printed document; `key` is the digest of its input, `content` the sha256 of its bytes."""

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
    def headings(self) -> tuple[PdfHeading, ...]:
        """Return the bookmarks in reading order."""
        return tuple(PdfHeading(*heading) for heading in self.outline)

    @property
    def findings(self) -> tuple[AccessibilityFinding, ...]:
        """Return the accessibility findings in the order of the pages; empty for an accessible document."""
        return tuple(AccessibilityFinding(*finding) for finding in self.checked)


def find_document(session: Session, key: str) -> DocumentRow | None:
    """Find a stored document by its key."""
    return session.get(DocumentRow, key)


def list_documents(session: Session) -> tuple[DocumentRow, ...]:
    """List every stored document, the oldest first."""
    return tuple(session.scalars(select(DocumentRow).order_by(DocumentRow.created_at, DocumentRow.key)))


def list_keys(session: Session) -> set[str]:
    """Return the keys of all stored documents."""
    return set(session.scalars(select(DocumentRow.key)))
