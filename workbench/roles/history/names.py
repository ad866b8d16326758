"""What roles are called on the history page."""

from collections.abc import Collection, Mapping

from flask import url_for
from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from workbench.accounts.history.model import ThingName
from workbench.accounts.history.names import names_of
from workbench.accounts.model import Thing
from workbench.accounts.permissions import Act, may
from workbench.accounts.web import me
from workbench.roles.own_metrics.tables import MetricRow
from workbench.roles.tables import DraftRow, EditionRow


@names_of("draft")
def find_drafts(session: Session, keys: Collection[str]) -> Mapping[str, ThingName]:
    """Return the titles of drafts, with a link for those who may read them."""
    rows = session.execute(select(DraftRow.slug, DraftRow.title, DraftRow.owner_id).where(DraftRow.slug.in_(keys)))
    return {
        slug: ThingName(
            title, url_for("roles.show_draft", slug=slug) if may(me(), Act.READ, Thing("draft", owner, slug)) else ""
        )
        for slug, title, owner in rows
    }


@names_of("edition")
def find_editions(session: Session, keys: Collection[str]) -> Mapping[str, ThingName]:
    """Return the titles of editions, with a link for those who may read them; a key is `account-manager/2`."""
    places = [(slug, int(number)) for slug, _, number in (key.partition("/") for key in keys) if number.isdecimal()]
    rows = session.execute(
        select(EditionRow.slug, EditionRow.number, EditionRow.title, EditionRow.owner_id).where(
            tuple_(EditionRow.slug, EditionRow.number).in_(places)
        )
    )
    return {
        f"{slug}/{number}": ThingName(
            f"{title}, Edition {number}",
            url_for("roles.show_edition", slug=slug, number=number)
            if may(me(), Act.READ, Thing("edition", owner, f"{slug}/{number}"))
            else "",
        )
        for slug, number, title, owner in rows
    }


@names_of("metric")
def find_metrics(session: Session, keys: Collection[str]) -> Mapping[str, ThingName]:
    """Return the names of the company's own metrics; everybody may read them."""
    rows = session.scalars(select(MetricRow).where(MetricRow.code.in_(keys)))
    return {row.code: ThingName(row.metric.name, url_for("roles.show_metric", code=row.code)) for row in rows}
