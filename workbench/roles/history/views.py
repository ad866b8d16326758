"""The history of a draft: what changed, undo one change, and restore the state before it."""

from collections.abc import Callable
from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.permissions import Act
from workbench.accounts.tables import name_of
from workbench.accounts.web import me, needs
from workbench.core.db import NotFoundError
from workbench.core.edits import EVERYTHING
from workbench.core.web.session import session
from workbench.roles import tables
from workbench.roles.blueprint import pages
from workbench.roles.editions.compare import compare
from workbench.roles.history import tables as states
from workbench.roles.history.model import label_of_part, undo
from workbench.roles.history.undo import flash_with_undo
from workbench.roles.loading import draft_for, sees_unreleased_pay
from workbench.roles.model import Role
from workbench.roles.path.steps import PATH
from workbench.roles.path.template_globals import place_url
from workbench.roles.path.views import change

MAX_NUMBER = 2_147_483_647  # of a row; PostgreSQL compares no larger one


@pages.route("/roles/<slug>/history")
@needs(Act.READ, "draft")
def show_history(slug: str) -> ResponseReturnValue:
    """List the changes of a draft, the latest first."""
    draft = draft_for(Act.READ, slug)
    before = request.args.get("before", 0, type=int)
    changes = states.list_changes(session(), draft.id, before if 0 < before <= MAX_NUMBER else None)
    more = len(changes) == states.PAGE
    return render_template("roles/history/history.html", draft=draft.card, changes=changes, more=more)


@pages.route("/roles/<slug>/history/<int:number>")
@needs(Act.READ, "draft")
def show_change(slug: str, number: int) -> ResponseReturnValue:
    """Show one change word by word, and the two ways back: without this change, or to the state before it."""
    draft = draft_for(Act.READ, slug)
    row = _find_state(draft, number)
    before, after = _before_and_after(draft, row)
    if not sees_unreleased_pay(draft):
        before, after = (role.without_unreleased_pay() for role in (before, after))
    return render_template(
        "roles/history/change.html",
        draft=draft.card,
        change=states.view_change(row, name_of(session(), row.person_id) if row.person_id else None),
        differences=compare(before, after),
    )


@pages.route("/roles/<slug>/history/<int:number>/undo", methods=["POST"])
@needs(Act.EDIT, "draft")
def undo_change(slug: str, number: int) -> ResponseReturnValue:
    """Undo one change; later texts stay as they are."""
    draft = draft_for(Act.EDIT, slug)
    row = _find_state(draft, number)
    before, after = _before_and_after(draft, row)
    if not _write(draft, row.part, AuditAct.UNDONE, lambda role: undo(role, before, after)):
        flash("Nothing was undone: this part has been changed once more since then. Its history has every text.")
        return redirect(url_for("roles.show_change", slug=slug, number=number), 303)
    flash_with_undo(session(), draft, f"Undone: {row.label} is as it was before.")
    return redirect(place_url(slug, _existing_place(draft.role, row.part)), 303)


@pages.route("/roles/<slug>/history/<int:number>/restore", methods=["POST"])
@needs(Act.EDIT, "draft")
def restore_state(slug: str, number: int) -> ResponseReturnValue:
    """Restore the state of the whole draft before a change; the present state stays in the history."""
    draft = draft_for(Act.EDIT, slug)
    before = _find_state(draft, number).role
    if _write(draft, EVERYTHING, AuditAct.RESTORED, lambda _: before):
        flash_with_undo(session(), draft, "The draft is back as it was then. The later texts are in its history.")
    else:
        flash("The draft already says the same as then.")
    return redirect(url_for("roles.show_draft", slug=slug), 303)


def _write(draft: tables.DraftRow, part: str, act: AuditAct, write: Callable[[Role], Role]) -> bool:
    """Change the draft and return whether it changed; pay that the person does not see stays as it is."""
    version, present = draft.version, draft.role
    keep_pay = not sees_unreleased_pay(draft)

    def write_visible(role: Role) -> Role:
        written = write(role)
        return replace(written, pay=present.pay) if keep_pay else written

    is_of_one_page = part in PATH.steps or part.startswith("accountabilities")
    change(draft, part, write_visible, parts=() if is_of_one_page else (part, EVERYTHING))
    if draft.version == version:
        return False
    record(session(), me(), act, draft.thing, part=part)
    return True


def _find_state(draft: tables.DraftRow, number: int) -> states.DraftStateRow:
    row = states.find_state(session(), draft.id, number) if number <= MAX_NUMBER else None
    if row is None:
        raise NotFoundError
    return row


def _before_and_after(draft: tables.DraftRow, row: states.DraftStateRow) -> tuple[Role, Role]:
    later = states.next_state(session(), row)
    return row.role, later.role if later else draft.role


def _existing_place(role: Role, part: str) -> str:
    """Return the nearest part that the role has: an undone addition has no page any more."""
    head, *path = part.split("/")
    if head != "accountabilities" or not path:
        return part if label_of_part(part) != part.capitalize() else ""
    if path[0] not in [item.key for item in role.accountabilities]:
        return head
    return f"{head}/{path[0]}" if len(path) > 2 else part
