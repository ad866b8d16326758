"""The planner's forms: typed figures into a plan."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from workbench.core.forms.fields import ChoiceField, DateField, IntegerField, MoneyField, NumberField
from workbench.core.text.countries import country_choices, country_codes
from workbench.core.text.numbers import NumberKind, Wanted
from workbench.metrics.planning.book import AccountPlan, Book, account_plan
from workbench.metrics.planning.forecast import Forecast, PeriodToDate, build_forecast
from workbench.metrics.planning.funnel import Stage
from workbench.metrics.planning.planner import PlanInputs, WorkbackPlan, build_plan, find_weekly_step, rate_of
from workbench.roles.planner.fields import (
    CONFIDENCES,
    SPREADS,
    FiguresForm,
    ShareField,
    StagesForm,
    next_month,
    require_fields,
    stage_rows,
)

RAMPS: dict[str, tuple[Fraction, ...]] = {
    "none": (),
    "three": (Fraction(0), Fraction(1, 3), Fraction(2, 3), Fraction(1)),
    "five": (Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1)),
}


def _holiday_choices() -> tuple[tuple[str, str], ...]:
    return ("", "No public holidays"), *country_choices()


class PlannerForm(StagesForm):
    """The leader's figures and estimates."""

    FIELD_OF_FIGURE: ClassVar = {
        "deal_cv": "spread",
        "quota": "target",
        "weeks": "cycle",
        "days": "cycle",
        "calendar": "country",
    }

    target = MoneyField("Revenue target")
    deal = MoneyField("Average deal")
    spread = ChoiceField("How much do deals differ in size?", choices=SPREADS, default="0.8")
    stages = stage_rows()
    starts = DateField("First day")
    months = IntegerField("Months", min_value=1, max_value=36)
    country = ChoiceField("Public holidays of", choices=_holiday_choices, default="")
    cycle = IntegerField("Days from first meeting to signature", max_value=1000)
    ramp = ChoiceField(
        "Is the person new?",
        default="none",
        choices=[
            ("none", "No, at full strength"),
            ("three", "Yes, full from month 4"),
            ("five", "Yes, full from month 5"),
        ],
    )
    capacity = NumberField("The most one person can hold in a week")
    people = IntegerField("How many people share it?", min_value=1, max_value=500)
    confidence = ChoiceField("How sure do you want to be?", choices=CONFIDENCES, default="0.8")

    def complete(self) -> bool:
        """Check that the figures are there without which there is no plan."""
        lacking = require_fields(
            (self.target, "Enter the revenue that has to come in."),
            (self.deal, "Enter what an average deal brings."),
            (self.starts, "Enter the first day of the plan."),
        )
        return super().complete() and not lacking

    def plan(self) -> WorkbackPlan | None:
        """Return the plan, or None with an error at the figure that does not allow one."""
        return self.calculate(lambda: build_plan(self._inputs()))

    def weekly_step(self) -> str:
        """Return the kind of work that is planned by the week."""
        names = [row["name"].data.lower() for row in self.stages if row["name"].data]
        return find_weekly_step(names) if names else "meetings"

    def _inputs(self) -> PlanInputs:
        return PlanInputs(
            target=self.target.data,
            deal=self.deal.data,
            stages=self.chain(),
            starts=self.starts.data,
            months=self.months.data,
            deal_cv=Decimal(self.spread.data),
            country=self.country.data,
            cycle=self.cycle.data,
            ramp=RAMPS[self.ramp.data],
            capacity=self.capacity.data,
            people=self.people.data,
            confidence=Decimal(self.confidence.data),
        )


def default_figures(today: date, country: str) -> dict[str, Any]:
    """Return the planner's first figures; they are an example to be replaced, not a benchmark."""
    stages = [
        {"name": "opportunities", "share": "11 of 50"},
        {"name": "meetings", "share": "35%"},
        {"name": "calls", "share": "3%"},
    ]
    return {
        "target": Decimal(1_000_000),
        "deal": Decimal(45_000),
        "spread": "0.8",
        "stages": stages,
        "starts": next_month(today),
        "months": 12,
        "country": country if country in country_codes() else "",
        "cycle": 60,
        "ramp": "none",
        "capacity": Decimal(12),
        "people": 1,
        "confidence": "0.8",
    }


class AccountsForm(StagesForm):
    """The target of a seat with existing accounts."""

    FIELD_OF_FIGURE: ClassVar = {"quota": "target"}

    target = MoneyField("Revenue target")
    base = MoneyField("What these accounts brought in the last period")
    renewal = ShareField("How much of that stays, by value")
    growth = NumberField("How much do the accounts that stay grow, in %?", Wanted(NumberKind.PERCENT))
    accounts = IntegerField("How many accounts?", max_value=100_000)
    fitting = IntegerField("Products that fit each of them", max_value=1_000)
    penetration = ShareField("How many of those are sold already")
    deal = MoneyField("Average additional sale")
    stages = stage_rows()
    weeks = IntegerField("Weeks to sell in", min_value=1, max_value=160)

    def complete(self) -> bool:
        """Check that the figures are there without which there is no plan."""
        lacking = require_fields(
            (self.target, "Enter the revenue that has to come in."),
            (self.base, "Enter what these accounts brought in the last period; 0 if they are new."),
            (self.deal, "Enter what an average additional sale brings."),
        )
        return super().complete() and not lacking

    def plan(self) -> AccountPlan | None:
        """Return the plan, or None with an error at the figure that does not allow one."""
        return self.calculate(self._plan)

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


class ProgressForm(FiguresForm):
    """A period that has begun: deals won and opportunities open."""

    FIELD_OF_FIGURE: ClassVar = {
        "deal_cv": "spread",
        "quota": "target",
        "evidence": "share",
        "rate": "share",
        "opportunities": "left",
    }

    target = MoneyField("Revenue target")
    won = MoneyField("Won so far")
    left = IntegerField("Opportunities still open that can close in time", max_value=999_999)
    share = ShareField("How many opportunities become deals")
    deal = MoneyField("Average deal")
    spread = ChoiceField("How much do deals differ in size?", choices=SPREADS, default="0.8")
    confidence = ChoiceField("How sure do you want to be?", choices=CONFIDENCES, default="0.8")

    def complete(self) -> bool:
        """Check that the figures are there without which there is no forecast."""
        if not self.share.data and not self.share.errors:
            self.share.errors = ["Enter the win rate, such as 22%, or what it is based on, such as 11 of 50."]
        lacking = require_fields(
            (self.target, "Enter the revenue that has to come in."),
            (self.won, "Enter what is won so far; 0 if nothing is."),
            (self.deal, "Enter what an average deal brings."),
        )
        return not lacking and not self.faults()

    def forecast(self) -> Forecast | None:
        """Return the forecast, or None with an error at the figure that does not allow one."""
        return self.calculate(self._forecast)

    def _forecast(self) -> Forecast:
        read = self.share.read
        return build_forecast(
            PeriodToDate(
                target=self.target.data,
                won=self.won.data,
                deal=self.deal.data,
                share=read if read is not None else self.share.exactly(),
                left=self.left.data,
                deal_cv=Decimal(self.spread.data),
                confidence=Decimal(self.confidence.data),
            )
        )


def default_account_figures() -> dict[str, Any]:
    """Return the first figures of the page about existing accounts: an example to be replaced."""
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


def default_progress_figures() -> dict[str, Any]:
    """Return the first figures of the page about a period in progress: an example to be replaced."""
    return {
        "target": Decimal(1_000_000),
        "won": Decimal(400_000),
        "left": 55,
        "share": "11 of 50",
        "deal": Decimal(45_000),
        "spread": "0.8",
        "confidence": "0.8",
    }
