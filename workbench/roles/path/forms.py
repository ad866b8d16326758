"""The forms of the guided path: each reads one part of a Role and writes it back; invalid input changes nothing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, ClassVar, TypeVar

from wtforms import BooleanField, Field, SelectMultipleField
from wtforms.validators import InputRequired, ValidationError

from workbench.core.forms.fields import (
    ChoiceField,
    DateField,
    IntegerField,
    ItemsField,
    LineField,
    MoneyField,
    TextField,
)
from workbench.core.path import StepForm
from workbench.core.text.currencies import from_minor, to_minor
from workbench.core.text.numbers import NumberKind, Wanted
from workbench.roles.compliance.law import jurisdictions
from workbench.roles.fields import FIELDS, FieldKind, RoleField, field_of
from workbench.roles.model import (
    Administration,
    Conditions,
    ExemptStatus,
    Motion,
    Pay,
    PayPeriod,
    Role,
)

_YES_NO = {"yes": True, "no": False}
_PAY_ENDS = "Type the lower end in From and the upper end in To."
FormClass = TypeVar("FormClass", bound="type[RoleForm]")


@dataclass(frozen=True, slots=True)
class At:
    """The accountability, and the expectation or question in it, that a page is about."""

    accountability: str = ""
    item: str = ""


RoleForm = StepForm[Role, At]


_INPUTS: dict[FieldKind, type[Field]] = {
    FieldKind.LINE: LineField,
    FieldKind.TEXT: TextField,
    FieldKind.LINES: ItemsField,
    FieldKind.MONEY: MoneyField,
    FieldKind.DATE: DateField,
    FieldKind.CHOICE: ChoiceField,
    FieldKind.SWITCH: BooleanField,
}


def input_of(kind: type, name: str, **options: Any) -> Field:
    """Build the input of a field of the model, with the label and the length of its description."""
    field = field_of(kind, name)
    length = {"max_length": field.max_length} if field.max_length else {}
    return _INPUTS[field.kind](field.prompt, **length, **options)


def with_inputs(kind: type) -> Callable[[FormClass], FormClass]:
    """Add an input for each field of a class of the model to a form."""

    def add_inputs(form: FormClass) -> FormClass:
        for each in FIELDS[kind]:
            setattr(form, each.name, input_of(kind, each.name))
        return form

    return add_inputs


class SeatForm(RoleForm):
    """The seat: its title, department, manager and market."""

    title = input_of(Role, "title", validators=[InputRequired("Enter a title, such as Account Executive.")])
    department = input_of(Role, "department")
    reports_to = input_of(Role, "reports_to")
    motion = input_of(
        Role,
        "motion",
        choices=[
            ("", "Choose one"),
            ("hunter", "Hunter: wins new customers"),
            ("farmer", "Farmer: keeps and grows customers"),
            ("partner", "Partner: sells through others"),
            ("support", "Support: helps others sell or serve"),
            ("lead", "Lead: reaches results through a team"),
        ],
    )
    revenue = input_of(Role, "revenue", choices=[("", "Choose one"), *((name, name.title()) for name in _YES_NO)])

    @classmethod
    def read(cls, role: Role, at: At) -> dict[str, Any]:
        """Return the seat's fields."""
        return {
            "title": role.title,
            "department": role.department,
            "reports_to": role.reports_to,
            "motion": role.motion or "",
            "revenue": next((name for name, value in _YES_NO.items() if value is role.revenue), ""),
        }

    def write(self, role: Role, at: At) -> Role:
        """Return the role with these fields of the seat."""
        data = self.valid(role, at)
        motion = Motion(data["motion"]) if data["motion"] else None
        return replace(role, **{**data, "motion": motion, "revenue": _YES_NO.get(data["revenue"])})


class SummaryForm(RoleForm):
    """The summary at the top of the position description."""

    # "summary" is the id of the error summary.
    summary = input_of(Role, "summary", id="role-summary")

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

    @classmethod
    def read(cls, role: Role, at: At) -> dict[str, Any]:
        """Return the answer."""
        return {"answer": getattr(role.purpose, cls.part)}

    def write(self, role: Role, at: At) -> Role:
        """Return the role with this answer."""
        answer = self.valid(role, at)["answer"]
        return replace(role, purpose=replace(role.purpose, **{self.part: answer}))


def purpose_form(answer: RoleField) -> type[PurposeForm]:
    """Build the form for one of the five answers; its prompt is the title of its page."""
    text_input = TextField("Your answer", max_length=answer.max_length)
    return type(f"{answer.name.title()}Form", (PurposeForm,), {"part": answer.name, "answer": text_input})


class PayForm(RoleForm):
    """The pay range, and whether candidates see it."""

    minimum = input_of(Pay, "minimum")
    maximum = input_of(Pay, "maximum")
    period = input_of(Pay, "period", choices=[(p.value, f"Each {p.value}") for p in PayPeriod])
    variable = input_of(Pay, "variable")
    benefits = input_of(Pay, "benefits")
    released = input_of(Pay, "released")
    told_when = input_of(Pay, "told_when")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for end in (self.minimum, self.maximum):
            end.read_as(Wanted(NumberKind.MONEY, self.meta.currency, min_value=0, ends=_PAY_ENDS))

    def validate_minimum(self, field: MoneyField) -> None:
        """Refuse an amount with more decimal places than the currency has, and a lower end above the upper one."""
        self._check_places(field)
        if self._is_reversed():
            raise ValidationError("“From” is more than “To”. Exchange them, or check both.")

    def validate_maximum(self, field: MoneyField) -> None:
        """Refuse an amount with more decimal places than the currency has."""
        self._check_places(field)

    def _is_reversed(self) -> bool:
        low, high = self.minimum.data, self.maximum.data
        return low is not None and high is not None and low > high

    def _check_places(self, field: MoneyField) -> None:
        if field.data is not None:
            try:
                to_minor(field.data, self.meta.currency)
            except ValueError as error:
                raise ValidationError(str(error)) from None

    @classmethod
    def read(cls, role: Role, at: At) -> dict[str, Any]:
        """Return the pay, its amounts in whole units of the role's currency."""
        present = {name: getattr(role.pay, name) for name in Pay.__slots__}
        for name in ("minimum", "maximum"):
            if present[name] is not None:
                present[name] = from_minor(present[name], role.currency)
        return present

    def write(self, role: Role, at: At) -> Role:
        """Return the role with this pay."""
        data = self.valid(role, at)
        for name in ("minimum", "maximum"):
            # a range that is upside down is stored with neither of its ends
            data[name] = self.read(role, at)[name] if self._is_reversed() else data[name]
            data[name] = None if data[name] is None else to_minor(data[name], role.currency)
        return replace(role, pay=Pay(**{**data, "period": PayPeriod(data["period"])}))


@with_inputs(Conditions)
class ConditionsForm(RoleForm):
    """Where, when and under what demands the work is done, the law that it falls under, and what HR keeps about it."""

    jurisdictions = SelectMultipleField(field_of(Role, "jurisdictions").prompt)
    job_code = input_of(Administration, "job_code")
    grade = input_of(Administration, "grade")
    exempt_status = input_of(
        Administration,
        "exempt_status",
        choices=[("", "Not said"), ("exempt", "Exempt"), ("non-exempt", "Not exempt")],
    )
    headcount = IntegerField(field_of(Administration, "headcount").prompt, min_value=1, max_value=999, empty=0)
    cost_centre = input_of(Administration, "cost_centre")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.jurisdictions.choices = [(code, each.name) for code, each in jurisdictions().items()]

    @classmethod
    def read(cls, role: Role, at: At) -> dict[str, Any]:
        """Return the conditions, the chosen laws and what HR keeps."""
        present = {name: getattr(role.conditions, name) for name in Conditions.__slots__}
        kept = {name: getattr(role.administration, name) for name in Administration.__slots__}
        kept |= {"exempt_status": kept["exempt_status"] or "", "headcount": kept["headcount"] or None}
        return {**present, **kept, "jurisdictions": role.jurisdictions}

    def write(self, role: Role, at: At) -> Role:
        """Return the role with these conditions, laws and facts for HR; a form that was sent without a law has none."""
        data = self.valid(role, at)
        conditions = Conditions(**{name: data[name] for name in Conditions.__slots__})
        kept = {name: data[name] for name in Administration.__slots__}
        kept["headcount"] = kept["headcount"] or None
        kept["exempt_status"] = ExemptStatus(kept["exempt_status"]) if kept["exempt_status"] else None
        chosen = tuple(code for code in jurisdictions() if code in (self.jurisdictions.data or ()))
        return replace(role, conditions=conditions, administration=Administration(**kept), jurisdictions=chosen)
