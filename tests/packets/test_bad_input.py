"""Bad input to a print run: each is told in a sentence, keeps what was typed, and stores and prints nothing."""

import io
import zipfile
from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.support import make
from tests.support.proof import PageClient, words
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.core.clock import now
from workbench.core.db import settings_of
from workbench.core.jobs.tables import JobRow, JobState
from workbench.hiring.people import MAX_BYTES
from workbench.packets.run import files
from workbench.packets.tables import PrintRunRow
from workbench.roles.tables import EditionRow

As = Callable[[str], PageClient]
PLAN = "/packets/new"
SCRIPTS = (
    "Zoë Müller",
    "李小龍",
    "Αλέξανδρος",
    "Владимир",
    "محمد علي",
    "דוד לוי",
    "प्रिया शर्मा",
    "สมชาย",
    "김민준",
    "ተስፋዬ",
    "Nguyễn Thị Ánh",
    "O’Brien, Pat",
)
PATHS = ("../../etc/passwd", "C:\\Windows\\x", "a/b|c?d*e", "...", "CON", '"quoted" <b>bold</b>', "-rf .")


def people_file(data: bytes, name: str = "people.csv") -> tuple[io.BytesIO, str]:
    return io.BytesIO(data), name


def nothing_happened(store: Database) -> bool:
    """Return whether no run, no job and no file was stored."""
    with store.read() as session:
        rows = [session.scalar(select(func.count()).select_from(row)) for row in (PrintRunRow, JobRow)]
        return rows == [0, 0] and not files.runs_folder(settings_of(session)).exists()


def refused(client: PageClient, **choices: object) -> TestResponse:
    """Send the form with what was typed, and get it back with an error and with everything that was typed."""
    fields = {"panel": "Ina Vogt", "candidates": "Candidate A", "paper": "letter", "delivery": "file-each"}
    data = {"editions": "1", "recipe": "interviewer", "both_sides": "y"} | fields | choices
    answer = client.fill(PLAN, **data)
    assert answer.status_code == 422
    page = answer.page
    assert page.select_one("#summary h2").get_text() == "There is a problem"
    for name in ("panel", "candidates"):
        assert page.select_one(f"#{name}").get_text().removeprefix("\n") == str(data[name])
    for name in ("recipe", "paper", "delivery", "both_sides"):
        assert page.select_one(f"input[name={name}][checked]")["value"] == data[name]
    chosen = [tag["value"] for tag in page.select("input[name=editions][checked]")]
    assert chosen == [each for each in [data["editions"]] if page.select_one(f"#editions-{each}")]
    return answer


@pytest.mark.usefixtures("slug")
@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"panel": "", "candidates": ""}, "Name the panel members: their names are on the schedule"),
        ({"candidates": ""}, "Name the candidates: there is a score sheet for each of them."),
        ({"recipe": "candidate", "candidates": ""}, "Name the candidates: each of them gets a packet."),
        ({"panel": "Ada\nADA"}, "The panel members “Ada” and “ADA” look like the same name."),
        ({"candidates": "Ａｄａ\nAda"}, "The candidates “Ａｄａ” and “Ada” look like the same name."),
        (
            {"candidates": "Ada  Low\nAda Low"},
            "There are 2 candidates called Ada Low. Add something to tell them apart, such as “Ada Low (2)”.",
        ),
        ({"candidates": "Ada\nAda\nAda"}, "There are 3 candidates called Ada."),
        ({"panel": "x" * 121}, "a name has at most 120 characters."),
    ],
)
def test_people_that_cannot_be_printed_for_are_told(as_: As, store: Database, choices: dict[str, object], message: str):
    assert message in words(refused(as_("leader"), **choices).page)
    assert nothing_happened(store)


@pytest.mark.usefixtures("slug")
def test_ten_thousand_pasted_people_are_counted_and_stay_on_the_page(as_: As, store: Database):
    many = "\n".join(f"Person Number {number}" for number in range(10_000))

    answer = refused(as_("leader"), candidates=many)

    assert "One run takes at most 200 candidates; you named 10,000 candidates." in words(answer.page)
    assert nothing_happened(store)


@pytest.mark.usefixtures("slug")
def test_two_hundred_people_may_be_typed_with_long_names(as_: As):
    names = "\n".join(f"{'Maximiliane ' * 8}{number}" for number in range(200))

    assert as_("leader").fill(PLAN, editions="1", recipe="candidate", candidates=names).status_code == 303


@pytest.mark.usefixtures("slug")
def test_fifty_people_on_each_side_are_more_than_one_run_prints(as_: As, store: Database):
    fifty = {side: "\n".join(f"{side} {number}" for number in range(50)) for side in ("panel", "candidates")}

    reported = words(refused(as_("leader"), **fifty).page)

    assert "One run prints at most 2,000 documents; this would be 2,605. Split it into two runs." in reported
    assert nothing_happened(store)


@pytest.mark.usefixtures("slug")
@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("who;what\nInä;panel\n".encode("latin-1"), "The file needs a column “name” above the names"),
        (b"name;seat\nIna;panel\n", "The file needs a column “part” that says panel or candidate"),
        ("name\tpart\nInä\tboss\n".encode("utf-16"), "write “panel” or “candidate” for Inä, not “boss”"),
        (b"", "needs a column “name”"),
        (b"name,part\n", "The file names no person."),
        (b"\x00\x01\x02\x03" * 100, "This file contains no text. Save the table as CSV and choose that file."),
        (b"PK\x03\x04" + b"\x00" * 100, "This is a workbook or another packed file, not a table of names."),
        (b"%PDF-1.7 " + b"\x00" * 100, "This is a PDF, not a table of names."),
        (b"x" * (MAX_BYTES + 1), "Choose a file of at most 500 kB; this is more than a list of names."),
        (b"name,part\n" + b"".join(b"P%d,panel\n" % n for n in range(201)), "you named 202 panel members."),
    ],
)
def test_a_file_that_is_no_table_of_people_is_told_by_what_it_is(as_: As, store: Database, data: bytes, message: str):
    assert message in words(refused(as_("leader"), people=people_file(data)).page)
    assert nothing_happened(store)


@pytest.mark.usefixtures("slug")
def test_a_name_of_the_file_that_was_typed_too_is_shown_beside_it(as_: As, store: Database):
    table = people_file(b"name,part\nINA VOGT,panel\n")
    fields = {"panel": "Ina Vogt", "candidates": "Candidate A", "recipe": "interviewer"}
    page = as_("leader").fill(PLAN, editions="1", people=table, **fields).page

    assert "The panel members “Ina Vogt” and “INA VOGT” look like the same name." in words(page)
    assert "INA VOGT" in page.select_one("#panel").get_text().splitlines()
    assert nothing_happened(store)


@pytest.mark.usefixtures("slug")
def test_a_file_of_fifty_megabytes_is_refused_unread_and_nothing_is_stored(as_: As, store: Database):
    leader = as_("leader")
    answer = leader.fill(PLAN, editions="1", people=people_file(b"name,part\n" + b"x" * 50_000_000))

    assert answer.status_code == 413
    assert "What you sent is larger than this page accepts." in words(answer.page)
    assert "Go back, where what you typed is still in place, and shorten the text or choose a smaller file." in words(
        answer.page
    )
    assert nothing_happened(store)


@pytest.mark.usefixtures("slug")
@pytest.mark.parametrize(
    ("recipe", "message"),
    [("", "Choose one from the list."), ("second-round", "Choose one from the list."), ("../x", "Choose one")],
)
def test_a_recipe_that_is_not_there_is_told(as_: As, store: Database, recipe: str, message: str):
    answer = as_("leader").fill(PLAN, editions="1", recipe=recipe, panel="Ina")

    assert answer.status_code == 422
    assert message in words(answer.page)
    assert nothing_happened(store)


@pytest.mark.usefixtures("slug")
@pytest.mark.parametrize(("name", "value"), [("paper", "a0"), ("delivery", "by-pigeon"), ("form", "flat")])
def test_options_that_are_not_there_are_told(as_: As, store: Database, name: str, value: str):
    answer = as_("leader").fill(PLAN, **{"editions": "1", "recipe": "file-copy", name: value})

    assert answer.status_code == 422
    assert "Choose one from the list." in words(answer.page)
    assert nothing_happened(store)


@pytest.mark.usefixtures("slug")
def test_a_role_that_is_retired_while_the_form_is_open_is_told_and_the_people_stay(as_: As, store: Database):
    leader = as_("leader")
    with store.write.begin() as session:
        session.get_one(EditionRow, 1).retired_at = now()

    answer = refused(leader, editions="1")

    assert "Choose roles from the list; one of yours is no longer there." in words(answer.page)
    assert nothing_happened(store)


def test_more_than_twenty_roles_are_told(as_: As, store: Database, people: dict[str, Person]):
    for _ in range(21):
        make.draft(store, people["leader"])
    every = [f"draft-{number}" for number in range(1, 22)]

    answer = as_("leader").fill(PLAN, editions=every, recipe="file-copy")

    assert answer.status_code == 422
    assert "Choose at most 20 roles for a run." in words(answer.page)
    assert nothing_happened(store)


@pytest.mark.usefixtures("slug")
def test_names_of_every_script_and_names_that_look_like_paths_become_harmless_files(
    as_: As, store: Database, run_jobs: Callable[[], list[JobState | None]]
):
    leader = as_("leader")
    names = (*SCRIPTS, *PATHS)
    answer = leader.fill(PLAN, editions="1", recipe="candidate", candidates="\n".join(names), delivery="zip")
    address = str(answer.location)
    leader.fill(address, f"{address}/print")
    while run_jobs():
        pass

    page = leader.get(address).page
    assert "Ready: 20 documents" in words(page)
    data = leader.get(page.select_one("main a[href*='/files/']")["href"])
    with zipfile.ZipFile(io.BytesIO(data.data)) as archive:
        inside = archive.namelist()
    assert len(set(inside)) == len(names)
    for file, name in zip(inside, SCRIPTS, strict=False):
        assert name in file
    for file in inside:
        assert not set(file) & set('/\\:*?"<>|')
        assert file[0].isdigit()
