"""Every shipped metric can be used, and every check of the catalogue can find what it looks for."""

from dataclasses import replace
from pathlib import Path

import pytest

from workbench.core.shape import InvalidData
from workbench.metrics import catalogue as shelf
from workbench.metrics.catalogue import catalogue, check_catalogue, check_metric, read_folder
from workbench.metrics.model import Metric, Remit, Timing, Unit

TABLE = """calls emails prospecting_min connect_rate reply_rate speed_to_lead meetings_booked meetings_held show_rate
follow_up_rate sql_accept mtg_to_opp opps_created pipeline_created pipeline_open weighted_pipeline coverage exec_access
urgency_known next_step_dated multi_thread stage_conv stage_age slip_rate win_rate_n win_rate_v cycle_days avg_deal
discount velocity bookings acv revenue gross_profit gross_margin attainment pct_reps_at_quota forecast_err new_logos
net_new_opps_acct penetration acct_growth renewal_rate grr nrr logo_churn cac cac_payback csat nps complaint_rate
ramp_time coach_rate cancel_rate vacancy_days regretted_attrition technical_win_rate poc_win_rate demos_tailored
quotes_sent partner_active partner_bookings cosell_opps health_score time_to_value qbrs_held adoption references
mql_to_sql sourced_bookings hiring_on_plan plans_on_date retention_team""".split()  # noqa: SIM905 - a table to read

WIN_RATE = """
code = "{code}"
name = "Win rate"
meaning = "Share won."
numerator = "won"
denominator = "decided"
unit = "percent"
direction = "higher"
timing = "lagging"
why = "Known late."
cadence = "quarter"
phrase = "keep the win rate at {{n}}"
"""


def test_the_catalogue_holds_every_metric_of_the_table_under_its_code():
    assert set(TABLE) <= set(catalogue())


def test_the_catalogue_has_nothing_wrong_with_it():
    assert check_catalogue() == ()


def test_the_catalogue_is_read_once_and_cannot_be_changed():
    assert catalogue() is catalogue()
    with pytest.raises(TypeError):
        catalogue()["calls"] = catalogue()["emails"]


def test_every_file_is_named_by_its_code_and_read_into_real_choices():
    for code, metric in catalogue().items():
        assert metric.code == code
        assert isinstance(metric.unit, Unit)
        assert isinstance(metric.timing, Timing)


def test_a_count_of_activity_is_kept_honest_by_a_metric_that_is_no_count():
    counts = [metric for metric in catalogue().values() if metric.activity and metric.unit is Unit.COUNT]
    assert counts
    for metric in counts:
        partners = [catalogue()[code] for code in metric.kept_honest_by]
        assert any(
            other.unit is not Unit.COUNT or other.timing is Timing.LAGGING or not other.activity for other in partners
        )


def test_ratios_do_not_add_and_counts_do():
    assert catalogue()["calls"].additive
    assert catalogue()["bookings"].additive
    assert not catalogue()["win_rate_n"].additive
    assert not catalogue()["avg_deal"].additive
    assert not catalogue()["stage_age"].additive


def test_a_company_metric_passes_the_same_checks(tmp_path):
    faults = check_metric(replace(catalogue()["win_rate_n"], code="our_win_rate"), catalogue())
    assert faults == ()


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"code": "Win Rate"}, "code"),
        ({"name": " "}, "name"),
        ({"numerator": ""}, "numerator"),
        ({"denominator": ""}, "denominator"),
        ({"name": "Net profit"}, "remit"),
        ({"code": "ebitda_share"}, None),
        ({"numerator": "share price at the end"}, "remit"),
        ({"phrase": "keep the win rate"}, "phrase"),
        ({"phrase": "keep {n} and {n}"}, "phrase"),
        ({"phrase": "keep {n} {m}"}, "phrase"),
        ({"phrase": "keep {n} {of} {of}"}, "phrase"),
        ({"phrase": "keep {n} {"}, "phrase"),
        ({"phrase": "win {within}"}, "phrase"),
        ({"phrase": "fill seats {within}", "unit": Unit.DAYS, "denominator": ""}, None),
        ({"phrase_one": "keep one"}, "phrase_one"),
        ({"unit": Unit.MONEY}, "phrase"),
        ({"sources": ()}, "sources"),
        ({"kept_honest_by": ("nothing_such",)}, "kept_honest_by[0]"),
        ({"kept_honest_by": ("win_rate_n",)}, "kept_honest_by[0]"),
        ({"kept_honest_by": ()}, "kept_honest_by"),
    ],
)
def test_each_check_finds_what_it_looks_for(change: dict, path: str | None):
    metric: Metric = replace(catalogue()["win_rate_n"], **change)
    faults = check_metric(metric, catalogue())
    expected = path or ""
    assert any(fault.path.endswith(f": {expected}") for fault in faults) is (path is not None)


def test_net_revenue_is_not_mistaken_for_net_profit_and_a_company_metric_may_be_one():
    assert check_metric(catalogue()["nrr"], catalogue()) == ()
    changed = replace(catalogue()["gross_margin"], name="Net profit", remit=Remit.COMPANY)
    assert check_metric(changed, catalogue()) == ()


def test_a_broken_folder_names_each_fault_by_file(tmp_path: Path):
    source = '\n[[sources]]\nsystem = "CSV"\nfield = "x"\n'
    (tmp_path / "other.toml").write_text(WIN_RATE.format(code="win") + source, "utf-8")
    (tmp_path / "torn.toml").write_text("code = ", "utf-8")
    metrics, faults = read_folder(tmp_path)
    assert set(metrics) == {"win"}
    assert [fault.path for fault in faults] == ["other.toml: code", "torn.toml: "]
    assert len(check_catalogue(tmp_path)) > 2


def test_a_broken_shipped_catalogue_is_refused_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "metrics").mkdir()
    (tmp_path / "metrics" / "torn.toml").write_text("code = ", "utf-8")
    monkeypatch.setattr(shelf, "data_dir", lambda _: tmp_path)
    with pytest.raises(InvalidData):
        catalogue.__wrapped__()


def test_the_catalogue_is_kept_as_it_was_read_from_its_files():
    assert catalogue.__wrapped__() == catalogue()
