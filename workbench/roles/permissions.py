"""What people may do to drafts, editions, metrics and documents, and who sees the pay of a role."""

from workbench.accounts.model import Kind, Person, Relation, Thing
from workbench.accounts.permissions import Act, Grants, allow, may
from workbench.roles.documents.kinds import DOCUMENTS
from workbench.roles.model import Role

# Every person may see that there are roles ("list" shows titles). "pay" is the pay of a role before it is released.
# A document is read by those who may read both its kind and the draft or the list of editions that it belongs to.
PERMISSIONS: Grants = (
    allow("metric", (Act.CREATE,), Kind.HR, Kind.LEADER),
    allow("metric", (Act.EDIT,), Kind.HR),
    allow("metric", (Act.EDIT,), Kind.LEADER, relation=Relation.OWNER),
    allow("draft", (Act.LIST,)),
    allow("draft", (Act.READ, Act.PRINT), Kind.HR),
    allow("draft", (Act.CREATE,), Kind.LEADER),
    allow("draft", (Act.READ, Act.EDIT, Act.PUBLISH, Act.PRINT), Kind.LEADER, relation=Relation.OWNER),
    allow("shelf", (Act.LIST,), Kind.LEADER),
    allow("shelf", (Act.EDIT,), Kind.LEADER, relation=Relation.OWNER),
    allow("edition", (Act.LIST,)),
    allow("edition", (Act.READ, Act.PRINT), Kind.HR),
    allow("edition", (Act.READ,), Kind.LEADER),
    allow("edition", (Act.PRINT, Act.RETIRE), Kind.LEADER, relation=Relation.OWNER),
    allow("pay", (Act.READ,), Kind.HR),
    allow("pay", (Act.READ,), Kind.LEADER, relation=Relation.OWNER),
    *(
        grant
        for document in DOCUMENTS.values()
        for grant in (
            allow(document.kind, (Act.READ,), *document.readers),
            allow(document.kind, (Act.PRINT,), Kind.HR),
            allow(document.kind, (Act.PRINT,), Kind.LEADER, relation=Relation.OWNER),
        )
    ),
)


def may_see_pay(person: Person, owner: int | None) -> bool:
    """Return whether a person may see pay before it is released: those who may read the "pay" of the owner."""
    return may(person, Act.READ, Thing("pay", owner))


def visible_role(person: Person, role: Role, owner: int | None) -> Role:
    """Return the role of a draft or an edition as a person may see it; released pay is seen by every reader."""
    return role if may_see_pay(person, owner) else role.without_unreleased_pay()
