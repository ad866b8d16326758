"""The page with the promises that are not confirmed, and the act that confirms them."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.permissions import Act
from workbench.accounts.web import me, needs
from workbench.core.edits import Edit
from workbench.core.forms.form import PageForm
from workbench.core.text.words import count
from workbench.core.web.session import session
from workbench.roles.blueprint import pages
from workbench.roles.history.model import label_of_part
from workbench.roles.history.undo import flash_with_undo
from workbench.roles.loading import draft_for, role_for_reader
from workbench.roles.model import Role
from workbench.roles.path.views import print_soon
from workbench.roles.promises.model import PROMISES, CompanyPromise, confirm, is_sample, plain, unconfirmed
from workbench.roles.tables import DraftRow

_LABELS = {"we_will": "We will", "rewards": "Reward", "variable": "Variable pay", "benefits": "Benefits"}
pages.add_app_template_global(is_sample, "is_sample")


@pages.route("/roles/<slug>/promises", methods=["GET", "POST"])
@needs(Act.EDIT, "draft")
def confirm_promises(slug: str) -> ResponseReturnValue:
    """Show the promises that are not confirmed; a POST confirms the chosen ones, or all that the person sees."""
    draft = draft_for(Act.EDIT, slug)
    role = role_for_reader(draft)
    found = unconfirmed(role)
    form = PageForm()
    if form.submitted():
        chosen = {plain(text) for text in request.form.getlist("promise")}
        texts = {text for each in found if (text := plain(each.text)) in chosen or "all" in request.form}
        if texts:
            _confirm(draft, texts)
        return redirect(url_for("roles.confirm_promises", slug=slug), 303)
    return render_template(
        "roles/promises/promises.html",
        draft=draft.card,
        form=form,
        groups=_by_place(role, found),
        number=len(found),
        labels=_LABELS,
    )


def _confirm(draft: DraftRow, texts: set[str]) -> None:
    draft.change(Edit(PROMISES, draft.version, "", me().id, apart=True), lambda role: confirm(role, texts))
    record(session(), me(), AuditAct.CONFIRMED, draft.thing, number=len(texts))
    print_soon(draft)
    flash_with_undo(session(), draft, f"{count(len(texts), 'promise')} confirmed: documents print them without a mark.")


def _by_place(role: Role, found: tuple[CompanyPromise, ...]) -> list[tuple[str, str, list[CompanyPromise]]]:
    """Group promises by their accountability, or by the pay, with its name."""
    groups: dict[str, list[CompanyPromise]] = {}
    for each in found:
        groups.setdefault("/".join(each.place.split("/")[:2]), []).append(each)
    return [(place, label_of_part(place, role), each) for place, each in groups.items()]
