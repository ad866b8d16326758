"""The page of the search, which the box in the head of every page leads to."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from workbench.accounts.permissions import Act
from workbench.accounts.web import me, needs
from workbench.core.paging import MAX_SEARCH_LENGTH
from workbench.core.text.words import clean
from workbench.core.web.session import session
from workbench.roles.blueprint import pages
from workbench.roles.search import find
from workbench.roles.search.model import excerpt, mark_words

pages.add_app_template_filter(mark_words, "mark_words")
pages.add_app_template_filter(excerpt, "excerpt")


@pages.route("/search")
@needs(Act.READ, "library")
def search() -> ResponseReturnValue:
    """Show what the words of a search are found in, by kind, each with a link to the very place."""
    text, only = clean(request.args.get("q", ""))[:MAX_SEARCH_LENGTH], request.args.get("kind", "")
    result = find.search(session(), me(), text, only)
    return render_template(
        "roles/search/search.html", text=text, only=only, result=result, total=find.count_all(result.groups)
    )
