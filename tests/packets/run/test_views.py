"""The pages of print runs, from the choice to the files and back after an edit."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, time

import pypdfium2
import pytest
from sqlalchemy import select

from tests.documents import pdfs
from tests.packets.run.pages import ROUND, As, change, planned, pressed
from tests.support.proof import words
from tests.support.servers.databases import Database
from workbench.accounts.audit import AuditRow
from workbench.accounts.model import Person
from workbench.core.clock import now
from workbench.core.jobs.tables import JobState
from workbench.documents.model import sheet_id
from workbench.hiring.model import InterviewDay
from workbench.packets.tables import PrintRunRow
from workbench.roles.tables import EditionRow


@pytest.mark.usefixtures("slug")
def test_hr_chooses_looks_prints_and_fetches_a_zip_for_the_panel(
    as_: As, store: Database, run_jobs: Callable[[], list[JobState | None]]
):
    hr = as_("hr")
    assert "Nothing has been printed yet" in words(hr.get("/packets").page)

    address = planned(hr, recipe="interviewer", delivery="zip")
    reported = words(hr.get(address).page)
    assert "2 packets, about" in reported
    assert "Score sheet Account Executive 4 " in reported
    assert "when they are printed on both sides" in reported
    assert "Ina Vogt 7" in reported
    assert pressed(hr, address, "print") == address
    assert hr.post(f"{address}/print").location == address  # asked twice, printed once
    assert "is waiting for its turn to print" in words(hr.get(address).page)
    assert run_jobs() == [JobState.DONE]

    assert hr.post(f"{address}/cancel").location == address  # too late: it is done
    page = hr.get(address).page
    assert "Ready: 11 documents" in words(page)
    link = page.select_one("main a[href*='/files/']")
    assert hr.head(link["href"]).status_code == 200
    answer = hr.get(link["href"])
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.namelist() == ["1 Ina Vogt - Interviewer packet.pdf", "2 Raj Rao - Interviewer packet.pdf"]
    assert hr.get(link["href"], headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert "1: Interviewer packet" in words(hr.get("/packets").page)
    with store.read() as session:
        assert [row.act for row in session.scalars(select(AuditRow).order_by(AuditRow.id)) if row.thing == "packet"][
            :3
        ] == ["planned", "printed", "fetched"]


def test_after_an_edit_the_same_run_says_what_changed_and_prints_only_that(
    as_: As, store: Database, slug: str, people: dict[str, Person], run_jobs: Callable[[], list[JobState | None]]
):
    leader = as_("leader")
    address = planned(leader)
    pressed(leader, address, "print")
    run_jobs()
    change(store, slug, people["leader"])

    second = pressed(leader, address, "again")
    reported = words(leader.get(second).page)
    assert re.search(
        r"(\d+) of \1 documents changed since run 1", reported
    )  # each paper carries the edition that it is of
    assert "Edition 2" in reported
    same = pressed(leader, address, "again")
    pressed(leader, second, "print")
    run_jobs()
    assert re.search(r"Ready: \d+ documents", words(leader.get(second).page))

    unchanged = pressed(leader, second, "again")
    assert re.search(r"\b0 of \d+ documents changed since run 2", words(leader.get(unchanged).page))
    assert re.search(r"(\d+) of \1 documents changed since run 1", words(leader.get(same).page))


TIMES = {"day": "2026-12-01", "first": "09:00", "minutes": "30", "rest": "10", "lunch": "9.20", "lunch_minutes": "45"}


@pytest.mark.usefixtures("slug")
def test_the_times_of_a_round_are_kept_with_the_run_and_offered_again(as_: As, store: Database):
    hr = as_("hr")
    address = planned(hr, recipe="interviewer", **TIMES)

    assert "1 December 2026, from 09:00" in words(hr.get(address).page)
    with store.read() as session:
        day = session.scalars(select(PrintRunRow)).one().request.options.day
    assert day == InterviewDay(date(2026, 12, 1), time(9, 0), 30, 10, time(9, 20), 45, time(18))
    form = hr.get("/packets/new?like=1").page
    assert {name: form.select_one(f"#{name}")["value"] for name in TIMES} == TIMES | {"lunch": "09:20"}
    assert form.select_one("details:has(#day)").has_attr("open")
    planned(hr, recipe="interviewer", **TIMES | {"minutes": "", "lunch": "", "rest": "0"})
    empty = hr.get("/packets/new?like=2").page
    assert [empty.select_one(f"#{name}")["value"] for name in ("minutes", "lunch", "rest")] == ["", "", "0"]


@pytest.mark.usefixtures("slug")
def test_rare_choices_are_folded_away_until_one_of_them_is_made(as_: As):
    hr = as_("hr")
    rare = "details:has([name=paper])"
    assert not hr.get("/packets/new").page.select_one(rare).has_attr("open")
    for choices in ({"paper": "letter"}, {"language": "de"}, {"large": "y"}, {"both_sides": "y"}, {"paper": "a3"}):
        answer = hr.fill("/packets/new", recipe="interviewer", **choices)
        assert answer.status_code == 422
        assert answer.page.select_one(rare).has_attr("open"), choices


@pytest.mark.usefixtures("slug")
def test_without_a_day_the_times_stay_to_be_written_by_hand_and_breaks_are_offered(as_: As, store: Database):
    hr = as_("hr")
    form = hr.get("/packets/new").page
    assert (form.select_one("#rest")["value"], form.select_one("#day")["value"]) == ("15", "")
    assert not form.select_one("details:has(#day)").has_attr("open")
    planned(hr, recipe="interviewer")
    with store.read() as session:
        assert session.scalars(select(PrintRunRow)).one().request.options.day is None


@pytest.mark.usefixtures("slug")
@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"first": ""}, "Enter when the first interview begins"),
        ({"day": ""}, "Enter the day too"),
        ({"day": "1.12.2026"}, "Enter a day such as 2026-12-01; “1.12.2026” is not one."),
        ({"first": "25:00"}, "Enter a time such as 09:00 or 14:30; “25:00” is not one."),
        ({"minutes": "-5"}, "Enter a whole number from 0 to 240"),
        ({"minutes": "3"}, "An interview takes 5 to 240 minutes; 3 is outside that range."),
        ({"rest": "121"}, "Enter a whole number from 0 to 120"),
        ({"lunch": "noon"}, "Enter a time such as 09:00 or 14:30; “noon” is not one."),
        ({"first": "23:30"}, "and a day has 0 that end by 18:00. Add days, let the last interview end later"),
    ],
)
def test_times_that_cannot_be_come_back_with_a_sentence_and_as_they_were_typed(
    as_: As, fields: dict[str, str], message: str
):
    hr = as_("hr")
    choices = {"editions": "1", "recipe": "interviewer", **ROUND, **TIMES, **fields}
    answer = hr.fill("/packets/new", **choices)

    assert answer.status_code == 422
    assert message in words(answer.page)
    (name, value) = next(iter(fields.items()))
    assert answer.page.select_one(f"#{name}")["value"] == value


@pytest.mark.usefixtures("slug")
def test_large_print_is_a_choice_that_the_run_tells_and_that_has_more_pages(as_: As):
    hr = as_("hr")
    small, large = (words(hr.get(planned(hr, **choice)).page) for choice in ({}, {"large": True}))

    assert "large print (18 point)" in large
    assert "large print" not in small
    assert pages_told(large) > pages_told(small) + 10


@pytest.mark.usefixtures("slug")
def test_the_papers_are_printed_in_the_language_that_was_chosen(as_: As, run_jobs: Callable[[], list[JobState | None]]):
    hr = as_("hr")
    address = planned(hr, recipe="file-copy", delivery="one-file", language="de")
    assert "Deutsch" in words(hr.get(address).page)
    pressed(hr, address, "print")
    run_jobs()
    with pypdfium2.PdfDocument(hr.get(f"{address}/files/1.pdf").data) as pdf:
        text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    for message in ("Aktenexemplar", "Stellenbeschreibung", "Seite 1 von", "mindestens"):
        assert message in text
    assert "Key accountabilities" not in text


@pytest.mark.usefixtures("slug")
def test_a_run_whose_papers_are_typed_into_says_so_and_hands_out_fields(
    as_: As, store: Database, run_jobs: Callable[[], list[JobState | None]]
):
    hr = as_("hr")
    address = planned(hr, recipe="records", delivery="one-file", form="fillable")
    assert "to be typed into" in words(hr.get(address).page)
    assert "to be typed into" not in words(hr.get(planned(hr, recipe="records")).page)
    pressed(hr, address, "print")
    run_jobs()

    with pdfs.opened(hr.get(f"{address}/files/1.pdf").data) as pdf:
        names = {full for page in pdf.pages for _, _, full in pdfs.fields(page)}
    with store.read() as session:
        edition = session.get_one(EditionRow, 1).digest
    for person in ("Ina Vogt", "Raj Rao"):
        sheet = sheet_id(edition, "score-sheet", person, "Candidate A")
        assert len([name for name in names if f".{sheet}.decision=" in name]) == 5


def pages_told(page: str) -> int:
    return int(page.partition("1 packet, about ")[2].partition(" ")[0])


@pytest.mark.usefixtures("slug")
def test_people_come_from_the_page_and_from_a_file_together(as_: As, store: Database):
    table = (io.BytesIO("name;part\nZoë;panel\nCandidate C;candidate\n".encode("latin-1")), "people.csv")

    planned(as_("leader"), recipe="interviewer", people=table)

    with store.read() as session:
        run = session.get_one(PrintRunRow, 1)
        people = run.request.people
        assert (people.panel, people.candidates[-1]) == (("Ina Vogt", "Raj Rao", "Zoë"), "Candidate C")


@pytest.mark.usefixtures("slug")
@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"editions": None}, "Choose at least one role."),
        ({"recipe": "interviewer", "panel": ""}, "Name the panel members"),
        ({"recipe": "candidate", "candidates": ""}, "each of them gets a packet"),
        ({"panel": "Ina\nIna"}, "There are 2 panel members called Ina"),
        ({"candidates": "\n".join(f"P{n}" for n in range(201))}, "at most 200 candidates"),
        ({"editions": "99"}, "Choose roles from the list"),
        ({"people": (io.BytesIO(b"who\nIna\n"), "people.csv")}, "needs a column"),
    ],
)
def test_a_choice_that_cannot_be_printed_comes_back_with_a_sentence(
    as_: As, store: Database, choices: dict[str, object], message: str
):
    answer = as_("leader").fill("/packets/new", **{"editions": "1", "recipe": "file-copy", **ROUND} | choices)

    assert answer.status_code == 422
    assert message in words(answer.page)
    with store.read() as session:
        assert session.scalars(select(PrintRunRow)).all() == []


@pytest.mark.usefixtures("slug")
def test_everything_that_is_missing_is_told_at_once_and_at_its_place(as_: As):
    page = as_("hr").fill("/packets/new", recipe="interviewer", panel="", candidates="Ann\nANN").page

    reported = {link["href"]: link.get_text() for link in page.select("#summary a")}
    assert set(reported) == {"#editions", "#panel", "#candidates"}
    assert "look like the same name" in reported["#candidates"]


@pytest.mark.usefixtures("slug")
def test_the_names_of_a_table_are_kept_when_something_else_is_wrong(as_: As):
    table = (io.BytesIO(b"name,part\nMei Tanaka,panel\nCandidate C,candidate\n"), "people.csv")
    page = as_("hr").fill("/packets/new", **{**ROUND, "recipe": "interviewer", "people": table}).page

    assert page.select_one("#panel").get_text().strip().splitlines() == ["Ina Vogt", "Raj Rao", "Mei Tanaka"]
    assert page.select_one("#candidates").get_text().strip().splitlines()[-1] == "Candidate C"
    assert "are now in the lists above" in words(page)


@pytest.mark.usefixtures("slug")
def test_columns_pasted_into_the_list_of_names_are_asked_about(as_: As):
    page = (
        as_("hr")
        .fill("/packets/new", **{**ROUND, "editions": "1", "recipe": "interviewer", "panel": "Ina Vogt\tHead of Sales"})
        .page
    )

    assert page.select_one("#summary a")["href"] == "#panel"
    assert "Paste the column of names alone" in words(page)
    assert "Head of Sales" in page.select_one("#panel").get_text()


def test_a_leader_is_offered_their_own_roles_and_hr_every_role(as_: As, slug: str, store: Database):
    assert "Account Executive, Edition 1" in words(as_("leader").get("/packets/new").page)
    assert "There is no role of yours to print yet" in words(as_("other").get("/packets/new").page)
    assert "Account Executive, Edition 1" in words(as_("hr").get("/packets/new").page)
    with store.write.begin() as session:
        session.get_one(EditionRow, 1).retired_at = now()
    reported = words(as_("hr").get("/packets/new").page)
    assert "No role has an edition in use yet" in reported
    assert "Account Executive, Draft" in reported


@pytest.mark.usefixtures("slug")
def test_a_role_that_is_retired_after_the_choice_is_not_printed(as_: As, store: Database):
    leader = as_("leader")
    address = planned(leader)
    with store.write.begin() as session:
        session.get_one(EditionRow, 1).retired_at = now()

    assert "has been retired in the meantime" in words(leader.get(address).page)
    assert pressed(leader, address, "print") == "/packets/new?like=1"
    assert "has been retired in the meantime" in words(leader.get("/packets/new?like=1").page)
    pressed(leader, address, "cancel")
    assert pressed(leader, address, "again") == "/packets/new?like=1"
    assert "has no edition that is in use" in words(leader.get("/packets/new?like=1").page)


@pytest.mark.usefixtures("slug")
def test_somebody_elses_run_is_not_there(as_: As):
    address = planned(as_("leader"))

    assert as_("other").get(address).status_code == 404
    assert as_("hr").get(address).status_code == 200
    assert as_("interviewer").get(address).status_code == 403
    assert as_("leader").get("/packets/99999999999999999999").status_code == 404


@pytest.mark.parametrize("address", ["/packets?before={}", "/packets/new?like={}"])
@pytest.mark.parametrize("number", [-1, 10**30, -(10**30)])
def test_a_number_that_no_run_has_is_no_failure(as_: As, address: str, number: int):
    assert as_("leader").get(address.format(number)).status_code in {200, 404}


@pytest.mark.usefixtures("slug")
def test_hr_sees_who_printed_what_and_a_leader_only_what_is_theirs(as_: As, people: dict[str, Person]):
    planned(as_("leader"))

    assert people["leader"].name in words(as_("hr").get("/packets").page)
    assert people["leader"].name not in words(as_("leader").get("/packets").page)
    assert "Nothing has been printed yet" in words(as_("other").get("/packets").page)
