"""Links by token: an address that opens one thing for a person without an account, until it ends or is revoked.

A capability makes its own row class of `TokenLink`, with the columns that name the thing. Only the sha256 of a token is
stored, so a stolen table opens nothing.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, Session, declared_attr, mapped_column

from workbench.core.clock import now
from workbench.core.digests import sha256_of_text

TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class LinkState:
    """What a page shows of a link; its token is not stored."""

    id: int
    open: bool
    expires_at: datetime
    revoked_at: datetime | None
    opened: int
    last_at: datetime | None


class TokenLink:
    """The columns of a link by token; `opened` counts the downloads, `last_at` is the time of the last one."""

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    opened: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime | None]

    @declared_attr
    @classmethod
    def made_by(cls) -> Mapped[int]:
        """Return the column with the number of the person who added the link."""
        return mapped_column(ForeignKey("person.id"))

    @property
    def open(self) -> bool:
        """Return whether the link still opens its thing."""
        return self.revoked_at is None and now() < self.expires_at

    @property
    def state(self) -> "LinkState":
        """Return what a page shows of the link."""
        return LinkState(self.id, self.open, self.expires_at, self.revoked_at, self.opened, self.last_at)

    def revoke(self) -> None:
        """Revoke the link from now on."""
        self.revoked_at = now()


L = TypeVar("L", bound=TokenLink)


def new_token() -> str:
    """Return a random token of 256 bits for an address or a cookie."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest_of(token: str) -> str:
    """Return the sha256 of a token, which is stored in its place."""
    return sha256_of_text(token)


def issue(session: Session, link: L, days: int) -> str:
    """Add a link that ends after `days`, and return its token, which is not stored."""
    token = new_token()
    link.digest, link.expires_at = digest_of(token), now() + timedelta(days=days)
    session.add(link)
    session.flush()
    return token


def find(session: Session, kind: type[L], token: str) -> L | None:
    """Find a link by the token in its address, also an ended one."""
    return session.scalar(select(kind).where(kind.digest == digest_of(token)))


def count_download(session: Session, kind: type[L], number: int) -> None:
    """Count a download by a link."""
    values = {"opened": kind.opened + 1, "last_at": now()}
    session.execute(update(kind).where(kind.id == number).values(values))
