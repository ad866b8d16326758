"""Load everything that decides what a run prints from the database."""

from dataclasses import replace

from sqlalchemy.orm import Session

from workbench.accounts.model import Person
from workbench.accounts.tables import PersonRow, company
from workbench.packets import tables
from workbench.packets.job import ChosenRole, PrintJob
from workbench.packets.model import RoleChoice, RunRequest
from workbench.packets.tables import PrintRunRow
from workbench.roles.documents import printing
from workbench.roles.permissions import visible_role
from workbench.roles.tables import EditionRow


def load_job(session: Session, run: PrintRunRow) -> PrintJob:
    """Return everything that decides what a run prints."""
    # A run that waits is printed as it was planned, also when its planner has left since.
    planner = replace(session.get_one(PersonRow, run.person_id).freeze(), active=True)
    return job_for_request(session, planner, run.request)


def job_for_request(session: Session, person: Person, request: RunRequest) -> PrintJob:
    """Return everything that decides what would be printed for a request of a person."""
    answers = {each.sheet: each.given for each in request.answers}
    roles = load_roles(session, person, request.roles)
    return PrintJob(request.recipe, roles, request.people, request.leader, request.options, answers, request.name)


def load_roles(session: Session, person: Person, choices: tuple[RoleChoice, ...]) -> tuple[ChosenRole, ...]:
    """Return the chosen roles, the editions as the person may see them, with the stamps of their documents."""
    company_settings = company(session)
    editions = tables.editions_of(session, choices)

    def load_edition(edition: EditionRow) -> ChosenRole:
        role = visible_role(person, edition.role, edition.owner_id)
        return ChosenRole(role, printing.edition_stamp(company_settings, edition))

    return tuple(
        ChosenRole(choice.role, printing.draft_stamp(company_settings, choice.role))
        if choice.role
        else load_edition(editions[choice.edition])
        for choice in choices
    )
