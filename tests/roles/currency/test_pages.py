"""The currency of a role is changed on one page, which shows first what it changes and keeps the rate."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.support import make
from tests.support.proof import PageClient, find_form, values_of
from tests.support.servers.databases import Database
from workbench.accounts.audit import AuditRow
from workbench.documents.model import Paper
from workbench.documents.page.html import render_body
from workbench.metrics.model import Unit
from workbench.roles.documents.kinds import DOCUMENTS, build_document
from workbench.roles.model import Basis, Pay, Role


@pytest.fixture
def slug(store: Database, people: dict) -> str:
    """A draft in dollars with a target, a text and a pay range in them."""
    first, *others = make.role().accountabilities
    money = make.expectation("bookings", Unit.MONEY, key="sum", value=Decimal(300_000), qualifier="over $25,000")
    role = make.role(
        accountabilities=(replace(first, expectations=(money,)), *others), pay=Pay(minimum=6_000_000, maximum=7_000_000)
    )
    return make.draft(store, people["leader"], role)


def text(answer: TestResponse) -> str:
    return " ".join(answer.page.select_one("main").get_text(" ", strip=True).split())


def change(leader: PageClient, slug: str, **fields: str) -> TestResponse:
    """Ask for a change, and press the button below what it would do."""
    shown = leader.fill(f"/roles/{slug}/currency", **fields)
    assert "Nothing is changed yet" in text(shown)
    return leader.post(f"/roles/{slug}/currency", data=values_of(find_form(shown.page)))


def test_each_page_with_amounts_names_the_currency_and_leads_to_the_one_page_that_changes_it(
    leader: PageClient, slug: str
):
    for page in (f"/roles/{slug}/pay", f"/roles/{slug}/accountabilities/north/expectations/sum"):
        answer = leader.get(page)
        assert "Amounts are in US dollars (USD)" in text(answer)
        assert answer.page.select_one(f"main a[href='/roles/{slug}/currency']")
    assert not leader.get(f"/roles/{slug}/pay").page.select_one("select[name=currency]")
    listed = text(leader.get(f"/roles/{slug}/currency"))
    for amount in ("$60,000", "$70,000", "$300,000", "over $25,000"):
        assert amount in listed


def test_nothing_changes_before_the_page_has_shown_what_would(leader: PageClient, store: Database, slug: str):
    answer = leader.fill(f"/roles/{slug}/currency", currency="GBP", how="convert", rate="0.79")
    for amount in ("£47,400", "£237,000", "over £19,750"):
        assert amount in text(answer)
    assert make.stored_role(store, slug).currency == "USD"
    form = values_of(find_form(answer.page))
    again = leader.post(f"/roles/{slug}/currency", data=form | {"rate": "0.8"})
    assert "£240,000" in text(again), "another rate is shown first"
    assert make.stored_role(store, slug).currency == "USD"


def test_a_converted_role_keeps_its_rate_in_the_history_and_can_be_undone(
    leader: PageClient, store: Database, slug: str
):
    before = make.stored_role(store, slug)
    answer = change(leader, slug, currency="GBP", how="convert", rate="0.79")
    assert answer.location == f"/roles/{slug}"
    role = make.stored_role(store, slug)
    assert (role.currency, role.pay.minimum) == ("GBP", 4_740_000)
    assert role.accountability("north").expectations[0].value == 237_000
    with store.read() as session:
        line = session.scalars(select(AuditRow).order_by(AuditRow.id.desc())).first()
    assert line.detail == {"part": "currency", "old": "USD", "new": "GBP", "rate": "0.79"}
    page = leader.get(f"/roles/{slug}")
    assert "The role is now in British pounds." in page.text
    undo = next(form for form in page.page.select("form") if "Undo" in form.get_text())
    leader.post(undo["action"], data=values_of(undo))
    assert make.stored_role(store, slug) == before


def test_a_relabelled_role_keeps_its_figures(leader: PageClient, store: Database, slug: str):
    change(leader, slug, currency="EUR", how="relabel")
    role = make.stored_role(store, slug)
    money = role.accountability("north").expectations[0]
    assert (role.currency, role.pay.minimum, money.value, money.qualifier) == (
        "EUR",
        6_000_000,
        300_000,
        "over €25,000",
    )


def test_a_role_that_is_left_stays_as_it_is(leader: PageClient, store: Database, slug: str):
    before = make.stored_role(store, slug)
    answer = leader.fill(f"/roles/{slug}/currency", currency="EUR", how="leave")
    assert answer.status_code == 303
    assert "The role stays in US dollars." in leader.get(answer.location).text
    assert make.stored_role(store, slug) == before


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"currency": "USD", "how": "relabel"}, "The role is in US dollars already."),
        ({"currency": "GBP", "how": "convert", "rate": ""}, "Enter the rate, such as 0.79."),
        ({"currency": "GBP", "how": "convert", "rate": "0"}, "Enter the rate, such as 0.79."),
        ({"currency": "GBP", "how": "convert", "rate": "-1"}, "zero or more"),
        ({"currency": "GBP", "how": "convert", "rate": "1.085"}, "Do you mean 1.0850 or 1,085?"),
        ({"currency": "XXQ", "how": "relabel"}, "Choose one from the list."),
        ({"currency": "GBP", "how": "burn"}, "Choose one from the list."),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_with_words(
    leader: PageClient, store: Database, slug: str, fields: dict[str, str], message: str
):
    answer = leader.fill(f"/roles/{slug}/currency", **fields)
    assert answer.status_code == 422
    assert message in text(answer)
    assert make.stored_role(store, slug).currency == "USD"


def test_a_change_that_was_shown_for_an_older_draft_is_shown_again(leader: PageClient, store: Database, slug: str):
    shown = leader.fill(f"/roles/{slug}/currency", currency="GBP", how="relabel")
    leader.fill(f"/roles/{slug}/pay", maximum="80k")
    again = leader.post(f"/roles/{slug}/currency", data=values_of(find_form(shown.page)))
    assert "£80,000" in text(again)
    assert make.stored_role(store, slug).currency == "USD"


def test_a_plan_its_targets_and_their_documents_are_all_in_the_currency_of_the_role(
    leader: PageClient, store: Database, slug: str
):
    change(leader, slug, currency="GBP", how="relabel")
    plan = "target=£500k&deal=5000&stages-0-name=opportunities&stages-0-share=25%25&starts=2027-01-01&months=12"
    answer = leader.get(f"/roles/{slug}/planner?{plan}")
    assert "£500,000" in text(answer)
    assert "$" not in text(answer)
    sent = {"plan": plan, "metric": "bookings", "to-bookings": "north", "own": "y"}
    assert leader.post(f"/roles/{slug}/planner/use", data=sent).status_code == 303
    role: Role = make.stored_role(store, slug)
    money = next(each for each in role.accountability("north").expectations if each.metric == "bookings")
    assert (role.currency, money.value, money.basis) == ("GBP", 500_000, Basis.PLANNER)
    for kind in DOCUMENTS:
        printed = render_body(build_document(kind, role, make.stamp()), Paper.A4)
        assert "$" not in printed, kind
    assert "£500,000" in render_body(build_document("position-description", role, make.stamp()), Paper.A4)


def test_a_plan_of_a_role_refuses_amounts_in_another_currency(leader: PageClient, slug: str):
    answer = leader.get(f"/roles/{slug}/planner?target=£500k&deal=5000&starts=2027-01-01")
    assert "This amount is in US dollars; you typed “£”." in text(answer)
