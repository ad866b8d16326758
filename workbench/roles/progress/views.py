"""The act by which a leader makes a part of the library their own without a change."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.permissions import Act
from workbench.accounts.web import needs
from workbench.core.forms.form import PageForm
from workbench.roles.blueprint import pages
from workbench.roles.loading import draft_for
from workbench.roles.path import views as path


@pages.route("/roles/<slug>/keep", methods=["POST"])
@needs(Act.EDIT, "draft")
def keep_part(slug: str) -> ResponseReturnValue:
    """Keep a part of the library as it is; it is the leader's until its text changes."""
    draft = draft_for(Act.EDIT, slug)
    anchor = None
    if PageForm().submitted():
        part = path.keep_part(draft, request.form.get("place", ""))
        anchor = f"part-{part.place}"
    return redirect(url_for("roles.show_draft", slug=slug, _anchor=anchor), 303)
