"""A number on a page is read as the company's country writes it, asked back in doubt, and said in words."""

from dataclasses import replace
from decimal import Decimal

import pytest
from werkzeug.test import TestResponse

from tests.support import make
from tests.support.proof import PageClient, find_form, values_of
from tests.support.servers.databases import Database
from workbench.accounts.tables import company_row
from workbench.metrics.model import Unit
from workbench.roles.model import Role

BOOKINGS = make.expectation("bookings", Unit.MONEY, key="sum", value=Decimal(200_000))
RATE = make.expectation("win_rate_n", Unit.PERCENT, key="rate", value=Decimal(25))
AUTOSAVE = {"X-Autosave": "1"}


@pytest.fixture
def slug(store: Database, people: dict) -> str:
    """A draft in euros with a target in money and one in percent."""
    first, *others = make.role().accountabilities
    items = (replace(first, expectations=(BOOKINGS, RATE)), *others)
    return make.draft(store, people["leader"], make.role(currency="EUR", accountabilities=items))


def in_country(store: Database, country: str) -> None:
    with store.write.begin() as session:
        company_row(session).country = country


def address(slug: str, key: str) -> str:
    return f"/roles/{slug}/accountabilities/north/expectations/{key}"


def value(store: Database, slug: str, key: str) -> Decimal | None:
    role: Role = make.stored_role(store, slug)
    return role.accountability("north").expectation(key).value


def said(answer: TestResponse, name: str = "value") -> str:
    return answer.page.select_one(f"#{name}-said").get_text(" ", strip=True)


def test_a_number_with_two_meanings_is_asked_back_beside_the_field_and_stores_nothing(
    leader: PageClient, store: Database, slug: str
):
    answer = leader.fill(address(slug, "sum"), value="300.000")
    assert answer.status_code == 422
    assert "Do you mean 300 or 300,000?" in said(answer)
    assert value(store, slug, "sum") == 200_000
    form = find_form(answer.page)
    assert values_of(form)["value"] == "300.000", "what was typed stays"
    buttons = {each["value"]: each for each in form.select("#value-said button")}
    assert [each.get_text(" ", strip=True) for each in buttons.values()] == [
        "300 three hundred",
        "300,000 three hundred thousand",
    ]
    answer = leader.post(address(slug, "sum"), data=values_of(form) | {buttons["300000"]["name"]: "300000"})
    assert answer.location == f"{address(slug, 'sum')}#value", "the page goes on where it was"
    assert value(store, slug, "sum") == 300_000
    answer = leader.get(address(slug, "sum"))
    assert values_of(find_form(answer.page))["value"] == "300,000"
    assert said(answer) == "three hundred thousand euros a week"


def test_the_country_of_the_company_decides_how_a_number_is_read_and_drawn(
    leader: PageClient, store: Database, slug: str
):
    in_country(store, "DE")
    assert leader.fill(address(slug, "sum"), value="€300.000,50").status_code == 303
    assert value(store, slug, "sum") == Decimal("300000.5")
    page = leader.get(address(slug, "sum")).page
    assert values_of(find_form(page))["value"] == "300.000,5"
    assert leader.fill(address(slug, "sum"), qualifier="in all").status_code == 303
    assert value(store, slug, "sum") == Decimal("300000.5"), "what a page draws, it reads again"


@pytest.mark.parametrize(
    ("key", "text", "message"),
    [
        ("sum", "$300", "This amount is in euros; you typed “$”"),
        ("sum", "10%", "This is an amount of money; you typed a percentage"),
        ("rate", "€5", "This is a percentage, not an amount of money"),
        ("rate", "0.22", "Do you mean 22 % or 0.22 %?"),
        ("sum", "85k–110k", "Type one number, and choose at least or at most beside it"),
        ("sum", "85,00,0", "a comma or a point in an unusual place"),
    ],
)
def test_what_the_metric_does_not_count_is_refused_with_words(
    leader: PageClient, store: Database, slug: str, key: str, text: str, message: str
):
    before = value(store, slug, key)
    answer = leader.fill(address(slug, key), value=text)
    assert message in said(answer)
    assert value(store, slug, key) == before


def test_the_metric_that_is_chosen_with_the_number_decides_its_unit(leader: PageClient, store: Database, slug: str):
    assert leader.fill(address(slug, "sum"), metric="win_rate_n", value="22,5 %").status_code == 303
    assert value(store, slug, "sum") == Decimal("22.5")


def test_an_autosave_says_what_it_read_and_asks_in_the_same_place(leader: PageClient, store: Database, slug: str):
    data = values_of(find_form(leader.get(address(slug, "sum")).page))
    answer = leader.post(address(slug, "sum"), data=data | {"value": "€60k"}, headers=AUTOSAVE)
    assert said(answer) == "sixty thousand euros a week"
    assert value(store, slug, "sum") == 60_000
    data |= {"value": "1.000", "op_id": answer.page.select_one("[name=op_id]")["value"]}
    answer = leader.post(address(slug, "sum"), data=data, headers=AUTOSAVE)
    assert answer.page.select_one("#value-said [data-reading=value]")
    assert value(store, slug, "sum") == 60_000


def test_the_pay_is_said_in_words_and_names_the_two_fields_of_a_range(leader: PageClient, slug: str):
    answer = leader.fill(f"/roles/{slug}/pay", minimum="85k–110k", maximum="1,5")
    assert "Type the lower end in From and the upper end in To." in said(answer, "minimum")
    assert said(answer, "maximum") == "1.5 euros"


def test_the_planner_asks_back_and_one_click_answers(leader: PageClient, store: Database, slug: str):
    figures = "deal=5000&stages-0-name=opportunities&stages-0-share=0.22&starts=2027-01-01&months=12&people=1"
    answer = leader.get(f"/roles/{slug}/planner?target=1.000&{figures}")
    assert answer.status_code == 422
    for name, reading in (("target", "1000"), ("stages-0-share", "22 %")):
        assert answer.page.select_one(f"button[name={name}-reading][value='{reading}']")
    answer = leader.get(
        f"/roles/{slug}/planner?target=1.000&target-reading=1000&stages-0-share-reading=22+%25&{figures}"
    )
    assert answer.status_code == 200
    assert "€1,000" in answer.page.select_one("#sentence").get_text()


def test_a_doubt_about_a_number_stands_beside_it_and_goes_with_it(leader: PageClient, store: Database, slug: str):
    assert leader.fill(address(slug, "rate"), value="0.22 %").status_code == 303
    page = leader.get(address(slug, "rate"))
    assert "less than one in a hundred. Did you mean 22%?" in said(page)
    table = leader.get(f"/roles/{slug}/targets").page.get_text(" ", strip=True)
    assert "less than one in a hundred. Did you mean 22%?" in table
    data = values_of(find_form(page.page))
    answer = leader.post(address(slug, "rate"), data=data | {"value": "22 %"}, headers=AUTOSAVE)
    assert said(answer) == "twenty-two percent a week"


def test_a_due_date_in_the_past_is_doubted_beside_the_field(leader: PageClient, slug: str):
    leader.fill(address(slug, "sum"), due="2020-01-01")
    page = leader.get(address(slug, "sum")).page
    assert "This is due in the past." in page.select_one("#due-remark").get_text()


def test_a_pay_range_that_is_upside_down_is_refused_and_stores_neither_end(
    leader: PageClient, store: Database, slug: str
):
    leader.fill(f"/roles/{slug}/pay", minimum="60k", maximum="70k")
    answer = leader.fill(f"/roles/{slug}/pay", maximum="50k")
    assert "“From” is more than “To”." in said(answer, "minimum")
    data = values_of(find_form(answer.page))
    leader.post(f"/roles/{slug}/pay", data=data, headers=AUTOSAVE)
    pay = make.stored_role(store, slug).pay
    assert (pay.minimum, pay.maximum) == (6_000_000, 7_000_000)


def test_the_pay_of_a_year_below_a_thousand_is_doubted(leader: PageClient, slug: str):
    leader.fill(f"/roles/{slug}/pay", minimum="80", maximum="85")
    assert "€85 is very little for a year. Did you mean €85,000" in said(leader.get(f"/roles/{slug}/pay"), "maximum")


def test_a_plan_with_hardly_a_day_to_work_in_is_doubted_beside_the_field(leader: PageClient):
    figures = (
        "target=50000&deal=5000&stages-0-name=opportunities&stages-0-share=25%25&starts=2027-03-01&months=1&people=1"
    )
    page = leader.get(f"/planner?{figures}&cycle=30")
    assert "Work still counts on only 1 working day." in said(page, "cycle")
    assert "Work still counts" not in said(leader.get(f"/planner?{figures}&cycle=5"), "cycle")


def test_the_minutes_of_an_exercise_that_its_own_words_exceed_are_doubted_beside_the_field(
    leader: PageClient, slug: str
):
    url = f"/roles/{slug}/accountabilities/north/questions/north-ask"
    leader.fill(url, kind="exercise", text="Sell us the plan in fifteen minutes.", minutes="10")
    assert "add up to 15 minutes" in said(leader.get(url), "minutes")
    leader.fill(url, minutes="20")
    assert "add up" not in said(leader.get(url), "minutes")
