"""The forms with a list of similar rows: duties, qualifications, neighbours and hard parts."""

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any, ClassVar

from wtforms import Form as PlainForm
from wtforms import FormField
from wtforms.fields.core import Field

from workbench.core.forms.fields import LineField, RowsField
from workbench.core.text.words import clean, list_items
from workbench.roles.fields import FIELDS, field_of
from workbench.roles.model import (
    Duty,
    Neighbour,
    Qualification,
    Role,
)
from workbench.roles.path.forms import At, RoleForm, input_of

MAX_ROWS = 40


class RowsForm(RoleForm):
    """A list of similar rows; empty rows are dropped, and one empty row is shown at the end.

    `part` names the list in the role and `make_value` builds one of its values from a row; a row has the value's own fields.
    A row with several lines of text, as they are pasted, becomes several rows.
    """

    part: ClassVar[str]
    make_value: ClassVar[Callable[..., object]]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = self["rows"]
        data = [row for entry in rows.entries for row in _split(entry)]
        if len(data) > len(rows.entries):
            rows.process(None, data)

    @classmethod
    def read(cls, role: Role, at: At) -> dict[str, Any]:
        """Return the rows, and an empty one to fill in."""
        return {"rows": [*(cls.row_of(value) for value in getattr(role, cls.part)), {}]}

    @classmethod
    def row_of(cls, value: Any) -> dict[str, Any]:
        """Return one value as the fields of its row."""
        return asdict(value)

    def write(self, role: Role, at: At) -> Role:
        """Return the role with the rows that contain text, in the order of the page."""
        if self["rows"].errors or not self["rows"].entries:
            return role
        rows = [row for row in self["rows"].data if any(isinstance(v, str) and v for v in row.values())]
        values: dict[str, Any] = {self.part: tuple(type(self).make_value(**row) for row in rows)}
        return replace(role, **values)

    def repeated(self) -> list[int]:
        """Return the places of the rows that say the same as an earlier one, whatever their capitals and spaces."""
        seen, found = set(), []
        for place, entry in enumerate(self["rows"].entries):
            texts = tuple(" ".join(v.split()).casefold() for v in entry.data.values() if isinstance(v, str))
            if any(texts) and texts in seen:
                found.append(place)
            seen.add(texts)
        return found

    def arrange(self, act: str, index: int) -> None:
        """Move the row at `index` up or down, remove it, or remove every repeated row; an index without a row changes nothing."""
        entries = self["rows"].entries
        if act == "repeats":
            for place in reversed(self.repeated()):
                entries.pop(place)
            return
        to = index + {"up": -1, "down": 1}.get(act, 0)
        if not (0 <= index < len(entries) and 0 <= to < len(entries)):
            return
        entry = entries.pop(index)
        if act != "remove":
            entries.insert(to, entry)


def _split(entry: FormField) -> list[dict[str, Any]]:
    """Return one row for each line of a row's first text; a tab leads to its next text, as in a spreadsheet."""
    texts = [field for field in entry.form if isinstance(field, LineField)]
    items = list_items(clean(texts[0].raw_data[0])) if texts[0].raw_data else ()
    if len(items) < 2:
        return [entry.data]
    names = [field.short_name for field in texts]
    return [{**entry.data, **dict(zip(names, item.split("\t"), strict=False))} for item in items]


def _rows(**inputs: Field) -> RowsField:
    """Build the list of rows that have these inputs."""
    return RowsField(FormField(type("Row", (PlainForm,), inputs)), MAX_ROWS)


def _rows_of(kind: type) -> RowsField:
    """Build the list of rows that have the fields of a class of the model."""
    return _rows(**{each.name: input_of(kind, each.name) for each in FIELDS[kind]})


class DutiesForm(RowsForm):
    """The duties of the seat."""

    part, make_value = "duties", Duty
    rows = _rows_of(Duty)


class QualificationsForm(RowsForm):
    """The qualifications that a person brings on the first day."""

    part, make_value = "qualifications", Qualification
    rows = _rows_of(Qualification)


class NeighboursForm(RowsForm):
    """The neighbouring seats and what they own."""

    part, make_value = "neighbours", Neighbour
    rows = _rows_of(Neighbour)


class HardPartsForm(RowsForm):
    """The hard parts of the job, named before the first day."""

    part = "hard_parts"
    rows = _rows(
        text=LineField(field_of(Role, "hard_parts").prompt, max_length=field_of(Role, "hard_parts").max_length)
    )

    @classmethod
    def row_of(cls, value: str) -> dict[str, Any]:
        """Return a hard part, which is plain text, as its row."""
        return {"text": value}

    @staticmethod
    def make_value(text: str) -> str:
        """Return the text of a row."""
        return text
