"""Classify a statement as an outcome that a seat owns, work that is done in it, or a position that is held."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from workbench.language.model import StatementKind, StatementVerdict
from workbench.language.phrases import Token, tokenize
from workbench.language.quantities import find_quantities
from workbench.language.wording import verbs

_PRONOUNS = frozenset({"who", "that", "which", "they", "it", "you", "we", "as", "when", "where", "there", "he", "she"})
_DETERMINERS = frozenset(
    {
        "a",
        "an",
        "the",
        "all",
        "any",
        "each",
        "every",
        "our",
        "your",
        "their",
        "its",
        "this",
        "these",
        "those",
        "no",
        "with",
        "to",
        "for",
        "in",
        "on",
    }
)
_STATE_VERBS = frozenset({"is", "are", "stay", "stays", "remain", "remains", "happen", "happens"})
# A topic of so few words ("CRM hygiene") names no result.
_TOPIC_LENGTH = 2


@dataclass(frozen=True, slots=True)
class _Heads:
    """The known beginnings of statements as words, longest first, each with its kind."""

    actors: tuple[tuple[str, ...], ...]
    verbs: tuple[tuple[tuple[str, ...], StatementKind], ...]
    state: frozenset[str]
    results: tuple[tuple[str, ...], ...]


def classify_statement(statement: str) -> StatementVerdict:
    """Classify a statement as an outcome, an activity or a duty, with the reason and the next question to ask.

    An outcome changes something for the company or a customer ("win", "renew on time", "is answered within a day").
    Work that names its result ("... so that every customer renews") counts as an outcome. (Articles 1 and 3.)
    """
    tokens = _drop_actor(tokenize(statement))
    if not tokens:
        return StatementVerdict(StatementKind.UNCLEAR, "", "Nothing is written here yet.")
    kind, length = _find_head(tokens)
    if kind is StatementKind.OUTCOME:
        return StatementVerdict(kind, _words_of(statement, tokens, length), "It says what changes.")
    if kind is None:
        return _classify_without_verb(statement, tokens)
    if _has_result(tokens) or _noun_subject(tokens, length):
        return StatementVerdict(
            StatementKind.OUTCOME, _words_of(statement, tokens, length), "It begins with work and names the result."
        )
    return _classify_work(statement, tokens, kind, length)


def _classify_work(statement: str, tokens: list[Token], kind: StatementKind, length: int) -> StatementVerdict:
    words = _words_of(statement, tokens, length)
    if kind is StatementKind.DUTY:
        reason = f"“{words}” names a position, not a result."
        return StatementVerdict(
            kind, words, reason, "What is different for the company when this is done well? Begin with that."
        )
    if find_quantities(statement):
        reason = f"“{words}” is work with a number: that is a target, not an outcome."
        return StatementVerdict(
            kind, words, reason, "Keep the number as a leading expectation. What does this work lead to?"
        )
    return StatementVerdict(
        kind, words, f"“{words}” is work, not a result.", "What does this work lead to? Begin with that result."
    )


def _classify_without_verb(statement: str, tokens: list[Token]) -> StatementVerdict:
    if _describes_state(tokens):
        return StatementVerdict(
            StatementKind.OUTCOME, statement.strip(), "It describes the state once the work is done."
        )
    if len(tokens) <= _TOPIC_LENGTH:
        reason = f"“{statement.strip()}” is a topic: it does not say what has to be true."
        return StatementVerdict(
            StatementKind.DUTY, statement.strip(), reason, "What should be true of it? Write one sentence with a verb."
        )
    return StatementVerdict(StatementKind.UNCLEAR, "", "It has no verb that tells a result from work.")


def _drop_actor(tokens: list[Token]) -> list[Token]:
    words = tuple(token.text for token in tokens)
    for actor in _heads().actors:
        if words[: len(actor)] == actor:
            return tokens[len(actor) :]
    return tokens


def _find_head(tokens: list[Token]) -> tuple[StatementKind | None, int]:
    """Find the longest known beginning; return its kind and number of words."""
    first = _base_forms(tokens[0].text)
    rest = tuple(token.text for token in tokens[1:6])
    for words, kind in _heads().verbs:
        if words[0] in first and _are_same_words(words[1:], rest):
            return kind, len(words)
    return None, 0


def _are_same_words(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Return whether two sequences of words are equal; `#` matches any number."""
    return len(words) <= len(others) and all(
        word == other or (word == "#" and other[0].isdigit()) for word, other in zip(words, others, strict=False)
    )


def _describes_state(tokens: list[Token]) -> bool:
    """Return whether a verb of state follows its own noun ("customers renew"), unlike "who are" or "as they are"."""
    state = _heads().state
    return any(
        token.text in state and before.text not in _PRONOUNS and not token.opens for before, token in pairwise(tokens)
    )


def _noun_subject(tokens: list[Token], length: int) -> bool:
    """Return whether the first word is a noun: "Call quality stays high", "Support tickets are answered"."""
    if len(tokens) <= length or tokens[length].text in _DETERMINERS:
        return False
    return any(
        token.text in _STATE_VERBS and before.text not in _PRONOUNS for before, token in pairwise(tokens[length - 1 :])
    )


def _has_result(tokens: list[Token]) -> bool:
    words = [token.text for token in tokens]
    return any(
        tuple(words[index : index + len(result)]) == result
        for result in _heads().results
        for index in range(1, len(words))
    )


def _base_forms(word: str) -> frozenset[str]:
    """Return the base forms that a word may be an inflection of: "manages", "managing" -> "manage"."""
    found = {word}
    if word.endswith("s"):
        found |= {word[:-1], word.removesuffix("es")}
    if word.endswith("ies"):
        found.add(word[:-3] + "y")
    if word.endswith("ing") and len(word) > len("bring"):
        stem = word.removesuffix("ing")
        found |= {stem, stem + "e", stem[:-1] if stem[-1:] == stem[-2:-1] else stem}
    return frozenset(found)


def _words_of(statement: str, tokens: list[Token], length: int) -> str:
    return statement[tokens[0].start : tokens[length - 1].end]


@cache
def _heads() -> _Heads:
    wordlist = verbs()
    kinds = (
        (wordlist.outcome, StatementKind.OUTCOME),
        (wordlist.activity, StatementKind.ACTIVITY),
        (wordlist.duty, StatementKind.DUTY),
    )
    heads = [(tuple(text.split()), kind) for texts, kind in kinds for text in texts]
    return _Heads(
        actors=tuple(sorted((tuple(text.split()) for text in wordlist.actors), key=len, reverse=True)),
        verbs=tuple(sorted(heads, key=lambda head: -len(head[0]))),
        state=frozenset(wordlist.state),
        results=tuple(tuple(text.split()) for text in wordlist.results),
    )
