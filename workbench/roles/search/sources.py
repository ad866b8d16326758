"""What capabilities above the roles add to a search: each gives a function that finds its own things."""

from collections.abc import Callable, Iterable
from typing import cast

from flask import current_app
from sqlalchemy.orm import Session

from workbench.accounts.model import Person
from workbench.core.text.near_words import Term
from workbench.core.web.app import Workbench
from workbench.roles.search.model import HitGroup

# Finds what a person may see, by the terms of a search; an empty group where there is nothing.
SearchSource = Callable[[Session, Person, tuple[Term, ...]], HitGroup]


def add_sources(app: Workbench, sources: Iterable[SearchSource]) -> None:
    """Add what a capability finds to the search of an app."""
    app.extensions.setdefault("search", []).extend(sources)


def list_sources() -> list[SearchSource]:
    """List the sources that the capabilities of this app added."""
    return cast("list[SearchSource]", current_app.extensions.get("search", []))
