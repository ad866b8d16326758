"""In the middle of a period: the reference's figures, and every refusal at its field."""

from dataclasses import replace
from decimal import Decimal

import pytest

from workbench.metrics.planning.confidence import Evidence
from workbench.metrics.planning.forecast import PeriodToDate, build_forecast
from workbench.metrics.validation import InvalidInput

USUAL = PeriodToDate(23 * 45_000, 9 * 45_000, 45_000, Decimal("0.22"), 55)


def test_nine_of_23_won_with_55_left_is_32_percent_sure_and_76_are_needed():
    found = build_forecast(USUAL)
    assert found.chance == pytest.approx(Decimal("0.3158"), abs=Decimal("0.00005"))
    assert found.remaining == 14 * 45_000
    assert found.needed.opportunities == 76
    assert found.missing == 21
    assert (55, found.chance, found.chance, found.chance) in found.chances


def test_enough_that_is_open_leaves_nothing_missing():
    assert build_forecast(replace(USUAL, left=90)).missing == 0
    done = build_forecast(replace(USUAL, won=23 * 45_000, left=0))
    assert (done.remaining, done.chance, done.missing) == (0, 1, 0)


def test_an_uncertain_rate_makes_a_band():
    found = build_forecast(replace(USUAL, share=Evidence(11, 50), deal_cv=Decimal("0.8")))
    assert all(low <= chance <= high for _, chance, low, high in found.chances)
    assert found.needed.opportunities > 76


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"target": 0}, "target"),
        ({"won": -1}, "won"),
        ({"deal": 0}, "deal"),
        ({"share": 0}, "rate"),
        ({"share": Evidence(1, 0)}, "evidence"),
        ({"left": -1}, "left"),
        ({"left": 10**16}, "left"),
        ({"left": 10**9}, "opportunities"),
        ({"deal_cv": 9}, "deal_cv"),
        ({"confidence": 1}, "confidence"),
        ({"target": 10**12, "deal": 1}, "quota"),
    ],
    ids=str,
)
def test_what_cannot_be_said_is_a_sentence_at_its_field(change: dict[str, object], field: str):
    with pytest.raises(InvalidInput) as refused:
        build_forecast(replace(USUAL, **change))
    assert refused.value.field == field
