"""The links by which a person without an account fetches one reader's file of a finished run."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.core import links
from workbench.core.clock import now
from workbench.core.db import Base
from workbench.core.links import TokenLink

MAX_DAYS = 30
DEFAULT_DAYS = 14


class LinkRow(TokenLink, Base):
    """One link to the packet of one reader; `place` is the number of the packet in its run, from 1."""

    __tablename__ = "share"

    run_id: Mapped[int] = mapped_column(ForeignKey("print_run.id"), index=True)
    place: Mapped[int]


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link as its pages show it; `maker` is the name of the person who added it."""

    id: int
    place: int
    maker: str
    open: bool
    expires_at: datetime
    revoked_at: datetime | None
    opened: int
    last_at: datetime | None


def view_link(row: LinkRow, maker: str = "") -> LinkView:
    """Return the values of a link for its pages."""
    return LinkView(row.id, row.place, maker, row.open, row.expires_at, row.revoked_at, row.opened, row.last_at)


def add_link(session: Session, run: int, place: int, person: int, days: int) -> tuple[LinkRow, str]:
    """Add a link that ends after `days`, and return it with its token, which is not stored."""
    row = LinkRow(run_id=run, place=place, made_by=person)
    return row, links.issue(session, row, days)


def find_link(session: Session, token: str) -> LinkRow | None:
    """Find a link by the token in its address, also an ended one."""
    return links.find(session, LinkRow, token)


def list_links(session: Session, run: int) -> list[LinkRow]:
    """List the links of a run, the latest first."""
    return list(session.scalars(select(LinkRow).where(LinkRow.run_id == run).order_by(LinkRow.id.desc())))


def count_download(session: Session, number: int) -> None:
    """Count a download of the file of a link."""
    links.count_download(session, LinkRow, number)


def revoke_links(session: Session, run: int) -> int:
    """Revoke every open link of a run, and return how many there were."""
    open_links = [share for share in list_links(session, run) if share.open]
    for share in open_links:
        share.revoke()
    return len(open_links)


def list_linked_runs(session: Session) -> set[int]:
    """List the runs with an open link."""
    query = select(LinkRow.run_id).where(LinkRow.revoked_at.is_(None), LinkRow.expires_at > now())
    return set(session.scalars(query))
