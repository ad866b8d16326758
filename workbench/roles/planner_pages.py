"""Two further questions to the planner: existing accounts that renew and grow, and a period that is half over."""

from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from workbench.core.fields import ChoiceField, NumberField, WholeField
from workbench.metrics.planning.book import AccountPlan, Book, account_plan
from workbench.metrics.planning.forecast import Forecast, PeriodToDate, build_forecast
from workbench.metrics.planning.funnel import Stage
from workbench.metrics.planning.planner import rate_of
from workbench.roles.figures import CONFIDENCES, SPREADS, FiguresForm, ShareField, StagesForm, missing, stage_rows


class AccountsForm(StagesForm):
    """A target for somebody who looks after existing accounts."""

    ELSEWHERE: ClassVar = {"quota": "target"}

    target = NumberField("Revenue target")
    base = NumberField("What these accounts brought in the last period")
    renewal = ShareField("How much of that stays, by value")
    growth = NumberField("How much do the accounts that stay grow, in %?")
    accounts = WholeField("How many accounts?", most=100_000)
    fitting = WholeField("Products that fit each of them", most=1_000)
    penetration = ShareField("How many of those are sold already")
    deal = NumberField("Average further sale")
    stages = stage_rows()
    weeks = WholeField("Weeks to sell in", least=1, most=160)

    def complete(self) -> bool:
        """Ask for the figures without which there is no plan."""
        lacking = missing(
            (self.target, "Enter the revenue that has to come in."),
            (self.base, "Enter what these accounts brought in the last period; 0 if they are new."),
            (self.deal, "Enter what an average further sale brings."),
        )
        return super().complete() and not lacking

    def plan(self) -> AccountPlan | None:
        """Work the plan out; where a figure does not allow one, say so at its field and give None."""
        return self.worked(self._plan)

    def _plan(self) -> AccountPlan:
        book = Book(
            self.base.data,
            self.renewal.exactly(),
            Fraction(self.growth.data or 0) / 100,
            self.accounts.data,
            self.fitting.data,
            self.penetration.exactly() if self.penetration.data else 0,
        )
        stages = [Stage(name, rate_of(name, share)) for name, share in self.chain()]
        return account_plan(self.target.data, book, self.deal.data, stages, self.weeks.data)


class SoFarForm(FiguresForm):
    """A period that has begun: what is won, and what is still open."""

    ELSEWHERE: ClassVar = {"quota": "target", "evidence": "share", "rate": "share", "opportunities": "left"}

    target = NumberField("Revenue target")
    won = NumberField("Won so far")
    left = WholeField("Opportunities still open that can close in time", most=999_999)
    share = ShareField("How many opportunities become deals")
    deal = NumberField("Average deal")
    spread = ChoiceField("How much do deals differ in size?", choices=SPREADS, default="0.8")
    confidence = ChoiceField("How sure do you want to be?", choices=CONFIDENCES, default="0.8")

    def complete(self) -> bool:
        """Ask for the figures without which nothing can be said."""
        if not self.share.data and not self.share.errors:
            self.share.errors = ["Enter the win rate, such as 22%, or what it rests on, such as 11 of 50."]
        lacking = missing(
            (self.target, "Enter the revenue that has to come in."),
            (self.won, "Enter what is won so far; 0 if nothing is."),
            (self.deal, "Enter what an average deal brings."),
        )
        return not lacking and not self.faults()

    def outlook(self) -> Forecast | None:
        """Say how sure the target is; where a figure does not allow it, say so at its field and give None."""
        return self.worked(self._outlook)

    def _outlook(self) -> Forecast:
        read = self.share.read
        return build_forecast(
            PeriodToDate(
                target=self.target.data,
                won=self.won.data,
                deal=self.deal.data,
                share=read if read is not None else self.share.exactly(),
                left=self.left.data,
                spread=Decimal(self.spread.data),
                confidence=Decimal(self.confidence.data),
            )
        )


def usual_accounts() -> dict[str, Any]:
    """Give the figures that the page about existing accounts opens with: an example to be typed over."""
    return {
        "target": Decimal(2_000_000),
        "base": Decimal(1_700_000),
        "renewal": "92%",
        "growth": Decimal(8),
        "accounts": 25,
        "fitting": 4,
        "penetration": "45 of 100",
        "deal": Decimal(20_000),
        "stages": [{"name": "opportunities", "share": "12 of 40"}, {"name": "reviews", "share": "50%"}],
        "weeks": 46,
    }


def usual_so_far() -> dict[str, Any]:
    """Give the figures that the page about a period half over opens with: an example to be typed over."""
    return {
        "target": Decimal(1_000_000),
        "won": Decimal(400_000),
        "left": 55,
        "share": "11 of 50",
        "deal": Decimal(45_000),
        "spread": "0.8",
        "confidence": "0.8",
    }
