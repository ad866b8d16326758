"""How a test looks into a PDF: its pictures, words, tags, bookmarks, links and fields."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from pypdfium2 import raw

BARE = {"/Type", "/S", "/K", "/Pg", "/P"}
HOLLOW = {pikepdf.Name.Span, pikepdf.Name.NonStruct}


def pictures(pdf: bytes, keep: float = 1.0) -> list[tuple[tuple[int, int], bytes]]:
    """Return size and dots of each page, or of its upper part."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        for page in document:
            image = page.render(scale=1).to_pil()
            image = image.crop((0, 0, image.width, int(image.height * keep)))
            found.append((image.size, image.tobytes()))
    return found


def words(pdf: bytes | Path) -> list[str]:
    """Return the words of each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def text(pdf: bytes | Path) -> str:
    """Return the words of all pages as one line."""
    return " ".join(" ".join(words(pdf)).split())


def size_of(text: pypdfium2.PdfTextPage, at: int) -> float:
    """Return the size of a letter in points on the page; the engine draws in pixels and scales them."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, at, matrix)
    return float(raw.FPDFText_GetFontSize(text, at) * abs(matrix.d))


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def faults(pdf: bytes) -> list[str]:
    """Return what `qpdf --check` says of a file; its library comes with pikepdf. Raises PdfError where it cannot be read."""
    with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False) as opened_as_it_is:
        return opened_as_it_is.check_pdf_syntax()


def marked(page: pikepdf.Page) -> Iterator[int]:
    """Return the number of each piece of text on a page that is no artifact."""
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "BDC" and str(operands[0]) != "/Artifact":
            yield int(operands[1]["/MCID"])


def shape(element: Any) -> Any:
    """Return an element as nested lists of roles and pieces; one that only groups counts as what it holds."""
    return [str(element.S), *(found for kid in _below(element) for found in _shapes(kid, element.get("/Pg")))]


def _shapes(element: Any, page: Any) -> list[Any]:
    if isinstance(element, int):
        return [element]
    if element.get("/Type") == pikepdf.Name.OBJR:
        return [str(element.Obj.get("/Subtype"))]
    if element.S in HOLLOW and set(element.keys()) == BARE and page is not None and element.Pg == page:
        return [found for kid in _below(element) for found in _shapes(kid, page)]
    return [shape(element)]


def _below(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def bookmarks(pdf: pikepdf.Pdf) -> list[tuple[int, str, int]]:
    """Return depth, words and page from 1 of each bookmark in reading order."""
    found: list[tuple[int, str, int]] = []
    pages = {page.objgen: at for at, page in enumerate(pdf.pages, 1)}

    def walk(items: list[pikepdf.OutlineItem], depth: int) -> None:
        for item in items:
            found.append((depth, item.title, pages[item.destination[0].objgen]))
            walk(item.children, depth + 1)

    with pdf.open_outline() as outline:
        walk(outline.root, 1)
    return found


def links(pdf: pikepdf.Pdf) -> list[tuple[int, str]]:
    """Return the page of each link from 1, and where it leads: a page and a place on it, or an address."""
    pages = {page.objgen: at for at, page in enumerate(pdf.pages, 1)}
    names = pikepdf.NameTree(pdf.Root.Names.Dests) if "/Names" in pdf.Root and "/Dests" in pdf.Root.Names else {}
    found = []
    for at, page in enumerate(pdf.pages, 1):
        for annotation in page.get("/Annots", []):
            if annotation.Subtype != pikepdf.Name.Link:
                continue
            if "/A" in annotation:
                found.append((at, str(annotation.A.URI)))
            else:
                place = names[str(annotation.Dest)]
                spot = " ".join(str(each) for each in list(place)[2:4])
                found.append((at, f"{pages[place[0].objgen]}: {spot}"))
    return found


def fields(page: pikepdf.Page) -> list[tuple[str, str, str]]:
    """Return the own name, value and full name of each field of a page, in the order of the tabulator.

    A button of a choice is named after its group and its value: `score=2`.
    """
    found = []
    for annotation in page.get("/Annots", []):
        if annotation.Subtype == pikepdf.Name.Widget:
            field, value = (annotation, "") if "/T" in annotation else (annotation.Parent, f"={state(annotation)}")
            names, above = [str(field.T) + value], field
            while "/Parent" in above:
                above = above.Parent
                names.insert(0, str(above.T))
            found.append((str(field.T) + value, str(field.get("/V", "")), ".".join(names)))
    return found


def state(button: Any) -> str:
    """Return the value of a button when it is on."""
    (found,) = set(button.AP.N.keys()) - {"/Off"}
    return str(found)[1:]
