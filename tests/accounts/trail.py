"""What stands in the trail."""

from sqlalchemy import select

from tests.support.servers.databases import Database
from workbench.accounts.audit import AuditRow


def acts(store: Database) -> list[str]:
    """List the acts, the oldest first."""
    with store.read() as session:
        return list(session.scalars(select(AuditRow.act).order_by(AuditRow.id)))
