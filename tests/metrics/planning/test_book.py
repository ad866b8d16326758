"""A seat with existing accounts starts from what they bring already."""

from decimal import Decimal
from fractions import Fraction

import pytest

from workbench.metrics.planning.book import Book, account_plan
from workbench.metrics.planning.funnel import parse_stage
from workbench.metrics.validation import InvalidInput

WIN = (parse_stage("win", Decimal("0.22")),)


def test_present_accounts_carry_their_part_first():
    book = Book(1_000_000, Decimal("0.9"), Decimal("0.05"), 40, 3, Fraction(1, 2))
    plan = account_plan(1_200_000, book, 30_000, WIN, weeks=48)
    assert (plan.retained, plan.expansion, plan.gap, plan.room) == (900_000, 45_000, 255_000, 60)
    assert plan.new_deals is not None
    assert [step.needed for step in plan.new_deals.steps] == [9, 39]
    assert plan.fits
    assert plan.sentence == "9 more sales in existing accounts close the gap; there is room for 60."


def test_a_gap_larger_than_the_room_sends_people_to_new_customers():
    plan = account_plan(2_000_000, Book(1_000_000, 1, 0, 10, 2, Fraction(1, 2)), 30_000, WIN)
    assert not plan.fits
    assert "win new customers too" in plan.sentence


def test_accounts_that_carry_the_whole_target_leave_no_gap():
    plan = account_plan(900_000, Book(1_000_000, 1, Decimal("-0.1")), 30_000, WIN)
    assert plan.new_deals is None
    assert plan.gap == 0
    assert plan.fits
    assert "protect them first" in plan.sentence


@pytest.mark.parametrize(
    ("book", "field"),
    [
        (Book(1, 2), "renewal"),
        (Book(1, 1, penetration=2), "penetration"),
        (Book(1, 1, growth=-2), "growth"),
        (Book(-1, 1), "base"),
        (Book(1, 1, accounts=-1), "accounts"),
    ],
)
def test_a_book_that_cannot_be_is_refused_at_its_field(book, field):
    with pytest.raises(InvalidInput) as refused:
        account_plan(1, book, 1, WIN)
    assert refused.value.field == field
