"""The letters of other scripts, told beside the glyphs that draw them, so that they can be searched, copied and heard."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from workbench.documents.page.fonts import is_plain
from workbench.documents.pdf.objects import object_at

if TYPE_CHECKING:
    from pydyf import PDF

_PAIRS = tuple(
    (b"> <%04x>" % ord(opening), b"> <%04x>" % ord(closing)) for opening, closing in ("()", "[]", "{}", "«»", "‹›")
)


def add_actual_text(laid_out: Any, pdf: "PDF") -> None:
    """Say the letters of each piece of text beside its glyphs where one does not follow from the other.

    An Arabic or Indic font draws one letter with several glyphs and several letters with the same, in another order
    (ISO 32000-1, 14.9.4). The engine numbers a piece when it draws it and tags it in the order of the page's boxes.
    """
    from pydyf import String  # noqa: PLC0415 - part of the engine, loaded by whoever prints

    texts = [[box.text for box in _texts(page._page_box)] for page in laid_out.pages]  # noqa: SLF001 - the same box
    _tell_brackets(pdf)
    if all(is_plain("".join(page)) for page in texts):
        return
    root = object_at(pdf, pdf.catalog["StructTreeRoot"])
    pieces: dict[bytes, list[int]] = {}
    for at, piece in _listed(pdf, object_at(pdf, root["K"][0])):
        pieces.setdefault(at, []).append(piece)
    for reference, said in zip(pdf.page_references, texts, strict=True):
        words: dict[int, str] = dict(zip(pieces.get(reference, ()), said, strict=True))
        for operand in object_at(pdf, object_at(pdf, reference)["Contents"]).stream:
            if isinstance(operand, dict) and not is_plain(text := words.get(operand.get("MCID", -1), "")):
                operand["ActualText"] = String(text)


def _tell_brackets(pdf: "PDF") -> None:
    """Put opening and closing signs right in the maps from glyphs to letters.

    The engine takes a letter for a glyph where it is first drawn, and among letters read from right to left an opening
    bracket is drawn with the glyph of a closing one. In our fonts the glyph of the opening one has the lower number.
    """
    for each in pdf.objects:
        lines = getattr(each, "stream", None)
        if lines and lines[0] == b"/CIDInit /ProcSet findresource begin":
            found = {line: at for at, line in enumerate(lines) if line.startswith(b"<")}
            for signs in _PAIRS:
                drawn = sorted(line for line in found if line.endswith(signs))
                if len(drawn) == 2:
                    for line, sign in zip(drawn, signs, strict=True):
                        lines[found[line]] = line[: -len(sign)] + sign


def _texts(box: Any) -> Iterator[Any]:
    """Give the boxes of text in a box in reading order, those at the head and foot of the page left out."""
    for child in getattr(box, "children", ()):
        inner = getattr(child, "_box", child)  # what stands in for a box that is placed somewhere else
        if hasattr(inner, "pango_layout"):
            yield inner
        elif not hasattr(inner, "at_keyword"):
            yield from _texts(inner)


def _listed(pdf: "PDF", element: Any) -> Iterator[tuple[bytes, int]]:
    """Give the pieces of text below an element in reading order, each with its page; a picture is none."""
    for kid in element["K"]:
        if not isinstance(kid, int):
            below = object_at(pdf, kid)
            yield from _listed(pdf, below) if "K" in below else ()
        elif element["S"] != "/Figure":
            yield element["Pg"], kid
