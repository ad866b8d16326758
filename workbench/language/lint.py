"""Check a target sentence for words that are weak, vague, unmeasured, out of reach or threatening."""

import re
from collections.abc import Callable

from workbench.language.cadence import find_cadences
from workbench.language.model import Remark, WordingRule
from workbench.language.quantities import find_quantities
from workbench.language.wording import phrasebook

# Characters within which a change names its end; this also limits the search.
_CLAUSE = 120
_CHANGE_WITH_AMOUNT = re.compile(
    r"\bfrom\b[^.;]*?\d[^.;]*?\bto\b[^.;]*?\d|\b(?:by|to|of|than|at least|at)\s+(?:a |an |at least |under |over |about )*[$€£]?\s?\d"
    r"|\bthan\s+(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|half)\b",
    re.IGNORECASE,
)


def lint(sentence: str) -> tuple[Remark, ...]:
    """Check a target sentence and return a remark for everything that makes it unclear, unfair or unkind.

    The reference sentences come from articles 2 and 4: "I expect you to spend 90 minutes on prospecting each day."
    has no remarks, "You should do more prospecting." has some. Empty text has no remarks.
    """
    if not sentence.strip():
        return ()
    return tuple(remark for check in CHECKS for remark in check(sentence))


def find_weak_words(text: str) -> tuple[Remark, ...]:
    """Find words that leave open whether anything is expected ("should", "help", "try to")."""
    months = [when for when in find_cadences(text) if "may" in when.words.lower()]
    remarks = _find_remarks(text, "weak", WordingRule.WEAK)
    return tuple(
        remark for remark in remarks if not any(when.start <= remark.start < when.end for when in months)
    )  # fmt: skip


def find_vague_words(text: str) -> tuple[Remark, ...]:
    """Find words that people understand differently; a change with its amount ("from 10 to 15", "by 5%") is clear."""
    remarks = _find_remarks(text, "vague", WordingRule.VAGUE)
    return tuple(
        remark
        for remark in remarks
        if remark.topic not in {"comparison", "change"}
        or not _CHANGE_WITH_AMOUNT.search(text[remark.start : remark.start + _CLAUSE])
    )


def check_number(text: str) -> tuple[Remark, ...]:
    """Return a remark if the sentence has no number."""
    if find_quantities(text):
        return ()
    reason = "There is no number, so no one can tell when it is reached."
    return (
        Remark(WordingRule.NUMBER, "", 0, 0, reason, "Say how many, how much or what share: “three first meetings”."),
    )


def check_date(text: str) -> tuple[Remark, ...]:
    """Return a remark if the sentence has no period and no due date."""
    if find_cadences(text):
        return ()
    reason = "There is no period and no date, so no one can tell when it is late."
    return (
        Remark(
            WordingRule.CADENCE, "", 0, 0, reason, "Say how often or by when: each week, every quarter, by 31 March."
        ),
    )


def find_unsteerable_results(text: str) -> tuple[Remark, ...]:
    """Find results that no individual seller can steer, such as net profit (article 4)."""
    return _find_remarks(text, "remit", WordingRule.REMIT)


def find_threats(text: str) -> tuple[Remark, ...]:
    """Find threats and commands, each with a rewrite in growth tone (article 2)."""
    return _find_remarks(text, "tone", WordingRule.TONE)


def check_title(text: str) -> tuple[Remark, ...]:
    """Find words in a job title that exclude some people (Directive (EU) 2023/970, article 5)."""
    return _find_remarks(text, "titles", WordingRule.TITLE)


def find_unfair_words(text: str) -> tuple[Remark, ...]:
    """Find words that prefer or exclude people by age, origin, language, sex, health, family or belief."""
    return _find_remarks(text, "fairness", WordingRule.FAIRNESS)


def find_narrow_words(text: str) -> tuple[Remark, ...]:
    """Find words that keep people away who could do the work, such as years of experience."""
    return _find_remarks(text, "narrow", WordingRule.NARROW)


CHECKS: tuple[Callable[[str], tuple[Remark, ...]], ...] = (
    find_weak_words,
    find_vague_words,
    check_number,
    check_date,
    find_unsteerable_results,
    find_threats,
)


def _find_remarks(text: str, name: str, rule: WordingRule) -> tuple[Remark, ...]:
    return tuple(
        Remark(
            rule,
            text[first.start : last.end],
            first.start,
            last.end,
            group.reason,
            group.suggestion,
            group.name,
            group.source,
        )
        for first, last, group in phrasebook(name).find(text)
    )
