"""The approval of a draft: ask for it, answer, withdraw the request, and see who agreed with an edition."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.model import Person
from workbench.accounts.permissions import Act, may
from workbench.accounts.web import me, needs, require
from workbench.core import clock
from workbench.core.db import must_exist
from workbench.core.web.session import session
from workbench.roles import tables
from workbench.roles.approval import tables as approvals
from workbench.roles.approval.forms import ANY_HR, AnswerForm, AskForm
from workbench.roles.approval.model import Agreement, ApprovalRequest, Verdict
from workbench.roles.blueprint import pages
from workbench.roles.cards import DraftCard, EditionCard
from workbench.roles.loading import draft_for
from workbench.roles.notices.model import NoticeKind
from workbench.roles.notices.tables import notify
from workbench.roles.sharing.forms import may_have
from workbench.roles.sharing.model import AccessLevel
from workbench.roles.sharing.tables import list_active_people, share


@pages.route("/roles/<slug>/approval", methods=["GET", "POST"])
@needs(Act.READ, "draft")
def ask_for_approval(slug: str) -> ResponseReturnValue:
    """Show the request to approve a draft with its answers; a POST asks for approval."""
    draft = draft_for(Act.READ if request.method == "GET" else Act.PUBLISH, slug)
    form = AskForm(_people_to_ask(draft), needed=1)
    if not form.submitted():
        return _page(draft, form, AnswerForm(formdata=None, version=draft.version))
    _let_read(draft, form.numbers)
    any_hr = ANY_HR in form.people.data
    approvals.ask(session(), draft, me().id, form.numbers, form.needed.data, form.note.data, any_hr=any_hr)
    record(session(), me(), AuditAct.APPROVAL_ASKED, draft.thing, people=form.numbers, needed=form.needed.data)
    people = {
        person
        for _, person in must_exist(approvals.find_request(session(), draft.id)).thing_for(session(), draft).others
    }
    notify(session(), NoticeKind.APPROVAL_ASKED, draft, people, me().id, place="approval")
    flash("They have been asked. You read their answers here and in your notices.")
    return redirect(url_for("roles.ask_for_approval", slug=slug), 303)


@pages.route("/roles/<slug>/approval/answer", methods=["POST"])
@needs(Act.APPROVE, "approval")
def answer_request(slug: str) -> ResponseReturnValue:
    """Approve or decline a draft as it is now, with a note."""
    draft = draft_for(Act.READ, slug)
    row = must_exist(approvals.find_request(session(), draft.id))
    require(Act.APPROVE, row.thing_for(session(), draft))
    form = AnswerForm()
    sent = form.submitted()
    if sent and form.version.data != draft.version:
        form.note.errors = ["The draft was changed after you opened this page. Read it once more, then answer."]
    if not sent or form.errors:
        form.version.data = draft.version
        return _page(draft, AskForm(_people_to_ask(draft), formdata=None), form)
    verdict = Verdict(form.verdict.data)
    approvals.answer(session(), row, draft, me().id, verdict, form.note.data)
    record(session(), me(), AuditAct.APPROVAL_ANSWERED, draft.thing, verdict=verdict)
    people = {row.asked_by, draft.owner_id}
    notify(session(), NoticeKind.APPROVAL_ANSWERED, draft, people, me().id, place="approval", detail=verdict)
    flash(f"You {verdict} {draft.title}.")
    return redirect(url_for("roles.ask_for_approval", slug=slug), 303)


@pages.route("/roles/<slug>/approval/withdraw", methods=["POST"])
@needs(Act.PUBLISH, "draft")
def withdraw_request(slug: str) -> ResponseReturnValue:
    """Withdraw the request to approve a draft, which can then be published without it."""
    draft = draft_for(Act.PUBLISH, slug)
    row = approvals.find_request(session(), draft.id)
    if row is not None:
        row.closed_at = clock.now()
        record(session(), me(), AuditAct.APPROVAL_WITHDRAWN, draft.thing)
        flash("The request is withdrawn.")
    return redirect(url_for("roles.ask_for_approval", slug=slug), 303)


@pages.app_template_global()
def approval_of(card: DraftCard) -> ApprovalRequest | None:
    """Return the open request to approve a draft."""
    return approvals.read_request(session(), session().get_one(tables.DraftRow, card.id))


@pages.app_template_global()
def agreements_of(card: EditionCard) -> list[Agreement]:
    """Return the people who approved the text of an edition before it was published."""
    return approvals.list_agreements(session(), session().get_one(tables.EditionRow, card.id))


def _page(draft: tables.DraftRow, form: AskForm, answer_form: AnswerForm) -> ResponseReturnValue:
    row = approvals.find_request(session(), draft.id)
    answer = render_template(
        "roles/approval/approval.html",
        draft=draft.card,
        asked=approvals.read_request(session(), draft),
        may_answer=row is not None and may(me(), Act.APPROVE, row.thing_for(session(), draft)),
        form=form,
        answer_form=answer_form,
    )
    return answer, 422 if form.errors or answer_form.errors else 200


def _people_to_ask(draft: tables.DraftRow) -> list[Person]:
    people = list_active_people(session())
    return [each for each in people if each.id != draft.owner_id and may_have(each, AccessLevel.COMMENT)]


def _let_read(draft: tables.DraftRow, numbers: list[int]) -> None:
    """Share the draft with those who are asked and may not read it yet."""
    for person in _people_to_ask(draft):
        if person.id in numbers and not may(person, Act.READ, draft.thing):
            share(session(), draft.id, person.id, AccessLevel.COMMENT, me().id)
            record(
                session(),
                me(),
                AuditAct.SHARED,
                draft.thing,
                with_person=person.id,
                level=AccessLevel.COMMENT,
                pay=False,
            )
