"""Form fields that bring what is typed into the stored alphabet and say plainly what does not fit."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any
from unicodedata import category

from wtforms import FieldList, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from workbench.core.words import clean, lines

LINE_LIMIT = 200
TEXT_LIMIT = 4_000
_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])(?::00)?")
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?")


class LineField(StringField):
    """One line of text, at most 200 characters unless told otherwise."""

    def __init__(self, label: str = "", most: int = LINE_LIMIT, **rest: Any) -> None:
        rest["validators"] = [*rest.get("validators", ()), _at_most(most)]
        super().__init__(label, **rest)
        self.most = most

    def process_formdata(self, valuelist: list[str]) -> None:
        """Clean what was typed and put it on one line."""
        self.data = " ".join(clean(valuelist[0]).split()) if valuelist else ""


class TextField(TextAreaField):
    """Several lines of text, at most 4,000 characters."""

    def __init__(self, label: str = "", most: int = TEXT_LIMIT, **rest: Any) -> None:
        rest["validators"] = [*rest.get("validators", ()), _at_most(most)]
        super().__init__(label, **rest)
        self.most = most

    def process_formdata(self, valuelist: list[str]) -> None:
        """Clean what was typed."""
        self.data = clean(valuelist[0]) if valuelist else ""


class LinesField(TextAreaField):
    """A list of short texts, one a line; its data is a tuple."""

    def __init__(self, label: str = "", most: int = TEXT_LIMIT, **rest: Any) -> None:
        super().__init__(label, **rest)
        self.most = most

    def process_formdata(self, valuelist: list[str]) -> None:
        """Clean what was typed and split it into its lines."""
        text = clean(valuelist[0]) if valuelist else ""
        self.data = lines(text)
        if len(text) > self.most:
            raise ValueError(f"Shorten this to {self.most:,} characters; it has {len(text):,}.")

    def _value(self) -> str:
        return "\n".join(self.data or ())


class NumberField(StringField):
    """An exact number, with or without commas, spaces and the sign of a currency. Its data is a Decimal or None."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number. Raises ValueError with a sentence for the leader."""
        self.data = None
        typed = clean(valuelist[0]) if valuelist else ""
        if not typed:
            return
        bare = "".join(char for char in typed if not char.isspace() and char not in ",%" and category(char) != "Sc")
        if not _NUMBER.fullmatch(bare):
            raise ValueError(f"Enter a number such as 8 or 12.5; “{typed[:30]}” is not one.")
        try:
            self.data = Decimal(bare)
        except InvalidOperation:
            raise ValueError("Enter a number such as 8 or 12.5.") from None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else format(self.data, "f")


class MoneyField(NumberField):
    """An amount of zero or more, in whole units of a currency that the form knows. Its data is a Decimal or None."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the amount. Raises ValueError with a sentence for the user."""
        super().process_formdata(valuelist)
        if self.data is not None and self.data < 0:
            raise ValueError("Enter an amount of zero or more.")

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        if self.data is None:
            return ""
        return f"{self.data:,f}" if self.data % 1 else f"{self.data:,.0f}"


class WholeField(IntegerField):
    """A whole number from `least` to `most`."""

    data: Any

    def __init__(self, label: str = "", least: int = 0, most: int = 100, **rest: Any) -> None:
        super().__init__(label, **rest)
        self.least, self.most = least, most

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; nothing typed counts as `least`."""
        typed = clean(valuelist[0]) if valuelist else ""
        if not typed:
            self.data = self.least
            return
        if not re.fullmatch(r"\d{1,6}", typed) or not self.least <= int(typed) <= self.most:
            self.data = None
            raise ValueError(f"Enter a whole number from {self.least} to {self.most}; “{typed[:20]}” is not one.")
        self.data = int(typed)


class DayField(StringField):
    """A day of the calendar; its data is a date or None."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day. Raises ValueError with a sentence."""
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
        """Read the time. Raises ValueError with a sentence."""
        self.data = None
        if typed := clean(valuelist[0]) if valuelist else "":
            found = _TIME.fullmatch(typed)
            if not found:
                raise ValueError(f"Enter a time such as 09:00 or 14:30; “{typed[:20]}” is not one.")
            self.data = time(int(found[1]), int(found[2]))

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else f"{self.data:%H:%M}" if self.data else ""


class ChoiceField(SelectField):
    """A choice from a list of (value, label) or (value, label, group); an unknown value is refused with a sentence.

    `choices` may be a function, which is called when a form is opened and not when its class is defined.
    """

    def __init__(self, label: str = "", choices: Any = (), **rest: Any) -> None:
        listed = choices() if callable(choices) else choices
        super().__init__(label, choices=[choice(*each) for each in listed], **rest)

    def pre_validate(self, form: Any) -> None:
        """Refuse a value that is not on the list."""
        if not any(choice.selected for choice in self.iter_choices()):
            raise ValidationError("Choose one from the list.")


class RowsField(FieldList):
    """A list of like rows, `rows-0-text`, `rows-1-text` and so on, of which at most `most` may hold something.

    The library would drop what comes after the last one that it takes; here each word comes back with a sentence.
    """

    def __init__(self, row: Any, most: int, **rest: Any) -> None:
        super().__init__(row, validators=[_at_most_rows(most)], **rest)

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        """Read the numbers of the rows; what only looks like a number is no row."""
        for name in formdata:
            found = re.match(rf"{re.escape(prefix)}-(\d{{1,5}})-", name, re.ASCII)
            if found:
                yield int(found[1])


def choice(value: str, label: str, group: str | None = None) -> SelectChoice:
    """Make one choice of a list, in a group where the list has groups."""
    return SelectChoice(value, label, optgroup=group)


def _at_most(most: int) -> Any:
    def check(_: Any, field: Any) -> None:
        length = len(field.data or "")
        if length > most:
            raise ValidationError(f"Shorten this to {most:,} characters; it has {length:,}.")

    check.field_flags = {"maxlength": most}  # type: ignore[attr-defined]
    return check


def _at_most_rows(most: int) -> Any:
    def check(_: Any, field: Any) -> None:
        full = sum(any(isinstance(part, str) and part for part in row.values()) for row in field.data)
        if full > most:
            raise ValidationError(f"Keep to {most} of these; there are {full}.")

    return check
