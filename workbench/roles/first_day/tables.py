"""Read how far the first day of the company is."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from workbench.accounts.invitations.tables import list_invitations
from workbench.accounts.model import Kind
from workbench.accounts.tables import PersonRow, company
from workbench.roles.first_day.model import FirstDay
from workbench.roles.tables import DraftRow


def read_first_day(session: Session) -> FirstDay:
    """Return which steps of the first day are done."""
    writer = select(PersonRow.id).where(PersonRow.kind == Kind.LEADER, PersonRow.active).limit(1)
    has_writer = session.scalar(writer) is not None or any(
        each.open and each.kind is Kind.LEADER for each in list_invitations(session)
    )
    has_role = session.scalar(select(DraftRow.id).limit(1)) is not None
    return FirstDay(company(session), has_writer, has_role)
