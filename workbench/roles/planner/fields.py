"""The fields and base forms of the planner: rates, kinds of work in rows, and the address of a plan."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar, TypeVar
from urllib.parse import urlencode

from wtforms import FieldList, Form, FormField

from workbench.core.forms.fields import AskingField, ChoiceField, LineField, NumberField
from workbench.core.forms.form import leaves
from workbench.core.text.number_style import plain_number, write_number
from workbench.core.text.numbers import (
    AmbiguousNumber,
    NumberKind,
    UnreadableNumber,
    Wanted,
    read_exact,
    read_number,
)
from workbench.core.text.words import clean
from workbench.core.web.country import request_style
from workbench.metrics.planning.confidence import Evidence
from workbench.metrics.planning.planner import rate_of
from workbench.metrics.validation import InvalidInput, Number

T = TypeVar("T")

STAGES = 5
SPREADS = (
    ("0", "Hardly: all about the same"),
    ("0.5", "Somewhat: half to one and a half times"),
    ("0.8", "A lot: small and large mixed"),
    ("1.5", "Very much: a few large ones decide"),
)
CONFIDENCES = (("0.5", "50%, as good as a coin toss"), ("0.7", "70%"), ("0.8", "80%"), ("0.9", "90%"), ("0.95", "95%"))
_COUNT, _RATE = Wanted(NumberKind.WHOLE), Wanted(NumberKind.PERCENT, min_value=0)
_EVIDENCE = re.compile(r"([^\s%]+)\s*(?:of|/|out of)\s*([^\s%]+)", re.IGNORECASE)


class ShareField(AskingField, LineField):
    """A rate as people write it: `22%`, `22`, or the evidence `11 of 50`; `read` has the exact value."""

    read: Number | Evidence | None = None

    def __init__(self, label: str = "", max_length: int = 40, **options: Any) -> None:
        super().__init__(label, max_length, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the rate. Raises ValueError with a sentence for the leader."""
        super().process_formdata(valuelist)
        self.read, self.readings = None, ()
        text = self.data or ""
        if not text:
            return
        style = request_style()
        try:
            if match := _EVIDENCE.fullmatch(text):
                won, of = (int(read_number(part, _COUNT, style)) for part in match.groups())
                self.read = Evidence(won, of)
            else:
                self.read = read_exact(text, _RATE, style) / 100
        except AmbiguousNumber as question:
            self.readings = question.readings
            raise
        except UnreadableNumber:
            raise ValueError(
                f"Write a rate such as 22%, or what it is based on, such as 11 of 50; “{text[:20]}” is neither."
            ) from None

    @property
    def said(self) -> str:
        """Return the rate in words, where the typed text is not already that."""
        if not isinstance(self.read, Fraction) or (self.data or "").rstrip(" %").isdecimal():
            return ""
        return f"{write_number(Decimal(round(self.read * 10_000)).scaleb(-2))} percent"

    def exactly(self) -> Fraction:
        """Return the rate as a fraction. Raises InvalidInput where there is none, or where its evidence has no wins."""
        if self.read is None:
            raise InvalidInput(self.name, "Enter a rate such as 90%, or what it is based on, such as 45 of 50.")
        return rate_of(self.name, self.read) if isinstance(self.read, Evidence) else Fraction(self.read)


class StageForm(Form):
    """One kind of work and the share of it that moves on."""

    name = LineField("Work", max_length=40)
    share = ShareField("Share that moves on")


class FiguresForm(Form):
    """A form that is sent by GET, so that each result has an address of its own."""

    FIELD_OF_FIGURE: ClassVar[dict[str, str]] = {}  # figure of an error -> name of its field

    def faults(self) -> list[tuple[str, str]]:
        """List the errors: the id of a field and what to do about it."""
        return [(field.id, str(error)) for field in leaves(self) for error in field.errors]

    def calculate(self, work: Callable[[], T]) -> T | None:
        """Return a result of the figures, or None with an error at the field that does not allow it."""
        valid = self.validate()
        if not self.complete() or not valid:
            return None
        try:
            return work()
        except InvalidInput as fault:
            self.field_for(fault.field).errors = [fault.message]
            return None

    def complete(self) -> bool:
        """Set an error at each required field that is empty; return whether the figures are complete."""
        return True

    def field_for(self, name: str) -> Any:
        """Return the field of an error."""
        name = self.FIELD_OF_FIGURE.get(name, name)
        return self[name] if name in self else next(leaves(self))

    def query(self) -> str:
        """Return the figures as the query of an address, without empty ones."""
        return urlencode(self.pairs())

    def pairs(self) -> list[tuple[str, str]]:
        """Return the names and texts of the figures, without empty ones."""
        return [(field.name, value) for field in leaves(self) if (value := _field_text(field))]

    def show_grouped(self) -> None:
        """Show the numbers as the company's country writes them, where no person has typed them yet."""
        for field in leaves(self):
            if isinstance(field, NumberField) and field.data is not None:
                field.raw_data = [field.text_of(Decimal(field.data))]

    def entered_figures(self) -> Iterator[tuple[str, str]]:
        """Yield the figures as label and text, for the printed page."""
        for field in self:
            if isinstance(field, FieldList):
                yield from ((row["name"].data, row["share"].data) for row in field if row["name"].data)
            elif isinstance(field, ChoiceField):
                yield field.label.text, next(str(choice.label) for choice in field.iter_choices() if choice.selected)
            elif value := _shown_text(field):
                yield field.label.text, value


def _field_text(field: Any) -> str:
    """Return the text of a field, cleaned; a number is written as every country reads it, because links are shared."""
    if isinstance(field, NumberField) and field.data is not None:
        return plain_number(Decimal(field.data))
    value = field._value() if hasattr(field, "_value") else field.data  # noqa: SLF001 - WTForms has no other name for it
    return clean(str(value)) if value not in (None, "") else ""


def _shown_text(field: Any) -> str:
    """Return the text of a field for a reader: a number as the company's country writes it."""
    if isinstance(field, NumberField) and field.data is not None:
        return field.text_of(Decimal(field.data))
    return _field_text(field)


def require_fields(*required: tuple[Any, str]) -> bool:
    """Set an error at each empty field; return whether there is one."""
    empty = [(field, sentence) for field, sentence in required if field.data is None and not field.errors]
    for field, sentence in empty:
        field.errors = [sentence]
    return bool(empty)


def stage_rows() -> Any:
    """Build the field with the rows of kinds of work."""
    return FieldList(FormField(StageForm), min_entries=1, max_entries=STAGES)


class StagesForm(FiguresForm):
    """Figures with the funnel backwards from a deal: kinds of work, each with the share that moves on."""

    stages: Any

    def complete(self) -> bool:
        """Check that every row has both halves and a name that no other field has."""
        for row in self.stages:
            name, share = row["name"], row["share"]
            if share.errors:
                continue
            if name.data and share.read is None:
                share.errors = ["Give the share that moves on, such as 22% or 11 of 50."]
            elif share.data and not name.data:
                name.errors = ["Name this kind of work, such as meetings."]
            elif name.data and (name.data.lower() in self.FIELD_OF_FIGURE or name.data.lower() in self):
                name.errors = [f"Call this work something else; “{name.data}” is already a figure on this page."]
        if not any(row["name"].data for row in self.stages):
            self.stages[0]["name"].errors = ["Name the work that deals come from, such as opportunities."]
        return not self.faults()

    def chain(self) -> tuple[tuple[str, Number | Evidence], ...]:
        """Return the kinds of work with their shares, from the deal backwards."""
        return tuple(
            (row["name"].data.lower(), row["share"].read)
            for row in self.stages
            if row["name"].data and row["share"].read is not None
        )

    def field_for(self, name: str) -> Any:
        """Return the field of an error; a stage is named by its work."""
        rows = {(row["name"].data or "").lower(): row["share"] for row in self.stages}
        return rows[name] if name in rows else super().field_for(name)


def next_month(today: date) -> date:
    """Return the first day of the next month, on which a new plan usually begins."""
    return date(today.year + (today.month == 12), today.month % 12 + 1, 1)
