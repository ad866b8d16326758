"""The page with the advert of an edition to copy: as text, as HTML, and as structured data."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from workbench.accounts.model import Thing
from workbench.accounts.permissions import Act
from workbench.accounts.tables import company
from workbench.accounts.web import needs, require
from workbench.core.web.session import session
from workbench.documents.page.plain_html import write_plain_html
from workbench.documents.page.text import write_text
from workbench.roles.advert.documents import job_advert
from workbench.roles.advert.forms import AdvertForm
from workbench.roles.advert.posting import job_posting, missing_from_posting, posting_json
from workbench.roles.blueprint import pages
from workbench.roles.documents import printing
from workbench.roles.loading import edition_for
from workbench.roles.promises.model import for_candidates


@pages.route("/editions/<slug>/<int:number>/advert")
@needs(Act.LIST, "edition")
def show_advert(slug: str, number: int) -> ResponseReturnValue:
    """Show the job advert of an edition in each form in which it is copied to other places."""
    edition = edition_for(Act.LIST, slug, number)
    require(Act.READ, Thing("job-advert", edition.owner_id))
    settings = company(session())
    form = AdvertForm(request.args or None, data={"country": settings.country, "employment": "FULL_TIME"})
    valid = not request.args or form.validate()
    role = for_candidates(edition.role)
    stamp = printing.edition_stamp(settings, edition)
    application, place = form.application(), form.workplace()
    advert = job_advert(role, stamp, settings.language, application)
    posting = job_posting(role, advert, f"{slug}/{number}", edition.published_at.date(), place, application)
    page = render_template(
        "roles/advert/advert.html",
        edition=edition.card,
        form=form,
        text=write_text(advert),
        html=write_plain_html(advert),
        json_ld=posting_json(posting),
        missing=missing_from_posting(role, place, application),
    )
    return page, 200 if valid else 422
