"""The planner's form and what a leader takes from it: typed figures into a plan, and a plan into expectations."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from workbench.core.forms.fields import ChoiceField, DateField, IntegerField, NumberField
from workbench.core.text.countries import country_choices, country_codes
from workbench.core.text.words import new_key
from workbench.metrics.catalogue import catalogue
from workbench.metrics.model import Period
from workbench.metrics.planning.book import AccountPlan, Book, account_plan
from workbench.metrics.planning.forecast import Forecast, PeriodToDate, build_forecast
from workbench.metrics.planning.funnel import Stage, round_up
from workbench.metrics.planning.planner import PlanInputs, WorkbackPlan, build_plan, find_weekly_step, rate_of
from workbench.roles.model import Accountability, Basis, Expectation, with_expectation
from workbench.roles.planner.fields import (
    CONFIDENCES,
    SPREADS,
    FiguresForm,
    ShareField,
    StagesForm,
    missing,
    next_month,
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
    """What a leader knows or believes."""

    ELSEWHERE: ClassVar = {
        "deal_cv": "spread",
        "quota": "target",
        "weeks": "cycle",
        "days": "cycle",
        "calendar": "country",
    }

    target = NumberField("Revenue target")
    deal = NumberField("Average deal")
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
        """Ask for the figures without which there is no plan."""
        lacking = missing(
            (self.target, "Enter the revenue that has to come in."),
            (self.deal, "Enter what an average deal brings."),
            (self.starts, "Enter the first day of the plan."),
        )
        return super().complete() and not lacking

    def plan(self) -> WorkbackPlan | None:
        """Work the plan out; where a figure does not allow one, say so at its field and give None."""
        return self.worked(lambda: build_plan(self._inputs()))

    def counted(self) -> str:
        """Name the work that the week is counted in."""
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


def usual(today: date, country: str) -> dict[str, Any]:
    """Give the figures a planner opens with; they are an example to be typed over, not a benchmark."""
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


@dataclass(frozen=True, slots=True)
class Offer:
    """One expectation that a plan would set: the metric, the number, and for what time."""

    metric: str
    value: Decimal
    period: Period | None
    due: date | None


def offers(plan: WorkbackPlan) -> tuple[Offer, ...]:
    """Give the expectations that follow from a plan, for one person: the result, and the work that leads to it."""
    people = plan.inputs.people
    found = [Offer("bookings", Decimal(round_up(Fraction(plan.inputs.target) / people)), None, plan.ends)]
    for step in plan.confident.steps[1:]:
        share = step.exact / people
        if step.name == "opportunities":
            found.append(Offer("opps_created", Decimal(round_up(share / _months(plan))), Period.MONTH, None))
        elif "meeting" in step.name:
            found.append(Offer("meetings_held", Decimal(round_up(share / plan.weeks)), Period.WEEK, None))
        elif step.name == "calls":
            found.append(Offer("calls", Decimal(round_up(share / plan.days)), Period.DAY, None))
    return tuple(found)


def _months(plan: WorkbackPlan) -> Fraction:
    """Say how many months there are in which work can begin and still count."""
    return max(plan.weeks * 12 / 52, Fraction(1))


def taken(item: Accountability, offer: Offer, query: str) -> Accountability:
    """Write an offer into an accountability: into its expectation of the same metric, or as a new one."""
    present = next((e for e in item.expectations if e.metric == offer.metric), Expectation(new_key(), offer.metric))
    metric = catalogue()[offer.metric]
    changed = replace(
        present,
        value=offer.value,
        unit=metric.unit,
        period=offer.period,
        due=offer.due,
        source=present.source or f"CRM report “{metric.name}”",
        basis=Basis.PLANNER,
        worked_out=query,
    )
    return with_expectation(item, changed)


class AccountsForm(StagesForm):
    """A target for somebody who looks after existing accounts."""

    ELSEWHERE: ClassVar = {"quota": "target"}

    target = NumberField("Revenue target")
    base = NumberField("What these accounts brought in the last period")
    renewal = ShareField("How much of that stays, by value")
    growth = NumberField("How much do the accounts that stay grow, in %?")
    accounts = IntegerField("How many accounts?", max_value=100_000)
    fitting = IntegerField("Products that fit each of them", max_value=1_000)
    penetration = ShareField("How many of those are sold already")
    deal = NumberField("Average additional sale")
    stages = stage_rows()
    weeks = IntegerField("Weeks to sell in", min_value=1, max_value=160)

    def complete(self) -> bool:
        """Ask for the figures without which there is no plan."""
        lacking = missing(
            (self.target, "Enter the revenue that has to come in."),
            (self.base, "Enter what these accounts brought in the last period; 0 if they are new."),
            (self.deal, "Enter what an average additional sale brings."),
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

    ELSEWHERE: ClassVar = {
        "deal_cv": "spread",
        "quota": "target",
        "evidence": "share",
        "rate": "share",
        "opportunities": "left",
    }

    target = NumberField("Revenue target")
    won = NumberField("Won so far")
    left = IntegerField("Opportunities still open that can close in time", max_value=999_999)
    share = ShareField("How many opportunities become deals")
    deal = NumberField("Average deal")
    spread = ChoiceField("How much do deals differ in size?", choices=SPREADS, default="0.8")
    confidence = ChoiceField("How sure do you want to be?", choices=CONFIDENCES, default="0.8")

    def complete(self) -> bool:
        """Ask for the figures without which nothing can be said."""
        if not self.share.data and not self.share.errors:
            self.share.errors = ["Enter the win rate, such as 22%, or what it is based on, such as 11 of 50."]
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
                deal_cv=Decimal(self.spread.data),
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
