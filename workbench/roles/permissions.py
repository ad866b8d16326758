"""What people may do to drafts, editions, metrics and documents, and who sees the pay of a role."""

from workbench.accounts.model import NO_OTHERS, Kind, Others, Person, Relation, Thing
from workbench.accounts.permissions import Act, Grants, allow, may
from workbench.roles.documents.kinds import DOCUMENTS
from workbench.roles.model import Role

OWNER_ACTS = (Act.READ, Act.COMMENT, Act.EDIT, Act.PUBLISH, Act.PRINT, Act.SHARE, Act.HAND_OVER, Act.ERASE)
# An admin looks after people and settings, and reads no drafts.
COLLABORATORS = (Kind.HR, Kind.LEADER, Kind.INTERVIEWER)
# Every person may see that there are roles ("list" shows titles). "pay" is the pay of a role before it is released.
# A document is read by those who may read both its kind and the draft or the list of editions that it belongs to.
PERMISSIONS: Grants = (
    allow("metric", (Act.CREATE,), Kind.HR, Kind.LEADER),
    allow("metric", (Act.EDIT,), Kind.HR),
    allow("metric", (Act.EDIT,), Kind.LEADER, relation=Relation.OWNER),
    allow("draft", (Act.LIST,)),
    allow("draft", (Act.READ, Act.COMMENT, Act.PRINT, Act.HAND_OVER, Act.AGREE), Kind.HR),
    allow("draft", (Act.CREATE,), Kind.LEADER),
    allow("shelf", (Act.LIST,), Kind.HR, Kind.LEADER),
    allow("shelf", (Act.EDIT,), Kind.HR, Kind.LEADER, relation=Relation.OWNER),
    allow("plan", (Act.CREATE,), Kind.HR, Kind.LEADER),
    allow("plan", (Act.EDIT,), Kind.HR, Kind.LEADER, relation=Relation.OWNER),
    allow("draft", OWNER_ACTS, Kind.LEADER, relation=Relation.OWNER),
    allow("draft", (Act.READ,), *COLLABORATORS, relation=Relation.READER),
    allow("draft", (Act.READ, Act.COMMENT), *COLLABORATORS, relation=Relation.COMMENTER),
    allow("draft", (Act.READ, Act.COMMENT, Act.EDIT, Act.PRINT), Kind.HR, Kind.LEADER, relation=Relation.EDITOR),
    allow("approval", (Act.APPROVE,), *COLLABORATORS, relation=Relation.APPROVER),
    allow("edition", (Act.LIST,)),
    allow("edition", (Act.READ, Act.PRINT, Act.SHARE), Kind.HR),
    allow("edition", (Act.READ,), Kind.LEADER),
    allow("edition", (Act.PRINT, Act.RETIRE, Act.SHARE), Kind.LEADER, relation=Relation.OWNER),
    allow("pay", (Act.READ,), Kind.HR),
    allow("pay", (Act.READ,), Kind.LEADER, relation=Relation.OWNER),
    allow("pay", (Act.READ,), *COLLABORATORS, relation=Relation.PAY_READER),
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


def visible_role(person: Person, role: Role, owner: int | None, others: Others = NO_OTHERS) -> Role:
    """Return the role of a draft or an edition as a person may see it; released pay is seen by every reader.

    Before its release those see it who may read the "pay" of the owner: HR, the owner, and the collaborators of a
    draft (`others`) whom the owner shows it to.
    """
    return role if may(person, Act.READ, Thing("pay", owner, others=others)) else role.without_unreleased_pay()
