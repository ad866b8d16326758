"""Find print runs for the search over everything: by the run's name, recipe, roles and people."""

from flask import url_for
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from workbench.accounts.model import Person, Thing
from workbench.accounts.permissions import Act, may, may_sometimes
from workbench.core.paging import PAGE_SIZE
from workbench.core.text.near_words import Term
from workbench.packets.tables import PrintRunRow
from workbench.roles.search.model import HitGroup, SearchHit


def find_runs(session: Session, person: Person, terms: tuple[Term, ...]) -> HitGroup:
    """Find the runs that a person may read, the latest first."""
    if not may_sometimes(person, Act.READ, "packet"):
        return HitGroup("run", "Print runs", (), 0)
    row = PrintRunRow
    conditions = [or_(*(row.search_text.contains(word, autoescape=True) for word in term.words)) for term in terms]
    if not may(person, Act.READ, Thing("packet")):
        conditions.append(row.person_id == person.id)
    query = select(row.id, row.choices["name"].as_string(), row.choices["recipe"]["title"].as_string(), row.role_titles)
    found = session.execute(query.where(*conditions).order_by(row.id.desc()).limit(PAGE_SIZE)).all()
    total = session.scalar(select(func.count()).select_from(row).where(*conditions)) or 0
    hits = tuple(
        SearchHit(name or recipe, f"Run {number}: {titles}", url_for("packets.show_run", number=number))
        for number, name, recipe, titles in found
    )
    return HitGroup("run", "Print runs", hits, total)
