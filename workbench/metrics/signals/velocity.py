"""Compute sales velocity, the money per day that a pipeline turns into wins, and which driver changed it."""

from dataclasses import dataclass, replace
from fractions import Fraction

from workbench.metrics.signals.attribution import Factor, ResultGap, attribute
from workbench.metrics.validation import Number, to_non_negative, to_positive, to_rate

CYCLE = "cycle days"


@dataclass(frozen=True, slots=True)
class VelocityDrivers:
    """The four drivers: open opportunities, average deal, win rate by number, and average days to win."""

    opportunities: Number
    deal: Number
    win_rate: Number
    cycle_days: Number


def sales_velocity(pace: VelocityDrivers) -> Fraction:
    """Return opportunities x deal x win rate / cycle days, in money per day.

    A cycle shorter by 20 % adds 25 %, not 20 %. Raises InvalidInput with the driver's name.
    """
    volume = to_non_negative("opportunities", pace.opportunities) * to_non_negative("deal", pace.deal)
    return volume * to_rate("win_rate", pace.win_rate) / to_positive("cycle_days", pace.cycle_days)


def attribute_velocity_change(before: VelocityDrivers, now: VelocityDrivers) -> ResultGap:
    """Split a change of velocity over its four drivers (Shapley), in money per day. Raises InvalidInput."""
    days = (to_positive("cycle_days", before.cycle_days), to_positive("cycle_days", now.cycle_days))
    gap = attribute(
        (
            Factor("opportunities", before.opportunities, now.opportunities),
            Factor("deal", before.deal, now.deal),
            Factor("win rate", to_rate("win_rate", before.win_rate), to_rate("win_rate", now.win_rate)),
            Factor(CYCLE, 1 / days[0], 1 / days[1]),
        )
    )
    cycle = replace(gap.parts[-1], planned=days[0], actual=days[1])
    return replace(gap, parts=(*gap.parts[:-1], cycle))
