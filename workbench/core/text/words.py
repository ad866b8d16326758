"""Text as it is stored: one alphabet, slugs, keys, plurals and lists in a sentence."""

import re
import secrets
import unicodedata

from slugify import slugify

_UNSEEN = frozenset("\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_DROPPED_CATEGORIES = frozenset({"Cc", "Cs", "Cn", "Co"})
MAX_SLUG = 60  # characters
_MAX_MARKS = 4
# Before an item of a list: a bullet of any kind, "o" before a tab as Word writes it, or a number with a point or bracket.
_MARK = re.compile(r"[•▪▫◦‣⁃●○■□❖➢▶►✓✔\uf0a7\uf0b7]\s*|(?:[·–—*-]|o(?=\t)|\(?\d{1,3}[.)])(?:\s+|$)")
# A letter or a small Roman number with a point or bracket; a single line that begins so may be a name: “A. Smith”.
_LETTER = re.compile(r"\(?(?:[A-Za-z]|[ivx]{2,4})[.)](?:\s+|$)")
# What other programs store in place of a space or the end of a line.
_OTHER_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u202f"), " ") | dict.fromkeys(
    map(ord, "\x0b\x0c\x85\u2028\u2029"), "\n"
)
_PLAIN = re.compile(
    "[\t\n -~\u00a1-\u00ac\u00ae-\u02ff\u0391-\u03a1\u03a3-\u03ff\u0400-\u0482\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*"
)
_KEY_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


# The address `/roles/new` is the page that starts a role, so nothing stored is named by it.
RESERVED_SLUG = "new"


def clean(text: str) -> str:
    r"""Return text in the stored alphabet: NFC, newlines as `\n`, plain spaces, nothing invisible that reorders or breaks text.

    Control, surrogate, unassigned and private-use characters, bidirectional overrides and soft hyphens are dropped,
    and so is every combining mark after the fourth in a row: a database refuses some of them, and a printed page
    would show other words than the screen did. The ends are trimmed.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    # Nearly all text; this takes a fiftieth of the time.
    if _PLAIN.fullmatch(text):
        return text.strip()
    text = text.translate(_OTHER_SPACES)
    chars: list[str] = []
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        if char in _UNSEEN or char == "\u00ad" or (category in _DROPPED_CATEGORIES and char not in "\n\t"):
            continue
        marks = marks + 1 if category == "Mn" else 0
        if marks <= _MAX_MARKS:
            chars.append(char)
    return "".join(chars).strip()


def lines(text: str) -> tuple[str, ...]:
    """Return the non-empty lines of a text, trimmed."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def list_items(text: str) -> tuple[str, ...]:
    """Return the items of a pasted list, one a line, without the bullets, numbers and letters before them.

    A letter with a point is taken off where a line besides it has one too.
    """
    items = lines(text)
    marks = (_MARK, _LETTER) if sum(bool(_LETTER.match(item)) for item in items) > 1 else (_MARK,)
    return tuple(bare for item in items if (bare := _without_mark(item, marks)))


def _without_mark(item: str, marks: tuple[re.Pattern[str], ...]) -> str:
    found = next(filter(None, (mark.match(item) for mark in marks)), None)
    return item[found.end() :].strip() if found else item


def slug(text: str) -> str:
    """Return a title as a lower-case ASCII name for an address: `Account Executive, EMEA` -> `account-executive-emea`."""
    return slugify(text, max_length=MAX_SLUG) or "role"


def new_key() -> str:
    """Return a new random key of 8 characters without look-alikes, which a thing keeps for life."""
    return "".join(secrets.choice(_KEY_ALPHABET) for _ in range(8))


def fold_case(text: str) -> str:
    """Return a short text in the form in which it is compared: capitals, wide letters and invisible signs do not count."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join("".join(char for char in plain if unicodedata.category(char) != "Cf").split())


def join_words(words: tuple[str, ...] | list[str], last: str = "and") -> str:
    """Return words joined as in a sentence: `a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def count(number: int, singular: str, plural: str = "") -> str:
    """Return a number with its noun: `1 role`, `3 roles`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
