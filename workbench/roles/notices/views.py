"""The page of a person's notices, and the count of unread ones for the top of every page."""

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.permissions import Act
from workbench.accounts.web import current_person_or_none, me, needs
from workbench.core.db import must_exist
from workbench.core.forms.form import PageForm
from workbench.core.web.session import after_response, database_up, session
from workbench.roles.blueprint import pages
from workbench.roles.notices.model import Notice
from workbench.roles.notices.tables import count_unread, mark_read, notices_for

# The places that are pages of a draft and no parts of it.
_PAGES = {
    "people": "roles.share_draft",
    "approval": "roles.ask_for_approval",
    "history": "roles.show_history",
    "check": "roles.check_answers",
}


@pages.route("/notices", methods=["GET", "POST"])
@needs(Act.READ, "account")
def show_notices() -> ResponseReturnValue:
    """Show a person's notices; a POST marks all of them as read."""
    form = PageForm()
    if form.submitted():
        mark_read(session(), me().id)
        return redirect(url_for("roles.show_notices"), 303)
    return render_template("roles/notices/notices.html", notices=notices_for(session(), me().id), form=form)


@pages.route("/notices/<int:number>")
@needs(Act.READ, "account")
def open_notice(number: int) -> ResponseReturnValue:
    """Go to what a notice is about; it is then read."""
    person = me().id
    notice = must_exist(next((each for each in notices_for(session(), person) if each.id == number), None))
    after_response(lambda own: mark_read(own, person, number), required=False)
    return redirect(_place_url(notice), 303)


@pages.app_template_global()
def notice_url(notice: Notice) -> str:
    """Return the address that marks a notice as read and leads to what it is about."""
    return url_for("roles.open_notice", number=notice.id)


def _place_url(notice: Notice) -> str:
    if endpoint := _PAGES.get(notice.place):
        return url_for(endpoint, slug=notice.slug)
    page, _, rest = notice.place.partition("/")
    if page == "edition":
        return url_for("roles.show_edition", slug=notice.slug, number=rest)
    if page == "comments":
        return url_for("roles.comment_on_part", slug=notice.slug, part=rest)
    return url_for("roles.show_draft", slug=notice.slug)


@pages.app_template_global()
def count_unread_notices() -> int:
    """Return the number of unread notices for the head of a page; 0 without a person or without a database."""
    return count_my_unread() if current_person_or_none() and database_up() else 0


def count_my_unread() -> int:
    """Return how many notices the person of this request has not read; the database is asked once."""
    if "unread_notices" not in g:
        g.unread_notices = count_unread(session(), me().id)
    return int(g.unread_notices)
