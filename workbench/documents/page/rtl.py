"""Set the direction of right-to-left text in a page."""

import re
import unicodedata
from html import unescape

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_HEAD = re.compile(r".*?<body[^>]*>", re.DOTALL)
_TEXT = re.compile(r"(?<=>)(\s*)([^<>]*[^<>\s])(\s*)(?=<)")


def mark_direction(page: str) -> str:
    """Mark each text of a page that begins with a right-to-left character; other pages stay as they are.

    The layout engines set text from left to right by default, so the full stop of an Arabic sentence would be at its
    beginning. A left-to-right text that only contains such words needs no mark.
    """
    if not _RIGHT_TO_LEFT.search(page):
        return page
    head = found.end() if (found := _HEAD.match(page)) else 0
    return page[:head] + _TEXT.sub(_mark_text, page[head:])


def is_rtl(text: str) -> bool:
    """Return whether the first strong character of a text is right-to-left (Unicode Annex 9, P2 and P3)."""
    kinds = map(unicodedata.bidirectional, text)
    return next((kind != "L" for kind in kinds if kind in {"L", "R", "AL"}), False)


def _mark_text(found: re.Match[str]) -> str:
    before, text, after = found.groups()
    return f'{before}<bdi dir="rtl">{text}</bdi>{after}' if is_rtl(unescape(text)) else found[0]
