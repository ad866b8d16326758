"""A request to approve a draft, the answers to it, and whether it has the agreement that it asks for."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """The answer of a person who was asked."""

    OPEN = ""
    APPROVED = "approved"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Approval:
    """One person's answer; it is `current` while the draft says what it said when the person answered."""

    person: int
    name: str
    verdict: Verdict
    note: str
    at: datetime | None
    current: bool

    @property
    def words(self) -> str:
        """Return the answer in words."""
        match self.verdict:
            case Verdict.OPEN:
                return "has not answered yet"
            case Verdict.DECLINED:
                return "declined" if self.current else "declined an earlier text"
        return "approved" if self.current else "approved an earlier text"


@dataclass(frozen=True, slots=True)
class ApprovalRequest:
    """A request for `needed` approvals of a draft; with `any_hr` each person of HR may answer it too."""

    asked_by: str
    asked_at: datetime
    note: str
    needed: int
    any_hr: bool
    approvals: tuple[Approval, ...]

    @property
    def agreed(self) -> tuple[Approval, ...]:
        """Return the approvals of the text as it is now."""
        return tuple(each for each in self.approvals if each.verdict is Verdict.APPROVED and each.current)

    @property
    def declined(self) -> tuple[Approval, ...]:
        """Return the refusals of the text as it is now."""
        return tuple(each for each in self.approvals if each.verdict is Verdict.DECLINED and each.current)

    @property
    def is_given(self) -> bool:
        """Return whether enough people approve the text as it is now."""
        return len(self.agreed) >= self.needed

    @property
    def sentence(self) -> str:
        """Return how far the request is, in a sentence."""
        stale = [each.name for each in self.approvals if each.verdict is Verdict.APPROVED and not each.current]
        more = f" {' and '.join(stale)} approved an earlier text." if stale else ""
        if self.declined:
            more = f" {' and '.join(each.name for each in self.declined)} declined.{more}"
        return f"{len(self.agreed)} of {self.needed} needed approvals are given for this text.{more}"


@dataclass(frozen=True, slots=True)
class Agreement:
    """One person who approved the text of an edition, as the edition keeps it."""

    name: str
    note: str
    at: datetime
