"""What a refused write must leave as it was."""

from typing import Any

from sqlalchemy import func, select

from tests.support.servers.databases import Database
from workbench.accounts.audit import AuditRow
from workbench.core.jobs.tables import JobRow
from workbench.core.shape import digest
from workbench.roles.tables import DraftRow, EditionRow


def state(store: Database) -> tuple[Any, ...]:
    """Return all that a refused write must leave as it was."""
    with store.read() as session:
        drafts = [
            (row.id, row.version, digest(row.role)) for row in session.scalars(select(DraftRow).order_by(DraftRow.id))
        ]
        counts = [session.scalar(select(func.count()).select_from(kind)) for kind in (EditionRow, JobRow, AuditRow)]
        return (drafts, *counts)
