"""Start a role: from a blank page, from a ready-made role, from an edition, or as a copy of another draft."""

from collections.abc import Mapping
from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.permissions import Act, may_sometimes
from workbench.accounts.tables import company
from workbench.accounts.web import me, needs
from workbench.core.db import must_exist
from workbench.core.forms.fields import LineField
from workbench.core.forms.form import PageForm
from workbench.core.paging import ListRequest
from workbench.core.web.session import session
from workbench.roles import library, tables
from workbench.roles.blueprint import pages
from workbench.roles.home import tables as home_tables
from workbench.roles.home.model import RoleFilter, copied_title, group_library
from workbench.roles.loading import draft_for, edition_for, role_for_reader
from workbench.roles.model import Role
from workbench.roles.search.library import find_library_roles

MAX_TITLE = 120  # characters
MAX_PUBLISHED = 12  # shown to start from; a search finds the others


class TitleForm(PageForm):
    """The title of a role that starts from nothing."""

    title = LineField("Title of the role", max_length=MAX_TITLE)


@pages.route("/library")
@needs(Act.READ, "library")
def show_library() -> ResponseReturnValue:
    """Show every ready-made role, and for those who may write roles the other ways to start one."""
    return _start_page("Role library", TitleForm(), 200)


@pages.route("/library/<name>")
@needs(Act.READ, "library")
def show_library_role(name: str) -> ResponseReturnValue:
    """Show one ready-made role in full, before it is adapted."""
    role = must_exist(_library().get(name))
    return render_template("roles/home/library_role.html", role=role, name=name)


@pages.route("/roles/new", methods=["GET", "POST"])
@needs(Act.CREATE, "draft")
def start_role() -> ResponseReturnValue:
    """Start a role from a title alone; the page has the other ways too."""
    form = TitleForm()
    if form.submitted():
        if form.title.data:
            return _begin(Role(title=form.title.data, currency=company(session()).currency), "")
        form.title.errors = ["Enter a title, such as Account Executive."]
    return _start_page("Start a role", form, 422 if form.errors else 200)


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
    role = replace(role_for_reader(draft), title=title)
    return _begin(role, draft.library, draft.from_edition, draft.own_parts)


@pages.route("/editions/<slug>/<int:number>/draft", methods=["POST"])
@needs(Act.CREATE, "draft")
def draft_from_edition(slug: str, number: int) -> ResponseReturnValue:
    """Start a draft from an edition; pay that was not released stays with its owner."""
    edition = edition_for(Act.READ, slug, number)
    return _begin(role_for_reader(edition), "", from_edition=f"{slug}/{number}")


def _start_page(heading: str, form: TitleForm, status: int) -> ResponseReturnValue:
    """Show the ways to start a role; a search narrows the ready-made and the published ones."""
    search = ListRequest.read(request.args)
    may_start = may_sometimes(me(), Act.CREATE, "draft")
    published = home_tables.read_home(session(), search, me(), RoleFilter.PUBLISHED).roles if may_start else None
    page = render_template(
        "roles/home/library.html",
        heading=heading,
        form=form,
        may_start=may_start,
        groups=group_library(find_library_roles(_library(), search.search)),
        published=published,
        max_published=MAX_PUBLISHED,
        search=search.search,
    )
    return page, status


def _library() -> Mapping[str, Role]:
    """Return the library with its amounts in the company's currency."""
    return library.library(company(session()).currency)


def _begin(
    role: Role, name: str, from_edition: str = "", own_parts: Mapping[str, str] | None = None
) -> ResponseReturnValue:
    draft = tables.add_draft(session(), role, me().id, library=name, from_edition=from_edition)
    draft.own_parts = dict(own_parts or {})
    record(session(), me(), AuditAct.CREATED, draft.thing, library=name)
    return redirect(url_for("roles.show_draft", slug=draft.slug), 303)
