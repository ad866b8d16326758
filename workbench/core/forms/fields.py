"""Form fields that convert the typed text into the stored alphabet and name its errors in plain words."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any
from unicodedata import category

import wtforms
from wtforms import FieldList, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from workbench.core.text.words import clean, lines

MAX_LINE = 200  # characters
MAX_TEXT = 4_000  # characters
_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])(?::00)?")
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?")


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

    def process_formdata(self, valuelist: list[str]) -> None:
        """Clean the typed text and split it into lines."""
        text = clean(valuelist[0]) if valuelist else ""
        self.data = lines(text)
        if len(text) > self.max_length:
            raise ValueError(f"Shorten this to {self.max_length:,} characters; it has {len(text):,}.")

    def _value(self) -> str:
        return "\n".join(self.data or ())


class NumberField(StringField):
    """An exact number, with or without commas, spaces and the sign of a currency. Its data is a Decimal or None."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number. Raise ValueError with a sentence for the user."""
        self.data = None
        typed = clean(valuelist[0]) if valuelist else ""
        if not typed:
            return
        digits = "".join(char for char in typed if not char.isspace() and char not in ",%" and category(char) != "Sc")
        if not _NUMBER.fullmatch(digits):
            raise ValueError(f"Enter a number such as 8 or 12.5; “{typed[:30]}” is not one.")
        try:
            self.data = Decimal(digits)
        except InvalidOperation:
            raise ValueError("Enter a number such as 8 or 12.5.") from None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else format(self.data, "f")


class MoneyField(NumberField):
    """An amount of zero or more, in whole units of a currency that the form knows. Its data is a Decimal or None."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the amount. Raise ValueError with a sentence for the user."""
        super().process_formdata(valuelist)
        if self.data is not None and self.data < 0:
            raise ValueError("Enter an amount of zero or more.")

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        if self.data is None:
            return ""
        return f"{self.data:,f}" if self.data % 1 else f"{self.data:,.0f}"


class IntegerField(wtforms.IntegerField):
    """A whole number from `min_value` to `max_value`."""

    data: Any

    def __init__(self, label: str = "", min_value: int = 0, max_value: int = 100, **options: Any) -> None:
        super().__init__(label, **options)
        self.min_value, self.max_value = min_value, max_value

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; an empty field is `min_value`. Raise ValueError with a sentence for the user."""
        typed = clean(valuelist[0]) if valuelist else ""
        if not typed:
            self.data = self.min_value
            return
        if not re.fullmatch(r"\d{1,6}", typed) or not self.min_value <= int(typed) <= self.max_value:
            self.data = None
            raise ValueError(
                f"Enter a whole number from {self.min_value} to {self.max_value}; “{typed[:20]}” is not one."
            )
        self.data = int(typed)


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
