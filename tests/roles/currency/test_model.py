"""A role changes its currency as a whole: each amount is listed, converted or kept, and nothing else changes."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.support import make
from workbench.core.shape import unstructure
from workbench.core.text.number_style import number_style
from workbench.metrics.model import Unit
from workbench.roles.currency.model import CurrencyChange, format_pay_range, list_amounts
from workbench.roles.model import Anchors, Basis, Pay, Role

CONVERTED, RELABELLED = CurrencyChange("USD", "GBP", Decimal("0.79")), CurrencyChange("USD", "GBP")


def in_dollars() -> Role:
    first = make.role().accountabilities[0]
    money = make.expectation(
        "bookings",
        Unit.MONEY,
        value=Decimal(300_000),
        qualifier="over $25,000",
        planner_query="target=1000000&deal=45000&months=12",
    )
    pipeline = make.expectation("pipeline_amount", Unit.MONEY, value=None)
    question = replace(make.question(), anchors=Anchors(five="Sold for $1.5k, then US$ 80."))
    item = replace(first, expectations=(make.expectation(), money, pipeline), questions=(question,))
    pay = Pay(minimum=6_000_000, maximum=7_000_050, variable="About USD 10,000 a year.")
    return make.role(accountabilities=(item,), pay=pay, hard_parts=("Lists cost 500 $ each.", "€5 is not ours."))


def texts_of(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts_of(each)]
    if isinstance(value, list):
        return [text for each in value for text in texts_of(each)]
    return [str(value)]


def test_every_amount_is_converted_at_the_rate():
    role = CONVERTED.apply(in_dollars())
    assert role.currency == "GBP"
    assert (role.pay.minimum, role.pay.maximum) == (4_740_000, 5_530_040)
    assert role.pay.variable == "About £7,900 a year."
    assert role.hard_parts == ("Lists cost 395\u00a0£ each.", "€5 is not ours.")
    item = role.accountabilities[0]
    held, money, pipeline = item.expectations
    assert (held.value, money.value, pipeline.value) == (9, 237_000, None), "nine meetings are no money"
    assert money.qualifier == "over £19,750"
    assert money.planner_query == "target=790000&deal=35550&months=12"
    assert item.questions[0].anchors.five == "Sold for £1.19k, then £63.20."


def test_without_a_rate_the_figures_stay():
    role = RELABELLED.apply(in_dollars())
    assert (role.currency, role.pay.minimum, role.pay.variable) == ("GBP", 6_000_000, "About £10,000 a year.")
    money = role.accountabilities[0].expectations[1]
    assert (money.value, money.qualifier) == (300_000, "over £25,000")
    assert money.planner_query == "target=1000000&deal=45000&months=12"


def test_what_changes_is_what_is_listed():
    before, after = in_dollars(), replace(CONVERTED.apply(in_dollars()), currency="USD")
    changed = [
        pair
        for pair in zip(texts_of(unstructure(before)), texts_of(unstructure(after)), strict=True)
        if pair[0] != pair[1]
    ]
    listed = list_amounts(before, CONVERTED)
    assert [(each.label, each.before, each.after) for each in listed] == [
        ("Pay from", "$60,000", "£47,400"),
        ("Pay to", "$70,000.50", "£55,300.40"),
        ("Bookings", "$300,000", "£237,000"),
        ("Hard parts", "Lists cost 500 $ each.", "Lists cost 395\u00a0£ each."),
        ("Variable pay", "About USD 10,000 a year.", "About £7,900 a year."),
        ("Qualifier", "over $25,000", "over £19,750"),
        ("An answer worth 5", "Sold for $1.5k, then US$ 80.", "Sold for £1.19k, then £63.20."),
    ]
    assert len(changed) == len(listed) + len(["the plan", "the basis"])


def test_a_currency_without_cents_takes_whole_units():
    change = CurrencyChange("USD", "JPY", Decimal("155.37"))
    assert change.apply(make.role(pay=Pay(minimum=6_000_050))).pay.minimum == 9_322_278
    assert change.text("over $1.50") == "over ¥233"


def test_a_role_without_amounts_has_none_to_list():
    assert list_amounts(Role("Closer"), CONVERTED) == ()
    assert list_amounts(make.role(accountabilities=(), summary="Over €5."), CONVERTED) == ()
    assert CONVERTED.apply(Role("Closer")) == Role("Closer", currency="GBP")


def test_an_amount_in_a_text_is_read_as_the_company_writes_it():
    german = CurrencyChange("EUR", "CHF", Decimal("0.95"), number_style("DE"))
    assert german.text("ab 25.000 € im Jahr") == "ab 23.750\u00a0CHF im Jahr"
    assert german.text("€25,000") == "€25,000", "it has two meanings, so it is for a person to change"
    assert CurrencyChange("EUR", "CHF").text("€25,000") == "CHF\u00a025,000"


def test_a_plan_with_a_figure_that_cannot_be_read_keeps_it():
    money = make.expectation("bookings", Unit.MONEY, planner_query="target=much&deal=100")
    item = replace(make.role().accountabilities[0], expectations=(money,))
    changed = CONVERTED.apply(make.role(accountabilities=(item,)))
    assert changed.accountabilities[0].expectations[0].planner_query == "target=much&deal=79"


@pytest.mark.parametrize("metric", ["not-in-the-catalogue", "bookings"])
def test_a_target_in_money_is_listed_also_without_its_metric(metric: str):
    money = make.expectation(metric, Unit.MONEY, value=Decimal(500))
    item = replace(make.role().accountabilities[0], expectations=(money,))
    (amount,) = list_amounts(make.role(accountabilities=(item,)), CONVERTED)
    assert (amount.before, amount.after) == ("$500", "£395")


@pytest.mark.parametrize(
    ("minimum", "maximum", "words"),
    [
        (6_500_000, 8_500_000, "$65,000 to $85,000"),
        (6_500_000, None, "from $65,000"),
        (None, 8_500_000, "up to $85,000"),
        (None, None, ""),
    ],
)
def test_a_pay_range_with_one_end_says_which(minimum: int | None, maximum: int | None, words: str):
    assert format_pay_range(Pay(minimum, maximum), "USD") == words


@pytest.mark.parametrize("change", [CONVERTED, RELABELLED])
def test_an_agreed_amount_has_to_be_agreed_again(change: CurrencyChange):
    bases = {each.metric: each.basis for _, each in change.apply(in_dollars()).expectations()}
    assert bases == {"meetings_held": Basis.AGREED, "bookings": Basis.PROPOSED, "pipeline_amount": Basis.AGREED}
