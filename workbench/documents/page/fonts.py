"""Choose the font for each character: our own fonts, one font for each other script, or none."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import printable as printable_ascii

from workbench.places import font_dir

OWN_FILES = ("SourceSans3-Regular.ttf", "SourceSerif4-Regular.ttf")
_CJK = "NotoSansCJKjp-Regular.otf"
_REGULAR, _SEMIBOLD = (400, "Regular"), (600, "SemiBold")
_USUAL = (
    r"\u00a0-\u012b\u012e-\u0131\u0134-\u0165\u0168-\u017f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce"
    r"\u0400-\u045f\u1ea0-\u1ef9\u2010-\u2015\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u202f\u2030\u2032\u2033"
    r"\u2039\u203a\u2044\u20ac\u2116\u2122\u2190-\u2193\u2212\u2248\u2260\u2264\u2265\u2610\u2611\u2713"
)
_UNSEEN = (  # formatting characters, which no font draws
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
    """A font besides our own: the family name in a style sheet, and its file for each weight.

    A `plain` font draws each character with one glyph, so that the characters can be recovered from the glyphs.
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
    _face("Noto Sans Arabic", _REGULAR),  # for languages that Vazirmatn does not cover
    _face("Noto Sans Hebrew", _REGULAR, _SEMIBOLD, plain=True),
    _face("Noto Sans Devanagari", _REGULAR, _SEMIBOLD),
    _face("Noto Sans Thai", _REGULAR, _SEMIBOLD),
    *(_face(f"Noto Sans {script}", _REGULAR) for script in _SCRIPTS),
    # Pango looks for pictographs in this family.
    Face("emoji", ((400, "NotoEmoji-Regular.ttf"),), plain=True),
    # By far the largest, so it is searched last.
    Face("Noto Sans CJK", ((400, _CJK),), plain=True),
)
_FILES = frozenset(file for face in FACES for _, file in face.files)


def fonts_for(text: str) -> tuple[Face, ...]:
    """Return the fonts that a text needs besides our own, in the order in which they are searched.

    A text in Latin, Greek or Cyrillic script needs none, and no font file is read for it.
    """
    found = {face for letter in _unusual_characters(text) if (face := _face_of(letter))}
    return tuple(face for face in FACES if face in found)


def find_unsupported(text: str) -> str:
    """Return the characters that none of our fonts has, each once, in the order of the text."""
    return "".join(
        each
        for each in _unusual_characters(text)
        if each not in _own_coverage() and not _BREAK.match(each) and not _face_of(each)
    )


def replace_unsupported(text: str) -> str:
    """Replace each character that no font has by its number, so that readers never see an empty box.

    The line and paragraph separators of Unicode, which no font has either, become spaces.
    """
    if missing := find_unsupported(text):
        text = text.translate({ord(letter): f"[U+{ord(letter):04X}]" for letter in missing})
    return _BREAK.sub(" ", text)


def is_plain(text: str) -> bool:
    """Return whether the characters of a text can be recovered from its glyphs."""
    faces = fonts_for(text)
    return all(face.plain for face in faces) and not (faces and any(map(unicodedata.combining, text)))


def font_rules(faces: tuple[Face, ...]) -> str:
    """Return the style rules that load some fonts in the press and in the preview."""
    return "".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {weight}; src: url(asset:fonts/{file}) }}\n'
        for face in faces
        for weight, file in face.files
    )


def han_language(text: str) -> str:
    """Return the language tag whose forms of Chinese characters are used in a text of unknown language.

    Japanese with kana, Korean with hangul, otherwise simplified Chinese.
    """
    return "ja" if _KANA.search(text) else "ko" if _HANGUL.search(text) else "zh-hans"


def font_path(name: str) -> Path:
    """Return the path of a font file by its name: one of ours, or one for another script."""
    if name == _CJK:
        return Path(str(files("noto_cjk_sans_jp_regular"))) / _CJK
    return font_dir() / "scripts" / name if name in _FILES else font_dir() / name


def _unusual_characters(text: str) -> Iterator[str]:
    """Return the characters beyond the usual ones, each once; one fast step removes nearly all text."""
    return iter(dict.fromkeys("".join(_OTHER.findall(text.encode(*_ALL).translate(None, _ASCII).decode(*_ALL)))))


@cache
def _face_of(letter: str) -> Face | None:
    if letter in _own_coverage():
        return None
    return next((face for face in FACES if letter in _coverage(face.files[0][1])), None)


@cache
def _own_coverage() -> frozenset[str]:
    return frozenset().union(*map(_coverage, OWN_FILES))


@cache
def _coverage(name: str) -> frozenset[str]:
    """Read which characters a font has: 3 ms, and 90 ms for Chinese, Japanese and Korean."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - loaded for the first unusual character

    with TTFont(font_path(name), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))
