"""Commands for the database: upgrade it, fill it with the example company, add people."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from workbench.accounts.audit import AuditAct
from workbench.cli.output import CommandFailed, format_option, print_table, write_json

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from workbench.settings import Settings

KINDS = ("admin", "hr", "leader", "interviewer")  # as accounts.model.Kind; a test holds them together


@click.group("db")
def db_command() -> None:
    """Upgrade the database."""


@db_command.command("upgrade")
def upgrade_command() -> None:
    """Create the database, or upgrade it to the newest migration; back it up first."""
    upgrade_database()
    click.echo("The database is up to date.")


@click.command("seed")
def seed_command() -> None:
    """Fill an empty database with the example company; a database with people is left unchanged."""
    upgrade_database()
    if not seed_if_empty():
        raise CommandFailed("This database already has people; the example company needs an empty one.")
    click.echo("The example company has been added.")


@click.group("people")
def people_command() -> None:
    """Add people who may sign in, and list them."""


@people_command.command("list")
@format_option
def list_people(form: str) -> None:
    """List all people by name."""
    from workbench.accounts import tables

    with open_session() as session:
        people = tables.list_people(session)
    if form == "json":
        write_json([{"name": p.name, "email": p.email, "kind": p.kind.value, "active": p.active} for p in people])
    else:
        print_table(
            ("name", "email", "kind", ""), ((p.name, p.email, p.kind, "" if p.active else "inactive") for p in people)
        )


@people_command.command("add")
@click.argument("name")
@click.argument("email")
@click.option(
    "--kind", type=click.Choice(KINDS), default="leader", show_default=True, help="Their role in this company."
)
@click.password_option(help="At least 12 characters; you are asked for it if you leave it out.")
def add_person(name: str, email: str, kind: str, password: str) -> None:
    """Add a person with NAME and EMAIL; make the first one an admin."""
    from sqlalchemy.exc import IntegrityError

    from workbench.accounts import passwords, tables
    from workbench.accounts.audit import record
    from workbench.accounts.emails import is_email
    from workbench.accounts.model import Kind, Thing
    from workbench.core.text.words import clean

    if not is_email(email):
        raise click.BadParameter(f"“{email}” is not an email address.", param_hint="EMAIL")
    if fault := passwords.password_fault(password, name=name, email=email):
        raise click.BadParameter(f"{fault}.", param_hint="--password")
    upgrade_database()
    settings = load_settings()
    hashed = passwords.hash_password(password, settings.argon_memory, settings.argon_passes)
    try:
        with open_session() as session:
            row = tables.add_person(session, clean(name), email, Kind(kind), hashed)
            record(session, None, AuditAct.CREATED, Thing("person", row.id, str(row.id)), kind=kind, by="command line")
    except IntegrityError:
        raise CommandFailed(f"There is already a person with the address {email}.") from None
    click.echo(f"{clean(name)} may sign in as {email} ({kind}).")


def load_settings() -> "Settings":
    """Load the settings. Raises CommandFailed if they are invalid."""
    from workbench.settings import BadSettings, read_settings

    try:
        return read_settings()
    except BadSettings as error:
        raise CommandFailed(str(error)) from None
    except OSError as error:
        raise CommandFailed(f"The data folder cannot be created: {error}. Set WORKBENCH_DATA to another.") from None


def upgrade_database() -> None:
    """Upgrade the database to the newest migration. Raises CommandFailed if it cannot be reached."""
    from sqlalchemy.exc import SQLAlchemyError

    from workbench import migrations

    try:
        migrations.upgrade(load_settings().database_url)
    except SQLAlchemyError as error:
        raise CommandFailed(f"The database cannot be upgraded: {str(error).splitlines()[0]}") from None


def seed_if_empty() -> bool:
    """Fill an empty database with the example company; return False if it already has people."""
    from workbench.accounts.example import NotEmpty, seed_example
    from workbench.core.db import database_file
    from workbench.roles.seed import seed_roles

    settings = load_settings()
    try:
        with open_session() as session:
            file = database_file(session.get_bind().engine)
            if file is None or not settings.embedded:
                raise CommandFailed("The example company needs the embedded database: unset WORKBENCH_DATABASE_URL.")
            leader, other, *_ = seed_example(session, file)
            seed_roles(session, leader, other)
    except NotEmpty:
        return False
    return True


@contextmanager
def open_session(mode: str = "write") -> "Iterator[Session]":
    """Open a database session that commits at its end; `mode` is one of core.db.Mode."""
    from workbench.core.db import Mode, make_engine, sessions

    settings = load_settings()
    engine = make_engine(settings.database_url)
    try:
        with sessions(engine, Mode(mode), settings).begin() as session:
            yield session
    finally:
        engine.dispose()
