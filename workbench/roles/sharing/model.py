"""The levels at which a draft is shared, and the relations that they give to a person."""

from dataclasses import dataclass
from enum import StrEnum

from workbench.accounts.model import Relation


class AccessLevel(StrEnum):
    """What a person may do with a draft that is shared with them; each level includes the one before."""

    READ = "read"
    COMMENT = "comment"
    EDIT = "edit"


LEVEL_WORDS = {
    AccessLevel.READ: "Read",
    AccessLevel.COMMENT: "Read and comment",
    AccessLevel.EDIT: "Read, comment and edit",
}
RELATIONS = {
    AccessLevel.READ: Relation.READER,
    AccessLevel.COMMENT: Relation.COMMENTER,
    AccessLevel.EDIT: Relation.EDITOR,
}


def relations_of(person: int, level: AccessLevel, *, sees_pay: bool) -> frozenset[tuple[Relation, int]]:
    """Return the relations of a collaborator to a draft, as a `Thing` has them in `others`."""
    relations = {RELATIONS[level], *([Relation.PAY_READER] if sees_pay else [])}
    return frozenset((relation, person) for relation in relations)


@dataclass(frozen=True, slots=True)
class Collaborator:
    """A person with whom a draft is shared, as its page shows them."""

    id: int
    name: str
    level: AccessLevel
    sees_pay: bool

    @property
    def words(self) -> str:
        """Return what the person may do, in words."""
        return LEVEL_WORDS[self.level] + (", and see the pay" if self.sees_pay else "")
