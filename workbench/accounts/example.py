"""The example company: five people for trying things out, in an embedded database that was created for it."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from workbench.accounts import tables
from workbench.accounts.model import Kind, Person
from workbench.accounts.tables import ExampleRow, PersonRow
from workbench.settings import Settings

COMPANY = "Northwind Instruments"
LETTERHEAD = (
    "Northwind Instruments, 40 Harbour Lane, Port Merrow, NW 01234",
    "Telephone +1 555 0100",
    "people@northwind.example",
)
PEOPLE = (
    ("Maya Lindqvist", Kind.LEADER),
    ("Tom Okafor", Kind.LEADER),
    ("Grace Chen", Kind.HR),
    ("Sam Rivera", Kind.INTERVIEWER),
    ("Ada Novak", Kind.ADMIN),
)


class NotEmpty(ValueError):
    """There are people in this database already, so it cannot become an example."""


def seed_example(session: Session, file: Path) -> list[Person]:
    """Add the example company and its people to the empty embedded database `file`; none of them has a password.

    Raise NotEmpty where there is a person already.
    """
    if session.scalars(select(PersonRow.id).limit(1)).first() is not None:
        raise NotEmpty("This database already has people; the example company needs an empty one.")
    company = tables.company_row(session)
    company.name, company.letterhead = COMPANY, list(LETTERHEAD)
    session.add(ExampleRow(id=1, file=str(file.resolve())))
    rows = [tables.add_person(session, name, _address(name), kind, example=True) for name, kind in PEOPLE]
    return [row.freeze() for row in rows]


def is_example(session: Session, settings: Settings, file: Path | None) -> bool:
    """Return whether people may be switched: only in the embedded file that was seeded, and never behind https.

    A copy elsewhere, a server's database, or a real address in front makes it an ordinary installation.
    """
    if file is None or not settings.embedded or settings.secure:
        return False
    row = session.get(ExampleRow, 1)
    return row is not None and row.file == str(file)


def people(session: Session, settings: Settings, file: Path | None) -> list[Person]:
    """List the people of the example company; an empty list in any other installation."""
    if not is_example(session, settings, file):
        return []
    rows = session.scalars(select(PersonRow).where(PersonRow.example, PersonRow.active).order_by(PersonRow.id))
    return [row.freeze() for row in rows]


def first_person(session: Session, settings: Settings, file: Path | None) -> Person | None:
    """Return the person whom a first visit is signed in as: the example company's leader."""
    return next(iter(people(session, settings, file)), None)


def _address(name: str) -> str:
    return f"{name.split(maxsplit=1)[0].lower()}@northwind.example"
