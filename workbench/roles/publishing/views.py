"""The check page: the gaps before the next edition, every answer, and publishing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.model import Thing
from workbench.accounts.permissions import Act
from workbench.accounts.times import zone
from workbench.accounts.web import me, needs
from workbench.core import clock
from workbench.core.findings import Finding, Level, filter_blocking, filter_level
from workbench.core.forms.fields import MAX_TEXT
from workbench.core.forms.form import PageForm
from workbench.core.jobs.tables import enqueue
from workbench.core.text.words import clean, join_words
from workbench.core.web.session import session
from workbench.roles import tables
from workbench.roles.approval.publishing import tell_people
from workbench.roles.approval.tables import missing_approval
from workbench.roles.blueprint import pages
from workbench.roles.cards import EditionCard
from workbench.roles.loading import draft_for, parts_for_reader, review_for_reader, role_for_reader
from workbench.roles.path.views import differs, list_answers
from workbench.roles.progress.gaps import find_readiness
from workbench.roles.promises.model import PROMISES, unconfirmed
from workbench.roles.publishing.agreement_views import list_second_people
from workbench.roles.publishing.model import (
    FindingReview,
    PublishingReason,
    check_reasons,
    finding_key,
    read_valid_from,
    share_reasons,
)
from workbench.roles.publishing.tables import store_answer

SAMPLES_STAY = "Published as they are: documents mark them as not confirmed, and candidates do not get them."
CHANGED = "The draft was changed after you opened this page. Look at it once more, then publish."


@dataclass(frozen=True, slots=True)
class Problem:
    """The problem with one box of the check page, and the words of the finding that the box is about."""

    message: str
    about: str = ""

    @property
    def line(self) -> str:
        """Return the line of the summary, which names the finding: many boxes may have the same problem."""
        return f"{self.message}: {self.about}" if self.about else self.message


@dataclass(frozen=True, slots=True)
class CheckInput:
    """What a person did on the check page: the problems by the name of their field, and the texts that they typed."""

    problems: Mapping[str, Problem] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


@pages.route("/roles/<slug>/check")
@needs(Act.READ, "draft")
def check_answers(slug: str) -> ResponseReturnValue:
    """Show the gaps before the next edition, and every answer on one page, each with a link to change it."""
    return show_check(draft_for(Act.READ, slug), CheckInput())


@pages.route("/roles/<slug>/publish", methods=["POST"])
@needs(Act.PUBLISH, "draft")
def publish(slug: str) -> ResponseReturnValue:
    """Publish the draft as an edition: each gap needs a reason, each text that discriminates an agreement."""
    draft = draft_for(Act.PUBLISH, slug)
    form = PageForm()
    if not form.submitted():
        return show_check(draft, CheckInput({}, read_texts(), 422))
    found = review_for_reader(draft)
    reasons = _read_reasons(found)
    problems = _find_problems(draft, found, reasons)
    valid_from, message = read_valid_from(read_texts().get("valid-from", ""), clock.today(zone()))
    if message:
        problems["valid-from"] = Problem(message)
    if form.version.data is not None and form.version.data != draft.version:
        problems = {"changed": Problem(CHANGED)} | problems
    if problems:
        return show_check(draft, CheckInput(problems, read_texts(), 409 if "changed" in problems else 422))
    return _publish(draft, found, reasons, valid_from)


def _publish(
    draft: tables.DraftRow, found: FindingReview, reasons: Mapping[Finding, str], valid_from: date | None
) -> ResponseReturnValue:
    role = draft.role
    for finding, text in reasons.items():
        store_answer(session(), draft.id, role, finding, text, me().id)
    given = [PublishingReason(finding.reason, finding.place, text) for finding, text in reasons.items()]
    given += [
        PublishingReason(finding.reason, finding.place, each.note, each.decided_by, each.reply)
        for finding, each in found.agreed
    ]
    if number := len(unconfirmed(role)):
        given.append(PublishingReason(_name_samples(number), PROMISES, SAMPLES_STAY))
    edition = tables.publish(session(), draft, me().id, given, valid_from)
    tell_people(session(), draft, edition, me().id)
    thing = Thing("edition", edition.owner_id, f"{draft.slug}/{edition.number}")
    record(session(), me(), AuditAct.PUBLISHED, thing, digest=edition.digest, reasons=len(given))
    enqueue(session(), "press-edition", key=f"press-edition:{edition.id}", edition=edition.id)
    flash(f"{edition.label} is published. Its documents are being printed.")
    return redirect(url_for("roles.show_edition", slug=draft.slug, number=edition.number), 303)


def _name_samples(number: int) -> str:
    return f"{number} {'promise' if number == 1 else 'promises'} nobody has confirmed"


def _read_reasons(found: FindingReview) -> dict[Finding, str]:
    """Return the reason that was sent for each gap; a reason for all of its kind fills the empty boxes of the others."""
    blocking = filter_blocking(found.open)
    typed = read_texts()
    reasons = {finding: typed.get(f"reason-{finding_key(finding)}", "") for finding in blocking}
    return share_reasons(reasons, [finding_key(each) for each in blocking if f"all-{finding_key(each)}" in typed])


def read_texts() -> dict[str, str]:
    """Return the texts in the boxes of the check page, by the names of the fields."""
    return {name: clean(value)[:MAX_TEXT].strip() for name, value in request.form.items()}


def _find_problems(draft: tables.DraftRow, found: FindingReview, reasons: Mapping[Finding, str]) -> dict[str, Problem]:
    problems = {}
    for finding in filter_level(found.open, Level.AGREEMENT):
        who = join_words(list_second_people(draft), "or") or "nobody yet: an admin adds a person of HR"
        message = f"A second person has to agree before this is published ({who})"
        problems[f"finding-{finding_key(finding)}"] = Problem(message, finding.reason)
    for finding, message in check_reasons(reasons).items():
        problems[f"reason-{finding_key(finding)}"] = Problem(message, finding.reason)
    if approval := missing_approval(session(), draft):
        problems["approval"] = Problem(approval)
    number = len(unconfirmed(draft.role))
    if number and "unconfirmed" not in request.form:
        them = "them" if number > 1 else "it"
        problems["unconfirmed"] = Problem(f"Confirm {them}, or tick the box: {_name_samples(number)}")
    same = unchanged_edition(draft, _find_newest(draft))
    if same and "unchanged" not in request.form:
        problems["unchanged"] = Problem(f"Nothing has changed since {same}. Tick the box if you want the same again.")
    return problems


def unchanged_edition(draft: tables.DraftRow, newest: EditionCard | None) -> str:
    """Return the label of the newest edition where it says the same as the draft, or an empty string."""
    return newest.label if newest and not differs(draft.role, newest) else ""


def _find_newest(draft: tables.DraftRow) -> EditionCard | None:
    return next(iter(tables.list_edition_cards(session(), draft.slug)), None)


def show_check(draft: tables.DraftRow, state: CheckInput) -> ResponseReturnValue:
    """Draw the check page with the texts that were typed and the problems beside their fields."""
    role, found, parts = role_for_reader(draft), review_for_reader(draft), parts_for_reader(draft)
    newest, stopping = _find_newest(draft), filter_level(found.open, Level.AGREEMENT)
    page = render_template(
        "roles/publishing/check.html",
        draft=draft.card,
        role=role,
        pay_hidden=role.pay != draft.role.pay,
        form=PageForm(version=draft.version),
        sections=list_answers(role),
        parts=parts,
        readiness=find_readiness(parts, found.open),
        found=found,
        stopping=stopping,
        blocking=filter_blocking(found.open),
        advice=filter_level(found.open, Level.ADVICE),
        second_people=join_words(list_second_people(draft), "or") if stopping else "",
        unchanged=unchanged_edition(draft, newest),
        samples=len(unconfirmed(draft.role)),
        today=clock.today(zone()),
        next_number=newest.number + 1 if newest else 1,
        problems=state.problems,
        typed=state.typed,
    )
    return page, state.status


@pages.app_template_filter("finding_key")
def key_of_finding(finding: Finding) -> str:
    """Return the key of a finding, from which the names of its fields are made."""
    return finding_key(finding)
