"""Set the direction of right-to-left text in a page, and of the isolated pieces of its sentences."""

import re
import unicodedata
from html import unescape

from workbench.documents.blocks.inline import END_ISOLATE, ISOLATE

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_HEAD = re.compile(r".*?<body[^>]*>", re.DOTALL)
_ISOLATED = re.compile(f"{ISOLATE}([^<>{ISOLATE}{END_ISOLATE}]*){END_ISOLATE}")
_SIGNS = re.compile(f"[{ISOLATE}{END_ISOLATE}]")
_TAG = re.compile(r"(<[^>]*>)")
_TEXT = re.compile(r"(?<=>)(\s*)([^<>]*[^<>\s])(\s*)(?=<)")


def mark_direction(page: str) -> str:
    """Mark each text of a page that begins with a right-to-left character; other pages stay as they are.

    The layout engines set text from left to right by default, so the full stop of an Arabic sentence would be at its
    beginning. A left-to-right text that only contains such words needs no mark. Isolated pieces become elements of their
    own where a page has right-to-left characters; on other pages their signs are left out.
    """
    if not _RIGHT_TO_LEFT.search(page):
        return _SIGNS.sub("", page)
    head = found.end() if (found := _HEAD.match(page)) else 0
    return _SIGNS.sub("", page[:head]) + _TEXT.sub(_mark_text, _mark_isolated(page[head:]))


def _mark_isolated(body: str) -> str:
    """Write each isolated piece of text as an element, without its signs in attributes."""
    if ISOLATE not in body:
        return body
    pieces = _TAG.split(body)
    pieces[::2] = (_ISOLATED.sub(r"<bdi>\1</bdi>", text) for text in pieces[::2])
    return _SIGNS.sub("", "".join(pieces))


def is_rtl(text: str) -> bool:
    """Return whether the first strong character of a text is right-to-left (Unicode Annex 9, P2 and P3)."""
    kinds = map(unicodedata.bidirectional, text)
    return next((kind != "L" for kind in kinds if kind in {"L", "R", "AL"}), False)


def _mark_text(found: re.Match[str]) -> str:
    before, text, after = found.groups()
    return f'{before}<bdi dir="rtl">{text}</bdi>{after}' if is_rtl(unescape(text)) else found[0]
