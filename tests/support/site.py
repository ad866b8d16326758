"""The application for tests: on one database, with its people and the proof-reading client."""

from copy import copy
from dataclasses import replace
from functools import cache
from pathlib import Path

from tests.support.proof import PageClient
from tests.support.rows import refuse_rows
from tests.support.servers.databases import Database
from workbench.accounts.model import Kind, Person
from workbench.accounts.passwords import hash_password
from workbench.accounts.tables import add_person
from workbench.app import PAGES, build_app, connect
from workbench.core.web.app import Workbench
from workbench.settings import Settings

PASSWORD = "a short sentence of mine"


def app(database: Database, *, pages: tuple[str, ...] = (), **settings: object) -> Workbench:
    """Return the application on a database, ready for the proof-reading client; `pages` adds modules to it.

    Routes and templates are compiled once a process; each call gets a copy of its own, connected to its database.
    """
    configured = database.settings(**settings)
    assert not configured.proxies, "the middleware of a proxy would call the application that was copied"
    built = _build(pages, replace(configured, data=Path(), database_url="", queue_url="", files=""))
    made = copy(built)
    made.config, made.extensions = copy(built.config), copy(built.extensions)
    connect(made, configured, database.engine)
    refuse_rows(made)
    return made


@cache
def _build(pages: tuple[str, ...], settings: Settings) -> Workbench:
    built = build_app(settings, (*PAGES, *pages))
    built.test_client_class = PageClient
    built.config["TESTING"] = True
    return built


def people(database: Database) -> dict[str, Person]:
    """Add one person of each kind and a second leader to a database; all have the same PASSWORD."""
    hashed = hash_password(PASSWORD, memory=8, passes=1)
    kinds = {
        "leader": "Lea Berg",
        "other": "Otto Berg",
        "hr": "Hana Roy",
        "interviewer": "Ivo Lang",
        "admin": "Ana Koch",
    }
    with database.write.begin() as session:
        return {
            who: add_person(
                session, name, f"{who}@example.com", Kind.LEADER if who == "other" else Kind(who), hashed
            ).freeze()
            for who, name in kinds.items()
        }
