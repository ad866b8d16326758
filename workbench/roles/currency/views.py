"""The page that changes the currency of a role, the one place where it is changed."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.permissions import Act
from workbench.accounts.tables import company
from workbench.accounts.web import me, needs
from workbench.core.edits import EVERYTHING, Edit
from workbench.core.text.currencies import currency_noun
from workbench.core.web.country import request_style
from workbench.core.web.session import session
from workbench.roles import tables
from workbench.roles.blueprint import pages
from workbench.roles.currency.forms import CONVERT, LEAVE, CurrencyForm
from workbench.roles.currency.model import CurrencyChange, list_amounts
from workbench.roles.history.undo import flash_with_undo
from workbench.roles.loading import draft_for, role_for_reader
from workbench.roles.path.views import print_soon

pages.add_app_template_global(currency_noun, "currency_noun")


@pages.route("/roles/<slug>/currency", methods=["GET", "POST"])
@needs(Act.EDIT, "draft")
def change_currency(slug: str) -> ResponseReturnValue:
    """List every amount of a role, show what a new currency makes of it, and change it then."""
    draft = draft_for(Act.EDIT, slug)
    form = CurrencyForm(draft.role.currency, data={"currency": company(session()).currency, "how": CONVERT})
    change = None
    if form.submitted():
        if form.how.data == LEAVE:
            flash(f"The role stays in {currency_noun(form.old)}.")
            return redirect(url_for("roles.show_draft", slug=slug), 303)
        change, name = form.change(), form.name_of_change(draft.version)
        if form.shown.data == name:
            return _save(draft, change)
        form.shown.data = name
    return _show(draft, form, change)


def _show(draft: tables.DraftRow, form: CurrencyForm, change: CurrencyChange | None) -> ResponseReturnValue:
    role = role_for_reader(draft)
    page = render_template(
        "roles/currency/currency.html",
        draft=draft.card,
        role=role,
        form=form,
        change=change,
        amounts=list_amounts(role, change or CurrencyChange(role.currency, role.currency, None, request_style())),
        hides_pay=role.pay != draft.role.pay,
    )
    return page, 422 if form.errors else 200


def _save(draft: tables.DraftRow, change: CurrencyChange) -> ResponseReturnValue:
    draft.change(Edit("currency", draft.version, "", me().id, apart=True, parts=("currency", EVERYTHING)), change.apply)
    rate = {} if change.rate is None else {"rate": str(change.rate)}
    record(session(), me(), AuditAct.CHANGED, draft.thing, part="currency", old=change.old, new=change.new, **rate)
    print_soon(draft)
    flash_with_undo(session(), draft, f"The role is now in {currency_noun(change.new)}.")
    return redirect(url_for("roles.show_draft", slug=draft.slug), 303)
