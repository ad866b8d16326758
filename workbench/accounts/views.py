"""The pages of signing in and out, of the own account, of people, of the company and of the audit trail."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from workbench.accounts import audit, example, passwords, tables, web
from workbench.accounts.audit import AuditAct, record
from workbench.accounts.forms import (
    CompanyForm,
    InvalidLogo,
    KindForm,
    NameForm,
    PasswordForm,
    PersonForm,
    SignInForm,
    ZoneForm,
)
from workbench.accounts.history.model import THING_WORDS
from workbench.accounts.history.names import history_lines
from workbench.accounts.invitations.tables import list_invitations
from workbench.accounts.model import Kind, Thing
from workbench.accounts.permissions import Act
from workbench.accounts.tables import PersonRow
from workbench.accounts.times import zone
from workbench.accounts.web import (
    NavigationItem,
    current_person_or_none,
    me,
    my_session,
    needs,
    settings,
    sqlite_file,
)
from workbench.core.db import NotFoundError
from workbench.core.text.countries import country_name
from workbench.core.text.currencies import usual_currency
from workbench.core.text.words import clean
from workbench.core.text.zones import place_of
from workbench.core.web.errors import StaleVersion
from workbench.core.web.limits import rate_limit
from workbench.core.web.options import before_write, max_body_size, preparation, public
from workbench.core.web.policy import safe_redirect_path
from workbench.core.web.session import after_response, read_session, session

pages = Blueprint("accounts", __name__)

NAVIGATION = (
    NavigationItem("People", "accounts.people", Act.LIST, "person"),
    NavigationItem("Company", "accounts.company", Act.EDIT, "settings"),
    NavigationItem("History", "accounts.history", Act.READ, "audit"),
)
_REFUSED = "That address and password do not match. Check both and try again"


def _address_key() -> str:
    return f"account:{clean(request.form.get('email', '')).lower()[:254]}"


def _own_password_fault() -> str:
    """Return the fault of the new password of this person; estimating takes too long for an open write."""
    if "new_password" not in request.form:
        return ""
    return passwords.password_fault(request.form["new_password"], name=me().name, email=me().email)


def _first_password_fault() -> str:
    """Return the fault of the password that an admin gives to a new person."""
    form = request.form
    if "password" not in form:
        return ""
    return passwords.password_fault(form["password"], name=form.get("name", ""), email=form.get("email", ""))


@pages.route("/sign-in", methods=["GET", "POST"])
@public
@rate_limit("20 per minute")
@rate_limit("5 per minute", _address_key)
def sign_in() -> ResponseReturnValue:
    """Ask for address and password, and continue to the page that the person requested."""
    form = SignInForm()
    if form.submitted():
        # This session ends before the password is compared, so that no write waits for it.
        with read_session() as own:
            row = tables.find_by_email(own, form.email.data)
        person = row.freeze() if row else None
        is_correct = _is_password(row.password if row and row.active else "", form.password.data)
        if person and is_correct:
            browser.clear()
            web.sign_in(person)
            record(session(), person, AuditAct.SIGNED_IN, Thing("account", person.id))
            return redirect(safe_redirect_path(request.args.get("next", ""), "/"), 303)
        after_response(lambda later: record(later, person, AuditAct.SIGN_IN_FAILED, Thing("account")))
        form.password.errors = [_REFUSED]
    return render_template("accounts/sign_in.html", form=form), 422 if form.errors else 200


@pages.route("/sign-out", methods=["POST"])
@needs(Act.EDIT, "account")
def sign_out() -> ResponseReturnValue:
    """End this browser's session."""
    tables.revoke(session(), my_session())
    record(session(), me(), AuditAct.SIGNED_OUT, Thing("account", me().id))
    web.sign_out()
    browser.clear()
    return redirect(url_for("accounts.sign_in"), 303)


@pages.route("/account")
@needs(Act.READ, "account")
def account() -> ResponseReturnValue:
    """Show the person's account, and every browser that is signed in."""
    open_sessions = tables.list_sessions(session(), me().id)
    return render_template(
        "accounts/account.html", sessions=open_sessions, this=my_session(), place=place_of(zone().key)
    )


@pages.route("/account/sessions/<int:number>/end", methods=["POST"])
@needs(Act.EDIT, "account")
def end_session(number: int) -> ResponseReturnValue:
    """End one of the person's own sessions."""
    if number not in {row.id for row in tables.list_sessions(session(), me().id)}:
        raise NotFoundError
    tables.revoke(session(), number)
    record(session(), me(), AuditAct.SESSION_ENDED, Thing("account", me().id))
    flash("That browser is signed out.")
    return redirect(url_for("accounts.account"), 303)


@pages.route("/account/password", methods=["GET", "POST"])
@needs(Act.EDIT, "account")
@rate_limit("5 per minute", lambda: f"account:{me().id}")
@before_write(_own_password_fault)
def change_password() -> ResponseReturnValue:
    """Ask for a new password; all other browsers are signed out."""
    form = PasswordForm()
    row = session().get_one(PersonRow, me().id)
    if form.submitted() and _check_passwords(form, row):
        row.password = _hash(form.new_password.data)
        tables.revoke_all(session(), row.id)
        record(session(), me(), AuditAct.PASSWORD_CHANGED, Thing("account", me().id))
        web.sign_in(row.freeze())
        flash("Your password has been changed. All other browsers are signed out.")
        return redirect(url_for("accounts.account"), 303)
    return render_template("accounts/password.html", form=form), 422 if form.errors else 200


@pages.route("/account/name", methods=["GET", "POST"])
@needs(Act.EDIT, "account")
def change_name() -> ResponseReturnValue:
    """Ask for the name by which others see the person."""
    form = NameForm(data={"name": me().name})
    if form.submitted():
        session().get_one(PersonRow, me().id).name = form.name.data
        record(session(), me(), AuditAct.NAME_CHANGED, Thing("account", me().id))
        flash("Your name is changed.")
        return redirect(url_for("accounts.account"), 303)
    return render_template("accounts/name.html", form=form), 422 if form.errors else 200


@pages.route("/account/time-zone", methods=["GET", "POST"])
@needs(Act.EDIT, "account")
def choose_zone() -> ResponseReturnValue:
    """Ask for the time zone in which pages show times."""
    form = ZoneForm(data={"zone": me().zone})
    if form.submitted():
        session().get_one(PersonRow, me().id).zone = form.zone.data
        record(session(), me(), AuditAct.ZONE_CHANGED, Thing("account", me().id))
        flash("Times are now shown in the zone that you chose.")
        return redirect(url_for("accounts.account"), 303)
    return render_template(
        "accounts/zone.html", form=form, place=place_of(tables.company_zone(session()))
    ), 422 if form.errors else 200


@pages.route("/people")
@needs(Act.LIST, "person")
def people() -> ResponseReturnValue:
    """List all people, and the invitations that are not used yet."""
    return render_template(
        "accounts/people.html", people=tables.list_people(session()), invitations=list_invitations(session())
    )


@pages.route("/people/new", methods=["GET", "POST"])
@needs(Act.CREATE, "person")
@before_write(_first_password_fault)
def add_person() -> ResponseReturnValue:
    """Add a person."""
    form = PersonForm()
    if form.submitted() and _check_new_password(form):
        try:
            with session().begin_nested():
                hashed = _hash(form.password.data)
                row = tables.add_person(session(), form.name.data, form.email.data, Kind(form.kind.data), hashed)
        except IntegrityError:
            form.email.errors = ["There is already a person with this address"]
        else:
            record(session(), me(), AuditAct.CREATED, Thing("person", key=str(row.id)), kind=row.kind)
            flash(f"{row.name} can sign in now. Give them their first password in person.")
            return redirect(url_for("accounts.people"), 303)
    return render_template("accounts/add_person.html", form=form), 422 if form.errors else 200


@pages.route("/people/<int:number>", methods=["GET", "POST"])
@needs(Act.EDIT, "person")
def edit_person(number: int) -> ResponseReturnValue:
    """Change what a person may do; the person is signed out everywhere, so that no old page stays open."""
    row = session().get(PersonRow, number)
    if row is None:
        raise NotFoundError
    form = KindForm(data={"kind": row.kind, "active": "yes" if row.active else "no"}, version=row.version)
    if form.submitted():
        if form.version.data != row.version:
            raise StaleVersion
        if row.id == me().id:
            form.kind.errors = ["Ask another admin to change your own account, so that there is always one admin"]
        else:
            _change_kind(row, Kind(form.kind.data), active=form.active.data == "yes")
            flash(f"{row.name} has been changed, and signed out everywhere.")
            return redirect(url_for("accounts.people"), 303)
    return render_template("accounts/edit_person.html", form=form, person=row.freeze()), 422 if form.errors else 200


@pages.route("/company", methods=["GET", "POST"])
@needs(Act.EDIT, "settings")
@max_body_size(2_200_000)
def company() -> ResponseReturnValue:
    """Ask for the company's name, logo and settings."""
    present = session().get(tables.CompanyRow, tables.COMPANY_NUMBER)
    form = CompanyForm(obj=tables.company(session()), version=present.version if present else None)
    if form.submitted():
        if present and form.version.data != present.version:
            raise StaleVersion
        try:
            logo = form.read_logo()
        except InvalidLogo as error:
            form.logo.errors = [str(error)]
        else:
            _change_company(form, logo)
            flash("The company’s settings are saved. Documents printed from now on show them.")
            return redirect(url_for("accounts.company"), 303)
    stored = tables.company(session())
    page = render_template(
        "accounts/company.html",
        form=form,
        company=stored,
        country=country_name(stored.country),
        usual=usual_currency(stored.country),
    )
    return page, 422 if form.errors else 200


@pages.route("/company/mark.png")
@needs(Act.READ, "library")
def redirect_to_logo() -> ResponseReturnValue:
    """Redirect from the address that the logo had before."""
    return redirect(url_for("accounts.company_logo"), 308)


@pages.route("/company/logo.png")
@needs(Act.READ, "library")
def company_logo() -> ResponseReturnValue:
    """Send the company's logo, a PNG that we encoded ourselves."""
    row = session().get(tables.CompanyRow, tables.COMPANY_NUMBER)
    if row is None or not row.logo:
        raise NotFoundError
    return row.logo, 200, {"Content-Type": "image/png", "Content-Disposition": "inline; filename=logo.png"}


@pages.route("/history")
@needs(Act.READ, "audit")
def history() -> ResponseReturnValue:
    """Show the trail, a hundred lines a page, the latest first: all of it, or of one person or kind of thing."""
    person, thing = request.args.get("person", type=int), request.args.get("thing", "")
    lines = audit.list_trail(session(), request.args.get("before", type=int), person=person, thing=thing)
    return render_template(
        "accounts/history.html",
        lines=history_lines(session(), lines),
        more=len(lines) == audit.PAGE,
        people=tables.list_people(session()),
        things={kind: name for kind, (_, name) in THING_WORDS.items()},
        chosen={"person": person, "thing": thing},
    )


@pages.route("/example/switch", methods=["POST"])
@public
def switch_example() -> ResponseReturnValue:
    """Switch to another person of the example company; in any other installation this page does not exist."""
    people = {person.id: person for person in example.people(session(), settings(), sqlite_file())}
    person = people.get(request.form.get("person", type=int) or 0)
    if person is None or current_person_or_none() is None:
        raise NotFoundError
    web.sign_in(person)
    record(session(), me(), AuditAct.PERSON_SWITCHED, Thing("account", person.id))
    return redirect("/", 303)


def _is_password(stored_hash: str, password: str) -> bool:
    return passwords.is_password(stored_hash, password, settings().argon_memory, settings().argon_passes)


def _hash(password: str) -> str:
    return passwords.hash_password(password, settings().argon_memory, settings().argon_passes)


def _check_passwords(form: PasswordForm, row: PersonRow) -> bool:
    if not _is_password(row.password, form.present_password.data):
        form.present_password.errors = ["This is not your current password"]
    if fault := preparation():
        form.new_password.errors = [fault]
    return not form.errors


def _check_new_password(form: PersonForm) -> bool:
    if fault := preparation():
        form.password.errors = [fault]
    return not form.errors


def _change_kind(row: PersonRow, kind: Kind, *, active: bool) -> None:
    row.kind, row.active = kind, active
    tables.revoke_all(session(), row.id)
    thing = Thing("person", key=str(row.id))
    record(session(), me(), AuditAct.CHANGED, thing, kind=kind, active=active)


def _change_company(form: CompanyForm, logo: bytes | None) -> None:
    row = tables.company_row(session())
    row.name, row.paper, row.currency, row.country = (
        form.name.data,
        form.paper.data,
        form.currency.data,
        form.country.data,
    )
    row.keep_days = form.keep_days.data
    row.letterhead = list(form.letterhead.data)
    row.language, row.zone = form.language.data, form.zone.data
    if logo is not None:
        row.logo, row.logo_digest = logo, tables.digest_of_bytes(logo)
    record(session(), me(), AuditAct.CHANGED, Thing("settings"), logo=logo is not None, keep_days=row.keep_days)
