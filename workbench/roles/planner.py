"""The planner's form and what a leader takes from it: typed figures into a plan, and a plan into expectations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from wtforms import DateField, FieldList, Form, FormField
from wtforms.validators import Optional

from workbench.core.fields import ChoiceField, LineField, NumberField, WholeField
from workbench.core.words import clean, new_key
from workbench.metrics.catalogue import catalogue
from workbench.metrics.confidence import Evidence
from workbench.metrics.faults import Number, Unworkable
from workbench.metrics.funnel import ceiling
from workbench.metrics.model import Period
from workbench.metrics.planner import Answer, Inputs, answer
from workbench.roles.model import Accountability, Basis, Expectation, with_expectation

STAGES = 5
COUNTRIES = (
    ("", "No public holidays"),
    ("US", "United States"),
    ("CA", "Canada"),
    ("GB", "United Kingdom"),
    ("IE", "Ireland"),
    ("DE", "Germany"),
    ("FR", "France"),
    ("NL", "Netherlands"),
    ("SE", "Sweden"),
    ("CH", "Switzerland"),
    ("AU", "Australia"),
)
RAMPS: dict[str, tuple[Fraction, ...]] = {
    "none": (),
    "three": (Fraction(0), Fraction(1, 3), Fraction(2, 3), Fraction(1)),
    "five": (Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1)),
}
_SHARE = re.compile(r"(\d{1,9}(?:\.\d{1,4})?)\s*%?")
_EVIDENCE = re.compile(r"(\d{1,9})\s*(?:of|/|out of)\s*(\d{1,9})", re.IGNORECASE)


class ShareField(LineField):
    """A rate as people say it: `22%`, `22`, or the evidence `11 of 50`; `read` gives it exactly."""

    read: Number | Evidence | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the rate. Raises ValueError with a sentence for the leader."""
        super().process_formdata(valuelist)
        self.read = None
        text = self.data or ""
        if not text:
            return
        if found := _EVIDENCE.fullmatch(text):
            self.read = Evidence(int(found[1]), int(found[2]))
        elif found := _SHARE.fullmatch(text):
            self.read = Fraction(found[1]) / 100
        else:
            raise ValueError(
                f"Write a rate such as 22%, or what it rests on, such as 11 of 50; “{text[:20]}” is neither."
            )


class StageForm(Form):
    """One kind of work and the share of it that goes on."""

    name = LineField("Work", most=40)
    share = ShareField("Share that goes on", most=40)


class PlannerForm(Form):
    """What a leader knows or believes; it is sent as a GET, so that a plan has an address of its own."""

    target = NumberField("Revenue target")
    deal = NumberField("Average deal")
    spread = ChoiceField(
        "How much do deals differ in size?",
        choices=[
            ("0", "Hardly: all about the same"),
            ("0.5", "Somewhat: half to one and a half times"),
            ("0.8", "A lot: small and large mixed"),
            ("1.5", "Very much: a few large ones decide"),
        ],
    )
    stages = FieldList(FormField(StageForm), max_entries=STAGES)
    starts = DateField("First day", validators=[Optional()])
    months = WholeField("Months", least=1, most=36)
    country = ChoiceField("Public holidays of", choices=COUNTRIES)
    cycle = WholeField("Days from first meeting to signature", most=1000)
    ramp = ChoiceField(
        "Is the person new?",
        choices=[
            ("none", "No, at full strength"),
            ("three", "Yes, full from month 4"),
            ("five", "Yes, full from month 5"),
        ],
    )
    capacity = NumberField("First meetings one person can hold in a week")
    people = WholeField("How many people share it?", least=1, most=500)
    confidence = ChoiceField(
        "How sure do you want to be?",
        choices=[("0.5", "50%, as good as a coin"), ("0.7", "70%"), ("0.8", "80%"), ("0.9", "90%"), ("0.95", "95%")],
    )

    def faults(self) -> list[tuple[str, str]]:
        """List what is wrong: the id of a field, and what to do about it."""
        found = [(field.id, str(error)) for field in self if field.name != "stages" for error in field.errors]
        rows = [field for row in self.stages for field in row.form]
        return found + [(field.id, str(error)) for field in rows for error in field.errors]

    def plan(self) -> Answer | None:
        """Work the plan out; where a figure does not allow one, say so at its field and give None."""
        if not self.validate():
            return None
        try:
            return answer(self._inputs())
        except Unworkable as fault:
            self._field(fault.field).errors = [fault.sentence]
            return None

    def query(self) -> str:
        """Give what was typed as the query of an address, without what was left empty."""
        pairs = [(field.name, field._value()) for field in (self.target, self.deal, self.capacity)]  # noqa: SLF001
        pairs += [(field.name, str(field.data)) for field in (self.spread, self.country, self.ramp, self.confidence)]
        pairs += [(field.name, str(field.data)) for field in (self.months, self.cycle, self.people)]
        pairs += [("starts", self.starts.data.isoformat())] if self.starts.data else []
        pairs += [(field.name, field.data) for row in self.stages for field in row.form]
        return urlencode([(name, clean(value)) for name, value in pairs if value])

    def _inputs(self) -> Inputs:
        if self.target.data is None:
            raise Unworkable("target", "Enter the revenue that has to come in.")
        if self.deal.data is None:
            raise Unworkable("deal", "Enter what an average deal brings.")
        if self.starts.data is None:
            raise Unworkable("starts", "Enter the first day of the plan.")
        stages = tuple(self._stages())
        return Inputs(
            target=self.target.data,
            deal=self.deal.data,
            stages=stages,
            starts=self.starts.data,
            months=self.months.data,
            spread=Decimal(self.spread.data),
            country=self.country.data,
            cycle=self.cycle.data,
            ramp=RAMPS[self.ramp.data],
            capacity=self.capacity.data,
            people=self.people.data,
            confidence=Decimal(self.confidence.data),
        )

    def _stages(self) -> Iterator[tuple[str, Number | Evidence]]:
        for row in self.stages:
            name, share = (row.form.name.data or "").lower(), row.form.share.read
            if name and share is not None:
                yield name, share
            elif name or row.form.share.data:
                raise Unworkable(name or "stages", "Give both: what kind of work it is, and the share that goes on.")

    def _field(self, name: str) -> Any:
        """Find the field that a refusal is about; a stage is named by its work."""
        rows = {(row.form.name.data or "").lower(): row.form.share for row in self.stages}
        if name in rows:
            return rows[name]
        other = {
            "quota": "target",
            "weeks": "cycle",
            "days": "cycle",
            "calendar": "country",
            "evidence": "win",
            "rate": "win",
        }
        found = other.get(name, name)
        return getattr(self, found, self.stages[0].form.share)


def usual(today: date, country: str) -> dict[str, Any]:
    """Give the figures a planner opens with; they are an example to be typed over, not a benchmark."""
    first = date(today.year + (today.month == 12), today.month % 12 + 1, 1)
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
        "starts": first,
        "months": 12,
        "country": country if country in dict(COUNTRIES) else "",
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


def offers(plan: Answer) -> tuple[Offer, ...]:
    """Give the expectations that follow from a plan, for one person: the result, and the work that leads to it."""
    people = plan.inputs.people
    found = [Offer("bookings", Decimal(ceiling(Fraction(plan.inputs.target) / people)), None, plan.ends)]
    for step in plan.sure.steps[1:]:
        share = step.exact / people
        if step.name == "opportunities":
            found.append(Offer("opps_created", Decimal(ceiling(share / _months(plan))), Period.MONTH, None))
        elif "meeting" in step.name:
            found.append(Offer("meetings_held", Decimal(ceiling(share / plan.weeks)), Period.WEEK, None))
        elif step.name == "calls":
            found.append(Offer("calls", Decimal(ceiling(share / plan.days)), Period.DAY, None))
    return tuple(found)


def _months(plan: Answer) -> Fraction:
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
