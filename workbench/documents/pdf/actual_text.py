"""Add the characters of other scripts to their glyphs, so that the text can be searched, copied and read aloud."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from workbench.documents.page.fonts import is_plain
from workbench.documents.pdf.objects import object_at

if TYPE_CHECKING:
    from pydyf import PDF

_PAIRS = tuple(
    (b"> <%04x>" % ord(opening), b"> <%04x>" % ord(closing)) for opening, closing in ("()", "[]", "{}", "«»", "‹›")
)


def add_actual_text(layout: Any, pdf: "PDF") -> None:
    """Add its characters to each piece of text that cannot be recovered from its glyphs.

    An Arabic or Indic font draws one character with several glyphs, several characters with one, or in another order
    (ISO 32000-1, 14.9.4). The engine numbers a piece when it draws it and tags it in the order of the page's boxes.
    """
    from pydyf import String  # noqa: PLC0415 - part of the engine, loaded to print

    texts = [[box.text for box in _texts(page._page_box)] for page in layout.pages]  # noqa: SLF001 - the same box
    _fix_brackets(pdf)
    if all(is_plain("".join(page)) for page in texts):
        return
    root = object_at(pdf, pdf.catalog["StructTreeRoot"])
    pieces: dict[bytes, list[int]] = {}
    for at, piece in _text_pieces(pdf, object_at(pdf, root["K"][0])):
        pieces.setdefault(at, []).append(piece)
    for reference, page_texts in zip(pdf.page_references, texts, strict=True):
        words: dict[int, str] = dict(zip(pieces.get(reference, ()), page_texts, strict=True))
        for operand in object_at(pdf, object_at(pdf, reference)["Contents"]).stream:
            if isinstance(operand, dict) and not is_plain(text := words.get(operand.get("MCID", -1), "")):
                operand["ActualText"] = String(text)


def _fix_brackets(pdf: "PDF") -> None:
    """Correct opening and closing brackets in the maps from glyphs to characters.

    The engine maps a glyph to the character it is first drawn for, and in right-to-left text an opening bracket is
    drawn with the glyph of a closing one. In our fonts the glyph of the opening bracket has the lower number.
    """
    for each in pdf.objects:
        lines = getattr(each, "stream", None)
        if lines and lines[0] == b"/CIDInit /ProcSet findresource begin":
            found = {line: at for at, line in enumerate(lines) if line.startswith(b"<")}
            for signs in _PAIRS:
                mappings = sorted(line for line in found if line.endswith(signs))
                if len(mappings) == 2:
                    for line, sign in zip(mappings, signs, strict=True):
                        lines[found[line]] = line[: -len(sign)] + sign


def _texts(box: Any) -> Iterator[Any]:
    """Yield the text boxes in a box in reading order, without those of page header and footer."""
    for child in getattr(box, "children", ()):
        # A placeholder refers to the box that is placed elsewhere.
        inner = getattr(child, "_box", child)
        if hasattr(inner, "pango_layout"):
            yield inner
        elif not hasattr(inner, "at_keyword"):
            yield from _texts(inner)


def _text_pieces(pdf: "PDF", element: Any) -> Iterator[tuple[bytes, int]]:
    """Yield the pieces of text below an element in reading order, each with its page; images are skipped."""
    for kid in element["K"]:
        if not isinstance(kid, int):
            below = object_at(pdf, kid)
            yield from _text_pieces(pdf, below) if "K" in below else ()
        elif element["S"] != "/Figure":
            yield element["Pg"], kid
