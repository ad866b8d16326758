"""The page that shows the chain of a role as a matrix."""

from flask import render_template
from flask.typing import ResponseReturnValue

from workbench.accounts.permissions import Act
from workbench.accounts.web import needs
from workbench.roles.blueprint import pages
from workbench.roles.loading import draft_for
from workbench.roles.review.trace import traceability


@pages.route("/roles/<slug>/chain")
@needs(Act.READ, "draft")
def trace(slug: str) -> ResponseReturnValue:
    """Show each accountability with its metrics, questions and support; an empty cell is a named gap."""
    draft = draft_for(Act.READ, slug)
    return render_template("roles/review/trace.html", draft=draft.card, matrix=traceability(draft.role))
