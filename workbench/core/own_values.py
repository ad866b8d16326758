"""A value that a company adds to those that are shipped: stored whole as JSON, with a version, and retired when out of use."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from workbench.core.clock import now
from workbench.core.shape import unstructure


class OwnValueMixin:
    """The columns of a row that stores one such value; a retired one stays readable and is no longer offered."""

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    value: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    retired_at: Mapped[datetime | None] = mapped_column(default=None)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version, "version_id_generator": False}

    def write(self, value: object) -> None:
        """Replace the stored value by another, which counts the version up."""
        self.value, self.version, self.changed_at = unstructure(value), self.version + 1, now()

    def retire(self, *, retired: bool) -> None:
        """Mark the value as retired or as in use again, which counts the version up."""
        self.retired_at, self.version = now() if retired else None, self.version + 1
