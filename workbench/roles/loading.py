"""Find the draft or edition that an address names, and what the person may see of it."""

from flask import request

from workbench.accounts.model import Thing
from workbench.accounts.permissions import Act, may
from workbench.accounts.web import me, require
from workbench.core.db import NotFoundError
from workbench.core.findings import Finding, Level
from workbench.core.web.session import SAFE_METHODS, session
from workbench.roles import tables
from workbench.roles.model import Accountability, Question, Role
from workbench.roles.permissions import visible_role
from workbench.roles.progress.model import RolePart
from workbench.roles.publishing.model import FindingReview, sort_findings
from workbench.roles.publishing.tables import list_agreements, list_answers
from workbench.roles.review.rules import review


class ReaderError(NotFoundError):
    """The person may read the draft, and asked for a page on which it is changed."""


def draft_for(act: Act, slug: str) -> tables.DraftRow:
    """Find a draft that the person may `act` on; otherwise answer 404, which does not reveal whether it exists.

    Raises ReaderError for a person who may read the draft and not edit it.
    """
    draft = tables.find_draft(session(), slug, lock=request.method not in SAFE_METHODS)
    if draft is None:
        raise NotFoundError
    if act is Act.EDIT and not may(me(), act, draft.thing) and may(me(), Act.READ, draft.thing):
        raise ReaderError
    require(act, draft.thing)
    return draft


def edition_for(act: Act, slug: str, number: int) -> tables.EditionRow:
    """Find an edition that the person may `act` on; otherwise answer 404."""
    edition = tables.find_edition(session(), slug, number)
    if edition is None:
        raise NotFoundError
    require(act, Thing("edition", edition.owner_id, f"{slug}/{number}"))
    return edition


def accountability_of(draft: tables.DraftRow, key: str) -> Accountability:
    """Find the accountability of a draft that an address names; otherwise answer 404."""
    try:
        return draft.role.accountability(key)
    except KeyError:
        raise NotFoundError from None


def question_of(draft: tables.DraftRow, key: str, question_key: str) -> Question:
    """Find the question of an accountability that an address names; otherwise answer 404."""
    try:
        return accountability_of(draft, key).question(question_key)
    except KeyError:
        raise NotFoundError from None


def role_for_reader(row: tables.DraftRow | tables.EditionRow) -> Role:
    """Return the role of a draft or an edition as the person may see it."""
    return visible_role(me(), row.role, row.owner_id, row.others)


def sees_unreleased_pay(draft: tables.DraftRow) -> bool:
    """Return whether the person may see and change the pay of a draft before it is released."""
    return may(me(), Act.READ, draft.card.pay_thing)


def parts_for_reader(draft: tables.DraftRow) -> tuple[RolePart, ...]:
    """Return the parts of a draft that the person may see: its pay is for the people who see the pay."""
    role = draft.role
    parts = draft.parts_of(role)
    if role.pay.released or sees_unreleased_pay(draft):
        return parts
    return tuple(part for part in parts if part.place != "pay")


def findings_for_reader(draft: tables.DraftRow) -> tuple[Finding, ...]:
    """Return the open findings about a draft that the person may see."""
    return review_for_reader(draft).open


def review_for_reader(draft: tables.DraftRow) -> FindingReview:
    """Return the findings about a draft with the answers to them; those about its pay are for the people who see the pay."""
    role = draft.role
    findings = review(role)
    if not (role.pay.released or sees_unreleased_pay(draft)):
        findings = tuple(finding for finding in findings if finding.place != "pay")
    answers = list_answers(session(), draft.id) if findings else []
    needs_agreement = any(finding.level is Level.AGREEMENT for finding in findings)
    agreements = list_agreements(session(), draft.id) if needs_agreement else []
    return sort_findings(role, findings, answers, agreements)
