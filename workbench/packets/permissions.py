"""What people may do to recipes and to print runs (the thing "packet")."""

from workbench.accounts.model import Kind, Relation
from workbench.accounts.permissions import Act, Grants, allow

PERMISSIONS: Grants = (
    allow("recipe", (Act.LIST,), Kind.HR, Kind.LEADER),
    allow("recipe", (Act.CREATE, Act.EDIT), Kind.HR),
    allow("packet", (Act.LIST, Act.CREATE), Kind.HR, Kind.LEADER),
    allow("packet", (Act.READ, Act.SHARE, Act.ERASE), Kind.HR),
    allow("packet", (Act.READ, Act.SHARE), Kind.LEADER, relation=Relation.OWNER),
)
