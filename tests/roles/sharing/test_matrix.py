"""Every route of a draft for the people with whom it is shared: what happens is in permissions.toml beside this file."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.support import make
from tests.support.servers.databases import Database
from tests.test_permissions import ask, outcome, routes
from workbench.accounts.model import Person
from workbench.core.web.app import Workbench
from workbench.roles.sharing.model import AccessLevel
from workbench.roles.sharing.tables import share

TABLE = Path(__file__).with_name("permissions.toml")
EXPECTED: dict[str, str] = tomllib.loads(TABLE.read_text("utf-8"))
# The interviewer may read and comment at most, so a leader is the editor.
WHO = {"interviewer": AccessLevel.READ, "hr": AccessLevel.COMMENT, "other": AccessLevel.EDIT}


@pytest.fixture
def results_of(app: Workbench, store: Database, people: dict[str, Person]) -> Callable[[str], str]:
    """Tell what each collaborator is answered on a route."""
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def tell(route: str) -> str:
        method, rule, chosen = routes(app)[route]
        words = []
        for who, level in WHO.items():

            def prepare(session: Session, who: str = who, level: AccessLevel = level) -> None:
                draft = make.draft_rows(session)[-1]
                share(session, draft.id, people[who].id, level, people["leader"].id)

            client = app.test_client().sign_in(people[who])
            words.append(outcome(ask(client, store, people["leader"], method, rule, chosen, prepare)))
        return " ".join(words)

    return tell


def test_the_table_lists_every_route_of_a_draft(app: Workbench, results_of: Callable[[str], str]):
    present = [route for route in routes(app) if route.split(" ")[1].startswith("/roles/<slug>")]
    missing = [f'"{route}" = "{results_of(route)}"' for route in present if route not in EXPECTED]
    removed = [route for route in EXPECTED if route not in present]
    assert not removed, f"These routes are gone; take them out of {TABLE}: {removed}"
    assert not missing, f"Look at these, then put them into {TABLE}:\n" + "\n".join(missing)


@pytest.mark.parametrize("route", EXPECTED)
def test_each_collaborator_gets_what_the_table_says(route: str, results_of: Callable[[str], str]):
    assert results_of(route) == EXPECTED[route]
