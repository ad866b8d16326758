"""The name that HR gives to a run: it finds the run and names its files, stands on no paper, and goes with the names."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.documents import pdfs
from tests.packets.erasure.test_erase import found
from tests.packets.run.test_views import planned, pressed
from tests.support import make
from tests.support.proof import PageClient, words
from tests.support.servers.databases import Database
from workbench.core.jobs.tables import JobState
from workbench.core.shape import structure, unstructure
from workbench.hiring.model import People
from workbench.packets.job import ChosenRole, PrintJob
from workbench.packets.model import Delivery, RoleChoice, RunOptions, RunRequest
from workbench.packets.recipes.model import find_shipped_recipe
from workbench.packets.run.output import run_file_name
from workbench.packets.tables import PrintRunRow

As = Callable[[str], PageClient]
RunJobs = Callable[[], list[JobState | None]]
NAME = "AE panel, December"
PRINT_JOB = PrintJob(
    find_shipped_recipe("candidate"), (ChosenRole(make.role(), make.stamp()),), People((), ("Ann Lee",)), "Hana"
)


def request_with(store: Database, address: str) -> RunRequest:
    with store.read() as session:
        return session.get_one(PrintRunRow, int(address.rpartition("/")[2])).request


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("", "Candidate packet - Account Executive"),
        (NAME, "AE panel, December - Candidate packet - Account Executive"),
        ("../12/2026: second \\ round", ".. 12 2026 second round - Candidate packet - Account Executive"),
        (' "?*" ', "Candidate packet - Account Executive"),
    ],
)
def test_a_file_of_all_packets_begins_with_the_name_of_its_run(name: str, file: str):
    assert run_file_name(replace(PRINT_JOB, name=name)) == file.strip(". ")
    assert len(run_file_name(replace(PRINT_JOB, name="客" * 60)).encode()) <= 200


def test_a_run_that_was_planned_before_runs_had_names_has_none():
    request = RunRequest(
        find_shipped_recipe("candidate"), (RoleChoice(1),), People((), ("Ann",)), "Hana", RunOptions(), name=NAME
    )
    stored = unstructure(request)

    assert structure(RunRequest, stored) == request
    del stored["name"]
    assert structure(RunRequest, stored) == replace(request, name="")


@pytest.mark.usefixtures("slug")
def test_the_name_of_a_run_stands_in_the_list_on_its_page_and_in_its_file_but_on_no_paper(
    as_: As, store: Database, run_jobs: RunJobs
):
    leader = as_("leader")
    address = planned(leader, recipe="candidate", name="  AE panel,\tDecember\n ")
    assert request_with(store, address).name == NAME
    page = leader.get(address).page
    assert page.h1.get_text() == "Run 1: AE panel, December"
    assert "Candidate packet: Account Executive, Edition 1" in words(page)

    pressed(leader, address, "print")
    run_jobs()
    assert "1: AE panel, December Candidate packet: Account Executive, Edition 1" in words(leader.get("/packets").page)
    assert "1 run with “december ae”" in words(leader.get("/packets?q=december+ae").page)
    answer = leader.get(f"{address}/files/1.zip")
    assert "AE panel, December - Candidate packet - Account Executive.zip" in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.namelist() == ["1 Candidate A - Candidate packet.pdf", "2 Candidate B - Candidate packet.pdf"]
        for member in archive.namelist():
            assert "December" not in pdfs.text(archive.read(member))

    again = pressed(leader, address, "again")
    assert request_with(store, again).name == NAME
    assert leader.get(f"{again}/change").page.select_one("#name")["value"] == NAME


@pytest.mark.usefixtures("slug")
def test_a_name_that_is_too_long_comes_back_as_it_was_typed(as_: As):
    leader = as_("leader")
    choices: dict[str, Any] = {"editions": "1", "recipe": "file-copy", "name": "x" * 61}
    answer = leader.fill("/packets/new", **choices)

    assert answer.status_code == 422
    assert "Shorten this to 60 characters; it has 61." in words(answer.page)
    assert answer.page.select_one("#name")["value"] == "x" * 61


@pytest.mark.usefixtures("slug")
@pytest.mark.parametrize("name", ["<b>{{7*7}}</b>", "\u202eDecember\x07", "名前 \U0001f4c5"])
def test_a_name_is_only_text_on_one_line(as_: As, store: Database, name: str):
    leader = as_("leader")
    address = planned(leader, name=name)

    stored = name.replace("\u202e", "").replace("\x07", "")
    assert request_with(store, address).name == stored
    assert leader.get(address).page.h1.get_text() == f"Run 1: {stored}"


def test_a_run_that_is_forgotten_forgets_its_own_name_too(as_: As, store: Database, slug: str, people: dict[str, Any]):
    names = People((), ("Ann Lee",))
    run = make.print_run(store, slug, people["leader"], "candidate", names, Delivery.ZIP, name="Round of Zebulon Quast")
    hr = as_("hr")
    hr.fill(f"/packets/{run}", f"/packets/{run}/word")
    make.run_jobs(store)
    assert len(found(store, "Zebulon Quast")) > 3  # so that this test could fail

    assert "What the run is called, “Round of Zebulon Quast”," in words(hr.get(f"/packets/{run}/erase").page)
    hr.fill(f"/packets/{run}/erase")

    assert found(store, "Zebulon Quast") == []
    assert "1: Candidate packet" in words(hr.get("/packets").page)
