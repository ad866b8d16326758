"""The kinds of notices, and the sentence of each."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NoticeKind(StrEnum):
    """What a notice is about."""

    SHARED = "shared"
    OWNER = "owner"
    COMMENT = "comment"
    REPLY = "reply"
    MENTION = "mention"
    DECISION = "decision"
    APPROVAL_ASKED = "approval asked"
    APPROVAL_ANSWERED = "approval answered"
    AGREEMENT_ASKED = "agreement asked"
    AGREEMENT_ANSWERED = "agreement answer"
    PUBLISHED = "published"


_SENTENCES = {
    NoticeKind.SHARED: "{who} shared {title} with you: {detail}",
    NoticeKind.OWNER: "{who} handed {title} over to {detail}",
    NoticeKind.COMMENT: "{who} commented on {title}: {detail}",
    NoticeKind.REPLY: "{who} replied in {title}: {detail}",
    NoticeKind.MENTION: "{who} mentioned you in {title}: {detail}",
    NoticeKind.DECISION: "{who} {detail} your suggestion in {title}",
    NoticeKind.APPROVAL_ASKED: "{who} asks you to approve {title}",
    NoticeKind.APPROVAL_ANSWERED: "{who} {detail} {title}",
    NoticeKind.AGREEMENT_ASKED: "{who} asks you to agree to a text of {title}: {detail}",
    NoticeKind.AGREEMENT_ANSWERED: "{who} {detail} a text of {title}",
    NoticeKind.PUBLISHED: "{who} published {title}: {detail}",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice of a person: what happened, who did it to which draft, and where to see it."""

    id: int
    kind: NoticeKind
    who: str
    slug: str
    title: str
    place: str
    detail: str
    at: datetime
    read_at: datetime | None

    @property
    def sentence(self) -> str:
        """Return the notice as a sentence."""
        return _SENTENCES[self.kind].format(who=self.who, title=self.title, detail=self.detail)
