"""Answer findings on the check page: dismiss advice with a reason, take that back, and ask for an agreement."""

from collections.abc import Iterable, Sequence

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.permissions import Act, may
from workbench.accounts.web import me, needs
from workbench.core.db import NotFoundError
from workbench.core.findings import Finding, Level, filter_level
from workbench.core.forms.form import PageForm
from workbench.core.text.words import count
from workbench.core.web.policy import safe_redirect_path
from workbench.core.web.session import session
from workbench.roles.blueprint import pages
from workbench.roles.loading import draft_for, review_for_reader
from workbench.roles.notices.model import NoticeKind
from workbench.roles.notices.tables import notify
from workbench.roles.publishing.agreement_views import people_who_agree
from workbench.roles.publishing.model import FindingReview, check_reason, finding_key
from workbench.roles.publishing.tables import ask_agreement, remove_answer, store_answer
from workbench.roles.publishing.views import CheckInput, Problem, read_texts, show_check
from workbench.roles.tables import DraftRow


@pages.route("/roles/<slug>/dismiss", methods=["POST"])
@needs(Act.EDIT, "draft")
def dismiss_finding(slug: str) -> ResponseReturnValue:
    """Dismiss a piece of advice, or all of its kind, until the text that it is about changes."""
    draft = draft_for(Act.EDIT, slug)
    form = PageForm()
    found = review_for_reader(draft)
    advice = filter_level(found.open, Level.ADVICE)
    store_reasons(draft, found)
    chosen = _find_chosen(advice)
    if not form.submitted() or chosen is None:
        return redirect(_page_before(slug), 303)
    name = f"dismiss-{finding_key(chosen)}"
    text = read_texts().get(name, "")
    if message := check_reason(text, "you leave it as it is"):
        return show_check(draft, CheckInput({name: Problem(message, chosen.reason)}, read_texts(), 422))
    kind = [
        each
        for each in advice
        if each == chosen or (f"all-{finding_key(chosen)}" in request.form and each.rule == chosen.rule)
    ]
    dismiss(draft, kind, text)
    flash(f"{count(len(kind), 'remark')} dismissed. It comes back when its text changes.")
    return redirect(_page_before(slug), 303)


def dismiss(draft: DraftRow, findings: Sequence[Finding], reason: str) -> None:
    """Dismiss pieces of advice of one rule with a reason, until the text that each of them is about changes."""
    for finding in findings:
        store_answer(session(), draft.id, draft.role, finding, reason, me().id)
    record(session(), me(), AuditAct.DISMISSED, draft.thing, rule=findings[0].rule, number=len(findings))


def _page_before(slug: str) -> str:
    """Return the address of the page on which the advice was dismissed: that of a part, or the check page."""
    check = url_for("roles.check_answers", slug=slug, _anchor="advice")
    return safe_redirect_path(request.form.get("then", ""), check)


@pages.route("/roles/<slug>/dismissed/<int:number>/undo", methods=["POST"])
@needs(Act.EDIT, "draft")
def undo_dismissal(slug: str, number: int) -> ResponseReturnValue:
    """Open a dismissed finding again."""
    draft = draft_for(Act.EDIT, slug)
    if PageForm().submitted():
        answer = next((each for _, each in review_for_reader(draft).dismissed if each.id == number), None)
        if answer is None:
            raise NotFoundError
        remove_answer(session(), draft.id, number)
        record(session(), me(), AuditAct.REOPENED, draft.thing, rule=answer.rule)
    return redirect(url_for("roles.check_answers", slug=slug, _anchor="advice"), 303)


@pages.route("/roles/<slug>/agreements", methods=["POST"])
@needs(Act.PUBLISH, "draft")
def ask_for_agreement(slug: str) -> ResponseReturnValue:
    """Ask for the agreement to one text, with the words that explain why it should be said."""
    draft = draft_for(Act.PUBLISH, slug)
    form = PageForm()
    found = review_for_reader(draft)
    chosen = _find_chosen(filter_level(found.open, Level.AGREEMENT))
    store_reasons(draft, found)
    if not form.submitted() or chosen is None:
        return redirect(url_for("roles.check_answers", slug=slug, _anchor="review"), 303)
    name = f"note-{finding_key(chosen)}"
    note = read_texts().get(name, "")
    if message := check_reason(note, "the role should say this"):
        return show_check(draft, CheckInput({name: Problem(message, chosen.reason)}, read_texts(), 422))
    ask_agreement(session(), draft.id, draft.role, chosen, note, me().id)
    record(session(), me(), AuditAct.AGREEMENT_ASKED, draft.thing, rule=chosen.rule, part=chosen.place)
    people = [person.id for person in people_who_agree(draft)]
    notify(session(), NoticeKind.AGREEMENT_ASKED, draft, people, me().id, place="check", detail=chosen.reason)
    flash("Your request is sent. You are told when it is answered.")
    return redirect(url_for("roles.check_answers", slug=slug, _anchor="review"), 303)


@pages.route("/roles/<slug>/reasons", methods=["POST"])
@needs(Act.PUBLISH, "draft")
def keep_reasons(slug: str) -> ResponseReturnValue:
    """Keep the texts of the check page, so that they are offered again whatever page comes next."""
    draft = draft_for(Act.PUBLISH, slug)
    if PageForm().submitted():
        store_reasons(draft, review_for_reader(draft))
    return "", 204


def store_reasons(draft: DraftRow, found: FindingReview) -> None:
    """Store the typed reasons of gaps, and the typed notes about texts that need an agreement, as they are.

    They count only when the role is published or the agreement is asked for; until then they are offered again.
    """
    if not may(me(), Act.PUBLISH, draft.thing):
        return
    typed = read_texts()
    for finding in found.open:
        prefix = {Level.BLOCKING: "reason", Level.AGREEMENT: "note"}.get(finding.level)
        text = typed.get(f"{prefix}-{finding_key(finding)}", "") if prefix else ""
        if text and text != found.reasons.get(finding_key(finding)):
            store_answer(session(), draft.id, draft.role, finding, text, me().id)


def _find_chosen(findings: Iterable[Finding]) -> Finding | None:
    """Find the finding that the form names, or None where the text has changed and it is gone."""
    return next((each for each in findings if finding_key(each) == request.form.get("finding")), None)
