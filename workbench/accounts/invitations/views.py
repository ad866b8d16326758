"""The pages of invitations: invite a person, show the link once, take it back; and the page on which the person joins."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from workbench.accounts import passwords, tables, web
from workbench.accounts.audit import AuditAct, record
from workbench.accounts.invitations import tables as invitation_tables
from workbench.accounts.invitations.forms import InvitationForm, JoinForm
from workbench.accounts.invitations.tables import DAYS, InvitationRow, find_invitation
from workbench.accounts.model import Kind, Thing
from workbench.accounts.permissions import Act
from workbench.accounts.tables import PersonRow
from workbench.accounts.web import me, needs, settings
from workbench.core.db import must_exist
from workbench.core.web.limits import rate_limit
from workbench.core.web.options import before_write, preparation, public
from workbench.core.web.policy import safe_redirect_path
from workbench.core.web.session import read_session, session

pages = Blueprint("invitations", __name__)

# The page after the form shows the link once; until then the session cookie holds it.
_NEW_INVITATION = "new_invitation"
_IN_USE = "There is already a person with this address"


@pages.route("/people/invite", methods=["GET", "POST"])
@needs(Act.CREATE, "person")
def invite_person() -> ResponseReturnValue:
    """Ask who is invited, and make the link; with `next` the page after it leads on there."""
    onward = safe_redirect_path(request.args.get("next", ""), url_for("accounts.people"))
    kind = request.args.get("kind", "")
    form = InvitationForm(data={"kind": Kind(kind)} if kind in set(Kind) else None)
    if form.submitted():
        if session().scalar(select(PersonRow.id).where(PersonRow.email == form.email.data)) is not None:
            form.email.errors = [_IN_USE]
        else:
            row, token = invitation_tables.invite(
                session(), form.name.data, form.email.data, Kind(form.kind.data), me().id
            )
            record(session(), me(), AuditAct.INVITED, Thing("person"), kind=row.kind)
            browser[_NEW_INVITATION] = [row.id, token]
            return redirect(url_for("invitations.show_invitation", number=row.id, next=onward), 303)
    page = render_template("accounts/invitations/invite.html", form=form, onward=onward, days=DAYS)
    return page, 422 if form.errors else 200


@pages.route("/people/invitations/<int:number>")
@needs(Act.CREATE, "person")
def show_invitation(number: int) -> ResponseReturnValue:
    """Show a new invitation with its link once, as a text to send; afterwards only how long it lasts."""
    row = must_exist(session().get(InvitationRow, number))
    token = browser.pop(_NEW_INVITATION)[1] if browser.get(_NEW_INVITATION, [0])[0] == row.id else ""
    return render_template(
        "accounts/invitations/invitation.html",
        invitation=row.freeze(),
        link=url_for("invitations.join", token=token, _external=True) if token else "",
        company=tables.company(session()).name,
        onward=safe_redirect_path(request.args.get("next", ""), url_for("accounts.people")),
    )


@pages.route("/people/invitations/<int:number>/revoke", methods=["POST"])
@needs(Act.CREATE, "person")
def revoke_invitation(number: int) -> ResponseReturnValue:
    """Revoke an invitation, so that its link opens nothing."""
    row = must_exist(session().get(InvitationRow, number))
    if row.is_open:
        row.revoke()
        record(session(), me(), AuditAct.INVITATION_REVOKED, Thing("person"), kind=row.kind)
    flash(f"The invitation of {row.name} is taken back. Its link does not open anything any more.")
    return redirect(url_for("accounts.people"), 303)


def _password_fault() -> str:
    """Return the fault of the password of this request; estimating takes too long for an open write."""
    if "password" not in request.form:
        return ""
    with read_session() as own:
        row = find_invitation(own, (request.view_args or {})["token"])
        email = row.email if row else ""
    return passwords.password_fault(request.form["password"], name=request.form.get("name", ""), email=email)


@pages.route("/invitation/<token>", methods=["GET", "POST"])
@public
@rate_limit("30 per minute")
@before_write(_password_fault)
def join(token: str) -> ResponseReturnValue:
    """Ask a person who was invited for their name and a password, add them, and sign them in."""
    company = tables.company(session()).name
    row = find_invitation(session(), token)
    if row is None:
        return render_template("accounts/invitations/ended.html", company=company), 410
    form = JoinForm(data={"name": row.name})
    if form.submitted() and not (fault := preparation()):
        try:
            with session().begin_nested():
                hashed = passwords.hash_password(form.password.data, settings().argon_memory, settings().argon_passes)
                person = invitation_tables.accept(session(), row, form.name.data, hashed).freeze()
        except IntegrityError:
            form.name.errors = [f"{_IN_USE}: sign in instead, or ask an admin"]
        else:
            browser.clear()
            web.sign_in(person)
            record(session(), person, AuditAct.CREATED, Thing("person", key=str(person.id)), kind=person.kind)
            flash(f"Welcome, {person.name}. You are signed in.")
            return redirect("/", 303)
    elif form.submitted():
        form.password.errors = [fault]
    page = render_template("accounts/invitations/join.html", form=form, email=row.email, token=token, company=company)
    return page, 422 if form.errors else 200
