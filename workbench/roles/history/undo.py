"""The line at the top of the next page that names a removal, with a button that undoes it."""

from flask import flash, url_for
from sqlalchemy.orm import Session

from workbench.roles.history.tables import last_change
from workbench.roles.tables import DraftRow


def flash_undo(text: str, url: str) -> None:
    """Show a sentence on the next page with a button that posts to `url`, which undoes what the sentence says."""
    flash(text, f"undo:{url}")


def flash_with_undo(session: Session, draft: DraftRow, text: str) -> None:
    """Show a sentence about the last change of a draft on the next page, with a button that undoes it."""
    number = last_change(session, draft.id)
    if number is not None:
        flash_undo(text, url_for("roles.undo_change", slug=draft.slug, number=number))
