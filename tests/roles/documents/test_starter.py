"""The starter sheet gives every accountability its result and its drivers, and names what is missing."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import make
from workbench.core.text.translation import ENGLISH
from workbench.metrics.catalogue import catalogue
from workbench.metrics.model import Timing, Unit
from workbench.roles.documents.starter import StarterMetric, starter_metrics
from workbench.roles.documents.weeks.first_weeks import first_weeks
from workbench.roles.expectations import reading_weeks_of
from workbench.roles.library import library
from workbench.roles.model import Accountability, Basis, Role


def test_each_accountability_has_its_result_and_its_drivers():
    sheet = starter_metrics(make.role())
    assert sheet.complete
    assert [item.key for item in sheet.accountabilities] == ["north", "south", "west"]
    for item in sheet.accountabilities:
        assert [metric.timing for metric in item.metrics] == [Timing.LAGGING, Timing.LEADING]


def test_a_metric_carries_everything_that_both_sides_need():
    driver = starter_metrics(make.role()).accountabilities[0].leading[0]
    assert (driver.metric, driver.name, driver.value, driver.unit) == (
        "meetings_held",
        "First meetings held",
        9,
        Unit.COUNT,
    )
    assert driver.you_will == "Hold at least 9 first meetings each week"
    assert driver.we_will == "We coach one call each week."
    assert driver.owner == "Account Executive"
    assert driver.source == "CRM meetings report"
    assert driver.direction is catalogue()["meetings_held"].direction
    assert driver.basis is Basis.AGREED


def test_a_metric_carries_the_weeks_in_which_it_is_read():
    for name, role in library().items():
        weeks = {each.key: reading_weeks_of(each) for _, each in role.expectations()}
        for _, metric in starter_metrics(role).metrics():
            assert metric.weeks == weeks[metric.key], name


def test_the_brief_and_the_sheet_of_each_library_role_name_the_same_weeks():
    for name, role in library().items():
        plan = [" ".join(lines) for _, lines in first_weeks(role, ENGLISH)]
        for _, metric in starter_metrics(role).metrics():
            named = first_weeks_name(metric)
            if metric.weeks:
                assert named in plan[(metric.weeks[0] > 4) + (metric.weeks[0] > 9)], (name, metric.key)
            else:
                assert named in plan[-1].partition("a year has to pass: ")[2], (name, metric.key)


def first_weeks_name(metric: StarterMetric) -> str:
    return metric.name if metric.name[1:2].isupper() else metric.name[:1].lower() + metric.name[1:]


def test_an_accountability_without_metrics_has_two_named_gaps():
    sheet = starter_metrics(Role("Seller", accountabilities=(Accountability("new"),)))
    assert [gap.place for gap in sheet.accountabilities[0].gaps] == ["accountabilities/new/expectations"] * 2
    assert not sheet.complete
    assert not starter_metrics(Role("Seller")).complete


def test_what_an_expectation_lacks_is_named_at_its_place():
    bare = make.expectation(value=None, period=None, source=" ", we_will="", unit=None, basis=Basis.PLACEHOLDER)
    item = make.accountability()
    sheet = starter_metrics(make.role(accountabilities=(replace(item, expectations=(bare, item.expectations[1])),)))
    (gap,) = sheet.accountabilities[0].gaps
    assert gap.text == "First meetings held: no number, no period and no date, no source, no “we will”."
    assert gap.place == "accountabilities/first/expectations/key-meetings-held"
    assert sheet.accountabilities[0].leading[0].unit is Unit.COUNT
    assert "____" in sheet.accountabilities[0].leading[0].you_will


@pytest.mark.parametrize(("code", "words"), [("made_up", "“made_up” is not a metric"), ("", "No metric chosen yet")])
def test_an_unknown_metric_is_a_gap_and_no_line(code: str, words: str):
    item = make.accountability(expectations=(make.expectation(code),))
    measured = starter_metrics(make.role(accountabilities=(item,))).accountabilities[0]
    assert measured.metrics == ()
    assert any(gap.text.startswith(words) for gap in measured.gaps)


@pytest.mark.parametrize("name", library())
def test_every_library_role_gives_a_complete_sheet(name: str):
    sheet = starter_metrics(library()[name])
    assert sheet.complete
    assert sum(1 for _ in sheet.metrics()) == sum(1 for _ in library()[name].expectations())


@settings(deadline=None)
@given(st.permutations(["north", "south", "west"]))
def test_the_sheet_follows_the_order_of_the_role(keys: list[str]):
    assert [item.key for item in starter_metrics(make.role().with_order(keys)).accountabilities] == keys
