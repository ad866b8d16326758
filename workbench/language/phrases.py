"""Find the phrases of a word list in a text, by whole words and with exceptions, in one pass."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+(?:['’][^\W_]+)*")
_PLAIN = re.compile(r"[a-z]+(?:'[a-z]+)*")
_STOP = re.compile(r"[.!?;:•\n]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number in lower case, its position, and whether a sentence begins with it."""

    text: str
    start: int
    end: int
    opens: bool


@dataclass(frozen=True, slots=True)
class PhraseGroup:
    """Phrases of a word list that share a reason, a suggestion and, where it has one of its own, a source."""

    name: str
    words: tuple[str, ...]
    reason: str
    suggestion: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Wordlist:
    """A file of `role_library/wording`: groups of phrases, and the phrases in which they mean something else."""

    about: str
    groups: tuple[PhraseGroup, ...]
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """A match of a phrase: the tokens from `first` up to `after`, and its group."""

    first: int
    after: int
    group: PhraseGroup


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    opening: bool
    group: PhraseGroup | None


class Phrasebook:
    """A word list that is prepared for searching.

    A phrase matches whole words in any case; a hyphen counts as a space, `#` matches a number, and a leading `^`
    matches only where a sentence begins (after the actor: "you", "the seat holder will").
    """

    def __init__(self, wordlist: Wordlist, actors: tuple[str, ...] = ()) -> None:
        groups = [*((group, group.words) for group in wordlist.groups), (None, wordlist.exceptions)]
        phrases = [_parse_phrase(text, group) for group, texts in groups for text in texts]
        self._by_word = _build_index(phrases)
        self._actors = _build_index([_parse_phrase(text, None) for text in actors])
        self._triggers = _build_triggers(phrases)

    def may_match(self, text: str) -> bool:
        """Return whether a search of this text could find anything; False is always right, True may not be."""
        words = set(_PLAIN.findall(text.lower().replace("’", "'")))
        return any(needed <= words for trigger in self._triggers.keys() & words for needed in self._triggers[trigger])

    def find(self, text: str) -> Iterator[tuple[Token, Token, PhraseGroup]]:
        """Yield the first token, the last token and the group of each phrase in order, without the exceptions."""
        if self.may_match(text):
            tokens = tokenize(text)
            for match in self.matches(tokens):
                yield tokens[match.first], tokens[match.after - 1], match.group

    def matches(self, tokens: list[Token]) -> list[PhraseMatch]:
        """List the longest matches that do not overlap; a phrase that overlaps an exception is left out."""
        openings = self._openings(tokens)
        found = [hit for index in range(len(tokens)) for hit in self._at(tokens, index, openings)]
        excluded = {index for first, after, group in found if not group for index in range(first, after)}
        chosen: list[PhraseMatch] = []
        for first, after, group in sorted(found, key=lambda hit: (hit[0], -hit[1])):
            is_free = not chosen or chosen[-1].after <= first
            if group and is_free and excluded.isdisjoint(range(first, after)):
                chosen.append(PhraseMatch(first, after, group))
        return chosen

    def _at(
        self, tokens: list[Token], index: int, openings: frozenset[int]
    ) -> Iterator[tuple[int, int, PhraseGroup | None]]:
        token = tokens[index]
        phrases = self._by_word.get(token.text, ())
        for phrase in (*phrases, *self._by_word.get("#", ())) if token.text[0].isdigit() else phrases:
            if (not phrase.opening or index in openings) and _fits(phrase, tokens, index):
                yield index, index + len(phrase.words), phrase.group

    def _openings(self, tokens: list[Token]) -> frozenset[int]:
        """List the positions where a sentence begins: its first word, and the word after a phrase for the actor."""
        openings = {index for index, token in enumerate(tokens) if token.opens}
        waiting = list(openings)
        # "I expect you to" opens a statement, and so does the verb after it.
        while waiting:
            index = waiting.pop()
            fitting = (phrase for phrase in self._actors.get(tokens[index].text, ()) if _fits(phrase, tokens, index))
            new_openings = {index + len(phrase.words) for phrase in fitting} - openings - {len(tokens)}
            openings |= new_openings
            waiting.extend(new_openings)
        return frozenset(openings)


def tokenize(text: str) -> list[Token]:
    """Split text into words and numbers; a full stop, colon, semicolon, bullet or new line begins a sentence."""
    tokens: list[Token] = []
    end = 0
    for found in _TOKEN.finditer(text):
        start = found.start()
        opens = not tokens or _STOP.search(text, end, start) is not None
        end = found.end()
        tokens.append(Token(found.group().lower().replace("’", "'"), start, end, opens))
    return tokens


def _parse_phrase(text: str, group: PhraseGroup | None) -> _Phrase:
    return _Phrase(tuple(text.lower().lstrip("^").replace("-", " ").split()), text.startswith("^"), group)


def _build_index(phrases: list[_Phrase]) -> dict[str, tuple[_Phrase, ...]]:
    index: dict[str, list[_Phrase]] = defaultdict(list)
    for phrase in phrases:
        index[phrase.words[0]].append(phrase)
    return {word: tuple(sorted(found, key=lambda phrase: -len(phrase.words))) for word, found in index.items()}


def _build_triggers(phrases: list[_Phrase]) -> dict[str, list[frozenset[str]]]:
    """Index the plain words of each phrase by its most distinctive word: rare among the phrases, and long."""
    word_sets = [frozenset(filter(_PLAIN.fullmatch, phrase.words)) for phrase in phrases if phrase.group]
    number = Counter(word for words in word_sets for word in words)
    triggers: dict[str, list[frozenset[str]]] = defaultdict(list)
    for words in word_sets:
        triggers[min(words, key=lambda word: (number[word] / len(word) ** 2, word))].append(words)
    return dict(triggers)


def _fits(phrase: _Phrase, tokens: list[Token], index: int) -> bool:
    if index + len(phrase.words) > len(tokens):
        return False
    return all(
        (word == token.text or (word == "#" and token.text[0].isdigit())) and (step == 0 or not token.opens)
        for step, (word, token) in enumerate(zip(phrase.words, tokens[index:], strict=False))
    )
