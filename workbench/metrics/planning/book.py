"""Plan the target of a seat that looks after existing customers: retained revenue, expansion, and the remaining gap."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from workbench.metrics.planning.funnel import FunnelPlan, Stage, back_solve, format_short
from workbench.metrics.validation import InvalidInput, Number, to_fraction, to_int, to_non_negative


@dataclass(frozen=True, slots=True)
class Book:
    """A book of business: the customers of a seat.

    `base` is their revenue of the last period, `renewal` the share by value that stays, `growth` what the remaining
    customers add (negative for shrinking, down to -1). Each of the `accounts` has `fitting` products that suit it, of
    which the share `penetration` is sold.
    """

    base: Number
    renewal: Number
    growth: Number = 0
    accounts: int = 0
    fitting: int = 0
    penetration: Number = 0


@dataclass(frozen=True, slots=True)
class AccountPlan:
    """The parts of a target: retained revenue, expansion, the gap, and the sales that close it.

    `new_deals` is None if there is no gap; `room` counts fitting products that are not sold yet.
    """

    retained: Fraction
    expansion: Fraction
    gap: Fraction
    room: Fraction
    new_deals: FunnelPlan | None = None

    @property
    def fits(self) -> bool:
        """Return whether the existing customers have room for the sales of the gap."""
        return self.new_deals is None or self.new_deals.steps[0].exact <= self.room

    @property
    def sentence(self) -> str:
        """Return the plan as one sentence."""
        if self.new_deals is None:
            return "Renewals and growth carry the whole target; protect them first."
        deals = self.new_deals.steps[0].needed
        if self.fits:
            return (
                f"{deals:,} more sales in existing accounts close the gap; there is room for {format_short(self.room)}."
            )
        room = format_short(self.room)
        return f"{deals:,} more sales are needed and the existing accounts have room for {room}: win new customers too."


def account_plan(
    target: Number, book: Book, deal: Number, stages: Sequence[Stage], weeks: Number | None = None
) -> AccountPlan:
    """Work back from a target when most revenue comes from existing customers (article 3).

    Retained = base x renewal rate by value; expansion = retained x growth; the gap is sold as deals of size `deal`
    through `stages`. Raises InvalidInput with the field's name.
    """
    goal, base = to_non_negative("target", target), to_non_negative("base", book.base)
    retained = base * _share("renewal", book.renewal)
    expansion = retained * (to_non_negative("growth", to_fraction("growth", book.growth) + 1) - 1)
    gap = max(goal - retained - expansion, Fraction(0))
    products = to_int("accounts", book.accounts) * to_int("fitting", book.fitting)
    room = products * (1 - _share("penetration", book.penetration))
    return AccountPlan(retained, expansion, gap, room, back_solve(gap, deal, stages, weeks) if gap else None)


def _share(field: str, value: Number) -> Fraction:
    share = to_non_negative(field, value)
    if share > 1:
        raise InvalidInput(field, "This share cannot be over 100%.")
    return share
