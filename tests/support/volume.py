"""A database as large as a big company fills in years, and the processor time that the server takes for a page of it."""

from contextlib import contextmanager
from math import inf
from time import process_time
from typing import Any

from sqlalchemy import insert, select

from tests.support.proof import PageClient
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.core.clock import now
from workbench.core.shape import digest, unstructure
from workbench.core.web.app import Workbench
from workbench.hiring.model import People
from workbench.packets.model import RoleChoice, RunRequest
from workbench.packets.recipes.model import find_shipped_recipe
from workbench.packets.tables import PrintRunRow, RunState
from workbench.roles.library import library
from workbench.roles.tables import DraftRow, EditionRow

MAX_PAGE_COST = 15  # times the cost of `PLAIN_PAGE`: a ratio holds on a busy machine, where seconds do not
PLAIN_PAGE = "/metrics"
ROLES = 1_000


def add_roles(database: Database, owner: Person, count: int = ROLES) -> None:
    """Add `count` drafts of the library's roles, each with one edition."""
    values = [(role.title, unstructure(role), digest(role)) for role in library().values()]
    rows = [(number, *values[number % len(values)]) for number in range(1, count + 1)]
    drafts = [
        {
            "slug": f"role-{number}",
            "owner_id": owner.id,
            "title": f"{title} {number}",
            "value": value,
            "version": 1,
            "touched": {},
            "own_parts": {},
            "created_at": now(),
            "changed_at": now(),
        }
        for number, title, value, _ in rows
    ]
    with database.write.begin() as session:
        session.execute(insert(DraftRow), drafts)
        numbers = dict(session.execute(select(DraftRow.slug, DraftRow.id)).all())
        editions = [
            {
                "draft_id": numbers[f"role-{number}"],
                "slug": f"role-{number}",
                "number": 1,
                "owner_id": owner.id,
                "title": f"{title} {number}",
                "value": value,
                "digest": sha256,
                "reasons": [],
                "published_at": now(),
                "published_by": owner.id,
            }
            for number, title, value, sha256 in rows
        ]
        session.execute(insert(EditionRow), editions)


def add_runs(database: Database, planner: Person, count: int) -> None:
    """Add `count` planned print runs of a library role's draft, each with a panel of three and five candidates."""
    role = next(iter(library().values()))
    with database.write.begin() as session:
        people = People(("Ina Vogt", "Raj Rao", "Lea Berg"), tuple(f"Candidate {number}" for number in range(5)))
        wanted = RunRequest(find_shipped_recipe("interviewer"), (RoleChoice(draft=1, role=role),), people, "Maya")
        values = unstructure(wanted)
        rows = [
            {
                "person_id": planner.id,
                "state": RunState.PLANNED,
                "choices": values,
                "role_titles": f"{role.title}, Draft",
                "search_text": f"{number} interviewer packet {role.title.casefold()} candidate {number}",
            }
            for number in range(1, count + 1)
        ]
        session.execute(insert(PrintRunRow), rows)


def page_cost(app: Workbench, client: PageClient, address: str, repeats: int = 9) -> float:
    """Return the processor time that the server takes for a page, as a multiple of that for `PLAIN_PAGE`.

    Both are asked for in turn, and of each the shortest of several requests counts, so that what else
    the machine does slows both alike.
    """
    shortest = {address: inf, PLAIN_PAGE: inf}
    for _ in range(repeats + 1):  # the first one compiles the templates and is never the shortest
        for page in (address, PLAIN_PAGE):
            with timed_server(app) as spent:
                assert client.get(page).status_code == 200
            shortest[page] = min(shortest[page], sum(spent))
    return shortest[address] / shortest[PLAIN_PAGE]


@contextmanager
def timed_server(app: Workbench):
    """Collect the processor time of each request, without that of the proof-reading client."""
    spent: list[float] = []
    inner = app.wsgi_app

    def timed(environ: Any, start_response: Any) -> Any:
        start = process_time()
        try:
            return inner(environ, start_response)
        finally:
            spent.append(process_time() - start)

    app.wsgi_app = timed
    try:
        yield spent
    finally:
        app.wsgi_app = inner
