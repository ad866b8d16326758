"""Decode the text of a table in the encoding that it was saved in, and doubt letters that no name is written with."""

import re
import unicodedata
from collections.abc import Sequence

from workbench.core.text.encodings import find_encoding

_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f]")
_NO_TABLES = {
    b"PK\x03\x04": "a workbook or another packed file",
    b"\xd0\xcf\x11\xe0": "an old workbook",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}
# Encodings of files that are not Unicode, in the order in which they are tried, and who writes them.
ENCODINGS = {
    "cp1252": "Windows in western Europe",
    "cp1250": "Windows in central Europe",
    "mac_roman": "a Mac",
}
# The letters beyond a to z of the languages that these encodings write; a name is written in one of them.
_ALPHABETS = tuple(
    frozenset(letters)
    for letters in (
        "äöüßé", "àâæçéèêëîïôœùûüÿ", "áéíóúüñçïàèò", "àáâãçéêíóôõúü", "àèéìíîòóù", "éëïóöüáèê", "æøåéäö", "åäöéü", "áéíóúýþæöð",
        "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîșțşţ", "čćđšž", "äöüõšž", "çğıöşüİ",
    )
)  # fmt: skip
_SIGNS = frozenset(" '’-.,·()&/\"“”")


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of a file and its encoding. Raises ValueError for a file that is not text."""
    for signature, what in _NO_TABLES.items():
        if data.startswith(signature):
            raise ValueError(f"This is {what}, not a table of names. Save the table as CSV and choose that file.")
    encoding = find_encoding(data, "cp1252")
    text = data.decode(encoding, "replace")
    if _NO_TEXT.search(text):
        raise ValueError("This file contains no text. Save the table as CSV and choose that file.")
    return text, encoding


def is_plausible(name: str) -> bool:
    """Return whether a name is written with the letters of one language, and with no capital behind a small letter.

    “Dvoøák”, “Wa³êsa” and “JosŽ” are none: they are Dvořák, Wałęsa and José in another encoding.
    """
    for word in re.split(r"[\s'’.-]+", name):
        beyond = {char.lower() for char in word if char.isalpha() and not char.isascii()}
        if beyond and not any(beyond <= letters for letters in _ALPHABETS):
            return False
        if re.search(r"[a-zß-ÿ][À-ÖØ-ÞŠŽŒŸ]", word):
            return False
    return all(char.isascii() or char.isalpha() or char in _SIGNS or unicodedata.combining(char) for char in name)


def plausible_encodings(names: Sequence[str], encoding: str) -> tuple[str, ...]:
    """Return the encodings in which all of some names, decoded by `encoding`, are plausible; none where it is Unicode."""
    if encoding not in ENCODINGS:
        return (encoding,)
    return tuple(each for each in ENCODINGS if all(is_plausible(recode(name, encoding, each)) for name in names))


def recode(name: str, encoding: str, other: str) -> str:
    """Return a name that was decoded by one encoding as another one reads the same bytes."""
    return name.encode(encoding, "replace").decode(other, "replace")
