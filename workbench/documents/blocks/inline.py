"""The texts of blocks: plain, or in spans with a look, and with pieces that keep their own direction."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

# FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE (Unicode Annex 9).
ISOLATE, END_ISOLATE = "\u2068", "\u2069"


class Look(StrEnum):
    """How a piece of text looks inside its paragraph."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"


class TextLook(StrEnum):
    """How a whole paragraph looks."""

    PLAIN = "plain"
    LEAD = "lead"  # what a section is about, below its heading
    LARGE = "large-text"  # the sentence that a sheet begins with
    LETTER = "letter-text"  # the text of a letter
    QUIET = "quiet"
    GROUP = "group"  # a short line above a question, in the colour of the company
    BOXED = "boxed"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text with a look of its own."""

    text: str
    look: Look = Look.PLAIN


Inline: TypeAlias = str | tuple[Span, ...]


def isolated(text: object) -> str:
    """Return a name, number or time as one piece that keeps its own direction inside a sentence."""
    return f"{ISOLATE}{text}{END_ISOLATE}"


def plain_text(text: Inline) -> str:
    """Return the words of a text without looks and without the signs of its isolated pieces."""
    words = text if isinstance(text, str) else "".join(span.text for span in text)
    return words.replace(ISOLATE, "").replace(END_ISOLATE, "")


def strong(text: str, rest: str = "") -> tuple[Span, ...]:
    """Return a strong beginning and the rest of a sentence."""
    return (Span(text, Look.STRONG), *((Span(f" {rest}"),) if rest else ()))
