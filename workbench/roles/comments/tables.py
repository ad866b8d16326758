"""The comments on drafts, as threads."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.accounts.tables import PersonRow
from workbench.core import clock
from workbench.core.db import Base
from workbench.roles.comments.model import Comment, CommentCounts, SuggestionOutcome, Thread


class CommentRow(Base):
    """One comment; a reply has the number of the first comment of its thread, which alone has a part and a suggestion."""

    __tablename__ = "comment"
    __table_args__ = (Index("ix_comment_draft", "draft_id", "part"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"))
    first_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    part: Mapped[str] = mapped_column(String(120))
    field: Mapped[str] = mapped_column(String(40), default="")
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text)
    suggestion: Mapped[str] = mapped_column(Text, default="")
    based_on: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[str] = mapped_column(String(10), default=SuggestionOutcome.OPEN.value)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    def close(self, person: int, outcome: SuggestionOutcome = SuggestionOutcome.OPEN) -> None:
        """Resolve the thread, with the decision about its suggestion."""
        self.closed_at, self.closed_by, self.outcome = clock.now(), person, outcome

    def reopen(self) -> None:
        """Open a resolved thread again; a decision about its suggestion stays."""
        self.closed_at = self.closed_by = None


def find_thread(session: Session, draft_id: int, number: int) -> CommentRow | None:
    """Find the first comment of a thread of a draft."""
    is_first = CommentRow.id == number, CommentRow.draft_id == draft_id, CommentRow.first_id.is_(None)
    return session.scalar(select(CommentRow).where(*is_first))


def list_threads(session: Session, draft_id: int, part: str | None = None) -> list[Thread]:
    """List the threads of a draft, or those at one part and inside it; the oldest first."""
    query = (
        select(CommentRow, PersonRow.name)
        .join(PersonRow, PersonRow.id == CommentRow.author_id)
        .where(CommentRow.draft_id == draft_id)
    )
    if part is not None:
        query = query.where((CommentRow.part == part) | CommentRow.part.startswith(f"{part}/", autoescape=True))
    rows = [(row, name) for row, name in session.execute(query.order_by(CommentRow.id))]
    replies: dict[int, list[Comment]] = {}
    for row, name in rows:
        if row.first_id is not None:
            replies.setdefault(row.first_id, []).append(_comment(row, name))
    return [_thread(row, name, replies.get(row.id, ())) for row, name in rows if row.first_id is None]


def count_open(session: Session, draft_id: int) -> CommentCounts:
    """Count the open threads of a draft by their parts."""
    is_open = CommentRow.draft_id == draft_id, CommentRow.first_id.is_(None), CommentRow.closed_at.is_(None)
    return CommentCounts(Counter(session.scalars(select(CommentRow.part).where(*is_open))))


def list_authors(session: Session, number: int) -> set[int]:
    """Return the people who wrote in a thread."""
    in_thread = (CommentRow.id == number) | (CommentRow.first_id == number)
    return set(session.scalars(select(CommentRow.author_id).where(in_thread)))


def _comment(row: CommentRow, name: str) -> Comment:
    return Comment(row.id, name, row.text, row.at)


def _thread(row: CommentRow, name: str, replies: Sequence[Comment]) -> Thread:
    return Thread(
        _comment(row, name),
        tuple(replies),
        row.part,
        row.field,
        row.suggestion,
        row.based_on,
        SuggestionOutcome(row.outcome),
        row.closed_at is not None,
    )
