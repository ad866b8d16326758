"""Builders of test data: each returns a complete value, and a test overrides the fields it is about."""

import importlib
import os
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import inspect, select, update
from sqlalchemy.orm import Session

from tests.support.servers.databases import Database
from workbench import worker
from workbench.accounts.model import Person
from workbench.core.clock import now
from workbench.core.jobs.run import run_job
from workbench.core.jobs.tables import JobRow, JobState
from workbench.documents.model import Document, Stamp
from workbench.hiring.model import People
from workbench.hiring.rounds import Round
from workbench.metrics.model import Period, Unit
from workbench.packets.model import Delivery, RoleChoice, RunOptions, RunRequest
from workbench.packets.recipes import model as recipes
from workbench.packets.recipes.model import find_shipped_recipe
from workbench.packets.run.tasks import queue_run
from workbench.packets.tables import add_run
from workbench.roles import tables
from workbench.roles.model import (
    Accountability,
    Anchors,
    Basis,
    Exercise,
    Expectation,
    Motion,
    Purpose,
    Question,
    QuestionKind,
    Role,
    Supports,
)

for module in worker.TASKS:
    importlib.import_module(module)  # as a worker does, so that every job can run here


@dataclass(frozen=True, slots=True)
class Part:
    """A named text, as the sample template of tests/documents prints it."""

    name: str
    text: str


SAMPLE = Path(__file__).resolve().parents[1] / "documents"


def stamp(**other: object) -> Stamp:
    """Return the stamp of a published edition."""
    defaults = {"company": "Northwind", "logo": None, "edition": "Edition 3", "digest": "a1b2c3d4" * 8, "draft": False}
    return Stamp(**defaults | other)


def document(*texts: str, title: str = "A sample", **other: object) -> Document:
    """Return a document with one part for each text, printed with the sample template."""
    parts = tuple(Part(f"Part {at}", text) for at, text in enumerate(texts or ("Some words.",), 1))
    return Document("sample", "sample.html", title, {"parts": parts}, stamp(**other))


def form_document(*texts: str, title: str = "A form", **other: object) -> Document:
    """Return a document with one part for each text that has links, form fields, lists and tables."""
    parts = tuple(Part(f"Part {at}", text) for at, text in enumerate(texts or ("Some words.",) * 2, 1))
    return Document("filled", "filled.html", title, {"parts": parts}, stamp(**other))


def expectation(metric: str = "meetings_held", unit: Unit = Unit.COUNT, **other: object) -> Expectation:
    """Return a complete expectation: by default, nine first meetings held each week."""
    defaults = {
        "key": f"key-{metric}".replace("_", "-"),
        "value": Decimal(9),
        "period": Period.WEEK,
        "source": "CRM meetings report",
        "we_will": "We coach one call each week.",
        "basis": Basis.AGREED,
    }
    return Expectation(metric=metric, unit=unit, **defaults | other)


def question(key: str = "ask", **other: object) -> Question:
    """Return a complete question."""
    defaults = {
        "kind": QuestionKind.BEHAVIOURAL,
        "text": "Tell me about a customer you won from nothing. What did you do first?",
        "competency": "Opening",
        "probes": ("Who decided?",),
        "anchors": Anchors(
            "Tells no example.", "Tells one deal in outline.", "Names the buyer, the steps and the number."
        ),
        "what_good_looks_like": "A deal from first contact to signature.",
    }
    return Question(key=key, **defaults | other)


def exercise(**other: object) -> Exercise:
    """Return the complete material of an exercise."""
    defaults = {
        "candidate": "# Your task\n\nCall Ana Ruiz. You have seven minutes.\n\n| Day | Orders |\n| Monday | 12 |",
        "role_player": "You are Ana Ruiz.\n\n- You have ten minutes.",
        "checklist": ("5: Asks what a late order costs", "3: Asks about late orders", "1: Asks nothing"),
        "reading_minutes": 3,
    }
    return Exercise(**defaults | other)


def accountability(key: str = "first", **other: object) -> Accountability:
    """Return a complete accountability: a leading and a lagging expectation, a question and support."""
    lagging = expectation("bookings", Unit.MONEY, key=f"{key}-won", value=Decimal(250_000), period=Period.QUARTER)
    defaults = {
        "outcome": f"Win new customers in the {key} territory",
        "success_factor": "New customers buy again within a year.",
        "function": f"new-customers-{key}",
        "scope": f"The {key} territory",
        "reason": "The position exists to do this.",
        "share": 20,
        "supports": Supports(
            ("Prepares each call",), ("Winning",), ("Discovery",), ("A named list",), ("Told at the team meeting",)
        ),
        "expectations": (expectation(key=f"{key}-held"), lagging),
        "questions": (question(f"{key}-ask"),),
    }
    return Accountability(key=key, **defaults | other)


def without_expectations(item: Accountability) -> Accountability:
    """Return an accountability without its expectations."""
    return replace(item, expectations=())


def role(title: str = "Account Executive", **other: object) -> Role:
    """Return a role that can be published as it is: three complete accountabilities."""
    defaults = {
        "department": "Sales",
        "reports_to": "Sales Manager",
        "motion": Motion.HUNTER,
        "summary": "Wins new customers.",
        "purpose": Purpose(
            "Win customers who were not ours.",
            "New customers and their first year.",
            "First meetings with people who decide.",
            "Nobody opens new doors today.",
            "New customers carry the plan for two years.",
        ),
        "accountabilities": tuple(accountability(key) for key in ("north", "south", "west")),
        "hard_parts": ("Most first calls end in no.",),
    }
    return Role(title=title, **defaults | other)


def interviews(panel: tuple[str, ...], candidates: tuple[str, ...], held: Role | None = None) -> Round:
    """Return the interviews of a round for one role: every panel member with every candidate."""
    held = held or role()
    return Round((held,), (held.title,), People(panel, candidates))


def recipe_draft(title: str = "Second round", **other: object) -> recipes.RecipeDraft:
    """Return a recipe that may be added: the position description and the kit for each panel member."""
    defaults = {"reader": recipes.Reader.PANEL, "parts": (recipes.DocumentKind.POSITION, recipes.DocumentKind.KIT)}
    return recipes.RecipeDraft(title, **defaults | other)


def draft(database: Database, owner: Person, value: Role | None = None, **options: str) -> str:
    """Add a draft of a complete role to a database, and return its slug."""
    with database.write.begin() as session:
        return tables.add_draft(session, value or role(), owner.id, **options).slug


def edition(database: Database, slug: str, person: Person) -> int:
    """Publish a draft as it is, and return the number of the edition."""
    with database.write.begin() as session:
        return tables.publish(session, draft_row(session, slug), person.id).number


def draft_row(session: Session, slug: str) -> tables.DraftRow:
    """Find a draft. Raises AssertionError where there is none."""
    row = tables.find_draft(session, slug)
    assert row is not None, f"There is no draft {slug}"
    return row


def draft_rows(session: Session) -> list[tables.DraftRow]:
    """List every draft in the order in which they were added."""
    return list(session.scalars(select(tables.DraftRow).order_by(tables.DraftRow.id)))


def edition_rows(session: Session) -> list[tables.EditionRow]:
    """List every edition in the order in which they were published."""
    return list(session.scalars(select(tables.EditionRow).order_by(tables.EditionRow.id)))


def stored_role(database: Database, slug: str) -> Role:
    """Return the role of a draft as it is stored now."""
    with database.read() as session:
        return draft_row(session, slug).role


def run_jobs(database: Database) -> list[JobState | None]:
    """Run every queued job, one after the other, without waiting until it is due."""
    with database.write.begin() as session:
        session.execute(update(JobRow).where(JobRow.state == JobState.QUEUED).values(due_at=now()))
        numbers = list(session.scalars(select(JobRow.id).where(JobRow.state == JobState.QUEUED).order_by(JobRow.id)))
    return [run_job(database.work, number) for number in numbers]


def print_run(
    database: Database,
    slug: str,
    person: Person,
    recipe: str,
    people: People,
    delivery: Delivery,
    *,
    finished: bool = True,
    name: str = "",
) -> int:
    """Plan a print run of the first edition of a role, print it if it is to be `finished`, and return its number."""
    with database.write.begin() as session:
        edition = tables.find_edition(session, slug, 1)
        assert edition is not None
        options = RunOptions(delivery=delivery)
        request = RunRequest(
            find_shipped_recipe(recipe), (RoleChoice(edition.id),), people, person.name, options, name=name
        )
        run = add_run(session, person.id, request)
        if finished:
            run.start(queue_run(session, run.id))
        number = run.id
    while finished and run_jobs(database):
        pass
    return number


def all_rows(database: Database) -> list[str]:
    """Return every row of every table as text, so that a test can search all of them."""
    with database.engine.connect() as connection:
        names = inspect(connection).get_table_names()
        return [
            f"{table}: {row!r}" for table in names for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"')
        ]


def age(file: Path, *, used: timedelta = timedelta(0), modified: timedelta = timedelta(0)) -> None:
    """Set the times at which a file was used and modified to some time ago."""
    os.utime(file, ((now() - used).timestamp(), (now() - modified).timestamp()))
