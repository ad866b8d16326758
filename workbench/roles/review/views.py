"""The pages between a draft and an edition: the chain as a matrix, all answers on one page, and publishing."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.model import Thing
from workbench.accounts.permissions import Act
from workbench.accounts.web import me, needs
from workbench.core.findings import Finding, Level, filter_blocking
from workbench.core.forms.fields import MAX_TEXT
from workbench.core.forms.form import PageForm
from workbench.core.jobs.tables import enqueue
from workbench.core.text.words import clean
from workbench.core.web.session import session
from workbench.roles import tables
from workbench.roles.approval.publishing import tell_people
from workbench.roles.approval.tables import missing_approval
from workbench.roles.blueprint import pages
from workbench.roles.loading import draft_for, findings_for_reader, role_for_reader
from workbench.roles.path.views import list_answers
from workbench.roles.review.rules import review
from workbench.roles.review.trace import traceability


@pages.route("/roles/<slug>/chain")
@needs(Act.READ, "draft")
def trace(slug: str) -> ResponseReturnValue:
    """Show each accountability with its metrics, questions and support; an empty cell is a named gap."""
    draft = draft_for(Act.READ, slug)
    return render_template("roles/review/trace.html", draft=draft.card, matrix=traceability(draft.role))


@pages.route("/roles/<slug>/check")
@needs(Act.READ, "draft")
def check_answers(slug: str) -> ResponseReturnValue:
    """Show every answer on one page, each with a link to change it, and the findings of the review."""
    return _page(draft_for(Act.READ, slug), PageForm(), {}, 200)


@pages.route("/roles/<slug>/publish", methods=["POST"])
@needs(Act.PUBLISH, "draft")
def publish(slug: str) -> ResponseReturnValue:
    """Publish the draft as an edition; each blocking finding needs a written reason."""
    draft = draft_for(Act.PUBLISH, slug)
    form = PageForm()
    if not form.submitted():
        return _page(draft, form, {}, 422)
    blocking = filter_blocking(review(draft.role))
    answers = {reason_name(f): clean(request.form.get(reason_name(f), ""))[:MAX_TEXT] for f in blocking}
    missing = {name: "Say why it may be published without this." for name, text in answers.items() if not text}
    version = form.version.data
    if version is not None and version != draft.version:
        missing["changed"] = "The draft was changed after you opened this page. Look at it once more, then publish."
    if approval := missing_approval(session(), draft):
        missing["approval"] = approval
    if missing:
        return _page(draft, form, missing, 422 if "changed" not in missing else 409, answers)
    edition = tables.publish(session(), draft, me().id, answers)
    tell_people(session(), draft, edition, me().id)
    thing = Thing("edition", edition.owner_id, f"{slug}/{edition.number}")
    record(session(), me(), AuditAct.PUBLISHED, thing, digest=edition.digest, reasons=len(answers))
    enqueue(session(), "press-edition", key=f"press-edition:{edition.id}", edition=edition.id)
    flash(f"{edition.label} is published. Its documents are being printed.")
    return redirect(url_for("roles.show_edition", slug=slug, number=edition.number), 303)


def reason_name(finding: Finding) -> str:
    """Return the name of the field for the reason to publish in spite of a finding."""
    return f"reason-{finding.rule}-{finding.place}".replace(" ", "-")


def _page(
    draft: tables.DraftRow, form: PageForm, missing: dict[str, str], status: int, answers: dict[str, str] | None = None
) -> ResponseReturnValue:
    role = role_for_reader(draft)
    findings = findings_for_reader(draft)
    form.version.data = draft.version
    page = render_template(
        "roles/review/check.html",
        draft=draft.card,
        role=role,
        pay_hidden=role.pay != draft.role.pay,
        form=form,
        sections=list_answers(role),
        blocking=filter_blocking(findings),
        advice=[f for f in findings if f.level is not Level.BLOCKING],
        reason_name=reason_name,
        missing=missing,
        answers=answers or {},
    )
    return page, status
