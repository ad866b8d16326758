"""Compute probabilities with the standard library alone: normal, binomial, Poisson, gamma and beta-binomial.

Functions are named as in scipy.stats: `pmf` (probability mass), `cdf` (P(X <= x)), `sf` (P(X > x)) and `ppf` (the
inverse of the cdf). Floats are used here and in the chains of the control charts only: results are correct to 1e-9
for up to a million trials (tested against scipy and exact sums). Arguments outside the stated ranges are not checked.

Sources: regularised incomplete beta and gamma functions by continued fraction and series (Numerical Recipes 6.2, 6.4)
with prefactors in Loader's saddle-point form ("Fast and Accurate Computation of Binomial Probabilities", 2000).
"""

from math import exp, inf, lgamma, log, log1p, pi, sqrt
from statistics import NormalDist

EPSILON = 1e-17
_TOLERANCE = 1e-15
_SMALL_VARIANCE = 200  # variance of a binomial
_TINY = 1e-300
_NORMAL = NormalDist()
_HALF_LOG_TAU = 0.5 * log(2 * pi)


def normal_cdf(x: float, mean: float, standard_deviation: float) -> float:
    """Return P(X <= x) for a normal X; a standard deviation of zero makes X certain."""
    if standard_deviation == 0:
        return 1.0 if mean <= x else 0.0
    return _NORMAL.cdf((x - mean) / standard_deviation)


def normal_ppf(probability: float) -> float:
    """Return the quantile of the standard normal distribution."""
    return _NORMAL.inv_cdf(probability)


def binomial_pmf(wins: float, trials: float, rate: float) -> float:
    """Return P(X = wins) for a binomial X of `trials` with 0 < rate <= 1."""
    if rate == 1:
        return 1.0 if wins == trials else 0.0
    if wins in (0, trials):
        return exp(trials * (log1p(-rate) if wins == 0 else log(rate)))
    lost = trials - wins
    gap = _log_stirling_error(trials) - _log_stirling_error(wins) - _log_stirling_error(lost)
    gap -= _deviance(wins, trials * rate) + _deviance(lost, trials * (1 - rate))
    return exp(gap) * sqrt(trials / (2 * pi * wins * lost))


def binomial_sf(wins: int, trials: int, rate: float) -> float:
    """Return P(X > wins) for a binomial X of `trials` with 0 < rate <= 1.

    This is the incomplete beta function I_rate(wins + 1, trials - wins).
    """
    if wins < 0:
        return 1.0
    if wins >= trials:
        return 0.0
    if rate == 1:
        return 1.0
    if trials * rate * (1 - rate) < _SMALL_VARIANCE:
        upward = wins + 1 > trials * rate
        return _binomial_upper_tail(wins + 1, trials, rate) if upward else 1 - _binomial_lower_tail(wins, trials, rate)
    a, b = float(wins + 1), float(trials - wins)
    factor = binomial_pmf(a, a + b, rate) * a * b / (a + b)
    if rate < (a + 1) / (a + b + 2):
        return factor * _beta_fraction(a, b, rate) / a
    return 1 - factor * _beta_fraction(b, a, 1 - rate) / b


def poisson_pmf(count: float, mean: float) -> float:
    """Return P(X = count) for a Poisson X with mean > 0."""
    if count == 0:
        return exp(-mean)
    return exp(-_log_stirling_error(count) - _deviance(count, mean)) / sqrt(2 * pi * count)


def gamma_cdf(x: float, shape: float) -> float:
    """Return P(G <= x) for a Gamma of unit scale: the regularised lower incomplete gamma function P(shape, x)."""
    if x <= 0:
        return 0.0
    factor = poisson_pmf(shape, x)
    if x < shape + 1:
        return factor * _gamma_series(x, shape)
    return 1 - factor * shape * _gamma_fraction(x, shape)


def gamma_sf(x: float, shape: float) -> float:
    """Return P(G > x) for a Gamma of unit scale, accurate for small probabilities too."""
    if x <= 0:
        return 1.0
    factor = poisson_pmf(shape, x)
    if x < shape + 1:
        return 1 - factor * _gamma_series(x, shape)
    return factor * shape * _gamma_fraction(x, shape)


def gamma_ppf(probability: float, shape: float) -> float:
    """Return the quantile of a Gamma of unit scale for 0 < probability < 1 and shape >= 1, by Newton's method."""
    low, high = 0.0, inf
    x = max(shape * (1 - 1 / (9 * shape) + normal_ppf(probability) / (3 * sqrt(shape))) ** 3, 1e-3)
    change, rounds = inf, 0
    while change > 1e-14 * x and rounds < 60:
        miss = gamma_cdf(x, shape) - probability
        low, high = (x, high) if miss < 0 else (low, x)
        slope = poisson_pmf(shape, x) * shape / x
        step = x - miss / max(slope, _TINY)
        next_x = step if low < step < high else (low + min(high, 2 * x + 1)) / 2
        change, x, rounds = abs(next_x - x), next_x, rounds + 1
    return x


def beta_binomial_pmf(wins: int, trials: int, a: float, b: float) -> float:
    """Return P(X = wins) for a beta-binomial X: the rate of each trial is uncertain, Beta(a, b)."""
    log_combinations = -log1p(trials) - log_beta(wins + 1, trials - wins + 1)
    return exp(log_combinations + log_beta(wins + a, trials - wins + b) - log_beta(a, b))


def beta_binomial_sf(wins: int, trials: int, a: float, b: float) -> float:
    """Return P(X > wins) for a beta-binomial X, summed outwards from `wins` so that terms only shrink."""
    if wins < 0:
        return 1.0
    if wins >= trials:
        return 0.0
    if wins + 1 > trials * a / (a + b):
        return min(_beta_binomial_upper_tail(wins + 1, trials, a, b), 1.0)
    return max(1 - _beta_binomial_lower_tail(wins, trials, a, b), 0.0)


def log_beta(a: float, b: float) -> float:
    """Return the logarithm of the beta function; Stirling's form avoids the cancellation of lgamma differences."""
    a, b = max(a, b), min(a, b)
    if a < 15:
        return lgamma(a) + lgamma(b) - lgamma(a + b)
    total = a + b
    if b < 15:
        return (
            lgamma(b)
            + _log_stirling_error(a)
            - _log_stirling_error(total)
            + b
            - b * log(total)
            - (a - 0.5) * log1p(b / a)
        )
    slack = _log_stirling_error(a) + _log_stirling_error(b) - _log_stirling_error(total)
    return _HALF_LOG_TAU + slack - a * log1p(b / a) + b * log(b / total) + 0.5 * log(total / (a * b))


def _binomial_upper_tail(wins: int, trials: int, rate: float) -> float:
    """Return P(X >= wins) as a sum; below a variance of some hundreds this is faster than the continued fraction."""
    k, term, odds = wins, binomial_pmf(wins, trials, rate), rate / (1 - rate)
    total = term
    while term > total * EPSILON:
        term *= (trials - k) / (k + 1) * odds
        total += term
        k += 1
    return total


def _binomial_lower_tail(wins: int, trials: int, rate: float) -> float:
    k, term, odds = wins, binomial_pmf(wins, trials, rate), (1 - rate) / rate
    total = term
    while term > total * EPSILON:
        term *= k / (trials - k + 1) * odds
        total += term
        k -= 1
    return total


def _beta_binomial_upper_tail(wins: int, trials: int, a: float, b: float) -> float:
    k, term = wins, beta_binomial_pmf(wins, trials, a, b)
    total = term
    while k < trials and term > total * EPSILON:
        term *= (trials - k) / (k + 1) * (k + a) / (trials - k - 1 + b)
        total += term
        k += 1
    return total


def _beta_binomial_lower_tail(wins: int, trials: int, a: float, b: float) -> float:
    k, term = wins, beta_binomial_pmf(wins, trials, a, b)
    total = term
    while k > 0 and term > total * EPSILON:
        term *= k / (trials - k + 1) * (trials - k + b) / (k - 1 + a)
        total += term
        k -= 1
    return total


def _log_stirling_error(z: float) -> float:
    """Return log(z!) minus Stirling's approximation of it, for z > 0 (Loader 2000)."""
    if z < 15:
        return lgamma(z + 1) - (z + 0.5) * log(z) + z - _HALF_LOG_TAU
    square = 1 / (z * z)
    return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - square / 1188) * square) * square) * square) / z


def _deviance(x: float, mean: float) -> float:
    """Return x log(x/mean) + mean - x without cancellation near x = mean (Loader 2000)."""
    if abs(x - mean) >= 0.1 * (x + mean):
        return x * log(x / mean) + mean - x
    v = (x - mean) / (x + mean)
    total, power, divisor = (x - mean) * v, 2 * x * v**3, 3
    while abs(power) > abs(total) * EPSILON:
        total += power / divisor
        power *= v * v
        divisor += 2
    return total


def _beta_fraction(a: float, b: float, x: float) -> float:
    """Return the continued fraction of the incomplete beta function (modified Lentz)."""
    total, above, below = a + b, a + 1, a - 1
    c, d = 1.0, 1 / _nonzero(1 - total * x / above)
    value, step, m = d, 0.0, 0
    while abs(step - 1) > _TOLERANCE:
        m += 1
        even = 2 * m
        term = m * (b - m) * x / ((below + even) * (a + even))
        d, c = 1 / _nonzero(1 + term * d), _nonzero(1 + term / c)
        value *= d * c
        term = -(a + m) * (total + m) * x / ((a + even) * (above + even))
        d, c = 1 / _nonzero(1 + term * d), _nonzero(1 + term / c)
        step = d * c
        value *= step
    return value


def _gamma_series(x: float, shape: float) -> float:
    term = total = 1.0
    above = shape
    while term > total * EPSILON:
        above += 1
        term *= x / above
        total += term
    return total


def _gamma_fraction(x: float, shape: float) -> float:
    b = x + 1 - shape
    c, d = 1 / _TINY, 1 / _nonzero(b)
    value, step, m = d, 0.0, 0
    while abs(step - 1) > _TOLERANCE:
        m += 1
        term = -m * (m - shape)
        b += 2
        d, c = 1 / _nonzero(term * d + b), _nonzero(b + term / c)
        step = d * c
        value *= step
    return value


def _nonzero(value: float) -> float:
    """Return the value, or a tiny number in its place if it is near zero, as Lentz's method requires."""
    return value if abs(value) > _TINY else _TINY
