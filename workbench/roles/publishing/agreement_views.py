"""The pages where a second person agrees to a text that discriminates, or does not."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.model import Person
from workbench.accounts.permissions import Act, may
from workbench.accounts.tables import list_people, name_of
from workbench.accounts.web import me, needs
from workbench.core.db import NotFoundError, must_exist
from workbench.core.forms.fields import TextField
from workbench.core.forms.form import PageForm
from workbench.core.web.session import session
from workbench.roles import tables
from workbench.roles.blueprint import pages
from workbench.roles.loading import draft_for, review_for_reader
from workbench.roles.notices.model import NoticeKind
from workbench.roles.notices.tables import notify
from workbench.roles.publishing.model import TextAgreement, check_reason, finding_digest, may_decide
from workbench.roles.publishing.tables import AgreementRow, find_agreement, open_requests


class NoteForm(PageForm):
    """The words of the second person, who agrees or does not."""

    note = TextField("Why do you agree, or not?", max_length=2000)


def people_who_agree(draft: tables.DraftRow) -> list[Person]:
    """Return the people who may agree to a text of a draft that others wrote."""
    people = (person for person in list_people(session()) if may(person, Act.AGREE, draft.thing))
    return [person for person in people if person.id != draft.owner_id]


def list_second_people(draft: tables.DraftRow) -> list[str]:
    """List the names of the people who may agree."""
    return [person.name for person in people_who_agree(draft)]


@pages.route("/agreements")
@needs(Act.AGREE, "draft")
def list_agreement_requests() -> ResponseReturnValue:
    """List the texts that wait for the agreement of a second person."""
    return render_template("roles/publishing/requests.html", requests=open_requests(session()))


@pages.route("/roles/<slug>/agreements/<int:number>", methods=["GET", "POST"])
@needs(Act.AGREE, "draft")
def decide_agreement(slug: str, number: int) -> ResponseReturnValue:
    """Show a text with the reason for it; a POST agrees to its publication, or does not."""
    draft = draft_for(Act.AGREE, slug)
    row = must_exist(find_agreement(session(), draft.id, number))
    request_ = row.value
    last_writer = draft.touched.get(request_.place, {}).get("person")
    if not may_decide(me().id, request_, draft.owner_id, last_writer):
        raise NotFoundError
    form = NoteForm()
    is_current = _is_current(draft, request_)
    if form.submitted() and is_current:
        message = check_reason(form.note.data or "", "you agree, or why not")
        if not message:
            return _decide(draft, row, form.note.data or "", agreed=request.form.get("do") == "agree")
        form.note.errors = [message]
    page = render_template(
        "roles/publishing/agreement.html",
        draft=draft.card,
        agreement=request_,
        who=name_of(session(), request_.asked_by),
        decided_by=name_of(session(), request_.decided_by) if request_.decided_by else "",
        is_current=is_current,
        form=form,
    )
    return page, 422 if form.errors else 200


def _decide(draft: tables.DraftRow, row: AgreementRow, reply: str, *, agreed: bool) -> ResponseReturnValue:
    row.decide(me().id, reply, agreed=agreed)
    act = AuditAct.AGREED if agreed else AuditAct.REFUSED
    record(session(), me(), act, draft.thing, rule=row.rule, part=row.place)
    said = "agreed to" if agreed else "did not agree to"
    people = {row.asked_by, draft.owner_id}
    notify(session(), NoticeKind.AGREEMENT_ANSWERED, draft, people, me().id, place="check", detail=said)
    flash("Your answer is stored, and the leader is told.")
    return redirect(url_for("roles.list_agreement_requests"), 303)


def _is_current(draft: tables.DraftRow, agreement: TextAgreement) -> bool:
    """Return whether the draft still says the text that the request is about."""
    found = review_for_reader(draft)
    findings = (*found.open, *(finding for finding, _ in found.agreed))
    return agreement.digest in {finding_digest(draft.role, each) for each in findings}
