"""Where a leader starts: their roles, the library of ready-made roles, and the ways to begin a new one."""

from collections.abc import Mapping
from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.model import Thing
from workbench.accounts.permissions import Act, may
from workbench.accounts.tables import company
from workbench.accounts.web import me, needs
from workbench.core import clock
from workbench.core.db import must_exist
from workbench.core.forms.fields import LineField
from workbench.core.forms.form import PageForm
from workbench.core.paging import ListRequest
from workbench.core.text.words import count
from workbench.core.web.session import after_response, session
from workbench.roles import library, tables
from workbench.roles.blueprint import pages
from workbench.roles.first_day.tables import read_first_day
from workbench.roles.history.model import KEEP_DAYS
from workbench.roles.history.undo import flash_undo
from workbench.roles.home import tables as home_tables
from workbench.roles.home.model import MAX_WAITING, RoleEntry, RoleFilter, WaitingLine, copied_title
from workbench.roles.loading import draft_for, edition_for, role_for_reader
from workbench.roles.model import Role
from workbench.roles.notices.model import Notice, NoticeKind
from workbench.roles.notices.tables import notices_for
from workbench.roles.notices.views import count_my_unread, notice_url

MAX_TITLE = 120  # characters
# The notices that ask for something, and the word of the button that answers.
ASKS = {
    NoticeKind.APPROVAL_ASKED: "Decide",
    NoticeKind.MENTION: "Answer",
    NoticeKind.COMMENT: "Answer",
    NoticeKind.REPLY: "Answer",
}


class TitleForm(PageForm):
    """The title of a role that starts from nothing."""

    title = LineField("Title of the role", max_length=MAX_TITLE)


@pages.route("/")
@needs(Act.LIST, "draft")
def home() -> ResponseReturnValue:
    """Show what waits for a person, and one row for each role that they may see."""
    shown = RoleFilter.read(request.args.get("show", ""))
    home_page = home_tables.read_home(session(), ListRequest.read(request.args), me(), shown)
    lines = [*_setup_lines(), *_notice_lines(), *(_unpublished_line(entry) for entry in home_page.unpublished)]
    return render_template("roles/home/home.html", home=home_page, shown=shown, waiting=lines[:MAX_WAITING])


def _setup_lines() -> list[WaitingLine]:
    """Return the line that leads to the first day of the company, for those who may set it up, until it is finished."""
    if not may(me(), Act.EDIT, Thing("settings")):
        return []
    first_day = read_first_day(session())
    if first_day.finished:
        return []
    done = f"{first_day.done} of {len(first_day.steps)} steps of the first day are done"
    return [WaitingLine("Set up the company", done, url_for("roles.show_first_day"), "Go on")]


def _notice_lines() -> list[WaitingLine]:
    """Return what others ask of the person and the person has not read yet, one line for each draft and kind."""
    asked: dict[tuple[str, NoticeKind], Notice] = {}
    for notice in notices_for(session(), me().id, unread_only=True) if count_my_unread() else ():
        if notice.kind in ASKS:
            asked.setdefault((notice.slug, notice.kind), notice)
    return [WaitingLine(each.sentence, "", notice_url(each), ASKS[each.kind], each.at) for each in asked.values()]


def _unpublished_line(entry: RoleEntry) -> WaitingLine:
    if entry.newest is None:
        url = url_for("roles.show_draft", slug=entry.slug)
        return WaitingLine(f"Go on with {entry.title}", "Not published yet", url, "Go on", entry.changed_at)
    changed = f"{count(entry.changed_parts, 'part')} changed since {entry.newest_label}"
    url = url_for("roles.check_answers", slug=entry.slug)
    return WaitingLine(f"Publish {entry.next_label} of {entry.title}", changed, url, "Check", entry.changed_at)


@pages.after_request
def _record_visit(answer: Response) -> Response:
    """Record which role was opened, for the list of those opened last."""
    if request.endpoint in ("roles.show_draft", "roles.show_edition") and answer.status_code == 200:
        person, slug = me(), (request.view_args or {})["slug"]
        after_response(lambda own: home_tables.record_visit(own, person, slug), required=False)
    return answer


@pages.route("/library")
@needs(Act.READ, "library")
def show_library() -> ResponseReturnValue:
    """Show every ready-made role."""
    return render_template("roles/home/library.html", library=_library())


@pages.route("/library/<name>")
@needs(Act.READ, "library")
def show_library_role(name: str) -> ResponseReturnValue:
    """Show one ready-made role in full, before it is adapted."""
    role = must_exist(_library().get(name))
    return render_template("roles/home/library_role.html", role=role, name=name)


@pages.route("/roles/new", methods=["GET", "POST"])
@needs(Act.CREATE, "draft")
def start_role() -> ResponseReturnValue:
    """Start a role from a title alone; the page also leads to the library."""
    form = TitleForm()
    if form.submitted():
        if form.title.data:
            return _begin(Role(title=form.title.data, currency=company(session()).currency), "")
        form.title.errors = ["Enter a title, such as Account Executive."]
    return render_template("roles/home/start.html", form=form, library=_library()), 422 if form.errors else 200


@pages.route("/library/<name>/adapt", methods=["POST"])
@needs(Act.CREATE, "draft")
def adapt_library_role(name: str) -> ResponseReturnValue:
    """Start a draft from a ready-made role."""
    role = must_exist(_library().get(name))
    return _begin(role, name)


@pages.route("/roles/<slug>/copy", methods=["POST"])
@needs(Act.CREATE, "draft")
def copy_draft(slug: str) -> ResponseReturnValue:
    """Start a copy of a draft; pay that the person does not see is not copied."""
    draft = draft_for(Act.READ, slug)
    title = copied_title(draft.title, home_tables.list_copy_titles(session(), me()), MAX_TITLE)
    flash(f"This is a copy, named “{title}” until you give it a title of its own.")
    return _begin(replace(role_for_reader(draft), title=title), draft.library)


@pages.route("/editions/<slug>/<int:number>/draft", methods=["POST"])
@needs(Act.CREATE, "draft")
def draft_from_edition(slug: str, number: int) -> ResponseReturnValue:
    """Start a draft from an edition; pay that was not released stays with its owner."""
    edition = edition_for(Act.READ, slug, number)
    return _begin(role_for_reader(edition), "", from_edition=f"{slug}/{number}")


@pages.route("/roles/<slug>/remove", methods=["GET", "POST"])
@needs(Act.ERASE, "draft")
def remove_draft(slug: str) -> ResponseReturnValue:
    """Move a draft without editions to the trash, after a confirmation."""
    draft = draft_for(Act.ERASE, slug)
    has_editions = bool(tables.list_edition_cards(session(), slug))
    form = PageForm()
    if form.submitted() and not has_editions:
        record(session(), me(), AuditAct.REMOVED, draft.thing, title=draft.title)
        draft.removed_at = clock.now()
        flash_undo(
            f"The draft {draft.title} is in the trash for {KEEP_DAYS} days.",
            url_for("roles.put_draft_back", slug=draft.slug),
        )
        return redirect(url_for("roles.home"), 303)
    return render_template("roles/home/remove.html", draft=draft.card, has_editions=has_editions, form=form)


def _library() -> Mapping[str, Role]:
    """Return the library with its amounts in the company's currency."""
    return library.library(company(session()).currency)


def _begin(role: Role, name: str, from_edition: str = "") -> ResponseReturnValue:
    draft = tables.add_draft(session(), role, me().id, library=name, from_edition=from_edition)
    record(session(), me(), AuditAct.CREATED, draft.thing, library=name)
    return redirect(url_for("roles.show_draft", slug=draft.slug), 303)
