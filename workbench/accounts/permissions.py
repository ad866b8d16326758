"""Who may do what: each capability declares its grants, the app composes them, and nothing else is allowed."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from workbench.accounts.model import Kind, Person, Relation, Thing


class Act(StrEnum):
    """What a person may do to a thing."""

    LIST = "list"
    READ = "read"
    CREATE = "create"
    COMMENT = "comment"
    EDIT = "edit"
    APPROVE = "approve"
    PUBLISH = "publish"
    AGREE = "agree"
    PRINT = "print"
    RETIRE = "retire"
    SHARE = "share"
    HAND_OVER = "hand over"
    ERASE = "erase"


@dataclass(frozen=True, slots=True)
class Grant:
    """The acts that some kinds of people may do to a kind of thing: to any, or to those in one `relation` to them."""

    thing: str
    acts: frozenset[Act]
    people: frozenset[Kind]
    relation: Relation | None = None


Grants = tuple[Grant, ...]
EVERY_KIND = frozenset(Kind)
_composed: dict[str, tuple[Grant, ...]] = {}


def allow(thing: str, acts: Iterable[Act], *people: Kind, relation: Relation | None = None) -> Grant:
    """Return a grant; without `people` it is for every kind of person."""
    return Grant(thing, frozenset(acts), frozenset(people) or EVERY_KIND, relation)


# "library" is everything that each person may see, such as the ready-made roles.
PERMISSIONS: Grants = (
    allow("account", (Act.READ, Act.EDIT), relation=Relation.OWNER),
    allow("library", (Act.READ,)),
    allow("person", (Act.LIST, Act.CREATE, Act.EDIT), Kind.ADMIN),
    allow("settings", (Act.READ, Act.EDIT), Kind.ADMIN, Kind.HR),
    allow("audit", (Act.READ,), Kind.ADMIN, Kind.HR),
)


def compose(*tables: Grants) -> None:
    """Combine the grants of every capability; each program does it once, as it starts."""
    _composed.clear()
    for grant in (grant for table in tables for grant in table):
        _composed[grant.thing] = (*_composed.get(grant.thing, ()), grant)


def kinds_of_things() -> tuple[str, ...]:
    """Return the kinds of things that a capability has declared."""
    return tuple(_composed)


def may(person: Person, act: str, thing: Thing) -> bool:
    """Return whether a person may do an act to a thing.

    Raise KeyError for a kind of thing that no capability declares, ValueError for an unknown act.
    """
    grants, requested = _composed[thing.kind], Act(act)
    if not person.active:
        return False
    relations = {None, *thing.relations_of(person)}
    return any(
        requested in grant.acts and person.kind in grant.people and grant.relation in relations for grant in grants
    )


def may_sometimes(person: Person, act: str, kind: str) -> bool:
    """Return whether a person may do an act to some thing of this kind, at least to one in a relation to them."""
    related = frozenset((relation, person.id) for relation in Relation)
    return may(person, act, Thing(kind, person.id, others=related))
