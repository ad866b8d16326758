"""The forms of the guided path: each reads one part of a Role and writes it back; what does not parse stays as it was."""

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired

from workbench.core.fields import (
    ChoiceField,
    LineField,
    MoneyField,
    TextField,
)
from workbench.core.web import Form
from workbench.core.words import new_key
from workbench.roles.model import (
    Conditions,
    Motion,
    Pay,
    PayPeriod,
    Role,
)


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
