"""The line at the top of a page of the path that says who else is here, and what others have changed meanwhile."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from workbench.accounts.permissions import Act
from workbench.accounts.web import me, needs
from workbench.core.text.words import clean
from workbench.core.web.session import after_response, session
from workbench.roles.blueprint import pages
from workbench.roles.loading import draft_for
from workbench.roles.sharing.presence import list_other_changes, list_others, record_presence

MAX_CHANGES = 5


@pages.route("/roles/<slug>/now")
@needs(Act.READ, "draft")
def show_now(slug: str) -> ResponseReturnValue:
    """Show who else has a page of the draft open, and what other pages have changed since `since`; a page asks every few seconds."""
    draft = draft_for(Act.READ, slug)
    part = clean(request.args.get("part", ""))[:120]
    tabs = [clean(each)[:40] for each in request.args.getlist("tab")]
    since = request.args.get("since", draft.version, type=int)
    number, person = draft.id, me().id
    if tabs and tabs[0]:
        tab = tabs[0]
        after_response(lambda own: record_presence(own, number, person, tab, part), required=False)
    changes = list_other_changes(session(), draft, person, tabs, since, part)
    return render_template(
        "roles/sharing/now.html",
        draft=draft.card,
        others=list_others(session(), draft, person, part),
        changes=changes[:MAX_CHANGES],
    )
