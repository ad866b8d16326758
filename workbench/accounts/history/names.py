"""What the things of the trail are called: each capability adds a function for its own kinds of things."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from workbench.accounts.history.model import AuditLine, HistoryLine, ThingName, history_line
from workbench.accounts.model import Thing
from workbench.accounts.permissions import Act, may
from workbench.accounts.tables import PersonRow
from workbench.accounts.web import me

FindNames = Callable[[Session, Collection[str]], Mapping[str, ThingName]]
_FINDERS: dict[str, FindNames] = {}


def names_of(kind: str) -> Callable[[FindNames], FindNames]:
    """Add the function that finds the names of things of this kind by their keys."""

    def add(find: FindNames) -> FindNames:
        _FINDERS[kind] = find
        return find

    return add


def history_lines(session: Session, lines: Collection[AuditLine]) -> list[HistoryLine]:
    """Return the lines as sentences; the names of all things of a kind are read at once."""
    keys = defaultdict(set)
    for line in lines:
        if line.key:
            keys[line.thing].add(line.key)
    names = {kind: find(session, keys[kind]) for kind, find in _FINDERS.items() if keys[kind]}
    return [history_line(line, names.get(line.thing, {}).get(line.key)) for line in lines]


@names_of("person")
def _find_people(session: Session, keys: Collection[str]) -> Mapping[str, ThingName]:
    numbers = [int(key) for key in keys if key.isdecimal()]
    may_edit = may(me(), Act.EDIT, Thing("person"))
    rows = session.execute(select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(numbers)))
    return {
        str(number): ThingName(name, url_for("accounts.edit_person", number=number) if may_edit else "")
        for number, name in rows
    }
