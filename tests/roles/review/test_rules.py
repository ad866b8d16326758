"""The review sends back one finding for each flaw, at its place, and nothing else."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.roles.review.sound import a_role, count_findings, paid
from tests.support import make
from workbench.core import clock
from workbench.core.findings import Level, filter_blocking
from workbench.metrics.catalogue import catalogue
from workbench.metrics.model import Remit, Unit
from workbench.roles.library import library
from workbench.roles.model import (
    Accountability,
    Anchors,
    Basis,
    Conditions,
    Duty,
    Motion,
    Neighbour,
    PayPeriod,
    Purpose,
    Qualification,
    QuestionKind,
    Role,
    Supports,
)
from workbench.roles.review.phrases import quote_outcome
from workbench.roles.review.rules import RULES, find_contradictions, review
from workbench.roles.texts import place_of

AGREEMENT, BLOCKING, ADVICE = Level
Change = Callable[[Role, str], Role]


@dataclass(frozen=True)
class Flaw:
    """One thing put wrong in the accountability `key` of a sound role, and what the review must say to it."""

    rule: str
    level: Level
    place: str
    change: Change


def of_role(**other: object) -> Change:
    return lambda role, _: replace(role, **other)


def of_item(**other: object) -> Change:
    return lambda role, key: role.with_accountability(replace(role.accountability(key), **other))


def of_expectation(at: int, **other: object) -> Change:
    def change(role: Role, key: str) -> Role:
        item = role.accountability(key)
        parts = list(item.expectations)
        parts[at] = replace(parts[at], **other)
        return role.with_accountability(replace(item, expectations=tuple(parts)))

    return change


def of_question(**other: object) -> Change:
    def change(role: Role, key: str) -> Role:
        item = role.accountability(key)
        return role.with_accountability(replace(item, questions=(replace(item.questions[0], **other),)))

    return change


def minutes_beside(role: Role, key: str) -> int:
    """Return the minutes of the questions about the other accountabilities."""
    return sum(question.minutes for item, question in role.questions() if item.key != key)


def keep_only(at: int) -> Change:
    def change(role: Role, key: str) -> Role:
        item = role.accountability(key)
        return role.with_accountability(replace(item, expectations=(item.expectations[at],)))

    return change


def answers(**other: str) -> Change:
    return lambda role, _: replace(role, purpose=replace(role.purpose, **other))


def pay(**other: object) -> Change:
    return of_role(pay=replace(paid(6_000_000, 8_000_000), **other))


HELD, WON, ASK = "{item}/expectations/{key}-held", "{item}/expectations/{key}-won", "{item}/questions/{key}-ask"
FLAWS = (
    Flaw("title", BLOCKING, "seat", of_role(title=" ")),
    Flaw("title wording", ADVICE, "seat", of_role(title="Sales Ninja")),
    Flaw("five answers", BLOCKING, "purpose/overall", answers(overall="")),
    Flaw("five answers", BLOCKING, "purpose/outcomes", answers(outcomes="\n")),
    Flaw("five answers", BLOCKING, "purpose/leading", answers(leading="")),
    Flaw("five answers", BLOCKING, "purpose/why-needed", answers(why_needed="")),
    Flaw("five answers", BLOCKING, "purpose/contribution", answers(contribution="")),
    Flaw("hard parts", ADVICE, "hard-parts", of_role(hard_parts=("",))),
    Flaw("pay range", BLOCKING, "pay", pay(minimum=None)),
    Flaw("pay range", BLOCKING, "pay", pay(maximum=None)),
    Flaw("pay range", BLOCKING, "pay", pay(minimum=9_000_000)),
    Flaw("pay range", BLOCKING, "pay", pay(minimum=-1)),
    Flaw("wide pay range", ADVICE, "pay", pay(maximum=9_600_001)),
    Flaw("plausible pay", ADVICE, "pay", pay(minimum=8_500, maximum=8_500)),
    Flaw("plausible number", BLOCKING, HELD, of_expectation(0, value=Decimal(-9))),
    Flaw("plausible number", BLOCKING, HELD, of_expectation(0, value=Decimal(0))),
    Flaw("other currency", ADVICE, "pay", pay(variable="Up to €25,000 a year.")),
    Flaw("other currency", ADVICE, HELD, of_expectation(0, qualifier="over 25,000 EUR")),
    Flaw("other currency", ADVICE, "summary", of_role(currency="NOK", summary="Closes deals over $25,000.")),
    Flaw("other currency", ADVICE, "summary", of_role(currency="CAD", summary="Closes deals over US$25,000.")),
    Flaw("currency", BLOCKING, "currency", of_role(currency="dollars")),
    Flaw("tone", ADVICE, "summary", of_role(summary="Hit quota or else.")),
    Flaw("printable letters", ADVICE, "summary", of_role(summary="Sells to the makers of \U00013000.")),
    Flaw("markup", ADVICE, "summary", of_role(summary="<b>Early</b> and&nbsp;complete.")),
    Flaw("markup", ADVICE, ASK, of_question(text="Tell me about **a bid** that you led.")),
    Flaw("tone", ADVICE, "duties", of_role(duties=(Duty("Take no excuses."),))),
    Flaw("tone", ADVICE, "conditions", of_role(conditions=Conditions(other="Zero tolerance for missed calls."))),
    Flaw("tone", ADVICE, "pay", pay(variable="Paid in full, or you will be fired.")),
    Flaw("tone", ADVICE, "neighbours", of_role(neighbours=(Neighbour("Finance", "Will punish late papers."),))),
    Flaw("tone", ADVICE, "qualifications", of_role(qualifications=(Qualification("A killer instinct."),))),
    Flaw("tone", ADVICE, "{item}/supports", of_item(supports=Supports(skills=("Can crush it",)))),
    Flaw("tone", ADVICE, HELD, of_expectation(0, we_will="We demand more.")),
    Flaw("tone", ADVICE, ASK, of_question(text="How do you enforce zero tolerance?")),
    Flaw("outcome", BLOCKING, "{item}/outcome", of_item(outcome=" ")),
    Flaw("outcome not activity", ADVICE, "{item}/outcome", of_item(outcome="Make 40 calls a day")),
    Flaw("outcome not activity", ADVICE, "{item}/outcome", of_item(outcome="Responsible for the territory")),
    Flaw("weak verb", ADVICE, "{item}/outcome", of_item(outcome="Ensure every account has a plan")),
    Flaw("weak verb", ADVICE, "{item}/outcome", of_item(outcome="Customers should renew on time")),
    Flaw("vague word", ADVICE, "{item}/outcome", of_item(outcome="Win several customers")),
    Flaw("success factor", ADVICE, "{item}/outcome", of_item(success_factor="")),
    Flaw("remit", BLOCKING, "{item}/outcome", of_item(outcome="Grow net profit by 5% each year")),
    Flaw("remit", BLOCKING, "{item}/outcome", of_item(success_factor="EBITDA stays above plan.")),
    Flaw("function", ADVICE, "{item}/ownership", of_item(function="")),
    Flaw("essential reason", ADVICE, "{item}/ownership", of_item(reason="")),
    Flaw("time share", BLOCKING, "{item}/ownership", of_item(share=-1)),
    Flaw("time share", BLOCKING, "{item}/ownership", of_item(share=101, essential=False)),
    Flaw("time share", BLOCKING, "accountabilities", of_item(share=101)),
    Flaw("support", ADVICE, "{item}/supports", of_item(supports=Supports())),
    Flaw("leading metric", BLOCKING, "{item}/expectations", keep_only(1)),
    Flaw("lagging metric", BLOCKING, "{item}/expectations", keep_only(0)),
    Flaw("question", BLOCKING, "{item}/questions", of_item(questions=())),
    Flaw("number", BLOCKING, HELD, of_expectation(0, value=None)),
    Flaw("unit", BLOCKING, HELD, of_expectation(0, unit=None)),
    Flaw("unit", BLOCKING, HELD, of_expectation(0, unit=Unit.MONEY)),
    Flaw("period or date", BLOCKING, WON, of_expectation(1, period=None)),
    Flaw("source", BLOCKING, WON, of_expectation(1, source=" ")),
    Flaw("remit", BLOCKING, WON, of_expectation(1, qualifier="after net profit")),
    Flaw("remit", ADVICE, WON, of_expectation(1, metric="cac")),
    Flaw("we will", ADVICE, HELD, of_expectation(0, we_will="")),
    Flaw("vague word", ADVICE, HELD, of_expectation(0, qualifier="with suitable buyers")),
    Flaw("placeholder", ADVICE, HELD, of_expectation(0, basis=Basis.PLACEHOLDER)),
    Flaw("not agreed", ADVICE, HELD, of_expectation(0, basis=Basis.PROPOSED)),
    Flaw("motion", ADVICE, WON, of_expectation(1, metric="renewal_rate", unit=Unit.PERCENT, value=Decimal(90))),
    Flaw("question text", BLOCKING, ASK, of_question(text="")),
    Flaw("anchors", BLOCKING, ASK, of_question(anchors=Anchors("a", "", "c"))),
    Flaw("fair wording", AGREEMENT, "summary", lambda role, _: replace(role, summary="He must be on time.")),
    Flaw("narrow wording", ADVICE, "summary", lambda role, _: replace(role, summary="A guru of negotiation.")),
    Flaw("fair question", AGREEMENT, ASK, of_question(text="How old are you?")),
    Flaw("fair question", AGREEMENT, ASK, of_question(probes=("And then?", "Do you have children?"))),
    Flaw(
        "time for exercise",
        ADVICE,
        ASK,
        of_question(
            kind=QuestionKind.EXERCISE, text="A call, ten minutes.", minutes=9, exercise=make.exercise(reading_minutes=3)
        ),
    ),
    Flaw("exercise material", ADVICE, f"{ASK}/exercise", of_question(kind=QuestionKind.EXERCISE)),
    Flaw("exercise minutes", BLOCKING, f"{ASK}/exercise", of_question(exercise=make.exercise(reading_minutes=30))),
    Flaw("kit length", ADVICE, "accountabilities", lambda role, key: of_question(minutes=90 - minutes_beside(role, key))(role, key)),
    Flaw("kit too long", ADVICE, "accountabilities", of_question(minutes=91)),
    Flaw("plausible date", BLOCKING, HELD, of_expectation(0, due=date(1927, 3, 31))),
    Flaw("plausible date", BLOCKING, HELD, of_expectation(0, due=date(2127, 3, 31))),
    Flaw("plausible pay", ADVICE, "pay", pay(period=PayPeriod.HOUR)),
    Flaw("plausible pay", ADVICE, "pay", pay(minimum=85_00, maximum=90_00, period=PayPeriod.MONTH)),
)  # fmt: skip


def test_a_sound_role_has_no_findings():
    assert review(a_role()) == ()


@pytest.mark.parametrize("flaw", FLAWS, ids=lambda flaw: f"{flaw.rule}-{flaw.place}")
@settings(deadline=None, max_examples=10)
@given(st.integers(3, 8), st.data())
def test_a_flaw_adds_exactly_its_finding(flaw: Flaw, number: int, data: st.DataObject):
    role = a_role(number)
    key = data.draw(st.sampled_from([item.key for item in role.accountabilities]))
    place = flaw.place.format(item=f"accountabilities/{key}", key=key)
    assert count_findings(flaw.change(role, key)) == Counter([(flaw.rule, flaw.level, place)])


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(FLAWS[2:8]), unique_by=lambda flaw: flaw.place))
def test_flaws_of_different_places_add_up(flaws: list[Flaw]):
    role = a_role()
    for flaw in flaws:
        role = flaw.change(role, "north")
    assert count_findings(role) == Counter((flaw.rule, flaw.level, flaw.place) for flaw in flaws)


@pytest.mark.parametrize("number", [0, 1, 2, 9])
def test_fewer_than_three_or_more_than_eight_accountabilities_block(number: int):
    names = [chr(ord("a") + place) * 3 for place in range(number)]
    role = make.role(accountabilities=tuple(make.accountability(name, share=100 // number) for name in names))
    assert count_findings(role) == {("three to eight accountabilities", BLOCKING, "accountabilities"): 1}


def test_one_function_in_one_scope_has_one_owner():
    role = a_role()
    first = role.accountabilities[0]
    same = replace(role.accountabilities[1], function="New Customers_NORTH", scope=" the  north territory")
    assert count_findings(role.with_accountability(same)) == {
        ("one owner", BLOCKING, "accountabilities/south/ownership"): 1
    }
    (finding,) = review(role.with_accountability(same))
    assert first.outcome in finding.suggestion
    assert review(role.with_accountability(replace(same, scope="The south territory"))) == ()


def test_a_key_is_used_once_in_the_whole_role():
    role = a_role()
    item = role.accountabilities[1]
    twin = replace(item, questions=(replace(item.questions[0], key="north"),))
    assert count_findings(role.with_accountability(twin)) == {
        ("own key", BLOCKING, "accountabilities/south/questions/north"): 1
    }


def test_an_unknown_metric_blocks_and_cannot_count_as_leading():
    found = count_findings(of_expectation(0, metric="made_up")(a_role(), "north"))
    place = "accountabilities/north"
    assert found == {
        ("known metric", BLOCKING, f"{place}/expectations/north-held"): 1,
        ("leading metric", BLOCKING, f"{place}/expectations"): 1,
    }


def test_net_profit_is_out_of_remit_although_the_catalogue_does_not_know_it():
    found = count_findings(of_expectation(1, metric="net_profit")(a_role(), "north"))
    place = "accountabilities/north/expectations/north-won"
    assert found[("remit", BLOCKING, place)] == found[("known metric", BLOCKING, place)] == 1


def test_the_sentence_of_article_two_is_told_apart_as_an_outcome():
    found = count_findings(of_item(outcome="You should do more prospecting.")(a_role(), "north"))
    assert {rule for rule, _, _ in found} == {"outcome not activity", "weak verb", "vague word"}


def test_a_due_date_does_for_a_period():
    due = clock.now().date() + timedelta(days=90)
    assert review(of_expectation(1, period=None, due=due)(a_role(), "north")) == ()


def test_net_profit_is_advice_for_a_leader_and_for_a_seat_without_revenue():
    for seat in ({"motion": Motion.LEAD}, {"revenue": False}):
        role = replace(of_item(outcome="Grow net profit by 5% each year")(a_role(), "north"), **seat)
        assert count_findings(role) == {("remit", ADVICE, "accountabilities/north/outcome"): 1}
        role = replace(of_expectation(1, qualifier="after net profit")(a_role(), "north"), **seat)
        assert count_findings(role) == {("remit", ADVICE, "accountabilities/north/expectations/north-won"): 1}


@pytest.mark.parametrize("text", ["Open net new accounts in the north", "Raise net revenue retention in the north"])
def test_net_new_and_net_revenue_retention_pass(text: str):
    assert review(of_item(outcome=text)(a_role(), "north")) == ()


@pytest.mark.parametrize(("motion", "level"), [(Motion.HUNTER, BLOCKING), (Motion.LEAD, ADVICE), (None, BLOCKING)])
def test_a_metric_of_the_whole_company_is_never_one_sellers(
    motion: Motion | None, level: Level, monkeypatch: pytest.MonkeyPatch
):
    known = dict(catalogue())
    known["net_profit"] = replace(known["bookings"], code="net_profit", name="Net profit", remit=Remit.COMPANY)
    monkeypatch.setattr("workbench.roles.expectations.catalogue", lambda: known)
    role = replace(of_expectation(1, metric="net_profit")(a_role(), "north"), motion=motion)
    assert count_findings(role) == {("remit", level, "accountabilities/north/expectations/north-won"): 1}


def test_a_leader_may_carry_a_team_metric():
    role = replace(of_expectation(1, metric="cac")(a_role(), "north"), motion=Motion.LEAD)
    assert review(role) == ()


def test_a_farmer_with_cold_targets_is_advised():
    role = replace(of_expectation(0, metric="calls")(a_role(), "north"), motion=Motion.FARMER)
    assert count_findings(role) == {("motion", ADVICE, "accountabilities/north/expectations/north-held"): 1}


def test_a_revenue_seat_is_advised_to_count_money():
    def counted(item: Accountability) -> Accountability:
        held, won = item.expectations
        return replace(
            item, expectations=(held, replace(won, metric="win_rate_n", unit=Unit.PERCENT, value=Decimal(25)))
        )

    role = a_role()
    role = replace(role, accountabilities=tuple(counted(item) for item in role.accountabilities))
    assert count_findings(role) == {("money metric", ADVICE, "accountabilities"): 1}
    assert review(replace(role, revenue=False)) == ()
    assert review(replace(role, motion=Motion.SUPPORT)) == ()


def test_a_share_of_revenue_counts_as_money():
    role = replace(a_role(), motion=Motion.FARMER)
    for item in role.accountabilities:
        role = of_expectation(1, metric="nrr", unit=Unit.PERCENT)(role, item.key)
    assert review(role) == ()


@pytest.mark.parametrize(
    ("currency", "text"),
    [
        ("USD", "Closes deals over $25,000."),
        ("CAD", "Closes deals over $25,000, CA$30,000 and CAD 35,000."),
        ("EUR", "Schließt Verträge über 25.000 € ab."),
        ("NOK", "Closes deals over NOK\u00a025,000."),
        ("JPY", "Closes deals over ¥2,500,000."),
        ("USD", "Looks after the TOP 10 accounts in all 50 states, and knows what a customer’s £ is worth."),
    ],
)
def test_an_amount_in_the_roles_own_currency_is_not_remarked_on(currency: str, text: str):
    assert "other currency" not in {
        finding.rule for finding in review(replace(a_role(), currency=currency, summary=text))
    }


def test_pay_may_be_left_open_or_span_exactly_the_widest_range():
    assert review(replace(a_role(), pay=paid())) == ()
    assert review(replace(a_role(), pay=paid(5_000_000, 8_000_000))) == ()


def test_what_blocks_stands_first():
    role = replace(a_role(), hard_parts=(), purpose=Purpose())
    levels = [finding.level for finding in review(role)]
    assert levels == sorted(levels, key=lambda level: level is ADVICE)
    assert len(filter_blocking(review(role))) == 5


def test_what_discriminates_stands_before_what_blocks():
    role = replace(a_role(), purpose=Purpose(), summary="He must be a digital native, and a guru.")
    assert [finding.level for finding in review(role)] == [*[AGREEMENT] * 2, *[BLOCKING] * 5, ADVICE]
    assert [finding.rule for finding in review(replace(a_role(), title="Rockstar of sales"))] == ["title wording"]


def test_a_word_that_is_found_twice_at_one_place_is_one_finding():
    assert len(review(replace(a_role(), summary="A guru. Truly a guru."))) == 1


def test_every_finding_says_why_what_to_do_and_where_the_rule_comes_from():
    for flaw in FLAWS:
        for finding in review(flaw.change(a_role(), "north")):
            assert finding.reason.endswith((".", "?"))
            assert finding.suggestion
            assert finding.source


def test_every_rule_has_a_flaw_that_only_it_finds():
    role = replace(Role(""), accountabilities=(Accountability(""),))
    assert len(RULES) == len({rule.__name__ for rule in RULES})
    assert {finding.rule for finding in review(role)} >= {"title", "five answers", "outcome", "question"}


def test_an_empty_role_and_an_empty_accountability_are_read():
    assert {finding.level for finding in review(Role(""))} == {BLOCKING, ADVICE}
    assert quote_outcome(Accountability("k")) == "This accountability"
    assert quote_outcome(Accountability("k", outcome="x" * 99)) == f"“{'x' * 57}…”"
    assert place_of(Accountability("k")) == "accountabilities/k"


@pytest.mark.parametrize("name", library())
def test_nothing_blocks_a_library_role(name: str):
    assert {finding.level for finding in review(library()[name])} <= {ADVICE}


def test_what_cannot_be_true_is_told_apart_from_what_is_missing():
    role = replace(a_role(), pay=paid(9_000_000, 8_000_000), hard_parts=(), summary="<b>Early</b>")
    findings = review(role)
    assert len(findings) > 1
    assert [finding.rule for finding in find_contradictions(findings)] == ["pay range"]
