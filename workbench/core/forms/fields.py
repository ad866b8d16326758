"""Form fields that convert the typed text into the stored alphabet and name its errors in plain words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

import wtforms
from wtforms import FieldList, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from workbench.core.text.number_style import plain_number, write_number
from workbench.core.text.numbers import AmbiguousNumber, NumberKind, Reading, Wanted, read_number, say_number
from workbench.core.text.words import clean, lines, list_items
from workbench.core.web.country import request_style

MAX_LINE = 200  # characters
MAX_TEXT = 4_000  # characters
_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])(?::00)?")


class LineField(StringField):
    """One line of text, by default at most 200 characters."""

    def __init__(self, label: str = "", max_length: int = MAX_LINE, **options: Any) -> None:
        options["validators"] = [*options.get("validators", ()), _max_length(max_length)]
        super().__init__(label, **options)
        self.max_length = max_length

    def process_formdata(self, valuelist: list[str]) -> None:
        """Clean the typed text and join it on one line."""
        self.data = " ".join(clean(valuelist[0]).split()) if valuelist else ""


class TextField(TextAreaField):
    """Several lines of text, at most 4,000 characters."""

    def __init__(self, label: str = "", max_length: int = MAX_TEXT, **options: Any) -> None:
        options["validators"] = [*options.get("validators", ()), _max_length(max_length)]
        super().__init__(label, **options)
        self.max_length = max_length

    def process_formdata(self, valuelist: list[str]) -> None:
        """Clean the typed text."""
        self.data = clean(valuelist[0]) if valuelist else ""


class LinesField(TextAreaField):
    """A list of short texts, one a line; its data is a tuple."""

    def __init__(self, label: str = "", max_length: int = MAX_TEXT, **options: Any) -> None:
        super().__init__(label, **options)
        self.max_length = max_length

    split = staticmethod(lines)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Clean the typed text and split it into lines."""
        text = clean(valuelist[0]) if valuelist else ""
        self.data = self.split(text)
        if len(text) > self.max_length:
            raise ValueError(f"Shorten this to {self.max_length:,} characters; it has {len(text):,}.")

    def _value(self) -> str:
        return "\n".join(self.data or ())


class ItemsField(LinesField):
    """A list of short texts, one a line, which are taken over without the bullets and numbers of a pasted list."""

    split = staticmethod(list_items)


class AskingField(StringField):
    """A field whose text may have two meanings.

    Then `readings` has both, and a page offers them as buttons, whose name is the field's with `-reading` at its end.
    """

    readings: tuple[Reading, ...] = ()

    def process(self, formdata: Any, *args: Any, **options: Any) -> None:
        """Read the typed text, or the reading that was chosen in its place."""
        chosen = formdata.get(f"{self.name}-reading") if formdata else None
        if chosen is not None:
            formdata = formdata.copy()
            formdata.setlist(self.name, [chosen])
        super().process(formdata, *args, **options)


class NumberField(AskingField):
    """A number as people write it in the company's country. Its data is a Decimal or None.

    Where two numbers can be meant, the data is None. An amount is in the `currency` of the form's `Meta`.
    """

    data: Any
    kind = NumberKind.PLAIN
    said_after = ""  # what follows the number in words, such as " a quarter"

    def __init__(self, label: str = "", wanted: Wanted | None = None, **options: Any) -> None:
        super().__init__(label, **options)
        self.wanted = wanted or Wanted(self.kind)
        if self.wanted.kind is NumberKind.MONEY and not self.wanted.currency:
            self.wanted = replace(self.wanted, currency=getattr(self.meta, "currency", ""))

    def process(self, formdata: Any, *args: Any, **options: Any) -> None:
        """Read the typed text, or the reading that was chosen, which is then shown in its place."""
        super().process(formdata, *args, **options)
        if formdata and f"{self.name}-reading" in formdata and self.data is not None:
            self.raw_data = [self.text_of(Decimal(self.data))]

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number. Raise ValueError with a sentence for the user."""
        self.data, self.readings = None, ()
        if typed := clean(valuelist[0]) if valuelist else "":
            try:
                self.data = self.read(typed)
            except AmbiguousNumber as question:
                self.readings = question.readings
                raise

    def read(self, typed: str) -> Any:
        """Return what a text says. Raise UnreadableNumber."""
        return read_number(typed, self.wanted, request_style())

    def read_as(self, wanted: Wanted) -> None:
        """Read the typed text once more, where another field of the form decides its kind."""
        self.wanted = wanted
        if self.raw_data:
            self.process_errors = []
            try:
                self.process_formdata(self.raw_data)
            except ValueError as error:
                self.process_errors = [str(error)]

    def text_of(self, value: Decimal) -> str:
        """Return a number as this field shows it, so that the same number is read again."""
        text = write_number(value, request_style())
        return f"{text} %" if self.wanted.kind is NumberKind.PERCENT and 0 < abs(value) < 1 else text

    @property
    def said(self) -> str:
        """Return the number in words; empty where its digits are plain, and where there is none."""
        if self.data is None or self.errors or self.process_errors:
            return ""
        value = Decimal(self.data)
        plain = self.wanted.kind in (NumberKind.PLAIN, NumberKind.WHOLE) and abs(value) < 1000
        if plain and not self.said_after and self._value() in (self.text_of(value), plain_number(value)):
            return ""
        return say_number(value, self.wanted) + self.said_after

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.text_of(Decimal(self.data))


class MoneyField(NumberField):
    """An amount of zero or more, in whole units of the currency of the form. Its data is a Decimal or None."""

    kind = NumberKind.MONEY

    def __init__(self, label: str = "", wanted: Wanted | None = None, **options: Any) -> None:
        super().__init__(label, wanted or Wanted(self.kind, min_value=0), **options)

    def text_of(self, value: Decimal) -> str:
        """Return an amount as this field shows it, with its cents where it has some."""
        return write_number(value, request_style(), min_places=2)


class IntegerField(NumberField):
    """A whole number from `min_value` to `max_value`; an empty field is `empty`, or `min_value`. Its data is an int or None."""

    kind = NumberKind.WHOLE

    def __init__(
        self, label: str = "", min_value: int = 0, max_value: int = 100, empty: int | None = None, **options: Any
    ) -> None:
        super().__init__(label, Wanted(self.kind, min_value=min_value, max_value=max_value), **options)
        self.min_value, self.max_value = min_value, max_value
        self.empty = min_value if empty is None else empty

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; an empty field is `empty`. Raise ValueError with a sentence for the user."""
        super().process_formdata(valuelist)
        if not valuelist or not clean(valuelist[0]):
            self.data = self.empty

    def read(self, typed: str) -> int:
        """Return what a text says. Raise UnreadableNumber."""
        return int(super().read(typed))

    def text_of(self, value: Decimal) -> str:
        """Return the number without groups, as a short one is written."""
        return str(value)


class DateField(wtforms.DateField):
    """A day of the calendar; its data is a date, or None for an empty field."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day. Raise ValueError with a sentence for the user."""
        self.data = None
        if typed := clean(valuelist[0]) if valuelist else "":
            try:
                self.data = date.fromisoformat(typed)
            except ValueError:
                raise ValueError(f"Enter a day such as 2026-12-01; “{typed[:20]}” is not one.") from None

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else self.data.isoformat() if self.data else ""


class TimeField(StringField):
    """A time of the day to the minute; its data is a time or None."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the time. Raise ValueError with a sentence for the user."""
        self.data = None
        if typed := clean(valuelist[0]) if valuelist else "":
            found = _TIME.fullmatch(typed)
            if not found:
                raise ValueError(f"Enter a time such as 09:00 or 14:30; “{typed[:20]}” is not one.")
            self.data = time(int(found[1]), int(found[2]))

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else f"{self.data:%H:%M}" if self.data else ""


class ChoiceField(SelectField):
    """A choice from a list of (value, label) or (value, label, group); another value is refused with a sentence.

    `choices` may be a function, which is called when a form is opened and not when its class is defined.
    """

    def __init__(self, label: str = "", choices: Any = (), **options: Any) -> None:
        pairs = choices() if callable(choices) else choices
        super().__init__(label, choices=[choice(*each) for each in pairs], **options)

    def pre_validate(self, form: Any) -> None:
        """Refuse a value that is not on the list. Raise ValidationError with a sentence for the user."""
        if not any(choice.selected for choice in self.iter_choices()):
            raise ValidationError("Choose one from the list.")


class RowsField(FieldList):
    """A list of rows, `rows-0-text`, `rows-1-text` and so on, of which at most `max_rows` may have a value.

    The library would drop the rows after its maximum; here every row is kept, with a sentence.
    """

    def __init__(self, row: Any, max_rows: int, **options: Any) -> None:
        super().__init__(row, validators=[_max_rows(max_rows)], **options)

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        """Yield the numbers of the rows; a name with another kind of digit is no row."""
        for name in formdata:
            found = re.match(rf"{re.escape(prefix)}-(\d{{1,5}})-", name, re.ASCII)
            if found:
                yield int(found[1])


def choice(value: str, label: str, group: str | None = None) -> SelectChoice:
    """Return one choice of a list, in a group where the list has groups."""
    return SelectChoice(value, label, optgroup=group)


def _max_length(limit: int) -> Any:
    def check(_: Any, field: Any) -> None:
        length = len(field.data or "")
        if length > limit:
            raise ValidationError(f"Shorten this to {limit:,} characters; it has {length:,}.")

    check.field_flags = {"maxlength": limit}  # type: ignore[attr-defined]
    return check


def _max_rows(limit: int) -> Any:
    def check(_: Any, field: Any) -> None:
        full = sum(any(isinstance(part, str) and part for part in row.values()) for row in field.data)
        if full > limit:
            raise ValidationError(f"Keep to {limit} of these; there are {full}.")

    return check
