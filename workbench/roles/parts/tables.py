"""Store the parts that a person keeps on a shelf of their own, and find the editions whose parts may be used."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.core import clock
from workbench.core.db import Base
from workbench.core.shape import structure, unstructure
from workbench.roles.model import Accountability, Question
from workbench.roles.parts.model import LibraryPart, PartKind, PartOrigin, part_text
from workbench.roles.tables import EditionRow

MAX_EDITIONS = 40  # the newest ones; reading them takes 50 ms
_CLASSES: dict[PartKind, type[Accountability] | type[Question]] = {
    PartKind.ACCOUNTABILITY: Accountability,
    PartKind.QUESTION: Question,
}


class ShelfPartRow(Base):
    """A part of a role that a person keeps for later roles, whole as JSON, with the currency of its amounts."""

    __tablename__ = "shelf_part"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    value: Mapped[dict[str, Any]] = mapped_column(JSON)
    currency: Mapped[str] = mapped_column(String(3))
    title: Mapped[str] = mapped_column(String(200))
    kept_at: Mapped[datetime] = mapped_column(default=clock.now)

    @property
    def part(self) -> LibraryPart:
        """Return the part as a value; its origin is the shelf, under the title of the role that it was kept from."""
        kind = PartKind(self.kind)
        value = structure(_CLASSES[kind], self.value)
        origin = PartOrigin(f"shelf/{self.id}", self.title)
        return LibraryPart(f"{origin.name}/{kind}/{value.key}", kind, value, self.currency, origin)


def keep_part(session: Session, owner: int, value: Accountability | Question, currency: str, title: str) -> bool:
    """Keep a part on a person's shelf; return False where a part with the same text is there already."""
    kind = next(kind for kind, each in _CLASSES.items() if isinstance(value, each))
    text = part_text(value, currency)
    if any(part.kind is kind and part.text == text for _, part in list_shelf(session, owner)):
        return False
    row = ShelfPartRow(owner_id=owner, kind=kind, value=unstructure(value), currency=currency, title=title)
    session.add(row)
    return True


def list_shelf(session: Session, owner: int) -> list[tuple[int, LibraryPart]]:
    """List the parts on a person's shelf with their numbers, the one kept last first."""
    newest_first = select(ShelfPartRow).where(ShelfPartRow.owner_id == owner).order_by(ShelfPartRow.id.desc())
    return [(row.id, row.part) for row in session.scalars(newest_first)]


def find_shelf_part(session: Session, number: int) -> ShelfPartRow | None:
    """Find a part on anybody's shelf by its number."""
    return session.get(ShelfPartRow, number)


def list_newest_editions(session: Session, but: str) -> list[EditionRow]:
    """List the newest edition in use of each role, without those of the draft `but`, the newest first."""
    newest = (
        select(func.max(EditionRow.id))
        .where(EditionRow.retired_at.is_(None), EditionRow.slug != but)
        .group_by(EditionRow.draft_id)
    )
    editions = select(EditionRow).where(EditionRow.id.in_(newest)).order_by(EditionRow.id.desc()).limit(MAX_EDITIONS)
    return list(session.scalars(editions))
