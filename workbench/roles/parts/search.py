"""Search the parts of roles by words, with typing mistakes forgiven."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from workbench.core.text.words import fold_case
from workbench.roles.expectations import metric_of
from workbench.roles.model import Accountability, Expectation, Question
from workbench.roles.parts.model import LibraryPart

NEAR = 78  # of 100: one wrong letter in five
MIN_NEAR_LENGTH = 4  # a shorter word is matched as it was typed
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Hit:
    """A part that has every word of a search; `missed` counts the words that are only nearly there."""

    part: LibraryPart
    missed: int


def search_parts(parts: Sequence[LibraryPart], text: str) -> list[LibraryPart]:
    """Return the parts that have every word of a text, those with the exact words first, otherwise in their order.

    A word matches the beginning of another word, or a word with nearly the same spelling.
    """
    words = _WORD.findall(fold_case(text))
    if not words:
        return list(parts)
    searched = [(part, set(_WORD.findall(fold_case(searched_text(part))))) for part in parts]
    vocabulary = set().union(*(tokens for _, tokens in searched))
    exact = {word: {token for token in vocabulary if token.startswith(word)} for word in words}
    near = {word: exact[word] | _near_words(word, vocabulary) for word in words}
    hits = [
        _Hit(part, sum(tokens.isdisjoint(exact[word]) for word in words))
        for part, tokens in searched
        if not any(tokens.isdisjoint(near[word]) for word in words)
    ]
    return [hit.part for hit in sorted(hits, key=lambda hit: hit.missed)]


def _near_words(word: str, vocabulary: Iterable[str]) -> set[str]:
    if len(word) < MIN_NEAR_LENGTH:
        return set()
    return {token for token in vocabulary if fuzz.ratio(word, token, score_cutoff=NEAR)}


def searched_text(part: LibraryPart) -> str:
    """Return the words by which a part is found: its text, what belongs to it, and the title of its role."""
    return " ".join((part.text, part.outcome, part.origin.title, *_more_words(part.value)))


def _more_words(value: object) -> Iterable[str]:
    if isinstance(value, Question):
        yield from (value.competency, value.kind, *value.probes)
    elif isinstance(value, Expectation):
        metric = metric_of(value)
        yield from (metric.name if metric else "", value.source, value.qualifier)
    elif isinstance(value, Accountability):
        yield from (value.success_factor, value.function.replace("-", " "), value.scope)
        for question in value.questions:
            yield question.competency
        for expectation in value.expectations:
            metric = metric_of(expectation)
            yield metric.name if metric else ""
