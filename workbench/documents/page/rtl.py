"""Text that is read from right to left: each piece of a page that begins so is set so, whatever stands around it."""

import re
import unicodedata
from html import unescape

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_HEAD = re.compile(r".*?<body[^>]*>", re.DOTALL)
_TEXT = re.compile(r"(?<=>)(\s*)([^<>]*[^<>\s])(\s*)(?=<)")


def mark_direction(page: str) -> str:
    """Mark each text of a page that begins with a letter read from right to left; another page stays as it is.

    The engines lay a text out from left to right unless told otherwise, so the full stop of an Arabic sentence would
    stand at its beginning. A text in which such words only occur is laid out right without a mark.
    """
    if not _RIGHT_TO_LEFT.search(page):
        return page
    head = found.end() if (found := _HEAD.match(page)) else 0
    return page[:head] + _TEXT.sub(_mark_text, page[head:])


def is_rtl(text: str) -> bool:
    """Tell by its first letter whether a text is read from right to left (Unicode Annex 9, P2 and P3)."""
    kinds = map(unicodedata.bidirectional, text)
    return next((kind != "L" for kind in kinds if kind in {"L", "R", "AL"}), False)


def _mark_text(found: re.Match[str]) -> str:
    before, text, after = found.groups()
    return f'{before}<bdi dir="rtl">{text}</bdi>{after}' if is_rtl(unescape(text)) else found[0]
