"""Answers to findings: reasons to publish with a gap, advice that is dismissed, and the agreement of a second person."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from workbench.core.digests import sha256_of_text
from workbench.core.findings import Finding, Level
from workbench.core.shape import digest
from workbench.roles.model import Role
from workbench.roles.texts import place_of, texts

MIN_WORDS, MIN_LETTERS, MIN_DIFFERENT = 3, 12, 5
# Scripts that write a sentence without spaces say as much in fewer letters.
_DENSE = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
MIN_DENSE = 6
MAX_DISTANCE = timedelta(days=731)  # from today to the day from which an edition is valid
SHORT_REASON = "Say it in a few words that a later reader understands, such as “The board sets this number in January”"
SAME_REASON = "These words are given for another kind of gap too; say what is true of this one"


@dataclass(frozen=True, slots=True)
class FindingAnswer:
    """What a person said to a finding: why advice is dismissed, or why the role is published in spite of a gap.

    `digest` is of the finding and of the text that it is about: a dismissed finding comes back when the text changes.
    """

    id: int
    rule: str
    place: str
    finding: str
    digest: str
    reason: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TextAgreement:
    """The request that a second person agrees to a text that discriminates, and the answer; `agreed` is None before it."""

    id: int
    rule: str
    place: str
    finding: str
    text: str
    digest: str
    note: str
    asked_by: int
    asked_at: datetime
    decided_by: int | None = None
    decided_at: datetime | None = None
    agreed: bool | None = None
    reply: str = ""


@dataclass(frozen=True, slots=True)
class PublishingReason:
    """The answer to a finding when a role was published; `agreed_by` is the number of the second person, or None."""

    finding: str
    place: str
    reason: str
    agreed_by: int | None = None
    reply: str = ""


@dataclass(frozen=True, slots=True)
class FindingReview:
    """The findings about a role, sorted by what people answered.

    `open` are those that still need something, and the advice that is not dismissed. `requests` are the open requests for agreement and
    the refused ones, `reasons` the earlier words about those that are still there; both by the key of the finding.
    """

    open: tuple[Finding, ...]
    dismissed: tuple[tuple[Finding, FindingAnswer], ...]
    agreed: tuple[tuple[Finding, TextAgreement], ...]
    requests: Mapping[str, TextAgreement]
    reasons: Mapping[str, str]


def finding_key(finding: Finding) -> str:
    """Return the short key of a finding, which no other finding about the same role has."""
    return sha256_of_text(f"{finding.rule}\n{finding.place}\n{finding.reason}")[:12]


def finding_digest(role: Role, finding: Finding) -> str:
    """Return the digest of a finding and of the content that it is about."""
    return digest((finding.rule, finding.place, finding.reason, content_at(role, finding.place)))


def content_at(role: Role, place: str) -> tuple[str, ...]:
    """Return the content of a place: its texts, the figures of an expectation, the range of the pay."""
    found = [text for at, text in texts(role) if at == place]
    if place == "pay":
        found += [str(role.pay.minimum), str(role.pay.maximum)]
    for item, expectation in role.expectations():
        if place == place_of(item, expectation):
            found += [str(each) for each in expectation.figure]
    return tuple(found)


def sort_findings(
    role: Role, findings: Iterable[Finding], answers: Iterable[FindingAnswer], agreements: Iterable[TextAgreement]
) -> FindingReview:
    """Return the findings about a role, sorted by what people answered to them."""
    answers, by_digest = tuple(answers), {each.digest: each for each in agreements}
    dismissals = {each.digest: each for each in answers}
    open_, dismissed, agreed = [], [], []
    requests: dict[str, TextAgreement] = {}
    for finding in findings:
        key = finding_digest(role, finding)
        agreement = by_digest.get(key)
        if finding.level is Level.ADVICE and key in dismissals:
            dismissed.append((finding, dismissals[key]))
        elif finding.level is Level.AGREEMENT and agreement and agreement.agreed:
            agreed.append((finding, agreement))
        else:
            open_.append(finding)
            if finding.level is Level.AGREEMENT and agreement:
                requests[finding_key(finding)] = agreement
    return FindingReview(tuple(open_), tuple(dismissed), tuple(agreed), requests, _find_reasons(open_, answers))


def _find_reasons(findings: Iterable[Finding], answers: Iterable[FindingAnswer]) -> dict[str, str]:
    """Return the last words about each gap, and each text that needs an agreement, that is still there, whatever it says now."""
    said = {(each.rule, each.place, each.finding): each.reason for each in answers}
    keys = {
        finding_key(each): (each.rule, each.place, each.reason) for each in findings if each.level is not Level.ADVICE
    }
    return {key: said[same] for key, same in keys.items() if same in said}


def check_reason(text: str, what: str = "it may be published without this") -> str:
    """Return the message for a text that does not say why `what`, in words that a later reader understands, or an empty one.

    “ok”, “n/a”, a row of the same letter and one word are no reasons.
    """
    if not text.strip():
        return f"Say why {what}"
    letters = [letter for letter in text.casefold() if letter.isalpha()]
    if len(_DENSE.findall(text)) >= MIN_DENSE:
        return "" if len(set(letters)) >= MIN_DIFFERENT else SHORT_REASON
    words = {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 1}
    enough = len(words) >= MIN_WORDS and len(letters) >= MIN_LETTERS and len(set(letters)) >= MIN_DIFFERENT
    return "" if enough else SHORT_REASON


def check_reasons(reasons: Mapping[Finding, str]) -> dict[Finding, str]:
    """Return the findings whose reason does not do, with the message for each.

    The same words may answer many findings of one rule, and not those of different rules.
    """
    rules: dict[str, set[str]] = {}
    for finding, text in reasons.items():
        rules.setdefault(_plain(text), set()).add(finding.rule)
    problems = {
        finding: check_reason(text) or (SAME_REASON if len(rules[_plain(text)]) > 1 else "")
        for finding, text in reasons.items()
    }
    return {finding: message for finding, message in problems.items() if message}


def share_reasons(reasons: Mapping[Finding, str], shared: Iterable[str]) -> dict[Finding, str]:
    """Return the reasons, where those of the findings with a key in `shared` also answer the others of their rule without one."""
    keys = set(shared)
    words = {finding.rule: text for finding, text in reasons.items() if finding_key(finding) in keys}
    return {finding: text or words.get(finding.rule, "") for finding, text in reasons.items()}


def read_valid_from(text: str, today: date) -> tuple[date | None, str]:
    """Return the day from which an edition is valid, by default today, and the message for a text that is no such day."""
    if not text.strip():
        return today, ""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None, "Enter a day such as 2026-12-01, or leave it empty for today"
    if abs(day - today) > MAX_DISTANCE:
        return None, "This day is more than two years away; check the year"
    return day, ""


def may_decide(person: int, agreement: TextAgreement, owner: int, last_writer: int | None) -> bool:
    """Return whether a person is a second one: neither the owner, nor who asked, nor who wrote the text."""
    return person not in (owner, agreement.asked_by, last_writer)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
