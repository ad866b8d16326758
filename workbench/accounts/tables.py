"""The rows of people, their sessions, and the company."""

from datetime import datetime, timedelta

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.accounts.model import Company, Kind, OpenSession, Person
from workbench.core.clock import now
from workbench.core.db import Base, retry_on_conflict
from workbench.core.digests import sha256
from workbench.core.links import digest_of
from workbench.core.text.currencies import DEFAULT_CURRENCY

SESSION_LENGTH = timedelta(hours=12)
IDLE_LIMITS = {Kind.HR: timedelta(minutes=30), Kind.ADMIN: timedelta(minutes=30)}
DEFAULT_IDLE_LIMIT = timedelta(hours=8)
# The precision of the time of the last request of a session.
SEEN_INTERVAL = timedelta(minutes=1)
SESSION_RETENTION = timedelta(days=30)
COMPANY_NUMBER = 1
_ROW, _PLACE = "company row", "company place"  # in `Session.info`


class PersonRow(Base):
    """A person with an account; `password` is an argon2 hash, empty for a person who cannot sign in with one."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    password: Mapped[str] = mapped_column(String(200), default="")
    active: Mapped[bool] = mapped_column(default=True)
    example: Mapped[bool] = mapped_column(default=False)
    zone: Mapped[str] = mapped_column(String(40), default="")
    version: Mapped[int] = mapped_column()
    created_at: Mapped[datetime] = mapped_column(default=now)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it like this

    def freeze(self) -> Person:
        """Return the person as a value."""
        return Person(self.id, self.name, self.email, Kind(self.kind), self.active, self.zone)


class SessionRow(Base):
    """One browser that is signed in; only the sha256 of its token is stored, so a stolen table opens nothing."""

    __tablename__ = "session"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    browser: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class CompanyRow(Base):
    """The one company of this installation, with its logo as a PNG that we encoded ourselves."""

    __tablename__ = "company"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    paper: Mapped[str] = mapped_column(String(10), default="a4")
    currency: Mapped[str] = mapped_column(String(3), default=DEFAULT_CURRENCY)
    country: Mapped[str] = mapped_column(String(2), default="US")
    logo: Mapped[bytes | None] = mapped_column(LargeBinary)
    logo_digest: Mapped[str] = mapped_column(String(64), default="")
    keep_days: Mapped[int] = mapped_column(default=90)
    letterhead: Mapped[list[str]] = mapped_column(JSON, default=list)
    language: Mapped[str] = mapped_column(String(10), default="en")
    zone: Mapped[str] = mapped_column(String(40), default="UTC")
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it like this

    def freeze(self) -> Company:
        """Return the company as a value."""
        return Company(
            self.name,
            self.paper,
            self.currency,
            self.country,
            self.logo_digest,
            self.keep_days,
            tuple(self.letterhead),
            self.language,
            self.zone,
        )


class ExampleRow(Base):
    """Marks the database of an example company: people may be switched in this one file only."""

    __tablename__ = "example"

    id: Mapped[int] = mapped_column(primary_key=True)
    file: Mapped[str] = mapped_column(String(1000))


def add_person(
    session: Session, name: str, email: str, kind: Kind, password: str = "", *, example: bool = False
) -> PersonRow:
    """Add a person; `password` is already an argon2 hash. Raise IntegrityError where the address is in use."""
    row = PersonRow(name=name, email=email.strip().lower(), kind=kind, password=password, example=example)
    session.add(row)
    session.flush()
    return row


def find_by_email(session: Session, email: str) -> PersonRow | None:
    """Find a person by the address that they sign in with."""
    return session.scalars(select(PersonRow).where(PersonRow.email == email.strip().lower())).one_or_none()


def list_people(session: Session) -> list[Person]:
    """List all people by name."""
    return [row.freeze() for row in session.scalars(select(PersonRow).order_by(PersonRow.name, PersonRow.id))]


def company(session: Session) -> Company:
    """Return the company as it is set; one without a name before its page was saved first."""
    row = session.get(CompanyRow, COMPANY_NUMBER)
    session.info[_ROW] = row  # while the session holds it, the database is not asked again
    if row:
        session.info[_PLACE] = (row.zone, row.country)
    return row.freeze() if row else Company("")


def company_zone(session: Session) -> str:
    """Return the name of the company's time zone alone; most pages need nothing else of the company."""
    return _company_place(session)[0]


def company_country(session: Session) -> str:
    """Return the company's country alone, which decides how its people write numbers."""
    return _company_place(session)[1]


def _company_place(session: Session) -> tuple[str, str]:
    """Return the time zone and the country of the company; a session asks the database once."""
    if _PLACE not in session.info:
        row = session.execute(
            select(CompanyRow.zone, CompanyRow.country).where(CompanyRow.id == COMPANY_NUMBER)
        ).first()
        session.info[_PLACE] = (row.zone, row.country) if row else (Company("").zone, Company("").country)
    place: tuple[str, str] = session.info[_PLACE]
    return place


def company_row(session: Session) -> CompanyRow:
    """Find the company's row to change it, and add it where there is none yet."""
    session.info.pop(_PLACE, None)

    def find_or_add() -> CompanyRow:
        row = session.get(CompanyRow, COMPANY_NUMBER)
        if row is None:
            row = CompanyRow(id=COMPANY_NUMBER)
            session.add(row)
            session.flush()
        return row

    return retry_on_conflict(session, find_or_add)


def digest_of_bytes(data: bytes) -> str:
    """Return the sha256 of a file's bytes."""
    return sha256(data)


def open_session(session: Session, person_id: int, token: str, browser: str) -> None:
    """Open a session of a browser; it ends when it is revoked, idle for too long, or half a day old."""
    session.add(
        SessionRow(
            digest=digest_of(token), person_id=person_id, browser=browser[:200], expires_at=now() + SESSION_LENGTH
        )
    )


def find_session(session: Session, token: str) -> tuple[SessionRow, PersonRow] | None:
    """Find the open session of a token with its person, in one query."""
    found = session.execute(
        select(SessionRow, PersonRow)
        .join(PersonRow, PersonRow.id == SessionRow.person_id)
        .where(SessionRow.digest == digest_of(token), SessionRow.revoked_at.is_(None), PersonRow.active)
    ).one_or_none()
    if found is None:
        return None
    row, person = found
    idle_limit = IDLE_LIMITS.get(Kind(person.kind), DEFAULT_IDLE_LIMIT)
    is_open = now() < row.expires_at and now() < row.seen_at + idle_limit
    return (row, person) if is_open else None


def list_sessions(session: Session, person_id: int) -> list[OpenSession]:
    """List the open sessions of a person, the latest first."""
    is_open = SessionRow.person_id == person_id, SessionRow.revoked_at.is_(None), SessionRow.expires_at > now()
    rows = session.scalars(select(SessionRow).where(*is_open).order_by(SessionRow.seen_at.desc()))
    return [OpenSession(row.id, row.browser, row.created_at, row.seen_at) for row in rows]


def record_use(session: Session, number: int) -> None:
    """Record that a session was used just now."""
    session.execute(update(SessionRow).where(SessionRow.id == number).values(seen_at=now()))


def revoke(session: Session, number: int) -> None:
    """End one session."""
    session.execute(update(SessionRow).where(SessionRow.id == number).values(revoked_at=now()))


def revoke_all(session: Session, person_id: int) -> None:
    """End all sessions of a person, after a new password or a new kind, or when they leave."""
    is_open = SessionRow.person_id == person_id, SessionRow.revoked_at.is_(None)
    session.execute(update(SessionRow).where(*is_open).values(revoked_at=now()))


def company_logo(session: Session) -> bytes | None:
    """Return the company's logo as PNG bytes, or None where there is none."""
    return session.scalar(select(CompanyRow.logo).where(CompanyRow.id == COMPANY_NUMBER))


def name_of(session: Session, number: int) -> str:
    """Return the name of a person by number; “someone” where the person is not known any more."""
    return session.scalar(select(PersonRow.name).where(PersonRow.id == number)) or "someone"


def delete_expired_sessions(session: Session) -> None:
    """Delete the sessions that ended a month ago."""
    session.execute(delete(SessionRow).where(SessionRow.expires_at < now() - SESSION_RETENTION))
