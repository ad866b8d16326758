"""The form for a metric of the company's own: the shape of a shipped one, held to the same checks."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wtforms import BooleanField

from workbench.core.forms.fields import ChoiceField, LineField, choice
from workbench.core.forms.form import PageForm
from workbench.metrics.catalogue import SYSTEMS, catalogue, check_metric
from workbench.metrics.model import Direction, Metric, Period, Remit, Source, Timing, Unit

NOT_IN_SYSTEM = "Not kept in this system"
UNITS = {
    Unit.COUNT: "A count",
    Unit.MONEY: "Money",
    Unit.PERCENT: "Percent",
    Unit.TIMES: "Times (2 for twice as much)",
    Unit.POINTS: "Points",
    Unit.MINUTES: "Minutes",
    Unit.HOURS: "Hours",
    Unit.DAYS: "Days",
    Unit.MONTHS: "Months",
}
DIRECTIONS = {
    Direction.HIGHER: "Higher is better",
    Direction.LOWER: "Lower is better",
    Direction.NEAR_ZERO: "Near zero is best",
}
TIMINGS = {Timing.LEADING: "Leading: work that predicts the result", Timing.LAGGING: "Lagging: the result itself"}
REMITS = {Remit.SEAT: "One person", Remit.TEAM: "A team", Remit.COMPANY: "Only the whole company"}
_LINES = ("name", "meaning", "numerator", "denominator", "filter", "why", "phrase", "phrase_one", "confused_with")


class MetricForm(PageForm):
    """One metric as fields."""

    name = LineField("Name", max_length=80)
    meaning = LineField("What it means", max_length=300)
    numerator = LineField("What is counted", max_length=200)
    denominator = LineField("Divided by what?", max_length=200)
    filter = LineField("What counts, and what does not?", max_length=200)
    unit = ChoiceField("Unit", choices=[(unit.value, label) for unit, label in UNITS.items()])
    direction = ChoiceField("Which way is good?", choices=[(way.value, label) for way, label in DIRECTIONS.items()])
    timing = ChoiceField("Leading or lagging?", choices=[(timing.value, label) for timing, label in TIMINGS.items()])
    why = LineField("Why is it leading, or lagging?", max_length=300)
    cadence = ChoiceField("How often is it reviewed?", choices=[(p.value, f"Each {p.value}") for p in Period])
    phrase = LineField("How a target reads, with {n} for the number", max_length=160)
    phrase_one = LineField("The same wording when the number is one", max_length=160)
    remit = ChoiceField("Who can steer it?", choices=[(remit.value, label) for remit, label in REMITS.items()])
    activity = BooleanField("It counts effort, not what the effort brings")
    snapshot = BooleanField("It is read at one moment, as open pipeline is, and never added up")
    confused_with = LineField("What is it easily confused with?", max_length=300)
    kept_honest_by = ChoiceField("Which metric keeps it honest?")
    kept_honest_too = ChoiceField("And which other one?")
    salesforce = LineField("Where is it in Salesforce?", max_length=200)
    hubspot = LineField("Where is it in HubSpot?", max_length=200)
    csv = LineField("Where is it in your own files?", max_length=200)

    def __init__(self, metrics: Mapping[str, Metric], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.metrics = metrics
        sorted_metrics = sorted(metrics.values(), key=lambda metric: metric.name)
        names = [(metric.code, metric.name) for metric in sorted_metrics]
        self.kept_honest_by.choices = [choice("", "Choose one"), *(choice(*each) for each in names)]
        self.kept_honest_too.choices = [choice("", "No other"), *(choice(*each) for each in names)]

    @staticmethod
    def read(metric: Metric) -> dict[str, Any]:
        """Return the values of the form's fields for a metric."""
        data: dict[str, Any] = {name: getattr(metric, name) for name in (*_LINES, "activity", "snapshot")}
        data |= {name: getattr(metric, name).value for name in ("unit", "direction", "timing", "cadence", "remit")}
        fields = {source.system: source.field for source in metric.sources if source.field != NOT_IN_SYSTEM}
        data |= {system.lower(): fields.get(system, "") for system in SYSTEMS}
        honest = (*metric.kept_honest_by, "", "")
        return data | {"kept_honest_by": honest[0], "kept_honest_too": honest[1]}

    def metric(self, code: str) -> Metric | None:
        """Return the metric, or None where a check of the catalogue finds a fault, which is then shown at its field."""
        lines = {name: self[name].data or "" for name in _LINES}
        fields = {system: self[system.lower()].data or "" for system in SYSTEMS}
        metric = Metric(
            code=code,
            unit=Unit(self.unit.data),
            direction=Direction(self.direction.data),
            timing=Timing(self.timing.data),
            cadence=Period(self.cadence.data),
            sources=tuple(Source(system, field or NOT_IN_SYSTEM) for system, field in fields.items()),
            remit=Remit(self.remit.data),
            activity=bool(self.activity.data),
            snapshot=bool(self.snapshot.data),
            kept_honest_by=tuple(filter(None, dict.fromkeys((self.kept_honest_by.data, self.kept_honest_too.data)))),
            **lines,
        )
        if not any(fields.values()):
            self.salesforce.errors = ["Say where the number is read from, in at least one of the three."]
        for fault in check_metric(metric, self.metrics):
            self._at(fault.path.partition(": ")[2]).errors = [_sentence(fault.message)]
        return None if self.errors else metric

    def _at(self, path: str) -> Any:
        name = {"code": "name", "sources": "salesforce"}.get(path.partition("[")[0], path.partition("[")[0])
        return self[name]


def _sentence(message: str) -> str:
    return {"this is missing": "Fill this in."}.get(message, f"{message[:1].upper()}{message[1:]}.")


def copy_metric(metric: Metric) -> Metric:
    """Return a copy of a metric to start a new one from; a copy of a shipped metric has a name of its own."""
    return replace(metric, name=f"{metric.name} (ours)" if metric.code in catalogue() else metric.name)
