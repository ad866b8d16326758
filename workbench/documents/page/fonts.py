"""Which font prints which letter: the house fonts, one font for each other script, and what no font of ours has."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import printable as printable_ascii

from workbench.places import font_dir

HOUSE = ("SourceSans3-Regular.ttf", "SourceSerif4-Regular.ttf")
_CJK = "NotoSansCJKjp-Regular.otf"
_REGULAR, _SEMIBOLD = (400, "Regular"), (600, "SemiBold")
_USUAL = (
    r"\u00a0-\u012b\u012e-\u0131\u0134-\u0165\u0168-\u017f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce"
    r"\u0400-\u045f\u1ea0-\u1ef9\u2010-\u2015\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u202f\u2030\u2032\u2033"
    r"\u2039\u203a\u2044\u20ac\u2116\u2122\u2190-\u2193\u2212\u2248\u2260\u2264\u2265\u2610\u2611\u2713"
)
_UNSEEN = (  # letters that only say how others are set: no font draws them
    r"\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
    r"\U000e0000-\U000e0fff"
)
_ASCII = printable_ascii.encode()
_ALL = ("utf-8", "surrogatepass")
_OTHER = re.compile(f"[^{_USUAL}{_UNSEEN}]+")
_BREAK = re.compile("[\u2028\u2029]")
_KANA, _HANGUL = re.compile(r"[\u3041-\u30ff\uff66-\uff9d]"), re.compile(r"[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")


@dataclass(frozen=True, slots=True)
class Face:
    """One font beside the house fonts: the family that a style sheet calls it by, and its file for each weight.

    A `plain` font draws each letter with one glyph, so that the letters can be read back from the glyphs.
    """

    family: str
    files: tuple[tuple[int, str], ...]
    plain: bool = False


def _face(family: str, *styles: tuple[int, str], plain: bool = False) -> Face:
    stem = family.replace(" ", "")
    return Face(family, tuple((weight, f"{stem}-{style}.ttf") for weight, style in styles), plain)


_SCRIPTS = (
    *("Armenian", "Bengali", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi", "Kannada", "Khmer", "Lao"),
    *("Malayalam", "Myanmar", "Sinhala", "Tamil", "Telugu"),
)
FACES: tuple[Face, ...] = (
    _face("Vazirmatn", _REGULAR, _SEMIBOLD, plain=True),
    _face("Noto Sans Arabic", _REGULAR),  # for the letters of languages that the one before does not know
    _face("Noto Sans Hebrew", _REGULAR, _SEMIBOLD, plain=True),
    _face("Noto Sans Devanagari", _REGULAR, _SEMIBOLD),
    _face("Noto Sans Thai", _REGULAR, _SEMIBOLD),
    *(_face(f"Noto Sans {script}", _REGULAR) for script in _SCRIPTS),
    Face("emoji", ((400, "NotoEmoji-Regular.ttf"),), plain=True),  # the family in which Pango looks for pictographs
    Face("Noto Sans CJK", ((400, _CJK),), plain=True),  # the largest by far, so it is asked last
)
_FILES = frozenset(file for face in FACES for _, file in face.files)


def fonts_for(text: str) -> tuple[Face, ...]:
    """Name the fonts that a text needs beside the house fonts, in the order in which they are asked for a letter.

    A text in Latin, Greek or Cyrillic letters needs none, and no font is read to find that out.
    """
    found = {face for letter in _unusual_characters(text) if (face := _face_of(letter))}
    return tuple(face for face in FACES if face in found)


def unsupported_characters(text: str) -> str:
    """Give the letters that no font of ours has, each once, in the order of the text."""
    return "".join(
        each
        for each in _unusual_characters(text)
        if each not in _house_coverage() and not _BREAK.match(each) and not _face_of(each)
    )


def replace_unsupported(text: str) -> str:
    """Write each letter that no font has by its number: a reader sees which one is meant, and never an empty box.

    The line and paragraph separators of Unicode, which no font has either, become spaces.
    """
    if missing := unsupported_characters(text):
        text = text.translate({ord(letter): f"[U+{ord(letter):04X}]" for letter in missing})
    return _BREAK.sub(" ", text)


def is_plain(text: str) -> bool:
    """Tell whether the letters of a text can be read back from the glyphs that draw it."""
    wanted = fonts_for(text)
    return all(face.plain for face in wanted) and not (wanted and any(map(unicodedata.combining, text)))


def font_rules(wanted: tuple[Face, ...]) -> str:
    """Write the rules that load some fonts, as the press and the preview ask for them."""
    return "".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {weight}; src: url(asset:fonts/{file}) }}\n'
        for face in wanted
        for weight, file in face.files
    )


def han_language(text: str) -> str:
    """Say in which country's form Chinese characters are drawn, as a tag of its language, in a text that does not say.

    Japanese where there is kana, Korean where there is hangul, else the form of Chinese in print on the mainland.
    """
    return "ja" if _KANA.search(text) else "ko" if _HANGUL.search(text) else "zh-hans"


def font_path(name: str) -> Path:
    """Tell where a font lies by the name of its file: a house font, or one for other scripts."""
    if name == _CJK:
        return Path(str(files("noto_cjk_sans_jp_regular"))) / _CJK
    return font_dir() / "scripts" / name if name in _FILES else font_dir() / name


def _unusual_characters(text: str) -> Iterator[str]:
    """Give the letters beyond the usual ones, each once; nearly all text is gone after the first, fast step."""
    return iter(dict.fromkeys("".join(_OTHER.findall(text.encode(*_ALL).translate(None, _ASCII).decode(*_ALL)))))


@cache
def _face_of(letter: str) -> Face | None:
    if letter in _house_coverage():
        return None
    return next((face for face in FACES if letter in _coverage(face.files[0][1])), None)


@cache
def _house_coverage() -> frozenset[str]:
    return frozenset().union(*map(_coverage, HOUSE))


@cache
def _coverage(name: str) -> frozenset[str]:
    """Read which letters a font has: 3 ms, and 90 ms for Chinese, Japanese and Korean."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - loaded for the first letter that the house fonts may lack

    with TTFont(font_path(name), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))
