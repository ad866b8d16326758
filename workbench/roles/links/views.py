"""The pages that make a link to an edition, show it once, say how often it was opened, and stop it."""

from flask import flash, redirect, render_template, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue
from wtforms.validators import InputRequired

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.model import Thing
from workbench.accounts.permissions import Act
from workbench.accounts.web import me, needs
from workbench.core.db import must_exist
from workbench.core.forms.fields import IntegerField, LineField
from workbench.core.forms.form import PageForm
from workbench.core.jobs.tables import enqueue
from workbench.core.web.session import session
from workbench.roles import tables
from workbench.roles.blueprint import pages
from workbench.roles.links import tables as links
from workbench.roles.links.tables import DEFAULT_DAYS, MAX_DAYS
from workbench.roles.loading import edition_for

MAX_NUMBER = 2_147_483_647  # of a link; PostgreSQL compares no larger one
# The page after the form shows the link once; until then the session cookie holds it.
_NEW_LINK = "new_edition_link"


class EditionLinkForm(PageForm):
    """Whom a link is for, and how long it opens the edition."""

    reader = LineField("Whom is it for?", max_length=120, validators=[InputRequired("Write the name of the reader")])
    days = IntegerField(
        "For how many days?", min_value=1, max_value=MAX_DAYS, validators=[InputRequired("Enter a number of days")]
    )


@pages.route("/editions/<slug>/<int:number>/links", methods=["GET", "POST"])
@needs(Act.SHARE, "edition")
def share_edition(slug: str, number: int) -> ResponseReturnValue:
    """Show the links of an edition; a POST makes one more, which the next page shows once."""
    edition = edition_for(Act.SHARE, slug, number)
    form = EditionLinkForm(data={"days": DEFAULT_DAYS})
    if form.submitted():
        row, token = links.add_link(session(), edition.id, form.reader.data, me().id, form.days.data)
        record(session(), me(), AuditAct.SHARED, _thing(edition), link=row.id, days=form.days.data)
        enqueue(session(), "press-edition", key=f"press-edition:{edition.id}", edition=edition.id)
        browser[_NEW_LINK] = [row.id, token]
        return redirect(url_for("roles.share_edition", slug=slug, number=number), 303)
    shown = links.list_links(session(), edition.id)
    made, shown_once = browser.pop(_NEW_LINK, (0, "")) if not form.is_submitted() else (0, "")
    is_of_edition = made in [each.state.id for each in shown]
    link = url_for("roles.read_shared_edition", token=shown_once, _external=True) if is_of_edition else ""
    page = render_template("roles/links/links.html", edition=edition.card, form=form, links=shown, link=link)
    return page, 422 if form.errors else 200


@pages.route("/editions/<slug>/<int:number>/links/<int:link>/stop", methods=["POST"])
@needs(Act.SHARE, "edition")
def stop_edition_link(slug: str, number: int, link: int) -> ResponseReturnValue:
    """Stop a link; its address then says that it has ended."""
    edition = edition_for(Act.SHARE, slug, number)
    row = must_exist(links.find_link_of(session(), edition.id, link) if link <= MAX_NUMBER else None)
    if row.open:
        row.revoke()
        record(session(), me(), AuditAct.SHARING_STOPPED, _thing(edition), link=row.id)
        flash(f"The link for {row.reader} has been stopped.")
    return redirect(url_for("roles.share_edition", slug=slug, number=number), 303)


def _thing(edition: tables.EditionRow) -> Thing:
    return Thing("edition", edition.owner_id, f"{edition.slug}/{edition.number}")
