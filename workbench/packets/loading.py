"""Load everything that decides what a run prints from the database."""

from sqlalchemy.orm import Session

from workbench.accounts.tables import company
from workbench.packets import tables
from workbench.packets.job import ChosenRole, PrintJob
from workbench.packets.model import RoleChoice, RunRequest
from workbench.packets.tables import PrintRunRow
from workbench.roles.documents import printing


def load_job(session: Session, run: PrintRunRow) -> PrintJob:
    """Return everything that decides what a run prints."""
    return job_for_request(session, run.request)


def job_for_request(session: Session, request: RunRequest) -> PrintJob:
    """Return everything that decides what would be printed for a request."""
    answers = {each.sheet: each.given for each in request.answers}
    roles = load_roles(session, request.roles)
    return PrintJob(request.recipe, roles, request.people, request.leader, request.options, answers, request.name)


def load_roles(session: Session, choices: tuple[RoleChoice, ...]) -> tuple[ChosenRole, ...]:
    """Return the chosen roles with the stamps of their documents."""
    company_settings = company(session)
    editions = tables.editions_of(session, choices)
    return tuple(
        ChosenRole(choice.role, printing.draft_stamp(company_settings, choice.role))
        if choice.role
        else ChosenRole(
            editions[choice.edition].role, printing.edition_stamp(company_settings, editions[choice.edition])
        )
        for choice in choices
    )
