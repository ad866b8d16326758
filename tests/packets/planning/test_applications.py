"""Candidates apply for a role: it is asked for, kept, and decides their documents, their times, and what is said."""

import io
from collections.abc import Callable
from datetime import date, time

import pytest

from tests.packets.run.test_views import planned
from tests.support import make
from tests.support.proof import PageClient, find_form, values_of, words
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.hiring.model import EVERY_ROLE, InterviewDay, People, RoundKind, RoundStyle
from workbench.packets.job import ChosenRole, PrintJob
from workbench.packets.model import RunOptions, RunRequest, distinct_entries
from workbench.packets.recipes.model import DocumentKind, find_shipped_recipe
from workbench.packets.tables import PrintRunRow
from workbench.roles.model import Role

As = Callable[[str], PageClient]
ENGINEER = make.role(
    "Sales Engineer", accountabilities=tuple(make.accountability(key) for key in ("dem", "pro", "des"))
)
EXECUTIVE = make.role("Account Executive")
BOTH = {"editions": ["1", "2"]}


def request_of(store: Database, address: str) -> RunRequest:
    with store.read() as session:
        return session.get_one(PrintRunRow, int(address.rpartition("/")[2])).request


@pytest.fixture
def two_roles(store: Database, people: dict[str, Person]) -> None:
    for role in (EXECUTIVE, ENGINEER):
        make.edition(store, make.draft(store, people["leader"], role), people["leader"])


def print_job(recipe: str, people: People, options: RunOptions | None = None, *roles: Role) -> PrintJob:
    chosen = tuple(ChosenRole(role, make.stamp()) for role in roles or (EXECUTIVE, ENGINEER))
    return PrintJob(find_shipped_recipe(recipe), chosen, people, "Hana", options or RunOptions())


PEOPLE = People(("Ina", "Raj"), ("A", "B", "C"), (EXECUTIVE.title, ENGINEER.title, EVERY_ROLE))


def test_nobody_gets_a_document_of_a_job_that_they_did_not_apply_for():
    packets = print_job("candidate", PEOPLE).packets()
    assert [[entry.role for entry in packet.entries] for packet in packets] == [[0], [1], [0, 1]]

    sheets = [
        (entry.about, entry.role)
        for entry in distinct_entries(print_job("records", PEOPLE).packets())
        if entry.part is DocumentKind.SHEETS
    ]
    assert sorted(set(sheets)) == [("A", 0), ("B", 1), ("C", 0), ("C", 1)]
    assert len(sheets) == 8


def test_a_candidate_for_another_role_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match="A applies for “Nurse”, and this run is for “Account Executive” or “Sales"):
        print_job("candidate", People((), ("A",), ("Nurse",))).packets()


def test_the_questions_and_the_minutes_follow_how_the_panel_asks():
    people = People(("Ina", "Raj", "Li"), ("A",))
    shared = print_job("interviewer", people, RunOptions(style=RoundStyle(RoundKind.SHARED)), ENGINEER)
    entries = distinct_entries(shared.packets())

    for part in (DocumentKind.KIT, DocumentKind.SHEETS):
        asked = [
            {question.key for question in shared.document(entry).data.questions}
            for entry in entries
            if entry.part is part
        ]
        assert sorted(key for each in asked for key in each) == sorted(each.key for _, each in ENGINEER.questions())
        assert all(asked)
    kits = [shared.document(entry) for entry in entries if entry.part is DocumentKind.KIT]
    day = InterviewDay(date(2026, 12, 1), time(9))
    timed = print_job("interviewer", people, RunOptions(style=RoundStyle(RoundKind.SHARED), day=day), ENGINEER)
    timetable = timed.timetable()
    assert timetable is not None
    assert {talk.interview.minutes for talk in timetable.talks} == {kit.data.minutes for kit in kits}


def test_kit_schedule_and_timetable_agree_on_the_minutes():
    day = InterviewDay(date(2026, 12, 1), time(9))
    for minutes in (0, 45):
        options = RunOptions(style=RoundStyle(kit_minutes=minutes), day=day)
        job = print_job("interviewer", People(("Ina",), ("A",)), options, make.role(accountabilities=LONG))
        entries = distinct_entries(job.packets())
        (kit,) = (job.document(entry) for entry in entries if entry.part is DocumentKind.KIT)
        timetable = job.timetable()
        assert timetable is not None
        (talk,) = timetable.talks

        assert talk.interview.minutes == kit.data.minutes == job.round.longest
        assert kit.data.length in repr(
            next(job.document(each) for each in entries if each.part is DocumentKind.SCHEDULE)
        )
        assert not minutes or kit.data.minutes <= minutes


LONG = tuple(
    make.accountability(key, questions=(make.question(f"{key}-q", minutes=11),)) for key in ("aaa", "bbb", "ccc")
)


def test_an_interview_that_is_too_short_for_its_questions_is_refused():
    day = InterviewDay(date(2026, 12, 1), time(9), minutes=40)
    with pytest.raises(ValueError, match="An interview of 40 minutes is too short: 50 are 3 to greet"):
        print_job(
            "interviewer", People(("Ina",), ("A",)), RunOptions(day=day), make.role(accountabilities=LONG)
        ).packets()


@pytest.mark.usefixtures("two_roles")
def test_the_role_of_each_candidate_is_asked_for_kept_and_said_back(as_: As, store: Database):
    hr = as_("hr")
    answer = hr.fill(
        "/packets/new", **BOTH, recipe="interviewer", panel="Ina Vogt", candidates="Lea Berg\nTom Roy\nAnn"
    )

    assert answer.status_code == 422
    assert "Choose the role that each candidate applies for: Lea Berg, Tom Roy, Ann." in words(answer.page)
    form = find_form(answer.page)
    assert [tag["name"] for tag in form.select("#applies select")] == [
        "applies-Lea Berg",
        "applies-Tom Roy",
        "applies-Ann",
    ]
    said = {
        "applies-Lea Berg": "Sales Engineer", "applies-Tom Roy": "Account Executive", "applies-Ann": "Account Executive",
    }  # fmt: skip
    answer = hr.post(form["action"], data=values_of(form) | BOTH | said, content_type=form.get("enctype"))
    assert answer.status_code == 303, words(answer.page)

    address = str(answer.location)
    assert request_of(store, address).people.applications == (
        ("Lea Berg", "Sales Engineer"),
        ("Tom Roy", "Account Executive"),
        ("Ann", "Account Executive"),
    )
    page = words(hr.get(address).page)
    assert (
        "2 candidates for Account Executive, 1 for Sales Engineer; 1 h 30 of interviews for each panel member." in page
    )
    again = hr.get(f"{address}/change").page
    assert [tag["value"] for tag in again.select("#applies option[selected]")] == [
        "Sales Engineer", "Account Executive", "Account Executive",
    ]  # fmt: skip
    assert hr.fill(f"{address}/change", **BOTH).location == address


@pytest.mark.usefixtures("two_roles")
def test_a_column_of_roles_says_it_for_all(as_: As, store: Database):
    table = b"name,part,role\nIna Vogt,panel,\nLea Berg,candidate,sales engineer\nTom Roy,candidate,all\n"
    address = planned(
        as_("hr"),
        editions=["1", "2"],
        recipe="interviewer",
        panel="",
        candidates="",
        people=(io.BytesIO(table), "a.csv"),
    )
    assert request_of(store, address).people == People(
        ("Ina Vogt",), ("Lea Berg", "Tom Roy"), ("sales engineer", EVERY_ROLE)
    )


@pytest.mark.usefixtures("two_roles")
def test_how_the_panel_asks_is_kept_with_the_run_and_offered_again(as_: As, store: Database):
    hr = as_("hr")
    choices = {
        "kind": "shared",
        "kit_minutes": "45",
        "core": "y",
        "day": "2026-12-04",
        "last_day": "2026-12-08",
        "first": "09:00",
    }
    address = planned(hr, recipe="interviewer", panel="Ina\nRaj", candidates="A", **choices)

    options = request_of(store, address).options
    assert options.style == RoundStyle(RoundKind.SHARED, 45, core=True)
    assert options.day is not None
    assert options.day.days == (date(2026, 12, 4), date(2026, 12, 7), date(2026, 12, 8))  # no weekend
    form = values_of(find_form(hr.get(f"{address}/change").page))
    assert {name: form[name] for name in choices} == choices


@pytest.mark.usefixtures("two_roles")
@pytest.mark.parametrize("last", ["2026-11-30", "2027-06-01"])
def test_the_last_day_is_after_the_first_and_not_far_from_it(as_: As, last: str):
    answer = as_("hr").fill(
        "/packets/new", editions="1", recipe="interviewer", panel="Ina", candidates="A", day="2026-12-01", first="09:00",
        last_day=last,
    )  # fmt: skip
    assert "Enter a day from the first day on, within 31 days" in words(answer.page)
