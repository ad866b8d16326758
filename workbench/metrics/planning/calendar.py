"""Count working days, ramp-up months of new sellers, and split totals exactly over people and time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from math import lcm
from typing import TYPE_CHECKING

from workbench.metrics.validation import InvalidInput, Number, to_int, to_non_negative

if TYPE_CHECKING:
    from holidays import HolidayBase

NO_COUNTRY = ""  # weekends only
DEFAULT_RAMP = (Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1))
MAX_SPAN_DAYS = 3660  # days: ten years

_WEEKEND = frozenset({5, 6})


@dataclass(frozen=True, slots=True)
class WorkingWeek:
    """A calendar week of a plan: its first day in the plan and its number of working days."""

    starts: date
    days: int


def apportion(total: int, weights: Sequence[Number], unit: int = 1) -> tuple[int, ...]:
    """Split a whole number by weights so that the parts sum to it exactly.

    Largest remainder method: every part gets the floor of its fair share, and the rest goes in steps of one `unit` to
    the largest remainders, on ties to the earlier one; so each part is within one unit of its fair share. Pass money
    in minor units; `unit` rounds to, say, whole hundreds. Raises InvalidInput for weights that are negative, missing
    or all zero, and for a total that is not a multiple of the unit.
    """
    total, unit = to_int("total", total), to_int("unit", unit, 1)
    if total % unit:
        raise InvalidInput("total", f"The total is not a multiple of the unit {unit:,}.")
    scaled = _integer_weights(weights)
    parts, weight_left = total // unit, sum(scaled)
    shares = [divmod(parts * weight, weight_left) for weight in scaled]
    missing = parts - sum(share for share, _ in shares)
    by_remainder = sorted(range(len(shares)), key=lambda index: (-shares[index][1], index))
    rounded_up = set(by_remainder[:missing])
    return tuple((share + (index in rounded_up)) * unit for index, (share, _) in enumerate(shares))


def list_working_days(
    first: date, last: date, country: str = NO_COUNTRY, region: str = "", days_off: Iterable[date] = ()
) -> tuple[date, ...]:
    """List the working days from `first` to `last`, both included.

    The country's weekend and public holidays (observed days included) and the person's `days_off` are left out.
    `country` is an ISO 3166 code such as US, `region` a subdivision such as CA; without a country only Saturdays and
    Sundays are free. Raises InvalidInput for an unknown country or region and for more than ten years.
    """
    if (last - first).days > MAX_SPAN_DAYS:
        raise InvalidInput("calendar", "Plan for ten years at most.")
    weekend, own_holidays = _weekend(country, region), frozenset(days_off)
    span = (first + timedelta(days=step) for step in range((last - first).days + 1))
    holidays = frozenset[date]().union(
        *(_public_holidays(country, region, year) for year in range(first.year, last.year + 1))
    )
    return tuple(
        day for day in span if day.weekday() not in weekend and day not in holidays and day not in own_holidays
    )


def count_days_by_month(
    year: int, country: str = NO_COUNTRY, region: str = "", days_off: Iterable[date] = ()
) -> tuple[int, ...]:
    """Count the working days of each of the twelve months of a year. Raises InvalidInput as `working_days` does."""
    to_int("year", year, 1950, 2100)
    counts = [0] * 12
    for day in list_working_days(date(year, 1, 1), date(year, 12, 31), country, region, days_off):
        counts[day.month - 1] += 1
    return tuple(counts)


def group_by_week(days: Iterable[date]) -> tuple[WorkingWeek, ...]:
    """Group working days into calendar weeks that begin on Monday; weeks without a working day are left out."""
    weeks: dict[date, list[date]] = {}
    for day in sorted(days):
        weeks.setdefault(day - timedelta(days=day.weekday()), []).append(day)
    return tuple(WorkingWeek(week[0], len(week)) for week in weeks.values())


def ramp_weights(months: int, steps: Sequence[Number] = DEFAULT_RAMP) -> tuple[Fraction, ...]:
    """Return the share of a full quota for each month since the start; the last step continues.

    Raises InvalidInput for a ramp that is empty, exceeds 100 % or is always zero.
    """
    shares = [to_non_negative("ramp", step) for step in steps]
    if not shares or not any(shares):
        raise InvalidInput("ramp", "A ramp of zero never reaches a quota; enter at least one month above 0%.")
    if max(shares) > 1:
        raise InvalidInput("ramp", "A month of the ramp cannot carry more than 100% of a full quota.")
    return tuple(shares[min(month, len(shares) - 1)] for month in range(to_int("months", months, 1, 600)))


def quota_months(months: int, steps: Sequence[Number] = DEFAULT_RAMP) -> Fraction:
    """Return the full-quota months in the first `months` of a new seller: 12 months with five steps are 9.5."""
    return sum(ramp_weights(months, steps), Fraction(0))


def distribute(
    total: int,
    days: Sequence[int],
    season: Sequence[Number] = (),
    ramp: Sequence[Number] = (),
    unit: int = 1,
) -> tuple[int, ...]:
    """Distribute a total over periods by working days x season weight x ramp share; the parts sum exactly.

    `season` and `ramp` are empty or as long as `days`. Raises InvalidInput, also if no stretch has a working day.
    """
    if not any(days):
        raise InvalidInput("calendar", "There is no working day in this time.")
    weights = [Fraction(to_int("days", count)) for count in days]
    for field, factors in (("season", season), ("ramp", ramp)):
        if factors and len(factors) != len(days):
            raise InvalidInput(field, f"Enter one weight for each of the {len(days)} stretches of time.")
        if factors:
            weights = [weight * to_non_negative(field, factor) for weight, factor in zip(weights, factors, strict=True)]
    return apportion(total, weights, unit)


def _integer_weights(weights: Sequence[Number]) -> list[int]:
    """Convert weights to whole numbers in the same proportion, so that the split needs no fractions."""
    if not weights:
        raise InvalidInput("weights", "Enter at least one weight.")
    exact = [to_non_negative("weights", weight) for weight in weights]
    if not any(exact):
        raise InvalidInput("weights", "At least one weight has to be more than zero.")
    if all(weight.denominator == 1 for weight in exact):
        return [weight.numerator for weight in exact]
    common = lcm(*(weight.denominator for weight in exact))
    return [int(weight * common) for weight in exact]


@cache
def _public_holidays(country: str, region: str, year: int) -> frozenset[date]:
    if not country:
        return frozenset()
    return frozenset(_holidays(country, region, year))


@cache
def _weekend(country: str, region: str) -> frozenset[int]:
    return frozenset(_holidays(country, region, 2026).weekend) if country else _WEEKEND


def _holidays(country: str, region: str, year: int) -> "HolidayBase":
    import holidays  # noqa: PLC0415 - most processes never ask for a public holiday

    try:
        return holidays.country_holidays(country, subdiv=region or None, years=year)
    except NotImplementedError:
        raise InvalidInput("calendar", f"There is no calendar for {country} {region}".strip() + ".") from None
