"""Sales velocity: the money a day that a pipeline turns into wins, and which of its four drivers changed it."""

from dataclasses import dataclass, replace
from fractions import Fraction

from workbench.metrics.signals.attribution import Factor, Gap, attribute
from workbench.metrics.validation import Number, not_negative, positive, rate

CYCLE = "cycle days"


@dataclass(frozen=True, slots=True)
class Pace:
    """The four drivers: open opportunities, average deal, win rate by number, and average days to win."""

    opportunities: Number
    deal: Number
    win_rate: Number
    cycle_days: Number


def velocity(pace: Pace) -> Fraction:
    """Give opportunities x deal x win rate / cycle days, in money a day.

    A cycle shorter by 20 % adds 25 %, not 20 %. Raises Unworkable with the driver's name.
    """
    volume = not_negative("opportunities", pace.opportunities) * not_negative("deal", pace.deal)
    return volume * rate("win_rate", pace.win_rate) / positive("cycle_days", pace.cycle_days)


def velocity_change(before: Pace, now: Pace) -> Gap:
    """Split a change of velocity over its four drivers (Shapley), in money a day. Raises Unworkable."""
    days = (positive("cycle_days", before.cycle_days), positive("cycle_days", now.cycle_days))
    gap = attribute(
        (
            Factor("opportunities", before.opportunities, now.opportunities),
            Factor("deal", before.deal, now.deal),
            Factor("win rate", rate("win_rate", before.win_rate), rate("win_rate", now.win_rate)),
            Factor(CYCLE, 1 / days[0], 1 / days[1]),
        )
    )
    shown = replace(gap.parts[-1], planned=days[0], actual=days[1])
    return replace(gap, parts=(*gap.parts[:-1], shown))
