"""The page of the material of an exercise."""

from flask import url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.permissions import Act
from workbench.accounts.web import needs
from workbench.core.path import StepPage
from workbench.roles.blueprint import pages
from workbench.roles.loading import accountability_of, draft_for, question_of
from workbench.roles.path.forms import At
from workbench.roles.path.steps import EXERCISE_STEP
from workbench.roles.path.views import DraftEditor


@pages.route("/roles/<slug>/accountabilities/<key>/questions/<item_key>/exercise", methods=["GET", "POST"])
@needs(Act.EDIT, "draft")
def edit_exercise(slug: str, key: str, item_key: str) -> ResponseReturnValue:
    """Show and save the sheets and the checklist of an exercise."""
    draft = draft_for(Act.EDIT, slug)
    item, question = accountability_of(draft, key), question_of(draft, key, item_key)
    url = url_for("roles.edit_exercise", slug=slug, key=key, item_key=item_key)
    overview = url_for("roles.show_accountability", slug=slug, key=key)
    back = (
        ("Key accountabilities", url_for("roles.list_accountabilities", slug=slug)),
        (item.outcome or "New accountability", overview),
        ("Question", url_for("roles.edit_item", slug=slug, key=key, what="questions", item_key=question.key)),
    )
    part = f"accountabilities/{key}/questions/{item_key}/exercise"
    return DraftEditor(draft).serve(StepPage(EXERCISE_STEP, At(key, item_key), part, url, overview, back))
