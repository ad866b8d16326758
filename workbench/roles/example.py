"""Roles for the example company: one that is being written and one that is published, both taken from the library."""

from dataclasses import replace

from sqlalchemy.orm import Session

from workbench.accounts.audit import record
from workbench.accounts.model import Person, Thing
from workbench.core.jobs import later
from workbench.roles import library, tables
from workbench.roles.model import Pay, Role

DRAFTED = "account-executive-mid-market"
PUBLISHED = "account-manager"


def seed_roles(session: Session, writer: Person, publisher: Person) -> None:
    """Give `writer` a draft and `publisher` a published edition, and have both printed."""
    roles = library.library()
    draft = tables.add_draft(session, _paid(roles[DRAFTED], 65_000_00, 85_000_00), writer.id, library=DRAFTED)
    draft.mark_section("seat", done=True)
    source = tables.add_draft(session, _paid(roles[PUBLISHED], 60_000_00, 78_000_00), publisher.id, library=PUBLISHED)
    edition = tables.publish(session, source, publisher.id, {})
    record(session, publisher, "published", Thing("edition", publisher.id, f"{edition.slug}/{edition.number}"))
    later(session, "press-draft", key=f"press-draft:{draft.id}", draft=draft.id)
    later(session, "press-draft", key=f"press-draft:{source.id}", draft=source.id)
    later(session, "press-edition", key=f"press-edition:{edition.id}", edition=edition.id)


def _paid(role: Role, minimum: int, maximum: int) -> Role:
    """Set the pay that a library role leaves open; the figures are Northwind's, in cents a year."""
    pay: Pay = replace(role.pay, minimum=minimum, maximum=maximum)
    return replace(role, pay=pay)
