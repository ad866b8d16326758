"""The metrics that a company adds to the catalogue, each a whole metric as JSON; shipped ones stay files."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.core import clock
from workbench.core.db import Base
from workbench.core.shape import structure, unstructure
from workbench.core.text.words import slug as slug_of
from workbench.metrics.catalogue import catalogue
from workbench.metrics.model import Metric
from workbench.roles.expectations import redefined
from workbench.roles.tables import DraftRow, Edit, list_drafts

OWN = "own_"
MOST_LETTERS = 40


class MetricRow(Base):
    """A metric of the company's own; one that is retired stays readable and is offered no more."""

    __tablename__ = "metric"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(MOST_LETTERS), unique=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    value: Mapped[dict[str, Any]] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    retired_at: Mapped[datetime | None] = mapped_column(default=None)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012 - SQLAlchemy reads it

    @property
    def metric(self) -> Metric:
        """Give the metric as a value."""
        return structure(Metric, self.value)


def list_metrics(session: Session) -> list[MetricRow]:
    """List the company's own metrics, also retired ones, in the order of their codes."""
    return list(session.scalars(select(MetricRow).order_by(MetricRow.code)))


def find_metric(session: Session, code: str, *, hold: bool = False) -> MetricRow | None:
    """Find one of the company's own metrics; `hold` it to the end of the transaction where it is to be written."""
    wanted = select(MetricRow).where(MetricRow.code == code)
    return session.scalar(wanted.with_for_update() if hold else wanted)


def in_force(session: Session, *, retired: bool = True) -> Mapping[str, Metric]:
    """Give every metric that there is by its code: the shipped ones, then the company's own, also `retired` ones."""
    own = {row.code: row.metric for row in list_metrics(session) if retired or not row.retired_at}
    return {**catalogue(), **own}


def free_code(session: Session, name: str) -> str:
    """Make a code for a new metric from its name: `own_demos_given`, or `own_demos_given_2` where that is taken."""
    words = re.sub(r"[^a-z0-9]+", "_", slug_of(name)).strip("_") or "metric"
    stem = f"{OWN}{words}"[: MOST_LETTERS - 4].rstrip("_")
    taken = {row.code for row in list_metrics(session)}
    if stem not in taken:
        return stem
    return next(f"{stem}_{n}" for n in range(2, len(taken) + 3) if f"{stem}_{n}" not in taken)


def add_metric(session: Session, metric: Metric, owner: int) -> MetricRow:
    """Put a new metric of the company's own into the database."""
    row = MetricRow(code=metric.code, owner_id=owner, value=unstructure(metric), version=1)
    session.add(row)
    session.flush()
    return row


def change_metric(session: Session, row: MetricRow, metric: Metric, person: int) -> list[DraftRow]:
    """Write a metric anew, also where a draft carries it; editions keep what they were published with.

    Returns the drafts that carry it.
    """
    row.value, row.version, row.changed_at = unstructure(metric), row.version + 1, clock.now()
    carrying = [draft for draft in list_drafts(session, None) if _carries(draft, row.code)]
    for draft in carrying:
        edit = Edit(f"metrics/{row.code}", draft.version, "", person)
        draft.change(edit, lambda role: redefined(role, metric))
    return carrying


def _carries(draft: DraftRow, code: str) -> bool:
    return any(expectation.metric == code for _, expectation in draft.role.expectations())
