"""The path of the first day: name the company, see the letterhead as it will print, invite people, start a role."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts import tables as accounts
from workbench.accounts.audit import AuditAct, record
from workbench.accounts.forms import FirstCompanyForm, InvalidLogo, LetterheadForm
from workbench.accounts.invitations.tables import list_invitations
from workbench.accounts.model import Thing
from workbench.accounts.permissions import Act
from workbench.accounts.tables import CompanyRow, company
from workbench.accounts.web import me, needs
from workbench.core.forms.form import PageForm
from workbench.core.shape import digest
from workbench.core.text.countries import country_name
from workbench.core.text.currencies import currency_noun, usual_currency
from workbench.core.text.zones import place_of
from workbench.core.web.errors import StaleVersion
from workbench.core.web.options import max_body_size
from workbench.core.web.session import session
from workbench.documents.model import Paper, Stamp, edition_label
from workbench.documents.press.pool import previewer
from workbench.roles import library
from workbench.roles.blueprint import pages
from workbench.roles.documents.kinds import build_document
from workbench.roles.first_day.model import StepName
from workbench.roles.first_day.tables import read_first_day

PREVIEW_ROLE = "account-executive-mid-market"


@pages.route("/first-day")
@needs(Act.EDIT, "settings")
def show_first_day() -> ResponseReturnValue:
    """Show the steps, and the form of one of them."""
    return _page(_company_form(), _letterhead_form())


@pages.route("/first-day/company", methods=["POST"])
@needs(Act.EDIT, "settings")
def name_company() -> ResponseReturnValue:
    """Store name, country, currency and time zone of the company."""
    form = _company_form()
    if not form.submitted():
        return _page(form, _letterhead_form(), StepName.COMPANY)
    row = _row(form)
    row.name, row.country = form.name.data, form.country.data
    row.currency, row.zone = form.currency.data, form.zone.data
    record(session(), me(), AuditAct.CHANGED, Thing("settings"))
    return redirect(url_for("roles.show_first_day"), 303)


@pages.route("/first-day/currency", methods=["POST"])
@needs(Act.EDIT, "settings")
def use_usual_currency() -> ResponseReturnValue:
    """Store the usual currency of the company's country as the one of new roles."""
    row = accounts.company_row(session())
    usual = usual_currency(row.country)
    if PageForm().submitted() and usual and request.form.get("currency") == usual:
        row.currency = usual
        record(session(), me(), AuditAct.CHANGED, Thing("settings"))
        flash(f"New roles are written in {currency_noun(usual)}.")
    return redirect(url_for("roles.show_first_day"), 303)


@pages.route("/first-day/letterhead", methods=["POST"])
@needs(Act.EDIT, "settings")
@max_body_size(2_200_000)
def write_letterhead() -> ResponseReturnValue:
    """Store logo and letterhead, and show how they will print."""
    form = _letterhead_form()
    if form.submitted():
        try:
            logo = form.read_logo()
        except InvalidLogo as error:
            form.logo.errors = [str(error)]
        else:
            row = _row(form)
            row.letterhead = list(form.letterhead.data)
            if logo is not None:
                row.logo, row.logo_digest = logo, accounts.digest_of_bytes(logo)
            record(session(), me(), AuditAct.CHANGED, Thing("settings"), logo=logo is not None)
            flash("The picture shows your letterhead as it will print.")
            return redirect(url_for("roles.show_first_day"), 303)
    return _page(_company_form(), form, StepName.LETTERHEAD)


@pages.route("/company/letterhead.png")
@needs(Act.EDIT, "settings")
def preview_letterhead() -> ResponseReturnValue:
    """Send a picture of the first page of a document with the company's name, logo and letterhead, as it will print."""
    settings = company(session())
    role = library.library(settings.currency)[PREVIEW_ROLE]
    lines = settings.letterhead
    stamp = Stamp(settings.name, settings.logo or None, edition_label(1), digest(role), draft=False, letterhead=lines)
    document = build_document("position-description", role, stamp, settings.language)
    picture = previewer().page(document, Paper(settings.paper), 1, accounts.company_logo(session()))
    answer = Response(picture.png, mimetype="image/png")
    answer.headers["Cache-Control"] = "private, max-age=600"
    return answer


@pages.app_template_global()
def company_is_unnamed() -> bool:
    """Return whether documents are printed without the name of a company, so that a page can say so."""
    return not company(session()).name


@pages.app_template_global()
def letterhead_version() -> str:
    """Return a text that changes with what the picture of the letterhead shows."""
    return digest(company(session()))[:12]


def _page(company_form: FirstCompanyForm, letterhead_form: LetterheadForm, step: str = "") -> ResponseReturnValue:
    first_day = read_first_day(session())
    errors = company_form.errors or letterhead_form.errors
    page = render_template(
        "roles/first_day/first_day.html",
        first_day=first_day,
        usual=usual_currency(first_day.company.country),
        current=first_day.current(step or request.args.get("step", "")),
        facts=(country_name(first_day.company.country), first_day.company.currency, place_of(first_day.company.zone)),
        forms={StepName.COMPANY: company_form, StepName.LETTERHEAD: letterhead_form},
        people=[person for person in accounts.list_people(session()) if person.active and person.id != me().id],
        invitations=[each for each in list_invitations(session()) if each.open],
    )
    return page, 422 if errors else 200


def _company_form() -> FirstCompanyForm:
    return FirstCompanyForm(obj=company(session()), version=_version())


def _letterhead_form() -> LetterheadForm:
    return LetterheadForm(obj=company(session()), version=_version())


def _version() -> int | None:
    row = session().get(CompanyRow, accounts.COMPANY_NUMBER)
    return row.version if row else None


def _row(form: FirstCompanyForm | LetterheadForm) -> CompanyRow:
    """Find the company's row to write. Raise StaleVersion where it was changed after the form was drawn."""
    if _version() is not None and form.version.data != _version():
        raise StaleVersion
    return accounts.company_row(session())
