"""A run that is looked at can be changed before it is printed, and one packet can be fetched by itself."""

from collections.abc import Callable

import pypdfium2
import pytest
from sqlalchemy import select

from tests.packets.run.test_views import planned, pressed, words
from tests.support import make
from tests.support.proof import PageClient
from tests.support.servers.databases import Database
from workbench.accounts.audit import AuditRow
from workbench.accounts.model import Person
from workbench.core.jobs.tables import JobState
from workbench.packets.run import files
from workbench.packets.tables import PrintRunRow

As = Callable[[str], PageClient]
MORE = {"panel": "Ina Vogt", "candidates": "Candidate A", "recipe": "interviewer"}


@pytest.mark.usefixtures("slug")
def test_a_wrong_name_is_mended_from_the_list_in_the_same_run(as_: As, store: Database):
    leader = as_("leader")
    address = planned(leader, recipe="interviewer", language="de")
    link = leader.get(address).page.find("a", string="Change something")
    form = leader.get(link["href"]).page

    assert form.select_one("#panel").get_text().strip() == "Ina Vogt\nRaj Rao"
    assert form.select_one("[name=language][value=de]").has_attr("checked")
    assert form.select_one("[name=editions][value='1']").has_attr("checked")
    answer = leader.fill(f"{address}/change", **MORE | {"panel": "Ina Voigt"})
    assert answer.location == address
    assert "Ina Voigt" in words(leader.get(address).page)
    with store.read() as session:
        (run,) = session.scalars(select(PrintRunRow))  # no second run
        assert run.request.people.panel == ("Ina Voigt",)
        assert run.request.options.language == "de"


@pytest.mark.usefixtures("slug")
def test_a_change_that_cannot_be_printed_leaves_the_run_as_it_was(as_: As, store: Database):
    leader = as_("leader")
    address = planned(leader, recipe="interviewer")

    answer = leader.fill(f"{address}/change", **MORE | {"panel": ""})

    assert answer.status_code == 422
    assert "Name the panel members" in words(answer.page)
    with store.read() as session:
        assert session.get_one(PrintRunRow, 1).request.people.panel == ("Ina Vogt", "Raj Rao")


@pytest.mark.usefixtures("slug")
def test_hr_who_changes_a_run_of_a_leader_leaves_it_theirs(as_: As, store: Database, people: dict[str, Person]):
    address = planned(as_("leader"), recipe="manager")

    as_("hr").fill(f"{address}/change", recipe="manager", large="y")

    with store.read() as session:
        run = session.get_one(PrintRunRow, 1)
        assert (run.person_id, run.request.leader) == (people["leader"].id, people["leader"].name)
        assert run.request.options.large


def test_an_older_edition_that_was_chosen_stays_chosen(as_: As, store: Database, slug: str, people: dict[str, Person]):
    leader = as_("leader")
    address = planned(leader)
    make.edition(store, slug, people["leader"])

    def ticked(page: str) -> list[str]:
        return [box["value"] for box in leader.get(page).page.select("[name=editions][checked]")]

    assert ticked(f"{address}/change") == ["1"]
    assert ticked("/packets/new?like=1") == ["2"]


@pytest.mark.usefixtures("slug")
def test_what_is_being_printed_is_not_changed(as_: As, run_jobs: Callable[[], list[JobState | None]]):
    leader = as_("leader")
    address = planned(leader, recipe="interviewer")
    pressed(leader, address, "print")

    assert leader.get(f"{address}/change").location == address
    assert leader.post(f"{address}/change", data=MORE).location == address
    assert "so nothing in it was changed" in words(leader.get(address).page)
    run_jobs()
    assert leader.get(f"{address}/change").location == address
    assert "Raj Rao" in words(leader.get(address).page)


@pytest.mark.usefixtures("slug")
@pytest.mark.parametrize("delivery", ["zip", "file-each"])
def test_one_packet_is_fetched_by_itself(
    as_: As, store: Database, run_jobs: Callable[[], list[JobState | None]], delivery: str
):
    hr = as_("hr")
    address = planned(hr, recipe="interviewer", delivery=delivery)
    assert hr.get(f"{address}/packets/1.pdf").status_code == 404
    pressed(hr, address, "print")
    run_jobs()

    link = hr.get(address).page.find("a", string="2 Raj Rao - Interviewer packet.pdf")
    assert hr.head(link["href"]).status_code == 200
    with store.read() as session:
        assert "fetched" not in set(session.scalars(select(AuditRow.act)))  # asking about a file is not fetching it
    answer = hr.get(link["href"])
    with pypdfium2.PdfDocument(answer.data) as pdf:
        assert "Raj Rao" in pdf[0].get_textpage().get_text_range()
    assert "2 Raj Rao - Interviewer packet.pdf" in answer.headers["Content-Disposition"]
    assert hr.get(f"{address}/packets/3.pdf").status_code == 404
    with store.read() as session:
        last = session.scalars(select(AuditRow).order_by(AuditRow.id.desc())).first()
        assert last is not None
        assert (last.act, last.thing) == ("fetched", "packet")
        run = session.get_one(PrintRunRow, 1)
    for file in (files.runs_folder(store.settings()) / run.folder).iterdir():
        file.unlink()
    assert hr.get(link["href"]).location == address
    assert "are no longer here" in words(hr.get(address).page)
