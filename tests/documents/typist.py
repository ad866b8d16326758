"""How a test fills in a PDF as a person does: a click on a button, letters typed into a field, and the file saved."""

import ctypes
import io
from collections.abc import Iterator, Mapping

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from tests.documents import pdfs


def fill_in(pdf: bytes, answers: Mapping[str, str]) -> bytes:
    """Type answers into fields by their full name, and click the button of a choice that stands for the answer."""
    target = io.BytesIO()
    places = dict(_places(pdf, answers))
    assert places.keys() == answers.keys(), answers.keys() - places.keys()
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        pages = list(document)
        for name, (at, x, y) in places.items():
            position = (document.formenv, pages[at], 0, x, y)
            pdfium.FORM_OnMouseMove(*position)
            pdfium.FORM_OnLButtonDown(*position)
            pdfium.FORM_OnLButtonUp(*position)
            letters = ctypes.create_string_buffer((answers[name] + "\0").encode("utf-16-le"))
            pdfium.FORM_ReplaceSelection(document.formenv, pages[at], ctypes.cast(letters, pdfium.FPDF_WIDESTRING))
            pdfium.FORM_ForceToKillFocus(document.formenv)
        document.save(target)
    return target.getvalue()


def _places(pdf: bytes, answers: Mapping[str, str]) -> Iterator[tuple[str, tuple[int, float, float]]]:
    """Return page and middle of each field that is to be filled in."""
    with pdfs.opened(pdf) as opened:
        for at, page in enumerate(opened.pages):
            widgets = [each for each in page.get("/Annots", []) if each.Subtype == pikepdf.Name.Widget]
            for widget, (_, _, full) in zip(widgets, pdfs.fields(page), strict=True):
                name, _, value = full.partition("=")
                if name in answers and value in ("", answers[name]):
                    left, bottom, right, top = map(float, widget.Rect)
                    yield name, (at, (left + right) / 2, (bottom + top) / 2)
