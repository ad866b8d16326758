"""Check interview questions for topics about the person instead of the work."""

from collections.abc import Sequence

from workbench.language.model import Remark, WordingRule
from workbench.language.phrases import PhraseGroup, Token, tokenize
from workbench.language.wording import phrasebook

_PERSON = frozenset({"you", "your", "yours", "yourself", "you're", "you've", "you'd", "you'll"})
# Words between "you" and the topic; at a greater distance they are unrelated.
_WINDOW = 8


def check_question(question: str) -> tuple[Remark, ...]:
    """Find topics that may not be asked about, if the question is about the person.

    "How old was the opportunity?" asks about a deal and passes; "How old are you?" does not. The topics follow the
    pre-employment guidance of the EEOC, the ADA, GINA and Directive (EU) 2023/970. A leader may override with a
    reason.
    """
    book = phrasebook("questions")
    if not book.may_match(question):
        return ()
    tokens = tokenize(question)
    return tuple(
        _build_remark(question, tokens[match.first], tokens[match.after - 1], match.group)
        for match in book.matches(tokens)
        if _is_about_the_person(tokens, match.first, match.after)
    )


def _build_remark(question: str, first: Token, last: Token, group: PhraseGroup) -> Remark:
    words = question[first.start : last.end]
    return Remark(WordingRule.QUESTION, words, first.start, last.end, group.reason, group.suggestion, group.name)


def _is_about_the_person(tokens: Sequence[Token], first: int, after: int) -> bool:
    """Return whether "you" or "your" is in the topic or near it, in the same sentence."""
    start, end = first, after
    while start > max(0, first - _WINDOW) and not tokens[start].opens:
        start -= 1
    while end < min(len(tokens), after + _WINDOW) and not tokens[end].opens:
        end += 1
    return any(token.text in _PERSON for token in tokens[start:end])
