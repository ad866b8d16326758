"""The history of the database's shape, run from Python: `upgrade(url)`, `downgrade(url)`, `differences(url)`.

A migration that has landed is never edited. After a change to a row:

    python -m workbench.migrations next "what changes"

writes the next file of `versions/` from the difference between the newest migration and the models. Read it, add what
moves the data, and test it on the rows of `tests/migrations`.
"""

import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine

from workbench.core.db import Base, make_engine

HERE = Path(__file__).parent
TABLES = (
    "workbench.core.jobs.tables",
    "workbench.core.web.tables",
    "workbench.accounts.tables",
    "workbench.accounts.audit",
    "workbench.accounts.invitations.tables",
    "workbench.documents.store.tables",
    "workbench.documents.store.uses",
    "workbench.roles.tables",
    "workbench.roles.home.tables",
    "workbench.roles.search.index",
    "workbench.roles.own_metrics.tables",
    "workbench.roles.publishing.tables",
    "workbench.roles.history.tables",
    "workbench.roles.parts.tables",
    "workbench.roles.planner.tables",
    "workbench.roles.sharing.tables",
    "workbench.roles.notices.tables",
    "workbench.roles.comments.tables",
    "workbench.roles.approval.tables",
    "workbench.roles.sharing.presence",
    "workbench.roles.links.tables",
    "workbench.packets.recipes.tables",
    "workbench.packets.tables",
    "workbench.packets.links.tables",
)


# The tables and the index with which a database finds words; the migration makes them, and no model has them.
FULL_TEXT = "search_words"


def is_of_models(thing: object, name: str | None, kind: str, reflected: bool, compare_to: object) -> bool:  # noqa: FBT001 - called by Alembic
    """Return whether a table or an index is one of the models, as Alembic's `include_object`."""
    return not (kind in ("table", "index") and (name or "").startswith(FULL_TEXT))


def upgrade(url: str, revision: str = "head") -> None:
    """Upgrade a database to a revision, by default to the newest."""
    _run(url, lambda config: command.upgrade(config, revision))


def downgrade(url: str, revision: str = "base") -> None:
    """Downgrade a database to a revision, by default to an empty database."""
    _run(url, lambda config: command.downgrade(config, revision))


def differences(url: str) -> list[Any]:
    """Return the differences between the database's tables and the models; an empty list when there are none."""
    load_tables()
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(
                connection,
                opts={"compare_type": True, "target_metadata": Base.metadata, "include_object": is_of_models},
            )
            return list(compare_metadata(context, Base.metadata))
    finally:
        engine.dispose()


def load_tables() -> None:
    """Import every module that has rows, so that `Base.metadata` is whole."""
    for name in TABLES:
        import_module(name)


def write_next(message: str) -> Path:
    """Write the next migration from the difference between the newest one and the models; return its file."""
    load_tables()
    number = 1 + len(list((HERE / "versions").glob("[0-9]*.py")))
    return _autogenerate(message, f"{number:04d}")


def _autogenerate(message: str, revision: str) -> Path:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/empty.db"
        upgrade(url)
        _run(url, lambda config: command.revision(config, message, autogenerate=True, rev_id=revision))
    return next((HERE / "versions").glob(f"{revision}_*.py"))


def _ignore_references(connection: Connection) -> None:
    """Switch SQLite's foreign keys off: it changes a table by a copy, and the dropped table is referenced for a moment."""
    if connection.dialect.name == "sqlite":
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")


def _check_references(connection: Connection) -> None:
    """Check that every reference of an SQLite database has its row. Raise RuntimeError."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all() if connection.dialect.name == "sqlite" else ()
    if broken:
        raise RuntimeError(f"After the migration these rows refer to rows that do not exist: {broken[:10]}")


def _run(url: str, command_on: Callable[[Config], object]) -> None:
    engine: Engine = make_engine(url)
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    for name, value in {"hooks": "ruff", "ruff.type": "module", "ruff.module": "ruff"}.items():
        config.set_section_option("post_write_hooks", name, value)
    config.set_section_option("post_write_hooks", "ruff.options", "format REVISION_SCRIPT_FILENAME")
    try:
        with engine.connect() as connection:
            _ignore_references(connection)
            config.attributes["connection"] = connection
            command_on(config)
            _check_references(connection)
    finally:
        engine.dispose()
