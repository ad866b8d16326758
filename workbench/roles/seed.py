"""The roles of the example company: a draft and a published role, both from the library, and a metric of its own."""

from dataclasses import replace

from sqlalchemy.orm import Session

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.model import Person, Thing
from workbench.core.jobs.tables import enqueue
from workbench.metrics.catalogue import SYSTEMS
from workbench.metrics.model import Direction, Metric, Period, Source, Timing, Unit
from workbench.roles import library, tables
from workbench.roles.model import Pay, Role
from workbench.roles.own_metrics.forms import NOT_IN_SYSTEM
from workbench.roles.own_metrics.tables import add_metric
from workbench.roles.promises.model import confirm

DRAFT_ROLE = "account-executive-mid-market"
PUBLISHED_ROLE = "account-manager"
DEMOS = Metric(
    code="own_demos_given",
    name="Demos given",
    meaning="Demos that a person with a say in the purchase sat through.",
    numerator="demos given to a buyer with a say",
    filter="Recorded demos that nobody joined are left out",
    unit=Unit.COUNT,
    direction=Direction.HIGHER,
    timing=Timing.LEADING,
    why="At Northwind a demo comes four to six weeks before the order.",
    cadence=Period.WEEK,
    phrase="give {n} demos",
    phrase_one="give {n} demo",
    sources=tuple(
        Source(system, "Event: Type = Demo, Outcome = Held" if system == "Salesforce" else NOT_IN_SYSTEM)
        for system in SYSTEMS
    ),
    activity=True,
    kept_honest_by=("win_rate_n",),
)


def seed_roles(session: Session, writer: Person, publisher: Person) -> None:
    """Add a draft of `writer` and a published edition of `publisher`, and queue the printing of both."""
    roles = library.library()
    draft = tables.add_draft(session, _with_pay(roles[DRAFT_ROLE], 65_000_00, 85_000_00), writer.id, library=DRAFT_ROLE)
    draft.keep_part("seat")
    published = confirm(_with_pay(roles[PUBLISHED_ROLE], 60_000_00, 78_000_00))
    source = tables.add_draft(session, published, publisher.id, library=PUBLISHED_ROLE)
    edition = tables.publish(session, source, publisher.id)
    record(session, publisher, AuditAct.PUBLISHED, Thing("edition", publisher.id, f"{edition.slug}/{edition.number}"))
    add_metric(session, DEMOS, writer.id)
    enqueue(session, "press-draft", key=f"press-draft:{draft.id}", draft=draft.id)
    enqueue(session, "press-draft", key=f"press-draft:{source.id}", draft=source.id)
    enqueue(session, "press-edition", key=f"press-edition:{edition.id}", edition=edition.id)


def _with_pay(role: Role, minimum: int, maximum: int) -> Role:
    """Set the pay that a library role leaves open; the figures are Northwind's, in cents a year."""
    pay: Pay = replace(role.pay, minimum=minimum, maximum=maximum)
    return replace(role, pay=pay)
