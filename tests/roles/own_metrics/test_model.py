"""The filters of the list of metrics: by stage of selling, by unit and by role."""

from collections import Counter

from workbench.metrics.catalogue import catalogue
from workbench.roles.own_metrics.model import MetricFilter, load_stages


def test_each_metric_of_the_catalogue_is_in_one_stage():
    assert Counter(code for stage in load_stages() for code in stage.metrics) == dict.fromkeys(catalogue(), 1)


def test_a_metric_passes_every_filter_that_is_chosen():
    metric = catalogue()["meetings_held"]
    assert not MetricFilter().is_set
    assert MetricFilter().keeps(metric)
    assert MetricFilter(stage="First meetings", unit="count", role="draft:x", codes={"meetings_held"}).keeps(metric)
    for other in (
        MetricFilter(stage="Partners"),
        MetricFilter(stage="no such stage"),
        MetricFilter(unit="money"),
        MetricFilter(role="draft:x"),
    ):
        assert other.is_set
        assert not other.keeps(metric)


def test_the_stages_that_are_kept_are_those_of_the_file():
    assert load_stages.__wrapped__() == load_stages()
