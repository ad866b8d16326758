"""Accountabilities, expectations and questions: added, filled in, ordered and taken away, each with its own address."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.support import make
from tests.support.proof import PageClient, find_form, values_of
from tests.support.servers.databases import Database
from workbench.metrics.catalogue import catalogue
from workbench.metrics.model import Period
from workbench.roles.model import Anchors, Basis, Comparator, QuestionKind, Role

LIST = "/roles/account-executive/accountabilities"


def page_text(answer: TestResponse, where: str = "main") -> str:
    """Return the words of a part of a page."""
    return answer.page.select_one(where).get_text(" ", strip=True)


def keys(store: Database, slug: str) -> list[str]:
    return [item.key for item in make.stored_role(store, slug).accountabilities]


def press(reader: PageClient, url: str, do: Any, **more: Any) -> TestResponse:
    """Press a button of the list of accountabilities."""
    form = next(form for form in reader.get(url).page.select("main form") if form["action"] == url)
    return reader.post(url, data=values_of(form) | {"do": do} | more)


def test_the_list_names_each_accountability_with_its_targets(leader: PageClient, slug: str):
    page = page_text(leader.get(LIST))
    for place in ("north", "south", "west"):
        assert f"Win new customers in the {place} territory" in page
    assert "Hold at least 9 first meetings each week" in page


def test_an_accountability_is_added_and_filled_in_question_by_question(leader: PageClient, store: Database, slug: str):
    answer = press(leader, LIST, "add:")
    key = keys(store, slug)[-1]
    assert answer.location == f"{LIST}/{key}"
    assert "New accountability" in page_text(leader.get(LIST))
    answer = leader.fill(f"{LIST}/{key}/outcome", outcome="Customers renew early", success_factor="Nine in ten do.")
    assert answer.location == f"{LIST}/{key}/ownership"
    answer = leader.fill(
        answer.location, function="renewals", scope="All", essential=None, reason="It pays.", share="35"
    )
    assert answer.location == f"{LIST}/{key}/supports"
    answer = leader.fill(answer.location, behaviours="Calls early\nListens", rewards="A bell")
    assert answer.location == f"{LIST}/{key}"
    item = make.stored_role(store, slug).accountability(key)
    assert (item.outcome, item.success_factor, item.function, item.scope, item.essential, item.reason, item.share) == (
        "Customers renew early",
        "Nine in ten do.",
        "renewals",
        "All",
        False,
        "It pays.",
        35,
    )
    assert (item.supports.behaviours, item.supports.rewards) == (("Calls early", "Listens"), ("A bell",))
    page = page_text(leader.get(f"{LIST}/{key}"))
    assert "Customers renew early" in page
    assert "Nine in ten do." in page


@pytest.mark.parametrize(
    ("do", "order"),
    [
        ("up:south", ["south", "north", "west"]),
        ("down:south", ["north", "west", "south"]),
        ("up:north", ["north", "south", "west"]),
        ("down:west", ["north", "south", "west"]),
    ],
)
def test_accountabilities_are_moved_by_buttons(
    leader: PageClient, store: Database, slug: str, do: str, order: list[str]
):
    assert press(leader, LIST, do).location.startswith(f"{LIST}#item")
    assert keys(store, slug) == order


def test_accountabilities_are_put_into_the_order_in_which_they_were_dragged(
    leader: PageClient, store: Database, slug: str
):
    press(leader, LIST, "order", order=["west", "north", "south"])
    assert keys(store, slug) == ["west", "north", "south"]


def test_the_list_leads_on_to_the_duties(leader: PageClient, slug: str):
    assert press(leader, LIST, "").location == f"/roles/{slug}/duties"


def test_an_accountability_is_removed_after_a_question(leader: PageClient, store: Database, slug: str):
    assert leader.get(f"{LIST}/south/remove").status_code == 200
    assert keys(store, slug) == ["north", "south", "west"]
    assert leader.fill(f"{LIST}/south/remove").location == LIST
    assert keys(store, slug) == ["north", "west"]
    assert leader.get(f"{LIST}/south").status_code == 404


def test_an_expectation_is_added_with_all_its_fields_and_takes_its_unit_from_its_metric(
    leader: PageClient, store: Database, slug: str
):
    answer = leader.post(f"{LIST}/north/expectations")
    answer = leader.fill(
        answer.location,
        metric="win_rate_n",
        comparator="at most",
        value="22.5",
        period="quarter",
        due="2027-03-31",
        qualifier="over $100,000",
        source="The board",
        we_will="We lend an ear.",
        basis="agreed",
    )
    assert answer.location.startswith(f"{LIST}/north")
    added = make.stored_role(store, slug).accountability("north").expectations[-1]
    assert (added.metric, added.comparator, added.value, added.unit, added.period) == (
        "win_rate_n",
        Comparator.AT_MOST,
        Decimal("22.5"),
        catalogue()["win_rate_n"].unit,
        Period.QUARTER,
    )
    assert (added.due, added.qualifier, added.source, added.we_will, added.basis) == (
        date(2027, 3, 31),
        "over $100,000",
        "The board",
        "We lend an ear.",
        Basis.AGREED,
    )


@pytest.mark.parametrize("due", ["2027-02-30", "tomorrow", "31.12.2027"])
def test_a_day_that_there_is_not_is_said(leader: PageClient, store: Database, slug: str, due: str):
    answer = leader.fill(f"{LIST}/north/expectations/north-held", due=due)
    assert answer.status_code == 422
    assert values_of(find_form(answer.page))["due"] == due
    assert make.stored_role(store, slug) == make.role()


def test_a_choice_that_is_not_on_the_list_is_said(leader: PageClient, store: Database, slug: str):
    answer = leader.fill(f"{LIST}/north/expectations/north-held", metric="happiness", basis="guessed")
    assert answer.status_code == 422
    assert page_text(answer, ".summary").count("Choose one from the list.") == 2
    assert make.stored_role(store, slug) == make.role()


def test_a_question_is_added_with_its_probes_and_anchors(leader: PageClient, store: Database, slug: str):
    answer = leader.post(f"{LIST}/north/questions")
    answer = leader.fill(
        answer.location,
        kind="exercise",
        competency="Forecast",
        text="Plan this week.",
        probes="Why?\n\nWhat first?",
        minutes="20",
        what_good_looks_like="A plan.",
        one="None.",
        three="Half.",
        five="Whole.",
    )
    assert answer.location.startswith(f"{LIST}/north")
    added = make.stored_role(store, slug).accountability("north").questions[-1]
    assert (added.kind, added.competency, added.text, added.minutes, added.what_good_looks_like) == (
        QuestionKind.EXERCISE,
        "Forecast",
        "Plan this week.",
        20,
        "A plan.",
    )
    assert (added.probes, added.anchors) == (("Why?", "What first?"), Anchors("None.", "Half.", "Whole."))


@pytest.mark.parametrize(
    ("part", "gap"),
    [
        ("expectations/north-held", "leading metric"),
        ("expectations/north-won", "lagging metric"),
        ("questions/north-ask", "question"),
    ],
)
def test_taking_the_last_of_its_kind_away_names_the_gap_that_it_leaves(
    leader: PageClient, store: Database, slug: str, part: str, gap: str
):
    assert gap in page_text(leader.get(f"{LIST}/north/{part}/remove"))
    assert leader.fill(f"{LIST}/north/{part}/remove").location == f"{LIST}/north"
    assert part.split("/")[1] not in str(make.stored_role(store, slug))
    assert leader.get(f"{LIST}/north/{part}").status_code == 404


def test_one_of_many_leaves_no_gap(leader: PageClient, store: Database, slug: str):
    leader.post(f"{LIST}/north/questions")
    page = page_text(leader.get(f"{LIST}/north/questions/north-ask/remove"))
    assert "no question" not in page


def test_a_removed_part_meets_an_open_page_with_a_plain_answer(leader: PageClient, slug: str):
    url = f"{LIST}/north/questions/north-ask"
    late = values_of(find_form(leader.get(url).page))
    leader.fill(f"{url}/remove")
    assert leader.post(url, data=late).status_code == 404


def test_the_chain_names_each_gap_and_leads_to_the_place_where_it_is_closed(
    leader: PageClient, store: Database, slug: str
):
    assert not leader.get(f"/roles/{slug}/chain").page.select(".chain .none")
    leader.fill(f"{LIST}/north/questions/north-ask/remove")
    leader.fill(f"{LIST}/south/expectations/south-held/remove")
    gaps = leader.get(f"/roles/{slug}/chain").page.select(".chain .none a")
    assert len(gaps) == 2
    for gap in gaps:
        assert leader.get(gap["href"].split("#")[0]).status_code == 200


def test_the_chain_is_open_on_paper(leader: PageClient, slug: str):
    page = leader.get(f"/roles/{slug}/chain").page
    assert page.select_one("button[data-print]").has_attr("hidden"), "it needs a script"
    for row in page.select(".chains > li"):
        folded, printed = row.select_one("details .sides"), row.select_one(".print-only .sides")
        assert folded.get_text() == printed.get_text()
        assert "no-print" in row.select_one("details")["class"]


def test_the_chain_of_nothing_says_so(leader: PageClient, store: Database, people: dict[str, Any]):
    slug = make.draft(store, people["leader"], Role(title="Closer"))
    assert "No accountabilities yet" in page_text(leader.get(f"/roles/{slug}/chain"))


def item_keys(store: Database, slug: str, key: str, what: str) -> list[str]:
    return [part.key for part in getattr(make.stored_role(store, slug).accountability(key), what)]


def arrange(reader: PageClient, what: str, do: str, **fields: str) -> TestResponse:
    """Press a button beside an expectation or a question on the page of the accountability in the north."""
    form = find_form(reader.get(f"{LIST}/north").page, f"{LIST}/north/{what}/arrange")
    return reader.post(form["action"], data=values_of(form) | {"do": do} | fields)


def test_expectations_and_questions_are_put_into_another_order(leader: PageClient, store: Database, slug: str):
    assert item_keys(store, slug, "north", "expectations") == ["north-held", "north-won"]
    answer = arrange(leader, "expectations", "down:north-held")
    assert answer.location == f"{LIST}/north#item-north-held"
    assert item_keys(store, slug, "north", "expectations") == ["north-won", "north-held"]
    arrange(leader, "expectations", "order", order=["north-held", "north-won"])
    assert item_keys(store, slug, "north", "expectations") == ["north-held", "north-won"]
    arrange(leader, "expectations", "up:nothing")
    assert item_keys(store, slug, "north", "expectations") == ["north-held", "north-won"]


@pytest.mark.parametrize(("what", "key"), [("expectations", "north-held"), ("questions", "north-ask")])
def test_an_expectation_or_question_moves_to_another_accountability_and_back(
    leader: PageClient, store: Database, slug: str, what: str, key: str
):
    arrange(leader, what, f"move:{key}", **{f"to-{key}": "west"})
    assert key not in item_keys(store, slug, "north", what)
    assert item_keys(store, slug, "west", what)[-1] == key
    page = leader.get(f"{LIST}/north").page
    assert "Moved to “Win new customers in the west territory”" in page.main.get_text(" ", strip=True)
    leader.post(page.select_one(".with-undo form")["action"])
    assert make.stored_role(store, slug) == make.role()


def test_nothing_moves_to_an_accountability_that_is_not_there(leader: PageClient, store: Database, slug: str):
    assert arrange(leader, "questions", "move:north-ask", **{"to-north-ask": "nowhere"}).status_code == 404
    assert make.stored_role(store, slug) == make.role()


def test_an_accountability_is_copied_behind_itself(leader: PageClient, store: Database, slug: str):
    answer = press(leader, LIST, "copy:south")
    north, south, copy, west = keys(store, slug)
    assert (north, south, west) == ("north", "south", "west")
    assert answer.location == f"{LIST}#item-{copy}"
    role = make.stored_role(store, slug)
    assert role.accountability(copy).outcome == role.accountability("south").outcome
    assert press(leader, LIST, "copy:nowhere").status_code == 404


def test_the_texts_of_an_accountability_are_saved_on_its_own_page(leader: PageClient, store: Database, slug: str):
    page = leader.get(f"{LIST}/north").page
    sent = values_of(find_form(page, f"{LIST}/north/outcome")) | {"outcome": "Win the north"}
    answer = leader.post(f"{LIST}/north/outcome?autosave=1&beside=1", data=sent, headers={"X-Autosave": "1"})
    assert "Saved at" in page_text(answer, "#saved-outcome")
    assert answer.page.select_one("#version-outcome")["value"] == "2"
    assert make.stored_role(store, slug).accountability("north").outcome == "Win the north"
    # the other form of the page is based on the version before, and changes another part
    sent = values_of(find_form(page, f"{LIST}/north/ownership")) | {"scope": "The far north"}
    answer = leader.post(f"{LIST}/north/ownership", data=sent)
    assert (answer.status_code, answer.location) == (303, f"{LIST}/north")
    item = make.stored_role(store, slug).accountability("north")
    assert (item.outcome, item.scope) == ("Win the north", "The far north")


def test_two_pages_with_the_same_text_meet_side_by_side(leader: PageClient, slug: str):
    sent = values_of(find_form(leader.get(f"{LIST}/north").page, f"{LIST}/north/outcome"))
    leader.fill(f"{LIST}/north/outcome", outcome="Theirs.")
    answer = leader.post(
        f"{LIST}/north/outcome?autosave=1&beside=1", data=sent | {"outcome": "Mine."}, headers={"X-Autosave": "1"}
    )
    assert answer.status_code == 409
    assert "Press “Save”" in page_text(answer, "#saved-outcome")
    assert "Theirs." in page_text(leader.post(f"{LIST}/north/outcome", data=sent | {"outcome": "Mine."}))


def test_the_share_of_time_starts_empty_and_zero_is_refused(leader: PageClient, store: Database, slug: str):
    press(leader, LIST, "add:")
    key = keys(store, slug)[-1]
    url = f"{LIST}/{key}/ownership"
    assert values_of(find_form(leader.get(url).page))["share"] == ""
    answer = leader.fill(url, share="0")
    assert answer.status_code == 422
    assert values_of(find_form(answer.page))["share"] == "0"
    leader.fill(url, share="30")
    assert make.stored_role(store, slug).accountability(key).share == 30
    leader.fill(url, share="")
    assert make.stored_role(store, slug).accountability(key).share == 0


def test_a_function_of_the_library_is_shown_in_words_and_keeps_its_name(leader: PageClient, store: Database, slug: str):
    url = f"{LIST}/north/ownership"
    assert values_of(find_form(leader.get(url).page))["function"] == "new customers north"
    leader.fill(url, scope="The far north")
    assert make.stored_role(store, slug).accountability("north").function == "new-customers-north"
    leader.fill(url, function="Key accounts - north")
    assert make.stored_role(store, slug).accountability("north").function == "Key accounts - north"
