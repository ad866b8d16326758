"""Draw the footer that a packet prints on each page: an artifact, with an embedded subset of our font."""

import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from functools import cache
from pathlib import Path
from string import printable
from typing import Any

from workbench.documents.pdf.fragment import STAMP
from workbench.places import font_dir

# Font, descendant font, descriptor, file, and map to characters.
OBJECTS = 5
_FACE = "SourceSans3-Regular.ttf"
_SIZE, _LARGE = Decimal(8), Decimal(12)  # points
# Points; clear of the footer that each document prints.
_FOOT = Decimal(18)
_ALWAYS = frozenset(printable.strip()) | {" ", "\u00b7", "\u2013"}
_UNUSED = [
    "GSUB",
    "GPOS",
    "GDEF",
    "DSIG",
    "name",
    "post",
    "cmap",
    "OS/2",
    "BASE",
    "STAT",
    "meta",
    "kern",
    "gasp",
    "SVG",
]


def can_draw(words: str) -> bool:
    """Return whether a stamp can show a text: only characters of our font, one after the other."""
    return _ALWAYS.issuperset(words) or _face(font_dir() / _FACE).glyphs.keys() >= set(words)


@dataclass(frozen=True, slots=True)
class _StampFont:
    """Metrics of the font in thousandths of its size: glyphs and widths by character, and its box."""

    glyphs: dict[str, int]
    widths: dict[str, int]
    glyph_codes: dict[str, str]
    box: tuple[int, int, int, int]
    ascent: int
    descent: int


class Stamps:
    """The stamps of one packet, with the characters that were used, so that only those are embedded."""

    def __init__(self) -> None:
        self.face = _face(font_dir() / _FACE)
        self.letters: set[str] = set(_ALWAYS)

    def draw(self, words: str, width: str, *, large: bool = False) -> bytes:
        """Return the content that ends a page: `words` in the middle of a page of `width` points, outside the tags.

        They are larger and black on a `large` page, and smaller where they are too long for the page. A character that
        the font lacks is written as its number; check with `can_draw` first.
        """
        if self.letters.issuperset(words):
            text = words
        else:
            text = "".join(letter if letter in self.face.glyphs else f"[U+{ord(letter):04X}]" for letter in words)
            self.letters.update(text)
        size, grey = (_LARGE, 0) if large else (_SIZE, Decimal(".34"))
        ems, max_width = Decimal(sum(map(self.face.widths.__getitem__, text))) / 1000, Decimal(width) - 2 * _FOOT
        if ems * size > max_width:
            size = (max_width / ems).quantize(Decimal("0.01"), ROUND_DOWN)
        left = (Decimal(width) - ems * size) / 2
        codes = "".join(map(self.face.glyph_codes.__getitem__, text)).encode()
        position = f"{STAMP} {size} Tf {grey} g 1 0 0 1 {left:.2f} {_FOOT} Tm".encode()
        kind = b"/Artifact<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>BDC"
        return b"Q %b q BT /%b <%b> Tj ET Q EMC" % (kind, position, codes)

    def objects(self, first: int) -> Sequence[tuple[bytes, bytes]]:
        """Return the font as objects numbered from `first` on, each with its stream or with b""."""
        face = self.face
        letters = {face.glyphs[each]: each for each in sorted(self.letters, reverse=True)}
        glyphs = sorted(letters)
        file, length = _subset(font_dir() / _FACE, tuple(glyphs))
        name = b"/WRKBCH+SourceSans3-Regular"
        widths = b" ".join(b"%d[%d]" % (glyph, face.widths[letters[glyph]]) for glyph in glyphs)
        system = b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        lines = (*face.box, face.ascent, face.descent, face.ascent, first + 3)
        return (
            (
                b"<</Type/Font/Subtype/Type0/BaseFont%b/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
                % (name, first + 1, first + 4),
                b"",
            ),
            (
                b"<</Type/Font/Subtype/CIDFontType2/BaseFont%b%b/CIDToGIDMap/Identity/W[%b]/FontDescriptor %d 0 R>>"
                % (name, system, widths, first + 2),
                b"",
            ),
            (
                b"<</Type/FontDescriptor/FontName%b/Flags 4/ItalicAngle 0/StemV 80" % name
                + b"/FontBBox[%d %d %d %d]/Ascent %d/Descent %d/CapHeight %d/FontFile2 %d 0 R>>" % lines,
                b"",
            ),
            (b"/Filter/FlateDecode/Length1 %d" % length, file),
            (b"/Filter/FlateDecode", zlib.compress(_to_unicode(letters), 9)),
        )


def _to_unicode(letters: dict[int, str]) -> bytes:
    pairs = [b"<%04x> <%b>" % (glyph, each.encode("utf-16-be").hex().encode()) for glyph, each in letters.items()]
    # A block has at most a hundred pairs.
    blocks = (pairs[at : at + 100] for at in range(0, len(pairs), 100))
    lines = (b"%d beginbfchar\n%b\nendbfchar" % (len(block), b"\n".join(block)) for block in blocks)
    begin = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Stamp def /CMapType 2 def"
    span = b"1 begincodespacerange <0000> <ffff> endcodespacerange"
    return b"\n".join((begin, span, *lines, b"endcmap CMapName currentdict /CMap defineresource pop end end"))


@cache
def _face(file: Path) -> _StampFont:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - loaded to stamp pages

    with TTFont(file, lazy=True) as font:
        scale = font["head"].unitsPerEm
        names = {chr(letter): name for letter, name in font.getBestCmap().items()}
        glyphs = {letter: font.getGlyphID(name) for letter, name in names.items()}
        metrics = font["hmtx"].metrics
        widths = {letter: _thousandths(metrics[name][0], scale) for letter, name in names.items()}
        head, lines = font["head"], font["hhea"]
        edges = (head.xMin, head.yMin, head.xMax, head.yMax, lines.ascent, lines.descent)
        left, low, right, high, ascent, descent = (_thousandths(edge, scale) for edge in edges)
    glyph_codes = {letter: f"{glyph:04x}" for letter, glyph in glyphs.items()}
    return _StampFont(glyphs, widths, glyph_codes, (left, low, right, high), ascent, descent)


def _thousandths(length: int, scale: int) -> int:
    return (length * 1000 + scale // 2) // scale


@cache
def _subset(file: Path, glyphs: tuple[int, ...]) -> tuple[bytes, int]:
    """Return a subset of the font, compressed, and its length before that; the glyphs keep their numbers."""
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415 - loaded to stamp pages
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - the same

    options: Any = Options(retain_gids=True, notdef_outline=True, hinting=False, layout_features=[])
    options.drop_tables += _UNUSED
    with TTFont(file, lazy=True, recalcTimestamp=False) as font:
        cut = Subsetter(options)
        cut.populate(gids=glyphs)
        cut.subset(font)
        target = io.BytesIO()
        font.save(target)
    return zlib.compress(target.getvalue(), 9), len(target.getvalue())
