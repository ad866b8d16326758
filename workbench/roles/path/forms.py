"""The forms of the guided path: each reads one part of a Role and writes it back; invalid input changes nothing."""

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from wtforms import BooleanField
from wtforms.validators import InputRequired, ValidationError

from workbench.core.forms.fields import ChoiceField, LineField, MoneyField, TextField, choice
from workbench.core.path import StepForm
from workbench.core.text.currencies import (
    currency_choices,
    currency_codes,
    currency_label,
    from_minor,
    is_currency,
    to_minor,
)
from workbench.roles.model import (
    Conditions,
    Motion,
    Pay,
    PayPeriod,
    Role,
)


@dataclass(frozen=True, slots=True)
class At:
    """The accountability, and the expectation or question in it, that a page is about."""

    accountability: str = ""
    item: str = ""


RoleForm = StepForm[Role, At]


class SeatForm(RoleForm):
    """The seat: its title, department, manager and market."""

    title = LineField(
        "Title of the role", max_length=120, validators=[InputRequired("Enter a title, such as Account Executive.")]
    )
    department = LineField("Department", max_length=120)
    reports_to = LineField("Reports to", max_length=120)
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
        """Return the seat's fields."""
        return {
            "title": role.title,
            "department": role.department,
            "reports_to": role.reports_to,
            "motion": role.motion or "",
            "revenue": role.revenue,
        }

    def write(self, role: Role, at: At) -> Role:
        """Return the role with these fields of the seat."""
        data = self.valid(role, at)
        return replace(role, **{**data, "motion": Motion(data["motion"]) if data["motion"] else None})


class SummaryForm(RoleForm):
    """The summary at the top of the position description."""

    summary = TextField("Summary of the role", id="role-summary")  # "summary" is the box of what is wrong

    @classmethod
    def read(cls, role: Role, at: At) -> dict[str, Any]:
        """Return the summary."""
        return {"summary": role.summary}

    def write(self, role: Role, at: At) -> Role:
        """Return the role with this summary."""
        return replace(role, **self.valid(role, at))


class PurposeForm(RoleForm):
    """One of the five purpose answers; a subclass names which."""

    part: ClassVar[str]
    answer = TextField("Your answer")

    @classmethod
    def read(cls, role: Role, at: At) -> dict[str, Any]:
        """Return the answer."""
        return {"answer": getattr(role.purpose, cls.part)}

    def write(self, role: Role, at: At) -> Role:
        """Return the role with this answer."""
        answer = self.valid(role, at)["answer"]
        return replace(role, purpose=replace(role.purpose, **{self.part: answer}))


def purpose_form(part: str) -> type[PurposeForm]:
    """Build the form for one of the five answers."""
    return type(f"{part.title()}Form", (PurposeForm,), {"part": part})


class PayForm(RoleForm):
    """The pay range, and whether candidates see it."""

    minimum = MoneyField("From")
    maximum = MoneyField("To")
    currency = ChoiceField("Currency", choices=currency_choices)
    period = ChoiceField("Paid", choices=[(p.value, f"Each {p.value}") for p in PayPeriod])
    variable = TextField("Variable pay", max_length=1000)
    benefits = TextField("Benefits", max_length=1000)
    released = BooleanField("Show pay to candidates, on the position description and in the brief")

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        present = self.currency.data
        if present and present not in currency_codes() and is_currency(present):
            self.currency.choices = [
                *self.currency.choices,
                choice(present, currency_label(present), "No longer in use"),
            ]

    def validate_minimum(self, field: MoneyField) -> None:
        """Refuse an amount with more decimal places than the currency has."""
        self._check_places(field)

    def validate_maximum(self, field: MoneyField) -> None:
        """Refuse an amount with more decimal places than the currency has."""
        self._check_places(field)

    def _check_places(self, field: MoneyField) -> None:
        if field.data is not None:
            try:
                to_minor(field.data, self.currency.data)
            except ValueError as error:
                raise ValidationError(str(error)) from None

    @classmethod
    def read(cls, role: Role, at: At) -> dict[str, Any]:
        """Return the pay, its amounts in whole units of the role's currency."""
        present = {name: getattr(role.pay, name) for name in Pay.__slots__}
        for name in ("minimum", "maximum"):
            if present[name] is not None:
                present[name] = from_minor(present[name], role.currency)
        return {**present, "currency": role.currency}

    def write(self, role: Role, at: At) -> Role:
        """Return the role with this pay; where an amount does not fit the currency that was chosen, both stay as they were."""
        data = self.valid(role, at)
        currency, period = data.pop("currency"), PayPeriod(data["period"])
        ends = {name: data[name] for name in ("minimum", "maximum")}
        try:
            minor = {name: None if end is None else to_minor(end, currency) for name, end in ends.items()}
        except ValueError:
            currency, minor = role.currency, {name: getattr(role.pay, name) for name in ends}
        return replace(role, currency=currency, pay=Pay(**{**data, **minor, "period": period}))


class ConditionsForm(RoleForm):
    """Where, when and under what demands the work is done."""

    place = TextField("Place of work", max_length=600)
    hours = TextField("Hours", max_length=600)
    travel = TextField("Travel", max_length=600)
    physical = TextField("Physical demands, as results and not as body movements", max_length=600)
    other = TextField("Anything else a candidate should know", max_length=1000)

    @classmethod
    def read(cls, role: Role, at: At) -> dict[str, Any]:
        """Return the conditions."""
        return {name: getattr(role.conditions, name) for name in Conditions.__slots__}

    def write(self, role: Role, at: At) -> Role:
        """Return the role with these conditions."""
        return replace(role, conditions=Conditions(**self.valid(role, at)))
