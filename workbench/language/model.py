"""Define the results of the wording rules: a remark on some words, and the verdict on an outcome's statement."""

from dataclasses import dataclass
from enum import StrEnum


class WordingRule(StrEnum):
    """The names of the wording rules."""

    WEAK = "weak verb"
    VAGUE = "vague word"
    NUMBER = "no number"
    CADENCE = "no cadence"
    REMIT = "outside remit"
    TONE = "tone"
    QUESTION = "not a question to ask"
    TITLE = "title"
    FAIRNESS = "fair wording"
    NARROW = "narrow wording"
    MARKUP = "markup"


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark on some words of a text.

    `words` are the words as written, from `start` to `end`; something that is missing has no words and the span 0 to
    0. `topic` is the group of the word list that the words belong to ("threat", "weak modal", "age"), `source` the law or study that the group names.
    """

    rule: WordingRule
    words: str
    start: int
    end: int
    reason: str
    suggestion: str
    topic: str = ""
    source: str = ""


class StatementKind(StrEnum):
    """The kind of a statement: a result, work that is done, a position that is held, or unclear."""

    OUTCOME = "outcome"
    ACTIVITY = "activity"
    DUTY = "duty"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class StatementVerdict:
    """The kind of a statement, the words that decided it, the reason, and a prompt that leads to an outcome."""

    kind: StatementKind
    words: str
    reason: str
    prompt: str = ""
