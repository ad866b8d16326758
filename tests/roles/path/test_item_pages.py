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
    assert answer.location == f"{LIST}/{key}/outcome"
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
    assert not leader.get(f"/roles/{slug}/chain").page.select(".gap")
    leader.fill(f"{LIST}/north/questions/north-ask/remove")
    leader.fill(f"{LIST}/south/expectations/south-held/remove")
    gaps = leader.get(f"/roles/{slug}/chain").page.select("a.gap")
    assert len(gaps) == 2
    for gap in gaps:
        assert leader.get(gap["href"].split("#")[0]).status_code == 200


def test_the_chain_of_nothing_says_so(leader: PageClient, store: Database, people: dict[str, Any]):
    slug = make.draft(store, people["leader"], Role(title="Closer"))
    assert "No accountabilities yet" in page_text(leader.get(f"/roles/{slug}/chain"))
