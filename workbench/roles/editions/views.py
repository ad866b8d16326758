"""The pages of editions: read one, compare two word by word, and retire one."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.model import Thing
from workbench.accounts.permissions import Act
from workbench.accounts.tables import name_of
from workbench.accounts.web import me, needs
from workbench.core import clock
from workbench.core.db import NotFoundError
from workbench.core.forms.form import PageForm
from workbench.core.web.session import session
from workbench.roles import tables
from workbench.roles.blueprint import pages
from workbench.roles.editions.compare import compare
from workbench.roles.loading import edition_for, role_for_reader


@pages.route("/editions/<slug>/<int:number>")
@needs(Act.LIST, "edition")
def show_edition(slug: str, number: int) -> ResponseReturnValue:
    """Show one edition with its documents and the acts that are possible."""
    edition = edition_for(Act.LIST, slug, number)
    others = [card for card in tables.list_edition_cards(session(), slug) if card.number != number]
    return render_template(
        "roles/editions/edition.html",
        edition=edition.card,
        reasons=[
            (each, name_of(session(), each.agreed_by) if each.agreed_by else "") for each in edition.publishing_reasons
        ],
        role=role_for_reader(edition),
        others=others,
        published_by=name_of(session(), edition.published_by),
        draft_in_trash=tables.find_draft(session(), slug, removed=True) is not None,
        form=PageForm(),
    )


@pages.route("/editions/compare")
@needs(Act.READ, "edition")
def compare_editions() -> ResponseReturnValue:
    """Show two editions word by word."""
    left, right = _find_by_name(request.args.get("left", "")), _find_by_name(request.args.get("right", ""))
    changes = compare(role_for_reader(left), role_for_reader(right))
    return render_template("roles/editions/compare.html", left=left.card, right=right.card, changes=changes)


@pages.route("/editions/<slug>/<int:number>/retire", methods=["GET", "POST"])
@needs(Act.RETIRE, "edition")
def retire_edition(slug: str, number: int) -> ResponseReturnValue:
    """Retire an edition after a confirmation that says what it means; it stays readable for those who rely on it."""
    edition = edition_for(Act.RETIRE, slug, number)
    form = PageForm()
    if form.submitted():
        if edition.retired_at is None:
            edition.retired_at = clock.now()
            record(session(), me(), AuditAct.RETIRED, Thing("edition", edition.owner_id, f"{slug}/{number}"))
        flash(f"{edition.label} is retired. It can still be read, and put back in use.")
        return redirect(url_for("roles.show_edition", slug=slug, number=number), 303)
    others = [card for card in tables.list_edition_cards(session(), slug) if card.number != number]
    in_use = next((card for card in others if card.retired_at is None), None)
    return render_template("roles/editions/retire.html", edition=edition.card, in_use=in_use, form=form)


@pages.route("/editions/<slug>/<int:number>/restore", methods=["POST"])
@needs(Act.RETIRE, "edition")
def restore_edition(slug: str, number: int) -> ResponseReturnValue:
    """Return a retired edition into use."""
    edition = edition_for(Act.RETIRE, slug, number)
    if edition.retired_at is not None and PageForm().submitted():
        edition.retired_at = None
        record(session(), me(), AuditAct.RESTORED, Thing("edition", edition.owner_id, f"{slug}/{number}"))
        flash(f"{edition.label} is in use again.")
    return redirect(url_for("roles.show_edition", slug=slug, number=number), 303)


def _find_by_name(name: str) -> tables.EditionRow:
    slug, _, number = name.partition("/")
    if not number.isdecimal() or len(number) > 6:
        raise NotFoundError
    return edition_for(Act.READ, slug, int(number))
