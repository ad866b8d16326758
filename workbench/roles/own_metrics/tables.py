"""Store the metrics that a company adds to the catalogue, each a whole metric as JSON; the shipped ones are files."""

import re
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.core.db import Base, retry_on_conflict
from workbench.core.edits import Edit
from workbench.core.own_values import OwnValueMixin
from workbench.core.shape import structure, unstructure
from workbench.core.text.words import slug as slug_of
from workbench.metrics.catalogue import catalogue
from workbench.metrics.model import Metric
from workbench.roles.expectations import with_metric
from workbench.roles.own_metrics.model import OwnMetric
from workbench.roles.tables import DraftRow, find_drafts_with

CODE_PREFIX = "own_"
MAX_CODE_LENGTH = 40


class MetricRow(OwnValueMixin, Base):
    """A metric of the company's own."""

    __tablename__ = "metric"

    code: Mapped[str] = mapped_column(String(MAX_CODE_LENGTH), unique=True)

    @property
    def metric(self) -> Metric:
        """Return the metric as a value."""
        return structure(Metric, self.value)

    @property
    def own_metric(self) -> OwnMetric:
        """Return the metric with its owner, version and retirement."""
        return OwnMetric(self.metric, self.owner_id, self.version, retired=self.retired_at is not None)


def list_own_metrics(session: Session) -> list[OwnMetric]:
    """List the company's own metrics, also retired ones, in the order of their codes."""
    return [row.own_metric for row in session.scalars(select(MetricRow).order_by(MetricRow.code))]


def find_metric(session: Session, code: str, *, lock: bool = False) -> MetricRow | None:
    """Find one of the company's own metrics; `lock` it until the end of the transaction where it is to be written."""
    statement = select(MetricRow).where(MetricRow.code == code)
    return session.scalar(statement.with_for_update() if lock else statement)


def list_all_metrics(session: Session, *, retired: bool = True) -> Mapping[str, Metric]:
    """Return every metric by its code: the shipped ones, then the company's own, with or without those `retired`."""
    own_metrics = list_own_metrics(session)
    return {**catalogue(), **{each.metric.code: each.metric for each in own_metrics if retired or not each.retired}}


def find_free_code(session: Session, name: str) -> str:
    """Return a code for a new metric from its name: `own_demos_given`, or `own_demos_given_2` where that is in use."""
    name_part = re.sub(r"[^a-z0-9]+", "_", slug_of(name)).strip("_") or "metric"
    stem = f"{CODE_PREFIX}{name_part}"[: MAX_CODE_LENGTH - 4].rstrip("_")
    codes_in_use = set(session.scalars(select(MetricRow.code)))
    if stem not in codes_in_use:
        return stem
    return next(f"{stem}_{n}" for n in range(2, len(codes_in_use) + 3) if f"{stem}_{n}" not in codes_in_use)


def add_metric(session: Session, metric: Metric, owner: int) -> MetricRow:
    """Add a new metric of the company's own."""

    def add() -> MetricRow:
        code = find_free_code(session, metric.name) if _is_used(session, metric.code) else metric.code
        row = MetricRow(code=code, owner_id=owner, value=unstructure(replace(metric, code=code)), version=1)
        session.add(row)
        session.flush()
        return row

    return retry_on_conflict(session, add)


def _is_used(session: Session, code: str) -> bool:
    return session.scalar(select(MetricRow.id).where(MetricRow.code == code)) is not None


def change_metric(session: Session, row: MetricRow, metric: Metric, person: int) -> list[DraftRow]:
    """Replace a metric by another, also in the drafts that use it; editions keep what they were published with.

    Returns the drafts that use it.
    """
    row.write(metric)
    drafts = [draft for draft in find_drafts_with(session, row.code) if _uses(draft, row.code)]
    for draft in drafts:
        edit = Edit(f"metrics/{row.code}", draft.version, "", person)
        draft.change(edit, lambda role: with_metric(role, metric))
    return drafts


def _uses(draft: DraftRow, code: str) -> bool:
    return any(expectation.metric == code for _, expectation in draft.role.expectations())
