"""All targets of a role stand in one table: what is typed is stored row by row, and what is wrong stays in its cell."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.support import make
from tests.support.proof import PageClient, find_form, values_of
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.metrics.catalogue import catalogue
from workbench.metrics.model import Period, Unit
from workbench.roles.model import Basis, Expectation, Role

TARGETS = "/roles/account-executive/targets"
HELD, WON = "north__north-held", "north__north-won"


@pytest.fixture
def slug(store: Database, people: dict[str, Person]) -> str:
    """The leader's draft with two placeholders."""
    held = make.expectation(key="north-held", basis=Basis.PLACEHOLDER)
    won = make.expectation(
        "bookings", make.Unit.MONEY, key="north-won", value=Decimal(250_000), basis=Basis.PLACEHOLDER
    )
    item = make.accountability("north", expectations=(held, won))
    return make.draft(store, people["leader"], make.role(accountabilities=(item,)))


def target(store: Database, slug: str, key: str = "north-held") -> Expectation:
    return make.stored_role(store, slug).accountability("north").expectation(key)


def text_at(answer: TestResponse, where: str) -> str:
    return answer.page.select_one(where).get_text(" ", strip=True)


def opened(reader: PageClient) -> dict[str, Any]:
    return values_of(find_form(reader.get(TARGETS).page))


def send(reader: PageClient, data: dict[str, Any], do: str = "stay", **fields: Any) -> TestResponse:
    return reader.post(TARGETS, data=data | {"do": do, "op_id": make_op_id()} | fields)


def autosave(reader: PageClient, data: dict[str, Any], **fields: Any) -> TestResponse:
    sent = data | {"op_id": make_op_id()} | fields
    return reader.post(TARGETS, data=sent, headers={"X-Autosave": "1"})


def make_op_id() -> str:
    make_op_id.count = getattr(make_op_id, "count", 0) + 1
    return f"sending {make_op_id.count}"


def test_each_target_is_a_row_with_its_sentence_and_its_origin(leader: PageClient, slug: str):
    answer = leader.get(TARGETS)
    assert [row["id"] for row in answer.page.select("tr.target")] == [HELD, WON]
    assert text_at(answer, f"#{HELD}-sentence") == "Hold at least 9 first meetings each week"
    assert text_at(answer, f"#{WON}-origin") == "From the library"
    assert text_at(answer, "#agreed") == "0 of 2 agreed"


def test_one_save_stores_every_row_that_was_changed(leader: PageClient, store: Database, slug: str):
    fields = {f"{HELD}-value": "12", f"{WON}-value": "300000", f"{WON}-source": "The board", f"{WON}-due": "2027-03-31"}
    answer = leader.post(TARGETS, data=opened(leader) | fields)
    assert answer.location == f"/roles/{slug}"
    assert (target(store, slug).value, target(store, slug).basis) == (12, Basis.PROPOSED)
    won = target(store, slug, "north-won")
    assert (won.value, won.source, str(won.due)) == (300_000, "The board", "2027-03-31")
    assert "Saved: 2 targets changed." in text_at(leader.get(answer.location), "main")


def test_a_bad_cell_changes_nothing_keeps_what_was_typed_and_holds_back_no_other_row(
    leader: PageClient, store: Database, slug: str
):
    answer = send(leader, opened(leader), **{f"{HELD}-value": "many", f"{HELD}-source": "A list", f"{WON}-value": "70"})
    assert answer.status_code == 200
    assert answer.page.title.string.startswith("Error: ")
    assert "“many” is not one" in text_at(answer, f"#{HELD}-value-error")
    assert answer.page.select_one(f"#{HELD}-value")["value"] == "many"
    assert answer.page.select_one(f"#{HELD}-value")["aria-invalid"] == "true"
    assert (target(store, slug).value, target(store, slug).source) == (9, "A list")
    assert target(store, slug, "north-won").value == 70
    send(leader, values_of(find_form(answer.page)), **{f"{HELD}-value": "12"})
    assert target(store, slug).value == 12


def test_a_number_with_two_meanings_is_asked_back_in_its_row_and_one_press_answers(
    leader: PageClient, store: Database, slug: str
):
    answer = send(leader, opened(leader), **{f"{WON}-value": "300.000"})
    assert target(store, slug, "north-won").value == 250_000
    buttons = {tag["value"]: tag["name"] for tag in answer.page.select(f"#{WON}-notes .readings button")}
    assert set(buttons) == {"300", "300000"}
    answer = send(leader, values_of(find_form(answer.page)), "", **{buttons["300000"]: "300000"})
    assert answer.status_code == 200, "the page stays"
    assert target(store, slug, "north-won").value == 300_000
    assert answer.page.select_one(f"#{WON}-value")["value"] == "300,000"


def test_an_autosave_answers_with_what_each_row_says_now(leader: PageClient, store: Database, slug: str):
    answer = autosave(leader, opened(leader), **{f"{HELD}-value": "12"})
    assert "Saved at" in text_at(answer, "#saved")
    assert text_at(answer, f"#{HELD}-sentence") == "Hold at least 12 first meetings each week"
    assert text_at(answer, f"#{HELD}-origin").startswith("Proposed")
    assert text_at(autosave(leader, opened(leader), **{f"{WON}-value": "$1.2m"}), f"#{WON}-notes .understood") == (
        "one million two hundred thousand US dollars a week"
    )
    assert all(tag.get("hx-swap-oob") for tag in answer.page.find_all(recursive=False))
    wrong = autosave(leader, opened(leader), **{f"{HELD}-value": "many"})
    assert "but not this: First meetings held" in text_at(wrong, "#saved")
    assert target(store, slug).value == 12


def test_many_rows_are_agreed_at_once_and_that_can_be_undone(leader: PageClient, store: Database, slug: str):
    answer = send(leader, opened(leader), "agree", chosen=[HELD, WON], **{f"{HELD}-value": "12"})
    assert [target(store, slug, key).basis for key in ("north-held", "north-won")] == [Basis.AGREED] * 2
    assert target(store, slug).value == 12
    assert text_at(answer, "#agreed") == "2 of 2 agreed"
    assert "2 targets marked as agreed." in text_at(answer, ".undo-line")
    undo = [tag["value"] for tag in answer.page.select("[name=undo]")]
    answer = send(leader, values_of(find_form(answer.page)), "undo", undo=undo)
    assert [target(store, slug, key).basis for key in ("north-held", "north-won")] == [
        Basis.PROPOSED,
        Basis.PLACEHOLDER,
    ]
    assert text_at(answer, "#agreed") == "0 of 2 agreed"


def test_a_row_without_a_number_or_with_an_error_is_not_agreed(leader: PageClient, store: Database, slug: str):
    fields = {f"{HELD}-value": "", f"{WON}-value": "much"}
    answer = send(leader, opened(leader), "agree", chosen=[HELD, WON], **fields)
    assert "Enter a number first" in text_at(answer, f"#{HELD}-notes")
    assert [target(store, slug, key).agreed for key in ("north-held", "north-won")] == [False, False]
    assert not answer.page.select(".undo-line")


@pytest.mark.parametrize("typed", ["-5", "0"])
def test_a_number_that_cannot_be_is_doubted_in_its_row_at_once_and_not_agreed(
    leader: PageClient, store: Database, slug: str, typed: str
):
    page = opened(leader)
    answer = autosave(leader, page, **{f"{WON}-value": typed})
    assert answer.page.select_one(f"#{WON}-notes .remark"), answer.text
    answer = send(leader, opened(leader), "agree", chosen=[WON])
    assert "Correct the number first" in text_at(answer, f"#{WON}-notes")
    assert not target(store, slug, "north-won").agreed


def test_two_people_may_work_in_different_rows(leader: PageClient, store: Database, slug: str):
    mine, theirs = opened(leader), opened(leader)
    send(leader, theirs, **{f"{WON}-value": "70"})
    send(leader, mine, **{f"{HELD}-value": "12"})
    assert (target(store, slug).value, target(store, slug, "north-won").value) == (12, 70)


def test_a_row_that_another_page_changed_is_shown_and_not_overwritten(leader: PageClient, store: Database, slug: str):
    mine = opened(leader)
    send(leader, opened(leader), **{f"{HELD}-value": "10"})
    answer = send(leader, mine, **{f"{HELD}-value": "12"})
    assert "You changed this row in another tab: “Hold at least 10" in text_at(answer, f"#{HELD}-notes")
    assert answer.page.select_one(f"#{HELD}-value")["value"] == "12"
    assert target(store, slug).value == 10
    send(leader, values_of(find_form(answer.page)), f"keep:{HELD}")
    assert target(store, slug).value == 12


def test_the_next_save_of_a_page_counts_although_it_was_sent_before_the_answer_to_the_last(
    leader: PageClient, store: Database, slug: str
):
    page = opened(leader)
    autosave(leader, page, **{f"{HELD}-value": "1"})
    autosave(leader, page, **{f"{HELD}-value": "12"})
    assert target(store, slug).value == 12
    send(leader, page, "agree", chosen=[HELD], **{f"{HELD}-value": "123"})
    assert (target(store, slug).value, target(store, slug).agreed) == (123, True)


def test_an_open_page_never_writes_back_what_another_page_has_changed(leader: PageClient, store: Database, slug: str):
    mine = opened(leader)
    send(leader, opened(leader), **{f"{WON}-value": "70"})
    answer = autosave(leader, mine, **{f"{HELD}-value": "12"})
    assert not answer.page.select(f"#{WON}-seen"), "the page still shows the old number of this row"
    assert "Sign at least $70 of contracts" in text_at(answer, f"#{WON}-notes")
    autosave(leader, mine, **{f"{HELD}-value": "13", f"{HELD}-seen": answer.page.select_one(f"#{HELD}-seen")["value"]})
    assert (target(store, slug).value, target(store, slug, "north-won").value) == (13, 70)


def test_a_role_without_targets_says_where_they_come_from(
    leader: PageClient, store: Database, people: dict[str, Person]
):
    slug = make.draft(store, people["leader"], Role("A seat with only a title"))
    assert "no targets yet" in text_at(leader.get(f"/roles/{slug}/targets"), "main")


def test_a_remark_stands_under_its_row_and_its_button_writes_the_number(
    leader: PageClient, store: Database, people: dict[str, Person]
):
    numbers = (
        make.expectation("bookings", make.Unit.MONEY, key="north-won", value=Decimal(300_000), period=Period.QUARTER),
        make.expectation("avg_deal", make.Unit.MONEY, key="north-size", value=Decimal(38_000), period=Period.QUARTER),
        make.expectation("new_logos", key="north-held", value=Decimal(5), period=Period.QUARTER),
    )
    item = make.accountability("north", expectations=numbers)
    slug = make.draft(store, people["leader"], make.role(accountabilities=(item,)))
    page = leader.get(TARGETS)
    assert "$38,000 a deal is 8 a quarter, not 5" in text_at(page, f"#{HELD}-notes .remark")
    button = page.page.select_one(f"#{HELD}-notes button")
    assert button.get_text(strip=True) == "Write 8"
    answer = send(leader, opened(leader), button["value"])
    assert not answer.page.select(".remark")
    assert (target(store, slug).value, target(store, slug).basis) == (8, Basis.PROPOSED)
    send(leader, opened(leader), f"write:{HELD}:1000000")
    assert target(store, slug).value == 8, "only a number of a remark is written"


def test_another_metric_is_chosen_by_its_name_and_brings_its_unit(leader: PageClient, store: Database, slug: str):
    page = opened(leader)
    assert page[f"{HELD}-metric"] == "First meetings held"
    answer = autosave(leader, page, **{f"{HELD}-metric": "win rate", f"{HELD}-value": "22,5"})
    assert "Win rate" in text_at(answer, f"#{HELD}-name")
    assert text_at(answer, f"#{HELD}-unit") == "%"
    now = target(store, slug)
    assert (now.metric, now.unit, now.value, now.basis) == ("win_rate_n", Unit.PERCENT, Decimal("22.5"), Basis.PROPOSED)
    answer = send(leader, opened(leader), **{f"{HELD}-metric": "winn rates"})
    assert "Did you mean “Win rate”" in text_at(answer, f"#{HELD}-metric-error")
    assert answer.page.select_one(f"#{HELD}-metric")["value"] == "winn rates"
    assert target(store, slug) == now, "a name that is not known changes nothing"
    names = [option["value"] for option in answer.page.select("#metric-names option")]
    assert "Bookings" in names
    assert len(names) == len(set(names))


def test_a_metric_that_only_the_role_knows_stays_as_it_is(
    leader: PageClient, store: Database, people: dict[str, Person]
):
    own = replace(catalogue()["meetings_held"], code="own_walks", name="Walks taken")
    walks = make.expectation("own_walks", key="north-held", own_metric=own)
    role = make.role(accountabilities=(make.accountability("north", expectations=(walks,)),))
    slug = make.draft(store, people["leader"], role)
    page = opened(leader)
    assert page[f"{HELD}-metric"] == "Walks taken"
    send(leader, page, **{f"{HELD}-value": "12"})
    assert target(store, slug) == replace(walks, value=Decimal(12), basis=Basis.PROPOSED)


def test_a_remark_is_dismissed_in_its_row_with_a_reason(leader: PageClient, store: Database, slug: str):
    send(leader, opened(leader), **{f"{HELD}-metric": "Win rate", f"{HELD}-value": "0.5 %"})
    page = leader.get(TARGETS).page
    button = page.select_one(f"#{HELD}-notes .dismissal button")
    box = page.select_one(f"#{HELD}-notes .dismissal textarea")["name"]
    refused = send(leader, opened(leader), button["value"], **{box: "ok"})
    assert "Say it in a few words" in text_at(refused, f"#{box}-error")
    assert text_at(refused, f"#{box}") == "ok"
    done = send(leader, opened(leader), button["value"], **{box: "The board has seen this rate and keeps it."})
    assert "The remark is dismissed" in text_at(done, ".undo-line")
    assert not done.page.select(f"#{HELD}-notes .remark")
    assert "The board has seen this rate" in text_at(leader.get(f"/roles/{slug}/check"), "#dismissed")
    send(leader, opened(leader), **{f"{HELD}-value": "0.4 %"})
    assert leader.get(TARGETS).page.select(f"#{HELD}-notes .remark"), "it comes back with another number"
