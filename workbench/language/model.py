"""What the wording rules say: a remark on some words, and the verdict on a statement of what a seat owns."""

from dataclasses import dataclass
from enum import StrEnum


class WordingRule(StrEnum):
    """The wording rules by name."""

    WEAK = "weak verb"
    VAGUE = "vague word"
    NUMBER = "no number"
    CADENCE = "no cadence"
    REMIT = "outside remit"
    TONE = "tone"
    QUESTION = "not a question to ask"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at in a text.

    `words` are as written and stand at `start` to `end`; what is missing has no words and the span 0 to 0.
    `topic` is the group of the word list that the words belong to ("threat", "weak modal", "age").
    """

    rule: WordingRule
    words: str
    start: int
    end: int
    reason: str
    suggestion: str
    topic: str = ""


class StatementKind(StrEnum):
    """What a statement names: a result, work that is done, a post that is held, or nothing one can tell."""

    OUTCOME = "outcome"
    ACTIVITY = "activity"
    DUTY = "duty"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class StatementVerdict:
    """The kind of a statement, the words that decided, why, and a prompt that leads to an outcome."""

    kind: StatementKind
    words: str
    reason: str
    prompt: str = ""
