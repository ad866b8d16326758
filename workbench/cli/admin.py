"""Commands that look after the data: bring the database up to date, fill in the example company, add people."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from workbench.cli.output import Refused, as_format, table, write_json

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from workbench.settings import Settings

KINDS = ("admin", "hr", "leader", "interviewer")  # as accounts.model.Kind; a test holds them together


@click.group("db")
def db_command() -> None:
    """Bring the database up to date."""


@db_command.command("upgrade")
def upgrade_command() -> None:
    """Make the database, or bring it to the newest migration; make a copy of it first."""
    upgrade()
    click.echo("The database is up to date.")


@click.command("seed")
def seed_command() -> None:
    """Fill an empty database with the example company; refused where there are people already."""
    upgrade()
    if not seed_once():
        raise Refused("This database has people in it; the example company goes into an empty one only.")
    click.echo("The example company is there.")


@click.group("people")
def people_command() -> None:
    """Add people who may sign in, and list them."""


@people_command.command("list")
@as_format
def list_people(form: str) -> None:
    """List everybody by name."""
    from workbench.accounts import tables

    with writing() as session:
        people = [row.freeze() for row in tables.list_people(session)]
    if form == "json":
        write_json([{"name": p.name, "email": p.email, "kind": p.kind.value, "active": p.active} for p in people])
    else:
        table(("name", "email", "kind", ""), ((p.name, p.email, p.kind, "" if p.active else "away") for p in people))


@people_command.command("add")
@click.argument("name")
@click.argument("email")
@click.option("--kind", type=click.Choice(KINDS), default="leader", show_default=True, help="What they are here.")
@click.password_option(help="Asked for when it is not given; at least 12 characters.")
def add_person(name: str, email: str, kind: str, password: str) -> None:
    """Add somebody with NAME and EMAIL; the first one you need is an admin."""
    from sqlalchemy.exc import IntegrityError

    from workbench.accounts import passwords, tables
    from workbench.accounts.audit import record
    from workbench.accounts.model import Kind, Thing
    from workbench.core.text.words import clean

    if "@" not in email:
        raise click.BadParameter(f"“{email}” is no e-mail address.", param_hint="EMAIL")
    if fault := passwords.fault_of(password, name=name, email=email):
        raise click.BadParameter(f"{fault}.", param_hint="--password")
    upgrade()
    settings = read()
    kept = passwords.hash_password(password, settings.argon_memory, settings.argon_passes)
    try:
        with writing() as session:
            row = tables.add_person(session, clean(name), email, Kind(kind), kept)
            record(session, None, "add", Thing("person", row.id, str(row.id)), kind=kind, by="command line")
    except IntegrityError:
        raise Refused(f"There is somebody with the address {email} already.") from None
    click.echo(f"{clean(name)} may sign in as {email} ({kind}).")


def read() -> "Settings":
    """Read the settings. Raises Refused where they cannot be used."""
    from workbench.settings import BadSettings, read_settings

    try:
        return read_settings()
    except BadSettings as error:
        raise Refused(str(error)) from None
    except OSError as error:
        raise Refused(f"The data folder cannot be made: {error}. Set WORKBENCH_DATA to another.") from None


def upgrade() -> None:
    """Bring the database to the newest migration. Raises Refused where it cannot be reached."""
    from sqlalchemy.exc import SQLAlchemyError

    from workbench import migrations

    try:
        migrations.upgrade(read().database_url)
    except SQLAlchemyError as error:
        raise Refused(f"The database cannot be brought up to date: {str(error).splitlines()[0]}") from None


def seed_once() -> bool:
    """Put the example company into an empty database; False where people are there already."""
    from workbench.accounts.example import NotEmpty, seed_example
    from workbench.core.db import database_file
    from workbench.roles.seed import seed_roles

    settings = read()
    try:
        with writing() as session:
            file = database_file(session.get_bind().engine)
            if file is None or not settings.embedded:
                raise Refused("The example company goes into the embedded database only: unset WORKBENCH_DATABASE_URL.")
            leader, other, *_ = seed_example(session, file)
            seed_roles(session, leader, other)
    except NotEmpty:
        return False
    return True


@contextmanager
def writing(mode: str = "write") -> "Iterator[Session]":
    """Open a session on the database of the settings that commits at its end; `mode` is one of core.db.Mode."""
    from workbench.core.db import Mode, make_engine, sessions

    settings = read()
    engine = make_engine(settings.database_url)
    try:
        with sessions(engine, Mode(mode), settings).begin() as session:
            yield session
    finally:
        engine.dispose()
