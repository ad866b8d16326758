"""Rules about fair words in every text of a role: who is excluded by what they are, and who is kept away."""

from collections.abc import Iterator

from workbench.core.findings import Finding, Level
from workbench.language.lint import find_narrow_words, find_unfair_words
from workbench.roles.model import Role
from workbench.roles.review.phrases import format_remark
from workbench.roles.texts import texts

# What the review reads and what it does not, said on the page so that silence is not taken for approval.
CHECKED = "words about age, sex, origin, language, health, family and belief; unclear words; threats; the numbers"
NOT_CHECKED = "whether it is true, the law of your country, texts in other languages than English, the example answers, and the sheets of exercises"


def fair_words(role: Role) -> Iterator[Finding]:
    """Yield a finding for each word of a text that prefers or excludes people by what they are."""
    for place, text in texts(role):
        for remark in find_unfair_words(text):
            yield Finding(
                remark.rule.value, Level.AGREEMENT, place, format_remark(remark), remark.suggestion, remark.source
            )


def open_words(role: Role) -> Iterator[Finding]:
    """Yield a finding for each word of a text that keeps people away who could do the work; the title has its own rule."""
    for place, text in texts(role):
        unfair = find_unfair_words(text)
        for remark in find_narrow_words(text):
            is_said = any(other.start <= remark.start < other.end for other in unfair)
            if place != "seat" and not is_said:
                yield Finding(
                    remark.rule.value, Level.ADVICE, place, format_remark(remark), remark.suggestion, remark.source
                )
