"""The form of the material of an exercise: its sheets and its checklist, typed as text."""

from dataclasses import replace
from typing import Any

from wtforms import Field
from wtforms.validators import ValidationError

from workbench.core.forms.fields import IntegerField
from workbench.roles.exercises.model import checklist_faults, reading_fault, sheet_faults
from workbench.roles.fields import field_of
from workbench.roles.model import Exercise, Role, with_question
from workbench.roles.path.forms import At, RoleForm, input_of

MAX_READING_MINUTES = 60


class ExerciseForm(RoleForm):
    """The sheets, the checklist and the times of one exercise."""

    candidate = input_of(Exercise, "candidate")
    role_player = input_of(Exercise, "role_player")
    checklist = input_of(Exercise, "checklist")
    reading_minutes = IntegerField(field_of(Exercise, "reading_minutes").prompt, max_value=MAX_READING_MINUTES)
    beforehand = input_of(Exercise, "beforehand")

    def validate_candidate(self, field: Field) -> None:
        """Refuse a sheet with a table or a heading that cannot be read."""
        _refuse(sheet_faults(field.data or ""))

    def validate_role_player(self, field: Field) -> None:
        """Refuse a sheet with a table or a heading that cannot be read."""
        _refuse(sheet_faults(field.data or ""))

    def validate_checklist(self, field: Field) -> None:
        """Refuse a line that names no anchor."""
        _refuse(checklist_faults(field.data or ()))

    def validate_reading_minutes(self, field: Field) -> None:
        """Refuse time to read in the interview for a sheet that is sent before it."""
        if self.beforehand.data and field.data:
            raise ValidationError(reading_fault(Exercise(reading_minutes=field.data, beforehand=True), 0))

    @classmethod
    def read(cls, role: Role, at: At) -> dict[str, Any]:
        """Return the fields of the material."""
        exercise = role.accountability(at.accountability).question(at.item).exercise
        return {name: getattr(exercise, name) for name in Exercise.__slots__}

    def write(self, role: Role, at: At) -> Role:
        """Return the role with this material in the question."""
        item = role.accountability(at.accountability)
        changed = replace(item.question(at.item), exercise=Exercise(**self.valid(role, at)))
        return role.with_accountability(with_question(item, changed))


def _refuse(faults: tuple[str, ...]) -> None:
    if faults:
        raise ValidationError(" ".join(faults[:3]))
