"""The forms that hold a list of like rows: duties, qualifications, neighbours and hard parts."""

from dataclasses import replace
from typing import Any

from wtforms import BooleanField, FormField
from wtforms import Form as PlainForm

from workbench.core.fields import (
    LineField,
    RowsField,
)
from workbench.roles.forms import At, StepForm
from workbench.roles.model import (
    Duty,
    Neighbour,
    Qualification,
    Role,
)

MOST_ROWS = 40


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
