"""The page that takes parts of other roles into a draft, also shown as a drawer, and a person's own shelf of parts."""

from collections.abc import Iterator

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.model import Thing
from workbench.accounts.permissions import Act, may
from workbench.accounts.web import me, needs, require
from workbench.core.db import must_exist
from workbench.core.forms.form import PageForm
from workbench.core.text.words import fold_case
from workbench.core.web.session import session
from workbench.roles import library
from workbench.roles.blueprint import pages
from workbench.roles.loading import accountability_of, draft_for, question_of, role_for_reader
from workbench.roles.model import Accountability, Question, Role
from workbench.roles.parts import tables
from workbench.roles.parts.forms import STEP, WHERE, AddPartForm, PartFilter
from workbench.roles.parts.model import LibraryPart, PartKind, PartOrigin, add_part, list_parts, texts_in
from workbench.roles.parts.search import search_parts
from workbench.roles.path.views import change
from workbench.roles.tables import DraftRow

KIND_NAMES = {
    PartKind.ACCOUNTABILITY: "Accountabilities",
    PartKind.EXPECTATION: "Targets",
    PartKind.QUESTION: "Questions",
    PartKind.DUTY: "Duties",
    PartKind.QUALIFICATION: "Qualifications",
    PartKind.HARD_PART: "Hard parts",
}


@pages.route("/roles/<slug>/library", methods=["GET", "POST"])
@needs(Act.EDIT, "draft")
def show_parts(slug: str) -> ResponseReturnValue:
    """Show the parts that a draft may take over; a POST adds one of them."""
    draft = draft_for(Act.EDIT, slug)
    role, wanted = draft.role, PartFilter.read(request.args)
    parts = _parts_for(draft, wanted.kind)
    form = AddPartForm(role, wanted)
    if form.submitted():
        part = must_exist(next((each for each in parts if each.id == form.part.data), None))
        changed, place = add_part(role, part, form.into.data)
        change(draft, place, lambda _: changed)
        address = url_for("roles.show_parts", slug=slug, **wanted.arguments(into=form.into.data, added=part.id))
        return redirect(address, 303)
    present = texts_in(role, wanted.kind)
    matching = search_parts([part for part in parts if wanted.allows(part)], wanted.search)
    matching.sort(key=lambda part: part.text in present)
    page = render_template(
        "roles/parts/library.html",
        draft=draft.card,
        role=role,
        form=form,
        wanted=wanted,
        kinds=KIND_NAMES,
        places=WHERE,
        competencies=sorted({part.value.competency for part in parts if isinstance(part.value, Question)} - {""}),
        parts=matching[: wanted.number],
        total=len(matching),
        step=STEP,
        present=present,
        added=next((part for part in parts if part.id == request.args.get("added")), None),
        origin_url=origin_url,
        back=_back_url(slug, role, wanted),
    )
    return page, 422 if form.errors else 200


def origin_url(origin: PartOrigin) -> str:
    """Return the address of the page where parts come from."""
    where, *name = origin.name.split("/")
    if where == "library":
        return url_for("roles.show_library_role", name=name[0])
    if where == "editions":
        return url_for("roles.show_edition", slug=name[0], number=int(name[1]))
    return url_for("roles.show_shelf")


def _back_url(slug: str, role: Role, wanted: PartFilter) -> str:
    """Return the address of the page that the parts are for."""
    if wanted.kind not in (PartKind.ACCOUNTABILITY, PartKind.EXPECTATION, PartKind.QUESTION):
        return url_for("roles.edit_step", slug=slug, name=wanted.kind.value)
    if wanted.into in [item.key for item in role.accountabilities]:
        return url_for("roles.show_accountability", slug=slug, key=wanted.into)
    return url_for("roles.list_accountabilities", slug=slug)


def _parts_for(draft: DraftRow, kind: PartKind) -> list[LibraryPart]:
    """List the parts of a kind that a draft may take over, each text once: those of the shelf, then of the nearest roles."""
    role = draft.role
    sources = [(library.nearness(role, other), other, origin) for other, origin in _sources(draft)]
    sources.sort(key=lambda source: -source[0])
    shelf = [part for _, part in tables.list_shelf(session(), me().id) if part.kind is kind]
    parts = [*shelf, *(part for _, other, origin in sources for part in list_parts(other, origin, kind))]
    seen: dict[str, LibraryPart] = {}
    for part in parts:
        seen.setdefault(fold_case(part.text), part)
    return list(seen.values())


def _sources(draft: DraftRow) -> Iterator[tuple[Role, PartOrigin]]:
    """Yield the company's newest editions that the person may read, then the roles of the library."""
    for edition in tables.list_newest_editions(session(), draft.slug):
        if may(me(), Act.READ, Thing("edition", edition.owner_id)):
            name = f"editions/{edition.slug}/{edition.number}"
            yield role_for_reader(edition), PartOrigin(name, f"{edition.title}, {edition.label}")
    for name, other in library.library(draft.role.currency).items():
        yield other, PartOrigin(f"library/{name}", other.title)


@pages.route("/roles/<slug>/accountabilities/<key>/keep", methods=["POST"])
@needs(Act.EDIT, "draft")
def keep_accountability(slug: str, key: str) -> ResponseReturnValue:
    """Keep an accountability on the person's shelf."""
    draft = draft_for(Act.EDIT, slug)
    return _keep(draft, accountability_of(draft, key), key)


@pages.route("/roles/<slug>/accountabilities/<key>/questions/<item_key>/keep", methods=["POST"])
@needs(Act.EDIT, "draft")
def keep_question(slug: str, key: str, item_key: str) -> ResponseReturnValue:
    """Keep a question on the person's shelf."""
    draft = draft_for(Act.EDIT, slug)
    return _keep(draft, question_of(draft, key, item_key), key)


def _keep(draft: DraftRow, value: Accountability | Question, key: str) -> ResponseReturnValue:
    kept = tables.keep_part(session(), me().id, value, draft.role.currency, draft.title)
    what = "accountability" if isinstance(value, Accountability) else "question"
    if kept:
        record(session(), me(), AuditAct.CREATED, Thing("shelf", me().id), kind=what)
    flash(f"The {what} is on your shelf." if kept else f"The {what} is on your shelf already.")
    return redirect(url_for("roles.show_accountability", slug=draft.slug, key=key), 303)


@pages.route("/shelf")
@needs(Act.LIST, "shelf")
def show_shelf() -> ResponseReturnValue:
    """Show the parts that the person keeps for later roles."""
    return render_template("roles/parts/shelf.html", shelf=tables.list_shelf(session(), me().id))


@pages.route("/shelf/<int:number>/remove", methods=["POST"])
@needs(Act.EDIT, "shelf")
def remove_from_shelf(number: int) -> ResponseReturnValue:
    """Remove a part from the person's shelf; roles that took it over keep it."""
    row = must_exist(tables.find_shelf_part(session(), number))
    require(Act.EDIT, Thing("shelf", row.owner_id))
    form = PageForm()
    if form.submitted():
        record(session(), me(), AuditAct.REMOVED, Thing("shelf", row.owner_id), kind=row.kind)
        session().delete(row)
        flash("Removed from your shelf. Roles that took it over keep it.")
    return redirect(url_for("roles.show_shelf"), 303)
