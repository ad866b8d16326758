"""Versioned edits of a stored value, part by part: two people may edit different parts, and no edit of a part is lost."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from workbench.core import clock

EVERYTHING = "everything"  # the part of an edit that may change every part


@dataclass(frozen=True, slots=True)
class Edit:
    """One save: the part of the value, the version that it is based on, the open page that sent it, and the person.

    With `apart` it is a change of its own in a history, such as a removal between two saves of one text. One
    that changes several parts at once names them in `parts`, and what they are together in `part`.
    """

    part: str
    base: int
    tab: str
    person: int
    apart: bool = False
    parts: tuple[str, ...] = ()


class StaleEdit(Exception):
    """Another page changed the same part after this one was opened."""

    def __init__(self, part: str, changed_by: int, changed_at: datetime) -> None:
        super().__init__(f"{part} was changed elsewhere")
        self.part, self.changed_by, self.changed_at = part, changed_by, changed_at


class VersionedEditsMixin:
    """The columns of a row that is edited part by part; `touched` has the last edit of each part."""

    version: Mapped[int] = mapped_column(default=1)
    touched: Mapped[dict[str, dict[str, Any]]] = mapped_column(JSON, default=dict)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version, "version_id_generator": False}

    def refuse_stale(self, edit: Edit) -> None:
        """Raise StaleEdit when another page changed the same part after `edit.base`."""
        for part in (edit.part, *edit.parts, EVERYTHING):
            last = self.touched.get(part)
            if last and last["version"] > edit.base and last["tab"] != edit.tab:
                raise StaleEdit(edit.part, last["person"], datetime.fromisoformat(last["at"]))

    def last_part_of(self, person: int) -> str:
        """Return the part that a person edited last, or an empty string."""
        theirs = [(last["version"], part) for part, last in self.touched.items() if last["person"] == person]
        return max(theirs)[1] if theirs else ""

    def record_edit(self, edit: Edit) -> None:
        """Count the version up and record the edit as the last one of its part."""
        self.version += 1
        self.changed_at = clock.now()
        last = {"version": self.version, "tab": edit.tab, "person": edit.person, "at": self.changed_at.isoformat()}
        self.touched = {**self.touched, **dict.fromkeys(edit.parts or (edit.part,), last)}
