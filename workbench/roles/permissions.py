"""What people may do to drafts, editions, metrics and the documents of an edition."""

from workbench.accounts.model import Kind, Relation
from workbench.accounts.permissions import Act, Grants, allow
from workbench.roles.documents.kinds import DOCUMENTS

# Every person may see that there are roles ("list" shows titles). "pay" is the pay of an edition before it is released.
PERMISSIONS: Grants = (
    allow("metric", (Act.CREATE,), Kind.HR, Kind.LEADER),
    allow("metric", (Act.EDIT,), Kind.HR),
    allow("metric", (Act.EDIT,), Kind.LEADER, relation=Relation.OWNER),
    allow("draft", (Act.LIST,)),
    allow("draft", (Act.READ, Act.PRINT), Kind.HR),
    allow("draft", (Act.CREATE,), Kind.LEADER),
    allow("draft", (Act.READ, Act.EDIT, Act.PUBLISH, Act.PRINT), Kind.LEADER, relation=Relation.OWNER),
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
