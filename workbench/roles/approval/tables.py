"""The requests to approve drafts, with the answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from workbench.accounts.model import Kind, Person, Relation, Thing
from workbench.accounts.tables import PersonRow, name_of
from workbench.core import clock
from workbench.core.db import Base
from workbench.core.shape import digest
from workbench.roles.approval.model import Agreement, Approval, ApprovalRequest, Verdict
from workbench.roles.tables import DraftRow, EditionRow


class ApprovalRow(Base):
    """The answer of one person to a request; `digest` is that of the role that the person saw."""

    __tablename__ = "approval"
    __table_args__ = (UniqueConstraint("request_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("approval_request.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    verdict: Mapped[str] = mapped_column(String(10), default=Verdict.OPEN.value)
    note: Mapped[str] = mapped_column(Text, default="")
    digest: Mapped[str] = mapped_column(String(64), default="")
    answered_at: Mapped[datetime | None] = mapped_column(default=None)


class ApprovalRequestRow(Base):
    """A request to approve a draft; a draft has at most one open request, until it is withdrawn or published."""

    __tablename__ = "approval_request"
    __table_args__ = (Index("ix_approval_request_draft", "draft_id", "closed_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"))
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    needed: Mapped[int]
    any_hr: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    approvals: Mapped[list[ApprovalRow]] = relationship(order_by="ApprovalRow.id", passive_deletes=True)

    def thing_for(self, session: Session, draft: DraftRow) -> Thing:
        """Return the request as the thing of an act: it is answered by the people who were asked."""
        people = {row.person_id for row in self.approvals}
        if self.any_hr:
            people |= set(session.scalars(select(PersonRow.id).where(PersonRow.kind == Kind.HR)))
        others = frozenset((Relation.APPROVER, person) for person in people - {draft.owner_id})
        return Thing("approval", draft.owner_id, draft.slug, others)


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request that a person has not answered for the text as it is now."""

    slug: str
    title: str
    asked_by: str
    asked_at: datetime


def ask(
    session: Session, draft: DraftRow, asked_by: int, people: Iterable[int], needed: int, note: str, *, any_hr: bool
) -> None:
    """Ask people to approve a draft; a request that was open before is closed."""
    if (before := find_request(session, draft.id)) is not None:
        before.closed_at = clock.now()
    approvals = [ApprovalRow(person_id=person) for person in people]
    session.add(
        ApprovalRequestRow(
            draft_id=draft.id, asked_by=asked_by, note=note, needed=needed, any_hr=any_hr, approvals=approvals
        )
    )
    session.flush()


def find_request(session: Session, draft_id: int) -> ApprovalRequestRow | None:
    """Find the open request to approve a draft."""
    is_open = ApprovalRequestRow.draft_id == draft_id, ApprovalRequestRow.closed_at.is_(None)
    return session.scalar(select(ApprovalRequestRow).where(*is_open).order_by(ApprovalRequestRow.id.desc()).limit(1))


def answer(
    session: Session, request: ApprovalRequestRow, draft: DraftRow, person: int, verdict: Verdict, note: str
) -> None:
    """Store a person's answer for the draft as it is now; a later answer replaces it."""
    row = next((each for each in request.approvals if each.person_id == person), None)
    if row is None:
        row = ApprovalRow(person_id=person)
        request.approvals.append(row)
    row.verdict, row.note, row.digest, row.answered_at = verdict, note, digest(draft.role), clock.now()
    session.flush()


def read_request(session: Session, draft: DraftRow) -> ApprovalRequest | None:
    """Read the open request to approve a draft, with the answers as they stand for the draft as it is now."""
    row = find_request(session, draft.id)
    if row is None:
        return None
    now = digest(draft.role)
    approvals = tuple(
        Approval(
            each.person_id,
            name_of(session, each.person_id),
            Verdict(each.verdict),
            each.note,
            each.answered_at,
            each.digest == now,
        )
        for each in row.approvals
    )
    return ApprovalRequest(name_of(session, row.asked_by), row.asked_at, row.note, row.needed, row.any_hr, approvals)


def missing_approval(session: Session, draft: DraftRow) -> str:
    """Return why a draft may not be published yet: approvals that were asked for and are not there; else an empty text."""
    request = read_request(session, draft)
    if request is None or request.is_given:
        return ""
    return f"{request.sentence} Wait for them, or withdraw the request."


def close_request(session: Session, draft: DraftRow, edition: EditionRow) -> None:
    """Close the open request of a draft that was published, and keep who agreed with the edition."""
    request, row = read_request(session, draft), find_request(session, draft.id)
    if request is None or row is None:
        return
    edition.agreed = [
        {"person": each.person, "note": each.note, "at": each.at.isoformat()} for each in request.agreed if each.at
    ]
    row.closed_at = clock.now()


def list_agreements(session: Session, edition: EditionRow) -> list[Agreement]:
    """List the people who approved the text of an edition before it was published."""
    return [
        Agreement(name_of(session, each["person"]), each["note"], datetime.fromisoformat(each["at"]))
        for each in edition.agreed
    ]


def open_requests_for(session: Session, person: Person) -> list[OpenRequest]:
    """List the requests that wait for a person's answer, the oldest first."""
    query = (
        select(ApprovalRequestRow, DraftRow)
        .join(DraftRow, DraftRow.id == ApprovalRequestRow.draft_id)
        .where(ApprovalRequestRow.closed_at.is_(None), DraftRow.removed_at.is_(None))
        .order_by(ApprovalRequestRow.id)
    )
    asked = select(ApprovalRow.request_id).where(ApprovalRow.person_id == person.id)
    any_hr = ApprovalRequestRow.any_hr if person.kind is Kind.HR else false()
    is_asked = or_(ApprovalRequestRow.id.in_(asked), any_hr)
    return [
        OpenRequest(draft.slug, draft.title, name_of(session, row.asked_by), row.asked_at)
        for row, draft in session.execute(query.where(is_asked, DraftRow.owner_id != person.id))
        if not _has_answered(row, draft, person)
    ]


def _has_answered(row: ApprovalRequestRow, draft: DraftRow, person: Person) -> bool:
    """Return whether a person has answered for the draft as it is now, or need not: HR, once the others have."""
    now = digest(draft.role)
    named = [each for each in row.approvals if each.person_id == person.id]
    answered = [each for each in row.approvals if each.verdict and each.digest == now]
    return any(each in answered for each in named) or (not named and len(answered) >= row.needed)
