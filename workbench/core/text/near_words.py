"""Words as a search compares them: without capitals, accents and plurals, and forgiving of typing errors."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from workbench.core.text.words import fold_case

MAX_TERMS = 8
SHORT = 3  # a word of so few letters is found whole: ARR is not in “arranged”
MAX_SUGGESTIONS = 3
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a search: `words` are found as they are written, or `prefix` at the beginning of a word."""

    words: tuple[str, ...]
    prefix: bool = True

    def is_in(self, folded: str) -> bool:
        """Return whether a text that `fold_words` wrote contains the term."""
        padded = f" {folded} "
        return any((f" {word}" if self.prefix else f" {word} ") in padded for word in self.words)


def list_words(text: str) -> list[str]:
    """List the words of a text in small letters without accents: `Détails of E-mails` -> details, of, e, mails."""
    plain = unicodedata.normalize("NFKD", fold_case(text))
    return _WORD.findall("".join(char for char in plain if unicodedata.category(char) != "Mn"))


@lru_cache(maxsize=4096)  # a page saves every few letters, and most texts of its role stay
def fold_words(text: str) -> str:
    """Return the words of a text with a blank between them, as an index stores them."""
    return " ".join(list_words(text))


def read_terms(search: str) -> tuple[Term, ...]:
    """Return the terms of a search; each must be found. A plural finds its singular."""
    words = dict.fromkeys(list_words(search))
    return tuple(Term((_singular(word),), prefix=len(word) > SHORT) for word in list(words)[:MAX_TERMS])


def contains(folded: str, terms: Iterable[Term]) -> bool:
    """Return whether a text that `fold_words` wrote contains every term."""
    return all(term.is_in(folded) for term in terms)


def correct(terms: Iterable[Term], vocabulary: Collection[str]) -> tuple[Term, ...]:
    """Return the terms with those that no word of the vocabulary begins with replaced by the words that are nearest.

    A letter more, less, other or swapped is forgiven in a word of four to six letters, two in a longer one.
    """
    return tuple(_correct(term, vocabulary) for term in terms)


def _correct(term: Term, vocabulary: Collection[str]) -> Term:
    word = term.words[0]
    if any(each.startswith(word) for each in vocabulary):
        return Term(term.words)
    errors = 0 if len(word) <= SHORT else 1 if len(word) <= 6 else 2
    found = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=errors, limit=None) if errors else []
    fewest = min((distance for _, distance, _ in found), default=0)
    nearest = sorted(each for each, distance, _ in found if distance == fewest)
    return Term(tuple(nearest[:MAX_SUGGESTIONS]), prefix=False) if nearest else term


def _singular(word: str) -> str:
    return word[:-1] if len(word) > SHORT + 1 and word.endswith("s") and not word.endswith("ss") else word
