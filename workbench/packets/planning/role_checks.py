"""How much there is to look at in each role of a planned run, with the page that tells it."""

from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from workbench.packets import tables
from workbench.packets.job import PrintJob
from workbench.packets.model import RoleChoice
from workbench.roles.before_print.model import check_before_print
from workbench.roles.model import Role
from workbench.roles.review.rules import find_contradictions, review
from workbench.roles.tables import DraftRow


@dataclass(frozen=True, slots=True)
class RoleCheck:
    """A role of a run: how many things there are to look at, how many cannot be true, and the page with all of them."""

    title: str
    points: int
    contradictions: int
    url: str


def check_roles(session: Session, job: PrintJob, choices: tuple[RoleChoice, ...]) -> tuple[RoleCheck, ...]:
    """Return the roles of a run in which there is something to look at before printing."""
    editions = tables.editions_of(session, choices)
    urls = {
        number: url_for("roles.check_edition_print", slug=row.slug, number=row.number)
        for number, row in editions.items()
    }
    checks = [
        _check(name, chosen.role, urls.get(choice.edition, "") or _draft_url(session, choice.draft))
        for name, chosen, choice in zip(job.role_names, job.roles, choices, strict=True)
    ]
    return tuple(each for each in checks if each.points)


def _check(name: str, role: Role, url: str) -> RoleCheck:
    findings = review(role)
    contradictions = find_contradictions(findings)
    return RoleCheck(name, check_before_print(role, findings, contradictions, ()).points, len(contradictions), url)


def _draft_url(session: Session, number: int) -> str:
    draft = session.get(DraftRow, number)
    return url_for("roles.check_draft_print", slug=draft.slug) if draft and draft.removed_at is None else ""
