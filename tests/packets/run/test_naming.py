"""The name that HR gives to a run: it finds the run and names its files, stands on no paper, and goes with the names."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests import make
from tests.databases import Database
from tests.documents import pdfs
from tests.packets.erasure.test_erase import found
from tests.packets.run.test_views import planned, pressed
from tests.proof import Reader, words
from workbench.core.jobs.tables import JobState
from workbench.core.shape import structure, unstructure
from workbench.hiring.model import People
from workbench.packets.job import Chosen, Order
from workbench.packets.model import Delivery, Options, Pick, Wanted
from workbench.packets.recipes.model import recipe_named
from workbench.packets.run.output import name_of_all
from workbench.packets.tables import PrintRunRow

As = Callable[[str], Reader]
Printed = Callable[[], list[JobState | None]]
NAME = "AE panel, December"
ORDER = Order(recipe_named("candidate"), (Chosen(make.role(), make.stamp()),), People((), ("Ann Lee",)), "Hana")


def wanted_of(store: Database, address: str) -> Wanted:
    with store.read() as session:
        return session.get_one(PrintRunRow, int(address.rpartition("/")[2])).wanted


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
    assert name_of_all(replace(ORDER, name=name)) == file.strip(". ")
    assert len(name_of_all(replace(ORDER, name="客" * 60)).encode()) <= 200


def test_a_run_that_was_planned_before_runs_had_names_has_none():
    wanted = Wanted(recipe_named("candidate"), (Pick(1),), People((), ("Ann",)), "Hana", Options(), name=NAME)
    kept = unstructure(wanted)

    assert structure(Wanted, kept) == wanted
    del kept["name"]
    assert structure(Wanted, kept) == replace(wanted, name="")


@pytest.mark.usefixtures("slug")
def test_the_name_of_a_run_stands_in_the_list_on_its_page_and_in_its_file_but_on_no_paper(
    as_: As, store: Database, printed: Printed
):
    leader = as_("leader")
    address = planned(leader, recipe="candidate", name="  AE panel,\tDecember\n ")
    assert wanted_of(store, address).name == NAME
    page = leader.get(address).page
    assert page.h1.get_text() == "Run 1: AE panel, December"
    assert "Candidate packet: Account Executive, Edition 1" in words(page)

    pressed(leader, address, "print")
    printed()
    assert "1: AE panel, December Candidate packet: Account Executive, Edition 1" in words(leader.get("/packets").page)
    assert "1 run with “december ae”" in words(leader.get("/packets?q=december+ae").page)
    answer = leader.get(f"{address}/files/1.zip")
    assert "AE panel, December - Candidate packet - Account Executive.zip" in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.namelist() == ["1 Candidate A - Candidate packet.pdf", "2 Candidate B - Candidate packet.pdf"]
        for member in archive.namelist():
            assert "December" not in pdfs.text(archive.read(member))

    again = pressed(leader, address, "again")
    assert wanted_of(store, again).name == NAME
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

    kept = name.replace("\u202e", "").replace("\x07", "")
    assert wanted_of(store, address).name == kept
    assert leader.get(address).page.h1.get_text() == f"Run 1: {kept}"


def test_a_run_that_is_forgotten_forgets_its_own_name_too(as_: As, store: Database, slug: str, people: dict[str, Any]):
    names = People((), ("Ann Lee",))
    run = make.print_run(store, slug, people["leader"], "candidate", names, Delivery.ZIP, name="Round of Zebulon Quast")
    hr = as_("hr")
    hr.fill(f"/packets/{run}", f"/packets/{run}/word")
    make.worked(store)
    assert len(found(store, "Zebulon Quast")) > 3  # so that this test could fail

    assert "What the run is called, “Round of Zebulon Quast”," in words(hr.get(f"/packets/{run}/forget").page)
    hr.fill(f"/packets/{run}/forget")

    assert found(store, "Zebulon Quast") == []
    assert "1: Candidate packet" in words(hr.get("/packets").page)
