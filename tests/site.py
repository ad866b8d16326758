"""The application for tests: on one database, with its people, asked through the proof-reading client."""

from tests.databases import Database
from tests.proof import Reader
from tests.rows import refuse_rows
from workbench.accounts.model import Kind, Person
from workbench.accounts.passwords import hash_password
from workbench.accounts.tables import add_person
from workbench.app import PAGES, create_app
from workbench.core.web.app import Workbench

PASSWORD = "a short sentence of mine"


def app(database: Database, *, pages: tuple[str, ...] = (), **settings: object) -> Workbench:
    """Give the application on a database, ready for the proof-reading client; `pages` adds modules to it."""
    made = create_app(database.settings(**settings), database.engine, (*PAGES, *pages))
    made.test_client_class = Reader
    made.config["TESTING"] = True
    refuse_rows(made)
    return made


def people(database: Database) -> dict[str, Person]:
    """Put one person of each kind and a second leader into a database; all have the same PASSWORD."""
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
