"""The trash: drafts that were removed, until they are put back or erased."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.permissions import Act
from workbench.accounts.web import me, needs, require
from workbench.core.db import NotFoundError
from workbench.core.forms.form import PageForm
from workbench.core.web.session import SAFE_METHODS, session
from workbench.roles import tables
from workbench.roles.blueprint import pages
from workbench.roles.history.model import KEEP_DAYS
from workbench.roles.history.trash import erase_drafts, list_trash


@pages.route("/trash")
@needs(Act.CREATE, "draft")
def show_trash() -> ResponseReturnValue:
    """List the drafts that the person removed."""
    return render_template("roles/history/trash.html", drafts=list_trash(session(), me().id), days=KEEP_DAYS)


@pages.route("/trash/<slug>/put-back", methods=["POST"])
@needs(Act.ERASE, "draft")
def put_draft_back(slug: str) -> ResponseReturnValue:
    """Move a draft back from the trash, with all that was in it."""
    draft = _find(slug)
    draft.removed_at = None
    record(session(), me(), AuditAct.RESTORED, draft.thing)
    flash(f"The draft {draft.title} is back.")
    return redirect(url_for("roles.show_draft", slug=slug), 303)


@pages.route("/trash/<slug>/erase", methods=["GET", "POST"])
@needs(Act.ERASE, "draft")
def erase_draft(slug: str) -> ResponseReturnValue:
    """Erase a draft without editions from the trash, after a confirmation; nothing of it is left."""
    draft = _find(slug)
    if tables.list_edition_cards(session(), slug):
        raise NotFoundError
    form = PageForm()
    if form.submitted():
        record(session(), me(), AuditAct.REMOVED, draft.thing, title=draft.title)
        flash(f"The draft {draft.title} is erased.")
        erase_drafts(session(), [draft.id])
        return redirect(url_for("roles.show_trash"), 303)
    return render_template("roles/history/erase.html", draft=draft.card, form=form)


def _find(slug: str) -> tables.DraftRow:
    """Find a draft in the trash that the person may erase or put back. Raise NotFoundError."""
    draft = tables.find_draft(session(), slug, lock=request.method not in SAFE_METHODS, removed=True)
    if draft is None:
        raise NotFoundError
    require(Act.ERASE, draft.thing)
    return draft
