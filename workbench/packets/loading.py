"""Load everything that decides what a run prints from the database."""

from sqlalchemy.orm import Session

from workbench.accounts.tables import company
from workbench.packets import tables
from workbench.packets.job import ChosenRole, PrintJob
from workbench.packets.model import RoleChoice, RunRequest
from workbench.packets.tables import PrintRunRow
from workbench.roles.documents import printing


def load_job(session: Session, run: PrintRunRow) -> PrintJob:
    """Give everything that decides what a run prints."""
    return job_for_request(session, run.request)


def job_for_request(session: Session, wanted: RunRequest) -> PrintJob:
    """Give everything that decides what would be printed of what somebody wants."""
    answers = {each.sheet: each.given for each in wanted.answers}
    chosen = load_roles(session, wanted.picks)
    return PrintJob(wanted.recipe, chosen, wanted.people, wanted.leader, wanted.options, answers, wanted.name)


def load_roles(session: Session, picks: tuple[RoleChoice, ...]) -> tuple[ChosenRole, ...]:
    """Give roles with the stamps that their papers carry."""
    own = company(session)
    editions = tables.editions_of(session, picks)
    return tuple(
        ChosenRole(pick.role, printing.draft_stamp(own, pick.role))
        if pick.role
        else ChosenRole(editions[pick.edition].role, printing.edition_stamp(own, editions[pick.edition]))
        for pick in picks
    )
