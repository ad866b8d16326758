"""Plan a print run, and press its buttons."""

from collections.abc import Callable
from dataclasses import replace

from tests.support import make
from tests.support.proof import PageClient, words
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.core.edits import Edit

As = Callable[[str], PageClient]
ROUND = {"panel": "Ina Vogt\nRaj Rao", "candidates": "Candidate A\nCandidate B"}


def planned(client: PageClient, **choices: object) -> str:
    """Choose the first role and the people of the round; give the address of the run."""
    choices = {"editions": "1", "recipe": "file-copy", **ROUND} | choices
    answer = client.fill("/packets/new", **choices)
    assert answer.status_code == 303, words(answer.page)
    return str(answer.location)


def pressed(client: PageClient, address: str, action: str) -> str:
    """Press one of the buttons of a run, and return the address that it leads to."""
    answer = client.fill(address, f"{address}/{action}")
    assert answer.status_code == 303
    return str(answer.location)


def change(database: Database, slug: str, person: Person) -> None:
    """Write another summary into the role and publish it: only the position description says it."""
    with database.write.begin() as session:
        draft = make.draft_row(session, slug)
        draft.change(Edit("seat", draft.version, "tab", person.id), lambda role: replace(role, summary="Opens doors."))
    make.edition(database, slug, person)
