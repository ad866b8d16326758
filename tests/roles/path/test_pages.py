"""The guided path in a browser: home, library, task list, every question, autosave, and two people on one page."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.support import make
from tests.support.proof import PageClient, find_form, values_of
from tests.support.servers.databases import Database
from workbench.accounts.audit import AuditRow
from workbench.accounts.model import Person
from workbench.core.edits import Edit
from workbench.core.jobs.tables import JobRow
from workbench.roles.library import library
from workbench.roles.model import Duty, Motion, Role
from workbench.roles.path.steps import PATH

# the page after the last one of each section
AFTER = {
    "summary": "purpose/overall",
    "purpose/contribution": "accountabilities",
    "neighbours": "hard-parts",
    "conditions": "check",
}
AUTOSAVE = {"X-Autosave": "1"}


def page_text(answer: TestResponse, where: str = "main") -> str:
    """Return the words of a part of a page."""
    return answer.page.select_one(where).get_text(" ", strip=True)


def opened(reader: PageClient, url: str) -> dict[str, Any]:
    """Open a page and give what its form would send."""
    return values_of(find_form(reader.get(url).page))


def test_every_role_of_the_library_is_shown_in_full_and_can_be_taken(leader: PageClient, store: Database):
    shelf = leader.get("/library")
    for name, role in library().items():
        assert role.title in page_text(shelf)
        page = page_text(leader.get(f"/library/{name}"))
        assert role.accountabilities[0].outcome in page
        answer = leader.post(f"/library/{name}/adapt")
        assert answer.status_code == 303
        slug = answer.location.rsplit("/", 1)[-1]
        assert make.stored_role(store, slug) == role
    with store.read() as session:
        assert {row.library for row in make.draft_rows(session)} == set(library())


def test_a_role_can_start_from_its_title_alone(leader: PageClient, store: Database):
    answer = leader.fill("/roles/new", "/roles/new", title="Closer of deals")
    assert (answer.status_code, answer.location) == (303, "/roles/closer-of-deals")
    assert make.stored_role(store, "closer-of-deals") == Role(title="Closer of deals")
    assert leader.get(answer.location).status_code == 200


def test_a_copy_is_a_draft_of_its_own(leader: PageClient, store: Database, slug: str):
    answer = leader.post(f"/roles/{slug}/copy")
    assert answer.location == f"/roles/copy-of-{slug}"
    leader.fill(f"/roles/copy-of-{slug}/summary", summary="Only here.")
    assert make.stored_role(store, slug).summary == "Wins new customers."


def test_the_task_list_knows_whether_the_edition_says_the_same(
    leader: PageClient, store: Database, people: dict[str, Person], slug: str
):
    assert "Not published yet" in page_text(leader.get(f"/roles/{slug}"))
    make.edition(store, slug, people["leader"])
    assert "Edition 1 says the same as this draft" in page_text(leader.get(f"/roles/{slug}"))
    leader.fill(f"/roles/{slug}/summary", summary="Another.")
    assert "this draft has changes since" in page_text(leader.get(f"/roles/{slug}"))


@pytest.mark.parametrize("name", PATH.steps)
def test_each_question_has_one_page_and_leads_on(leader: PageClient, slug: str, name: str):
    step = PATH.steps[name]
    page = leader.get(f"/roles/{slug}/{name}")
    assert page.status_code == 200
    assert page.page.h1.get_text(strip=True) == step.question
    assert "completed" not in values_of(find_form(page.page))
    answer = leader.fill(f"/roles/{slug}/{name}")
    following = PATH.next_step(step)
    assert answer.location == f"/roles/{slug}/{following.name if following else AFTER[name]}"


def test_a_page_that_was_opened_from_the_check_leads_back_to_its_answer(leader: PageClient, slug: str):
    answer = leader.fill(f"/roles/{slug}/seat?from=check", department="Growth")
    assert answer.location == f"/roles/{slug}/check#answer-seat"


def test_the_seat_is_saved_as_it_was_filled_in(leader: PageClient, store: Database, slug: str):
    leader.fill(
        f"/roles/{slug}/seat", title=" Closer ", department="Growth", reports_to="CRO", motion="farmer", revenue="no"
    )
    role = make.stored_role(store, slug)
    assert (role.title, role.department, role.reports_to, role.motion, role.revenue) == (
        "Closer",
        "Growth",
        "CRO",
        Motion.FARMER,
        False,
    )
    assert page_text(leader.get(f"/roles/{slug}"), "h1") == "Closer"  # the address stays, the title is new


def test_pay_is_saved_in_cents_and_shown_as_it_was_typed(leader: PageClient, store: Database, slug: str):
    leader.fill(f"/roles/{slug}/pay", minimum="65,000", maximum="$85 000.50", released="y")
    role = make.stored_role(store, slug)
    pay = role.pay
    assert (pay.minimum, pay.maximum, role.currency, pay.released) == (6_500_000, 8_500_050, "USD", True)
    shown = opened(leader, f"/roles/{slug}/pay")
    assert (shown["minimum"], shown["maximum"]) == ("65,000", "85,000.50")


def test_a_wrong_answer_stays_on_the_page_beside_the_right_ones(leader: PageClient, store: Database, slug: str):
    answer = leader.fill(f"/roles/{slug}/pay", minimum="a lot", variable="Ten percent.")
    assert answer.status_code == 422
    shown = values_of(find_form(answer.page))
    assert (shown["minimum"], shown["variable"]) == ("a lot", "Ten percent.")
    assert "“a lot” is not one" in page_text(answer, ".summary")
    assert make.stored_role(store, slug) == make.role()
    link = answer.page.select_one(".summary a")
    assert answer.page.find(id=link["href"][1:])["name"] == "minimum"


def test_rows_are_added_moved_and_removed_by_their_buttons(leader: PageClient, store: Database, slug: str):
    url = f"/roles/{slug}/duties"

    def duties() -> list[str]:
        return [duty.text for duty in make.stored_role(store, slug).duties]

    added = leader.fill(url, button="Add another", **{"rows-0-text": "Calls", "rows-0-essential": "y"})
    assert added.location.startswith(f"{url}#row")
    leader.fill(url, button="Add another", **{"rows-1-text": "Demos"})
    leader.fill(url, **{"rows-2-text": "Forecasts"})
    assert make.stored_role(store, slug).duties == (Duty("Calls"), Duty("Demos", False), Duty("Forecasts", False))
    leader.fill(url, button="Move up number 3")
    assert duties() == ["Calls", "Forecasts", "Demos"]
    leader.fill(url, button="Move down number 1")
    assert duties() == ["Forecasts", "Calls", "Demos"]
    leader.fill(url, button="Remove number 2")
    assert duties() == ["Forecasts", "Demos"]
    leader.fill(url, **{"rows-0-text": ""})
    assert duties() == ["Demos"]


def test_rows_that_were_dragged_are_saved_in_their_new_order(leader: PageClient, store: Database, slug: str):
    url = f"/roles/{slug}/hard-parts"
    data = {name: value for name, value in opened(leader, url).items() if "rows-" not in name}
    leader.post(url, data=data | {"rows-0-text": "Second", "rows-1-text": "Third", "rows-2-text": "First"})
    data["op_id"] = "dragged"
    leader.post(url, data=data | {"rows-0-text": "First", "rows-1-text": "Second", "rows-2-text": "Third"})
    assert make.stored_role(store, slug).hard_parts == ("First", "Second", "Third")


def autosave(reader: PageClient, url: str, **fields: Any) -> TestResponse:
    """Save as the script does while somebody types."""
    return reader.post(url, data=opened(reader, url) | fields, headers=AUTOSAVE)


def test_rows_that_repeat_others_are_named_and_removed_with_a_way_back(leader: PageClient, store: Database, slug: str):
    url = f"/roles/{slug}/duties"

    def duties() -> list[str]:
        return [duty.text for duty in make.stored_role(store, slug).duties]

    leader.fill(url, button="Add another", **{"rows-0-text": "Calls\nDemos\n calls \nDEMOS\nForecasts"})
    assert "2 rows say the same as a row above them: 3, 4." in page_text(leader.get(url), "#repeated")
    assert len(duties()) == 5, "nothing is taken away without a word"
    answer = leader.get(leader.fill(url, button="Remove them").location)
    assert duties() == ["Calls", "Demos", "Forecasts"]
    assert not answer.page.select("#repeated")
    undo = answer.page.select_one(".with-undo form")
    leader.post(undo["action"], data=values_of(undo))
    assert len(duties()) == 5


def test_an_autosave_answers_with_the_time_the_version_and_what_the_review_says(
    leader: PageClient, store: Database, slug: str
):
    answer = autosave(leader, f"/roles/{slug}/summary", summary="Typed so far")
    assert answer.status_code == 200
    assert "Saved at" in page_text(answer, "#saved")
    assert answer.page.select_one("#version")["value"] == "2"
    assert answer.page.select_one("#findings")
    assert "v=2" in answer.text
    assert all(tag.get("hx-swap-oob") for tag in answer.page.find_all(recursive=False))
    assert make.stored_role(store, slug).summary == "Typed so far"


def test_a_whole_typing_is_one_line_of_the_history_and_one_print(leader: PageClient, store: Database, slug: str):
    url = f"/roles/{slug}/summary"
    data = opened(leader, url)
    for at in range(4):
        data |= {"summary": f"Typed {at}", "op_id": f"save {at}", "version": str(at + 1)}
        assert leader.post(url, data=data, headers=AUTOSAVE).status_code == 200
    with store.read() as session:
        assert [row.act for row in session.scalars(select(AuditRow))].count("changed") == 1
        assert [job.task for job in session.scalars(select(JobRow))] == ["press-draft"]
        assert make.draft_row(session, slug).version == 5


def test_an_autosave_keeps_what_is_right_and_names_what_is_wrong(leader: PageClient, store: Database, slug: str):
    answer = autosave(leader, f"/roles/{slug}/pay", minimum="much", variable="Ten percent.")
    assert answer.status_code == 200
    assert "“much” is not one" in page_text(answer, "#saved")
    assert "not saved and not checked" in page_text(answer, "#findings"), "silence is not approval"
    assert "Nothing found in what you typed" not in answer.text
    pay = make.stored_role(store, slug).pay
    assert (pay.minimum, pay.variable) == (None, "Ten percent.")
    assert "not saved and not checked" not in autosave(leader, f"/roles/{slug}/pay", minimum="90000").text


def test_an_autosave_of_a_title_that_was_emptied_keeps_the_old_one(leader: PageClient, store: Database, slug: str):
    answer = autosave(leader, f"/roles/{slug}/seat", title="", department="Growth")
    assert "Enter a title" in page_text(answer, "#saved")
    role = make.stored_role(store, slug)
    assert (role.title, role.department) == ("Account Executive", "Growth")


def test_an_autosave_that_comes_too_late_is_told_so_and_stores_nothing(leader: PageClient, store: Database, slug: str):
    url = f"/roles/{slug}/summary"
    late = opened(leader, url)
    leader.fill(url, summary="The other window.")
    answer = leader.post(url, data=late | {"summary": "Mine."}, headers=AUTOSAVE)
    assert answer.status_code == 409
    assert "You changed this part in another tab" in page_text(answer, "#saved")
    assert make.stored_role(store, slug).summary == "The other window."


def test_two_windows_meet_side_by_side_and_are_merged(leader: PageClient, store: Database, slug: str):
    url = f"/roles/{slug}/hard-parts"
    late = opened(leader, url)
    leader.fill(url, **{"rows-1-text": "Theirs."})
    answer = leader.post(url, data=late | {"rows-1-text": "Mine."})
    assert answer.status_code == 409
    assert "Theirs." in page_text(answer, "[aria-labelledby=theirs]")
    merged = values_of(find_form(answer.page)) | {"rows-2-text": "Theirs."}
    assert leader.post(url, data=merged).status_code == 303
    assert make.stored_role(store, slug).hard_parts == ("Most first calls end in no.", "Mine.", "Theirs.")


@pytest.mark.parametrize("name", PATH.steps)
def test_every_page_can_show_both_texts(
    leader: PageClient, store: Database, people: dict[str, Person], slug: str, name: str
):
    url = f"/roles/{slug}/{name}"
    late = opened(leader, url)
    with store.write.begin() as session:
        draft = make.draft_row(session, slug)
        edit = Edit(name, draft.version, "another tab", people["leader"].id)
        draft.change(edit, lambda role: replace(role, summary=f"{role.summary} And more."))
    answer = leader.post(url, data=late)
    assert answer.status_code == 409
    assert answer.page.select_one("[aria-labelledby=yours]")


def test_a_draft_is_removed_after_a_question(leader: PageClient, slug: str):
    assert leader.get(f"/roles/{slug}/remove").status_code == 200
    assert leader.post(f"/roles/{slug}/remove").location == "/"
    assert leader.get(f"/roles/{slug}").status_code == 404


def test_a_removed_draft_leaves_its_name_in_the_history(leader: PageClient, store: Database, slug: str):
    leader.post(f"/roles/{slug}/remove")
    with store.read() as session:
        last = session.scalars(select(AuditRow).order_by(AuditRow.id.desc())).first()
    assert last is not None
    assert (last.act, last.detail["title"]) == ("removed", "Account Executive")


def test_hr_reads_a_draft_and_changes_nothing(as_: Callable[[str], PageClient], slug: str):
    hr = as_("hr")
    for page in ("", "/check", "/chain", "/metrics", "/documents/interview-kit"):
        assert hr.get(f"/roles/{slug}{page}").status_code == 200
    for page in ("/seat", "/accountabilities", "/remove"):
        assert hr.get(f"/roles/{slug}{page}").location == f"/roles/{slug}/check#every-answer"


@pytest.mark.parametrize(("old", "new"), [("need", "why-needed"), ("forward", "contribution")])
def test_the_old_address_of_an_answer_leads_to_the_present_one(leader, slug, old, new):
    answer = leader.get(f"/roles/{slug}/purpose/{old}")
    assert (answer.status_code, answer.location) == (308, f"/roles/{slug}/purpose/{new}")
