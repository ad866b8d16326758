"""The links by which a person without an account reads an edition."""

from dataclasses import dataclass

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.accounts.tables import name_of
from workbench.core import links
from workbench.core.db import Base
from workbench.core.links import LinkState, TokenLink

MAX_DAYS = 90
DEFAULT_DAYS = 14


class EditionLinkRow(TokenLink, Base):
    """One link to one edition; `reader` is the name of the person it is for, as its maker wrote it."""

    __tablename__ = "edition_link"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    reader: Mapped[str] = mapped_column(String(120), default="")


@dataclass(frozen=True, slots=True)
class EditionLink:
    """A link to an edition as its page shows it."""

    reader: str
    maker: str
    state: LinkState


def add_link(session: Session, edition: int, reader: str, person: int, days: int) -> tuple[EditionLinkRow, str]:
    """Add a link that ends after `days`, and return it with its token, which is not stored."""
    row = EditionLinkRow(edition_id=edition, reader=reader, made_by=person)
    return row, links.issue(session, row, days)


def find_link(session: Session, token: str) -> EditionLinkRow | None:
    """Find a link by the token in its address, also an ended one."""
    return links.find(session, EditionLinkRow, token)


def find_link_of(session: Session, edition: int, number: int) -> EditionLinkRow | None:
    """Find a link of an edition by its number."""
    is_of_edition = EditionLinkRow.id == number, EditionLinkRow.edition_id == edition
    return session.scalar(select(EditionLinkRow).where(*is_of_edition))


def list_links(session: Session, edition: int) -> list[EditionLink]:
    """List the links of an edition, the latest first."""
    query = select(EditionLinkRow).where(EditionLinkRow.edition_id == edition).order_by(EditionLinkRow.id.desc())
    return [EditionLink(row.reader, name_of(session, row.made_by), row.state) for row in session.scalars(query)]


def count_opening(session: Session, number: int) -> None:
    """Count that the edition was opened by a link."""
    links.count_download(session, EditionLinkRow, number)
