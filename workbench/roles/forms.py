"""The forms of the guided path: each reads one part of a Role and writes it back; what does not parse stays as it was."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from wtforms import BooleanField, DateField, FormField, HiddenField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, Optional

from workbench.core.fields import (
    ChoiceField,
    LineField,
    LinesField,
    MoneyField,
    NumberField,
    RowsField,
    TextField,
    WholeField,
    choice,
)
from workbench.core.web import Form, session
from workbench.core.words import new_key
from workbench.metrics.catalogue import catalogue
from workbench.metrics.model import Period, Timing
from workbench.roles.metric_tables import MetricRow, list_metrics
from workbench.roles.model import (
    Anchors,
    Basis,
    Comparator,
    Conditions,
    Duty,
    Expectation,
    Motion,
    Neighbour,
    Pay,
    PayPeriod,
    Qualification,
    Question,
    QuestionKind,
    Role,
    Supports,
    with_expectation,
    with_question,
)

MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class At:
    """Which accountability, and which expectation or question in it, a page is about."""

    accountability: str = ""
    item: str = ""


class StepForm(Form):
    """One page of the path. `read` gives the fields their present values; `write` puts valid ones back into the role."""

    tab = HiddenField(default=new_key)

    @classmethod
    def read(cls, role: Role, at: At) -> dict[str, Any]:
        """Give the present value of each field."""
        raise NotImplementedError

    def write(self, role: Role, at: At) -> Role:
        """Give the role with this page's valid fields put in; a field with an error keeps its old value."""
        raise NotImplementedError

    def valid(self, role: Role, at: At) -> dict[str, Any]:
        """Give each field's new value, or its present one where what was typed has an error or nothing was sent."""
        present = self.read(role, at)
        return {name: self[name].data if self._was_given(name) else present[name] for name in present}

    def _was_given(self, name: str) -> bool:
        field = self[name]
        return not field.errors and (bool(field.raw_data) or isinstance(field, BooleanField))


class SeatForm(StepForm):
    """Where the seat stands in the company."""

    title = LineField(
        "Title of the role", most=120, validators=[InputRequired("Enter a title, such as Account Executive.")]
    )
    department = LineField("Department", most=120)
    reports_to = LineField("Reports to", most=120)
    motion = ChoiceField(
        "How does this seat meet the market?",
        choices=[
            ("", "Choose one"),
            ("hunter", "Hunter: wins new customers"),
            ("farmer", "Farmer: keeps and grows customers"),
            ("partner", "Partner: sells through others"),
            ("support", "Support: helps others sell or serve"),
            ("lead", "Lead: reaches results through a team"),
        ],
    )
    revenue = BooleanField("This seat contributes to revenue")

    @classmethod
    def read(cls, role: Role, at: At) -> dict[str, Any]:
        """Give the seat's fields."""
        return {
            "title": role.title,
            "department": role.department,
            "reports_to": role.reports_to,
            "motion": role.motion or "",
            "revenue": role.revenue,
        }

    def write(self, role: Role, at: At) -> Role:
        """Put the seat's fields into the role."""
        data = self.valid(role, at)
        return replace(role, **{**data, "motion": Motion(data["motion"]) if data["motion"] else None})


class SummaryForm(StepForm):
    """A few sentences that stand first on the position description."""

    summary = TextField("Summary of the role", id="role-summary")  # "summary" is the box of what is wrong

    @classmethod
    def read(cls, role: Role, at: At) -> dict[str, Any]:
        """Give the summary."""
        return {"summary": role.summary}

    def write(self, role: Role, at: At) -> Role:
        """Put the summary into the role."""
        return replace(role, **self.valid(role, at))


class PurposeForm(StepForm):
    """One of the five purpose answers; a subclass names which."""

    part: ClassVar[str]
    answer = TextField("Your answer")

    @classmethod
    def read(cls, role: Role, at: At) -> dict[str, Any]:
        """Give the answer."""
        return {"answer": getattr(role.purpose, cls.part)}

    def write(self, role: Role, at: At) -> Role:
        """Put the answer into the role."""
        answer = self.valid(role, at)["answer"]
        return replace(role, purpose=replace(role.purpose, **{self.part: answer}))


def purpose_form(part: str) -> type[PurposeForm]:
    """Make the form for one of the five answers."""
    return type(f"{part.title()}Form", (PurposeForm,), {"part": part})


class ItemForm(StepForm):
    """Fields of one accountability that carry the same names in the value."""

    @classmethod
    def read(cls, role: Role, at: At) -> dict[str, Any]:
        """Give the fields of the accountability."""
        item = role.accountability(at.accountability)
        return {name: getattr(item, name) for name in cls.names()}

    def write(self, role: Role, at: At) -> Role:
        """Put the fields into the accountability."""
        item = role.accountability(at.accountability)
        return role.with_accountability(replace(item, **self.valid(role, at)))

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Name the fields."""
        raise NotImplementedError


class OutcomeForm(ItemForm):
    """What is different when the work is done well, and how we know."""

    outcome = TextField("What outcome does this seat own?", most=600)
    success_factor = TextField("How will you know it is done well?", most=1000)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Name the fields."""
        return ("outcome", "success_factor")


class OwnershipForm(ItemForm):
    """What is owned, where, and whether the position exists for it."""

    function = LineField("Function owned", most=80)
    scope = LineField("Scope", most=160)
    essential = BooleanField("This is an essential function of the position")
    reason = TextField("Why the position exists for it", most=1000)
    share = WholeField("Share of working time, in percent", most=100)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Name the fields."""
        return ("function", "scope", "essential", "reason", "share")


class SupportsForm(StepForm):
    """What helps somebody achieve the outcome: five lists."""

    behaviours = LinesField("Behaviours that lead to it")
    motivators = LinesField("What motivates somebody who does it well")
    skills = LinesField("Skills it takes")
    capacities = LinesField("Capacities: time, tools, authority, territory")
    rewards = LinesField("How your culture rewards it")

    @classmethod
    def read(cls, role: Role, at: At) -> dict[str, Any]:
        """Give the five lists."""
        supports = role.accountability(at.accountability).supports
        return {name: getattr(supports, name) for name in Supports.__slots__}

    def write(self, role: Role, at: At) -> Role:
        """Put the five lists into the accountability."""
        item = role.accountability(at.accountability)
        return role.with_accountability(replace(item, supports=Supports(**self.valid(role, at))))


def metric_choices(own: Iterable[MetricRow]) -> list[tuple[str, str, str]]:
    """List the metrics for a choice: code, name and group, leading ones first, then the company's own."""
    groups = {Timing.LEADING: "Leading: work that predicts the result", Timing.LAGGING: "Lagging: the result itself"}
    metrics = sorted(catalogue().values(), key=lambda metric: (metric.timing is Timing.LAGGING, metric.name))
    shipped = [(metric.code, metric.name, groups[metric.timing]) for metric in metrics]
    return shipped + [(row.code, _own_name(row), "Your company’s own") for row in own]


def _own_name(row: MetricRow) -> str:
    return f"{row.metric.name} (retired)" if row.retired_at else row.metric.name


class ExpectationForm(StepForm):
    """One target as fields; its sentence is drawn from them."""

    metric = ChoiceField("What is measured?")
    comparator = ChoiceField("At least or at most?", choices=[(c.value, c.value.capitalize()) for c in Comparator])
    value = NumberField("Number")
    period = ChoiceField(
        "In what period?", choices=[("", "No period"), *((p.value, f"Each {p.value}") for p in Period)]
    )
    due = DateField("Or by what date?", validators=[Optional()])
    qualifier = LineField("Only counting those", most=160)
    source = LineField("Where is it read?", most=160)
    we_will = TextField("What will the company do so that this can be reached?", most=1000)
    basis = ChoiceField(
        "Where does the number come from?",
        choices=[
            (Basis.PLACEHOLDER.value, "A placeholder, still to be agreed"),
            (Basis.AGREED.value, "Agreed with the person and the team"),
            (Basis.PLANNER.value, "Worked out with the planner"),
        ],
    )

    def __init__(self, *given: Any, **facts: Any) -> None:
        super().__init__(*given, **facts)
        rows = list_metrics(session())
        self.own = {row.code: row.metric for row in rows}
        self.metric.choices = [choice(*each) for each in (("", "Choose one", ""), *metric_choices(rows))]

    @classmethod
    def read(cls, role: Role, at: At) -> dict[str, Any]:
        """Give the fields of the expectation."""
        expectation = _expectation(role, at)
        names = ("metric", "comparator", "value", "period", "due", "qualifier", "source", "we_will", "basis")
        data = {name: getattr(expectation, name) for name in names}
        return {**data, "period": expectation.period or ""}

    def write(self, role: Role, at: At) -> Role:
        """Put the fields into the expectation; its unit is the metric's."""
        data = self.valid(role, at)
        own = self.own.get(data["metric"])
        known = catalogue().get(data["metric"]) or own
        changed = replace(
            _expectation(role, at),
            **{
                **data,
                "comparator": Comparator(data["comparator"]),
                "period": Period(data["period"]) if data["period"] else None,
                "basis": Basis(data["basis"]),
                "unit": known.unit if known else None,
                "defined": own,
            },
        )
        return role.with_accountability(with_expectation(role.accountability(at.accountability), changed))


def _expectation(role: Role, at: At) -> Expectation:
    for expectation in role.accountability(at.accountability).expectations:
        if expectation.key == at.item:
            return expectation
    raise KeyError(at.item)


class QuestionForm(StepForm):
    """One interview question with its probes and anchors."""

    kind = ChoiceField(
        "Kind of question",
        choices=[
            ("behavioural", "Behavioural: what they did"),
            ("situational", "Situational: what they would do"),
            ("exercise", "Exercise: let them do it"),
        ],
    )
    competency = LineField("What it shows", most=120)
    text = TextField("The question, word for word", most=1200)
    probes = LinesField("Probes, one a line")
    minutes = WholeField("Minutes", least=1, most=90)
    good = TextField("What good looks like", most=1200)
    one = TextField("An answer worth 1", most=800)
    three = TextField("An answer worth 3", most=800)
    five = TextField("An answer worth 5", most=800)

    @classmethod
    def read(cls, role: Role, at: At) -> dict[str, Any]:
        """Give the fields of the question and its anchors."""
        question = _question(role, at)
        data = {name: getattr(question, name) for name in ("kind", "competency", "text", "probes", "minutes", "good")}
        return {**data, "one": question.anchors.one, "three": question.anchors.three, "five": question.anchors.five}

    def write(self, role: Role, at: At) -> Role:
        """Put the fields into the question."""
        data = self.valid(role, at)
        anchors = Anchors(data.pop("one"), data.pop("three"), data.pop("five"))
        changed = replace(_question(role, at), **{**data, "kind": QuestionKind(data["kind"]), "anchors": anchors})
        return role.with_accountability(with_question(role.accountability(at.accountability), changed))


def _question(role: Role, at: At) -> Question:
    for question in role.accountability(at.accountability).questions:
        if question.key == at.item:
            return question
    raise KeyError(at.item)


class RowsForm(StepForm):
    """A list of like rows; empty rows are dropped, and one empty row waits at the end."""

    @classmethod
    def read(cls, role: Role, at: At) -> dict[str, Any]:
        """Give the rows, and an empty one to fill in."""
        return {"rows": [*cls.rows_of(role), {}]}

    def write(self, role: Role, at: At) -> Role:
        """Put the rows that hold text into the role, in the order in which they stand on the page."""
        if self["rows"].errors or not self["rows"].entries:
            return role
        return self.with_rows(
            role, [row for row in self["rows"].data if any(isinstance(v, str) and v for v in row.values())]
        )

    def arrange(self, act: str, place: int) -> None:
        """Move the row at `place` up or down, or remove it; a place that is not there changes nothing."""
        entries = self["rows"].entries
        to = place + {"up": -1, "down": 1}.get(act, 0)
        if not (0 <= place < len(entries) and 0 <= to < len(entries)):
            return
        entry = entries.pop(place)
        if act != "remove":
            entries.insert(to, entry)

    @classmethod
    def rows_of(cls, role: Role) -> list[dict[str, Any]]:
        """Give the present rows as plain data."""
        raise NotImplementedError

    @classmethod
    def with_rows(cls, role: Role, rows: list[dict[str, Any]]) -> Role:
        """Put rows of plain data into the role."""
        raise NotImplementedError


class DutyRow(PlainForm):
    """One duty."""

    text = LineField("Duty", most=300)
    essential = BooleanField("Essential")


class DutiesForm(RowsForm):
    """The work that is done in the seat."""

    rows = RowsField(FormField(DutyRow), MOST_ROWS)

    @classmethod
    def rows_of(cls, role: Role) -> list[dict[str, Any]]:
        """Give the duties."""
        return [{"text": duty.text, "essential": duty.essential} for duty in role.duties]

    @classmethod
    def with_rows(cls, role: Role, rows: list[dict[str, Any]]) -> Role:
        """Put the duties into the role."""
        return replace(role, duties=tuple(Duty(**row) for row in rows))


class QualificationRow(PlainForm):
    """One qualification."""

    text = LineField("Qualification", most=300)
    required = BooleanField("Required on the first day")


class QualificationsForm(RowsForm):
    """What somebody brings on the first day."""

    rows = RowsField(FormField(QualificationRow), MOST_ROWS)

    @classmethod
    def rows_of(cls, role: Role) -> list[dict[str, Any]]:
        """Give the qualifications."""
        return [{"text": item.text, "required": item.required} for item in role.qualifications]

    @classmethod
    def with_rows(cls, role: Role, rows: list[dict[str, Any]]) -> Role:
        """Put the qualifications into the role."""
        return replace(role, qualifications=tuple(Qualification(**row) for row in rows))


class NeighbourRow(PlainForm):
    """Another seat and what it owns."""

    seat = LineField("Seat", most=120)
    owns = LineField("Owns", most=300)


class NeighboursForm(RowsForm):
    """Who else owns what."""

    rows = RowsField(FormField(NeighbourRow), MOST_ROWS)

    @classmethod
    def rows_of(cls, role: Role) -> list[dict[str, Any]]:
        """Give the neighbours."""
        return [{"seat": item.seat, "owns": item.owns} for item in role.neighbours]

    @classmethod
    def with_rows(cls, role: Role, rows: list[dict[str, Any]]) -> Role:
        """Put the neighbours into the role."""
        return replace(role, neighbours=tuple(Neighbour(**row) for row in rows))


class HardPartRow(PlainForm):
    """One hard part of the job."""

    text = LineField("Hard part", most=400)


class HardPartsForm(RowsForm):
    """What is hard about this job, said before the first day."""

    rows = RowsField(FormField(HardPartRow), MOST_ROWS)

    @classmethod
    def rows_of(cls, role: Role) -> list[dict[str, Any]]:
        """Give the hard parts."""
        return [{"text": text} for text in role.hard_parts]

    @classmethod
    def with_rows(cls, role: Role, rows: list[dict[str, Any]]) -> Role:
        """Put the hard parts into the role."""
        return replace(role, hard_parts=tuple(row["text"] for row in rows))


class PayForm(StepForm):
    """The pay range, and whether candidates see it."""

    minimum = MoneyField("From")
    maximum = MoneyField("To")
    currency = ChoiceField(
        "Currency", choices=[(code, code) for code in ("USD", "EUR", "GBP", "CAD", "AUD", "CHF", "SEK")]
    )
    period = ChoiceField("Paid", choices=[(p.value, f"Each {p.value}") for p in PayPeriod])
    variable = TextField("Variable pay", most=1000)
    benefits = TextField("Benefits", most=1000)
    released = BooleanField("Show pay to candidates, on the position description and in the brief")

    @classmethod
    def read(cls, role: Role, at: At) -> dict[str, Any]:
        """Give the pay."""
        return {name: getattr(role.pay, name) for name in Pay.__slots__}

    def write(self, role: Role, at: At) -> Role:
        """Put the pay into the role."""
        data = self.valid(role, at)
        return replace(role, pay=Pay(**{**data, "period": PayPeriod(data["period"])}))


class ConditionsForm(StepForm):
    """Where, when and under what demands the work is done."""

    place = TextField("Place of work", most=600)
    hours = TextField("Hours", most=600)
    travel = TextField("Travel", most=600)
    physical = TextField("Physical demands, as results and not as body movements", most=600)
    other = TextField("Anything else somebody should know", most=1000)

    @classmethod
    def read(cls, role: Role, at: At) -> dict[str, Any]:
        """Give the conditions."""
        return {name: getattr(role.conditions, name) for name in Conditions.__slots__}

    def write(self, role: Role, at: At) -> Role:
        """Put the conditions into the role."""
        return replace(role, conditions=Conditions(**self.valid(role, at)))


class DoneForm(Form):
    """The question at the end of a section."""

    completed = ChoiceField(
        "Have you completed this section?", choices=[("yes", "Yes"), ("no", "No, I’ll come back later")], default="no"
    )
