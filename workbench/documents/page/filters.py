"""Format values inside a printed document: soft breaks, money, dates, and the address of a logo."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from markupsafe import Markup

from workbench.core.text.currencies import from_minor
from workbench.core.text.translation import ENGLISH, Translator
from workbench.documents.page.dates import dates_line

MAX_TOKEN_LENGTH = 60
MIN_END_LENGTH = 10
LONG_TITLE = 60  # characters; more need a third line
_TOKEN = re.compile(r"(?:[^\s\u200b]|[\u00a0\u2007\u202f]){61,}")
_SOFT_BREAK = "\u200b"
# The combining class of the signs that join two Indic letters.
_VIRAMA = 9
# The zero-width joiner; Thai and Lao vowels.
_BEFORE = frozenset("\u200d\u0e40\u0e41\u0e42\u0e43\u0e44\u0ec0\u0ec1\u0ec2\u0ec3\u0ec4")
_AFTER = frozenset(
    "\u200d\u0e30\u0e32\u0e33\u0eb0\u0eb2\u0eb3\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff。、，！？」』）"
)


def soften(text: str) -> str:
    """Add soft breaks to every run of more than 60 characters that has no place to break.

    The time to lay out one unbroken word grows with the square of its length, so a pasted address or a hostile text
    could block the press for minutes. A zero-width space after each 60 characters limits it and prints as nothing.
    """
    return _TOKEN.sub(_break_token, text)


def finalize(value: object) -> object:
    """Return a value as a template prints it: text gets soft breaks, numbers must be exact.

    Raise TypeError for None and for a float, which would print another number than was agreed.
    """
    if isinstance(value, Markup):
        return value
    if isinstance(value, str):
        return soften(value)
    if value is None or isinstance(value, float):
        raise TypeError(f"a document prints text and exact numbers, not {value!r}")
    return value


def money(minor: int, currency: str, translator: Translator = ENGLISH) -> str:
    """Return an amount, given in minor units (cents) of its currency, in words: `$120,000`, `€1,250.50`."""
    return translator.money(from_minor(minor, currency), currency)


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the non-empty lines of a text."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def tie_last_words(text: str) -> str:
    """Join the last two or three words of a text with hard spaces, so that its last line is never one short word."""
    words = text.split(" ")
    last = 1
    while last < min(3, len(words) - 2) and len(" ".join(words[-last:])) < MIN_END_LENGTH:
        last += 1
    return type(text)(" ").join([*words[:-last], type(text)("\u00a0").join(words[-last:])])  # markup stays markup


def is_long(title: str) -> bool:
    """Return whether a title is so long that it is set smaller."""
    return len(title) > LONG_TITLE


def block_name(block: object) -> str:
    """Return the name of a block's type, by which a template finds the macro that writes it."""
    return type(block).__name__


def logo_url(digest: str) -> Markup:
    """Return the address of a logo in the press: `asset:logos/<sha256>`. Raise ValueError for another text."""
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise ValueError("a logo is named by its sha256")
    return Markup(f"asset:logos/{digest}")  # noqa: S704 - 64 hexadecimal digits, checked above


def filters(translator: Translator) -> Mapping[str, Callable[..., Any]]:
    """Return the filters of the print templates in one language."""
    return {
        "soften": soften,
        "money": partial(money, translator=translator),
        "day": translator.day,
        "number": translator.number,
        "percent": translator.percent,
        "paragraphs": paragraphs,
        "logo_url": logo_url,
        "tie_last_words": tie_last_words,
        "is_long": is_long,
        "block_name": block_name,
        "dates_line": partial(dates_line, translator=translator),
    }


def _break_token(match: re.Match[str]) -> str:
    token = match.group()
    pieces, at = [], 0
    while at < len(token):
        end = at + MAX_TOKEN_LENGTH
        while end < min(len(token), at + 2 * MAX_TOKEN_LENGTH) and _is_cluster(token[end - 1], token[end]):
            end += 1
        pieces.append(token[at:end])
        at = end
    return _SOFT_BREAK.join(pieces)


def _is_cluster(before: str, after: str) -> bool:
    """Return whether no line may break between two characters, such as a letter and its combining mark."""
    if before.isascii() and after.isascii():
        return False
    is_mark = unicodedata.category(after).startswith("M")
    return is_mark or unicodedata.combining(before) == _VIRAMA or before in _BEFORE or after in _AFTER
