"""The trash: drafts that were removed, until they are put back or erased."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.permissions import Act
from workbench.accounts.web import me, needs, require
from workbench.core.db import NotFoundError
from workbench.core.web.session import session
from workbench.roles import tables
from workbench.roles.blueprint import pages
from workbench.roles.history.model import KEEP_DAYS
from workbench.roles.history.trash import list_trash


@pages.route("/trash")
@needs(Act.CREATE, "draft")
def show_trash() -> ResponseReturnValue:
    """List the drafts that the person removed."""
    return render_template("roles/history/trash.html", drafts=list_trash(session(), me().id), days=KEEP_DAYS)


@pages.route("/trash/<slug>/put-back", methods=["POST"])
@needs(Act.ERASE, "draft")
def put_draft_back(slug: str) -> ResponseReturnValue:
    """Move a draft back from the trash, with all that was in it."""
    draft = tables.find_draft(session(), slug, lock=True, removed=True)
    if draft is None:
        raise NotFoundError
    require(Act.ERASE, draft.thing)
    draft.removed_at = None
    record(session(), me(), AuditAct.RESTORED, draft.thing)
    flash(f"The draft {draft.title} is back.")
    return redirect(url_for("roles.show_draft", slug=slug), 303)
