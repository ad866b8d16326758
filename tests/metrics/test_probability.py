"""Probabilities without scipy agree with scipy and with exact sums."""

from fractions import Fraction
from math import comb, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

from workbench.metrics import probability


def near(value: float) -> object:
    return pytest.approx(value, abs=1e-9, rel=1e-9)


@settings(deadline=None)
@given(st.integers(1, 60), st.integers(0, 61), st.fractions("0.01", 1, max_denominator=100))
def test_the_binomial_agrees_with_an_exact_sum(trials, wins, rate):
    terms = [comb(trials, k) * rate**k * (1 - rate) ** (trials - k) for k in range(trials + 1)]
    assert probability.binomial_sf(wins - 1, trials, float(rate)) == near(float(sum(terms[wins:])))
    if wins <= trials:
        assert probability.binomial_pmf(wins, trials, float(rate)) == near(float(terms[wins]))


@settings(deadline=None)
@given(st.integers(1, 1_000_000), st.floats(0.001, 0.999), st.floats(-6, 6))
def test_the_binomial_agrees_with_scipy_up_to_a_million(trials, rate, away):
    wins = round(trials * rate + away * (trials * rate * (1 - rate)) ** 0.5)
    wins = min(max(wins, 0), trials)
    assert probability.binomial_sf(wins, trials, rate) == near(stats.binom.sf(wins, trials, rate))


@settings(deadline=None)
@given(st.floats(0.05, 100_000), st.floats(-6, 6))
def test_the_gamma_agrees_with_scipy(shape, away):
    x = shape + away * shape**0.5
    assert probability.gamma_cdf(x, shape) == near(special.gammainc(shape, max(x, 0)))
    assert probability.gamma_sf(x, shape) == near(special.gammaincc(shape, max(x, 0)))


@settings(deadline=None)
@given(st.integers(1, 100_000), st.floats(0.001, 0.999))
def test_a_gamma_point_is_the_point_that_so_much_lies_below(shape, share):
    assert probability.gamma_ppf(share, shape) == pytest.approx(special.gammaincinv(shape, share), rel=1e-9)


@settings(deadline=None)
@given(st.integers(1, 2000), st.data())
def test_the_beta_binomial_agrees_with_scipy(trials, data):
    of = data.draw(st.integers(1, 5000))
    a = data.draw(st.integers(0, of)) + 0.5
    b = of + 1 - a
    wins = data.draw(st.integers(0, trials + 1))
    assert probability.beta_binomial_sf(wins, trials, a, b) == near(stats.betabinom.sf(wins, trials, a, b))


@pytest.mark.parametrize(("a", "b"), [(0.5, 0.5), (3, 200), (200, 3), (40, 4000), (1e5, 1e5)])
def test_the_log_of_the_beta_function_keeps_its_digits(a, b):
    assert probability.log_beta(a, b) == pytest.approx(special.betaln(a, b), rel=1e-12)


def test_the_log_of_the_beta_function_is_right_where_differences_of_lgamma_are_not():
    n = 10**6
    assert probability.log_beta(3, n) == pytest.approx(log(2 / (n * (n + 1) * (n + 2))), rel=1e-14)


def test_poisson_terms_are_exact_too():
    for count in (0, 1, 3, 40):
        assert probability.poisson_pmf(count, 3.5) == near(stats.poisson.pmf(count, 3.5))


def test_a_sure_rate_and_no_spread_are_sure():
    assert probability.binomial_sf(2, 3, 1) == 1
    assert probability.binomial_pmf(2, 3, 1) == 0
    assert probability.binomial_pmf(3, 3, 1) == 1
    assert probability.normal_cdf(5, 5, 0) == 1
    assert probability.normal_cdf(4, 5, 0) == 0
    assert probability.normal_cdf(5, 5, 2) == near(0.5)
    assert probability.normal_ppf(0.8) == near(stats.norm.ppf(0.8))


def test_more_wins_than_tries_never_come_and_none_always():
    assert probability.binomial_sf(3, 3, 0.5) == 0
    assert probability.binomial_sf(-1, 3, 0.5) == 1
    assert probability.beta_binomial_sf(3, 3, 1.5, 2.5) == 0
    assert probability.beta_binomial_sf(-1, 3, 1.5, 2.5) == 1
    assert probability.beta_binomial_sf(2, 3, 0.5, 0.5) == near(float(Fraction(5, 16)))
