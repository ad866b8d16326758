"""The answers to the findings about a draft, and the requests for the agreement of a second person."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.accounts.tables import PersonRow
from workbench.core import clock
from workbench.core.db import Base
from workbench.core.findings import Finding
from workbench.roles.model import Role
from workbench.roles.publishing.model import FindingAnswer, TextAgreement, content_at, finding_digest
from workbench.roles.tables import DraftRow


class FindingMixin:
    """The columns that name one finding about a draft, as long as its text is the same."""

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"), index=True)
    rule: Mapped[str] = mapped_column(String(60))
    place: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    finding: Mapped[str] = mapped_column(Text)


class FindingAnswerRow(FindingMixin, Base):
    """The answer of a person to one finding about a draft."""

    __tablename__ = "finding_answer"
    __table_args__ = (UniqueConstraint("draft_id", "digest"),)

    reason: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)


class AgreementRow(FindingMixin, Base):
    """One request that a second person agrees to a text, and the answer."""

    __tablename__ = "agreement"
    __table_args__ = (UniqueConstraint("draft_id", "digest"),)

    text: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    agreed: Mapped[bool | None] = mapped_column(default=None)
    reply: Mapped[str] = mapped_column(Text, default="")

    @property
    def value(self) -> TextAgreement:
        """Return the request as a value."""
        return TextAgreement(**{name: getattr(self, name) for name in TextAgreement.__dataclass_fields__})

    def decide(self, person: int, reply: str, *, agreed: bool) -> None:
        """Store the answer of the second person."""
        self.decided_by, self.decided_at, self.agreed, self.reply = person, clock.now(), agreed, reply


@dataclass(frozen=True, slots=True)
class AgreementRequest:
    """A request in the list of those that wait: what it is about, who asked, and since when."""

    number: int
    slug: str
    title: str
    finding: str
    who: str
    asked_at: datetime


def list_answers(session: Session, draft: int) -> list[FindingAnswer]:
    """List the answers to the findings about a draft, the earliest first."""
    query = (
        select(FindingAnswerRow, PersonRow.name)
        .join(PersonRow, PersonRow.id == FindingAnswerRow.person_id)
        .where(FindingAnswerRow.draft_id == draft)
        .order_by(FindingAnswerRow.at, FindingAnswerRow.id)
    )
    return [
        FindingAnswer(row.id, row.rule, row.place, row.finding, row.digest, row.reason, name, row.at)
        for row, name in session.execute(query)
    ]


def store_answer(session: Session, draft: int, role: Role, finding: Finding, reason: str, person: int) -> None:
    """Store the words of a person about a finding, instead of the words before."""
    key = finding_digest(role, finding)
    same = select(FindingAnswerRow).where(FindingAnswerRow.draft_id == draft, FindingAnswerRow.digest == key)
    row = session.scalar(same)
    if row is None:
        row = FindingAnswerRow(
            draft_id=draft, rule=finding.rule, place=finding.place, digest=key, finding=finding.reason
        )
        session.add(row)
    row.reason, row.person_id, row.at = reason, person, clock.now()
    session.flush()


def remove_answer(session: Session, draft: int, number: int) -> None:
    """Remove an answer, so that its finding is open again."""
    session.execute(delete(FindingAnswerRow).where(FindingAnswerRow.draft_id == draft, FindingAnswerRow.id == number))


def list_agreements(session: Session, draft: int) -> list[TextAgreement]:
    """List the requests about a draft, the earliest first."""
    query = select(AgreementRow).where(AgreementRow.draft_id == draft).order_by(AgreementRow.id)
    return [row.value for row in session.scalars(query)]


def find_agreement(session: Session, draft: int, number: int) -> AgreementRow | None:
    """Find a request about a draft by its number."""
    return session.scalar(select(AgreementRow).where(AgreementRow.draft_id == draft, AgreementRow.id == number))


def ask_agreement(session: Session, draft: int, role: Role, finding: Finding, note: str, person: int) -> AgreementRow:
    """Ask for the agreement of a second person; a refused request is asked again with its new note."""
    key = finding_digest(role, finding)
    row = session.scalar(select(AgreementRow).where(AgreementRow.draft_id == draft, AgreementRow.digest == key))
    if row is None:
        row = AgreementRow(draft_id=draft, rule=finding.rule, place=finding.place, digest=key, finding=finding.reason)
        session.add(row)
    row.text, row.note = "\n".join(content_at(role, finding.place)), note
    row.asked_by, row.asked_at = person, clock.now()
    row.decided_by = row.decided_at = row.agreed = None
    row.reply = ""
    session.flush()
    return row


def open_requests(session: Session) -> list[AgreementRequest]:
    """List the requests that wait for an answer, the earliest first; those about drafts in the trash are left out."""
    query = (
        select(AgreementRow, DraftRow.slug, DraftRow.title, PersonRow.name)
        .join(DraftRow, DraftRow.id == AgreementRow.draft_id)
        .join(PersonRow, PersonRow.id == AgreementRow.asked_by)
        .where(AgreementRow.decided_at.is_(None), DraftRow.removed_at.is_(None))
        .order_by(AgreementRow.asked_at, AgreementRow.id)
    )
    return [
        AgreementRequest(row.id, slug, title, row.finding, name, row.asked_at)
        for row, slug, title, name in session.execute(query)
    ]
