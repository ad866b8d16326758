"""Find the draft or edition that an address names, if the person may use it."""

from flask import request

from workbench.accounts.model import Thing
from workbench.accounts.permissions import Act
from workbench.accounts.web import require
from workbench.core.db import NotFoundError
from workbench.core.web.session import SAFE_METHODS, session
from workbench.roles import tables


def draft_for(act: Act, slug: str) -> tables.DraftRow:
    """Find a draft that the person may `act` on; otherwise answer 404, which does not reveal whether it exists."""
    draft = tables.find_draft(session(), slug, lock=request.method not in SAFE_METHODS)
    if draft is None:
        raise NotFoundError
    require(act, Thing("draft", draft.owner_id, draft.slug))
    return draft


def edition_for(act: Act, slug: str, number: int) -> tables.EditionRow:
    """Find an edition that the person may `act` on; otherwise answer 404."""
    edition = tables.find_edition(session(), slug, number)
    if edition is None:
        raise NotFoundError
    require(act, Thing("edition", edition.owner_id, f"{slug}/{number}"))
    return edition
