"""Decode the text of a file that a person gives, in the encoding that their program saved it in."""

import codecs
from pathlib import Path

# The longer signature comes first, because one of UTF-32 begins with one of UTF-16.
_SIGNATURES = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def find_encoding(data: bytes, otherwise: str = "") -> str:
    """Return the name of the Unicode encoding of a text, with or without a byte order mark; else the name `otherwise`."""
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return name
    even, odd = data[::2].count(0), data[1::2].count(0)
    # In UTF-16, every second byte of Latin letters is zero.
    if max(even, odd) * 4 > len(data):
        return "utf-16-le" if odd > even else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return otherwise
    return "utf-8"


def decode_text(data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or UTF-32, without its byte order mark. Raise UnicodeError for any other."""
    return data.decode(find_encoding(data, "utf-8"))


def read_text_file(path: Path) -> str:
    """Read a text file that a person gives. Raise UnicodeError for any other text, OSError."""
    return decode_text(path.read_bytes())
