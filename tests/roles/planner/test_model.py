"""The numbers of a role give the figures of a plan, and the numbers of a plan find their places in the role."""

from dataclasses import replace
from decimal import Decimal

from tests.roles.planner.test_pages import form
from tests.support import make
from workbench.metrics.model import Period, Unit
from workbench.roles.model import Basis, Role
from workbench.roles.planner.model import apply_target, assign, figures_of, periods_in, planned_targets


def sales_role(basis: Basis = Basis.AGREED, currency: str = "USD") -> Role:
    """Return a role whose results and work are in two accountabilities."""
    results = (
        make.expectation("bookings", Unit.MONEY, value=Decimal(250_000), period=Period.QUARTER, basis=basis),
        make.expectation("avg_deal", Unit.MONEY, value=Decimal(50_000), period=Period.QUARTER, basis=basis),
        make.expectation("win_rate_n", Unit.PERCENT, value=Decimal(25), period=Period.QUARTER, basis=basis),
        make.expectation("new_logos", value=Decimal(5), period=Period.QUARTER, basis=basis),
    )
    work = (make.expectation("opps_created", value=Decimal(7), period=Period.MONTH, basis=basis),)
    items = (make.accountability("won", expectations=results), make.accountability("pipe", expectations=work))
    return make.role(currency=currency, accountabilities=items)


def test_the_figures_of_a_role_are_those_of_its_targets():
    figures = {figure.name: (figure.text, figure.times) for figure in figures_of(sales_role())}
    assert figures == {"target": ("1000000", 4), "deal": ("50000", 1), "stages-0-share": ("25%", 1)}
    assert figures_of(make.role(accountabilities=())) == ()


def test_the_win_rate_is_the_one_by_number_or_else_the_one_by_value():
    by_value = make.expectation("win_rate_v", Unit.PERCENT, value=Decimal(30), period=Period.QUARTER)
    role = make.role(accountabilities=(make.accountability("won", expectations=(by_value,)),))
    assert [(each.name, each.text) for each in figures_of(role)] == [("stages-0-share", "30%")]
    both = replace(role, accountabilities=(*role.accountabilities, *sales_role().accountabilities))
    assert [each.text for each in figures_of(both) if each.name == "stages-0-share"] == ["25%"]


def test_each_number_goes_where_its_metric_is_or_fits():
    found = {
        each.target.metric: (each.key, each.present is not None)
        for each in assign(sales_role(), planned_targets(form().plan()))
    }
    assert found == {
        "bookings": ("won", True),
        "opps_created": ("pipe", True),
        "meetings_held": ("pipe", False),
        "calls": ("pipe", False),
    }


def test_the_accountability_that_the_planner_was_opened_from_goes_first():
    role = make.role()
    assert {each.key for each in assign(role, planned_targets(form().plan()), "south")} == {"south"}
    assert {each.key for each in assign(role, planned_targets(form().plan()))} == {"north"}
    assert assign(make.role(accountabilities=()), planned_targets(form().plan())) == ()


def test_offers_are_for_one_person_and_follow_from_the_plan():
    found = {offer.metric: (offer.value, offer.period, offer.due) for offer in planned_targets(form(people="4").plan())}
    assert found["bookings"][0] == 250_000
    assert str(found["bookings"][2]) == "2026-12-31"
    assert found["opps_created"][0] == 3
    assert found["meetings_held"][0] == 2
    assert found["calls"][0] == 12


def test_a_number_keeps_the_period_in_which_the_role_counts_it():
    periods = {
        "bookings": Period.QUARTER,
        "new_logos": Period.QUARTER,
        "meetings_held": Period.MONTH,
        "calls": Period.WEEK,
    }
    found = {each.metric: (each.value, each.period) for each in planned_targets(form().plan(), periods)}
    assert found["bookings"] == (250_000, Period.QUARTER)
    assert found["new_logos"] == (6, Period.QUARTER), "22.2 deals in a year"
    assert found["meetings_held"] == (30, Period.MONTH)
    assert found["calls"] == (229, Period.WEEK)
    whole = {each.metric: each for each in planned_targets(form(months="2").plan(), periods)}
    assert whole["bookings"].period is None, "a plan of two months has no quarter"


def test_a_target_of_a_week_or_of_no_period_is_read_with_care():
    weekly = make.expectation("bookings", Unit.MONEY, value=Decimal(9), period=Period.WEEK)
    whole = make.expectation("revenue", Unit.MONEY, value=Decimal(900_000), period=None)
    role = make.role(accountabilities=(make.accountability("won", expectations=(weekly, whole)),))
    assert [(each.name, each.text, each.times) for each in figures_of(role)] == [("target", "900000", 1)]
    assert periods_in(role) == {"bookings": Period.WEEK, "revenue": None}


def test_a_planned_number_is_worked_out_and_an_agreed_one_that_it_confirms_stays_agreed():
    item = sales_role().accountability("won")
    targets = {each.metric: each for each in planned_targets(form().plan(), {"bookings": Period.QUARTER})}
    _, confirmed = apply_target(item, targets["bookings"], "target=1")
    assert (confirmed.basis, confirmed.planner_query) == (Basis.AGREED, "target=1")
    changed, fresh = apply_target(item, targets["calls"], "target=1")
    assert (fresh.basis, fresh.value, changed.expectations[-1]) == (Basis.PLANNER, targets["calls"].value, fresh)
