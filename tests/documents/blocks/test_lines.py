"""One rule for the lines of a text: it keeps them on the page, in Word and as plain text; a heading has one line."""

import io
import re
from pathlib import Path

import docx
import pytest

from tests.support import make
from workbench.documents.blocks.inline import strong
from workbench.documents.blocks.model import (
    Block,
    Bullets,
    Cell,
    Column,
    Figure,
    FigureRow,
    FigureRows,
    Heading,
    Paragraph,
    Row,
    Rows,
    Scale,
    Table,
    TableRow,
    Title,
)
from workbench.documents.model import Document, Paper, document_of
from workbench.documents.page.html import render_body
from workbench.documents.page.text import write_text
from workbench.documents.word.blocks import write_docx
from workbench.roles.documents.kinds import DOCUMENTS, build_document
from workbench.roles.documents.word.document import build_docx
from workbench.roles.files.model import read_role

ROLE = Path(__file__).parents[2] / "roles" / "files" / "lines-in-every-text.toml"
TWO = "FIRAA one\nFIRBB two"
LABELS = ("Outcome", "Early sign", "Result", "Our side")
FIGURES = FigureRow("1", TWO, 35, (Figure("3", TWO),), (Figure("65%", "won"),), (TWO,))
PLACES: dict[str, Block] = {
    "standfirst": Title("Kind", "Title", TWO),
    "paragraph": Paragraph(TWO),
    "one bullet": Bullets((TWO,)),
    "bullets": Bullets((TWO, "Another")),
    "steps": Bullets((strong("Do it.", TWO), TWO), numbered=True),
    "row": Rows((Row("Label", (TWO,)), Row("Other", (TWO, "Another")))),
    "cells": Table((Column("A"), Column("B")), (TableRow((Cell((TWO,)), Cell((TWO, "Another")))),)),
    "anchors": Scale("score", "Score", anchors=(TWO, TWO, TWO)),
    "figures": FigureRows(LABELS, (FIGURES,)),
}
# What stands between two lines of a text.
LINE_END = {"html": r"<br>|</(?:p|li|td|th|div)>", "docx": r"<w:br/>|</w:p>"}


def written(document: Document, form: str) -> str:
    """Return the markup of a document as a page or as a Word file."""
    if form == "html":
        return render_body(document, Paper.A4)
    file = build_docx(document, Paper.A4) if document.kind in DOCUMENTS else write_docx(document, Paper.A4)
    element = docx.Document(io.BytesIO(file)).element
    return str(element.xml)


def joined_lines(markup: str, form: str) -> list[str]:
    """Return the marks of the texts whose first two lines have no line end between them."""
    pairs = re.finditer(r"([A-Z]{3})AA one(.{0,600}?)\1BB two", markup.replace("\u00a0", " "), re.DOTALL)
    return [found[1] for found in pairs if not re.search(LINE_END[form], found[2])]


@pytest.mark.parametrize("form", LINE_END)
@pytest.mark.parametrize("place", PLACES)
def test_a_text_keeps_its_lines_in_every_block(place: str, form: str):
    document = document_of("sample", "A sample", (PLACES[place],), make.stamp())
    assert "FIRAA" in written(document, form)
    assert joined_lines(written(document, form), form) == []


@pytest.mark.parametrize("place", PLACES)
def test_a_text_keeps_its_lines_as_plain_text(place: str):
    plain = write_text(document_of("sample", "A sample", (PLACES[place],), make.stamp()))
    if place not in ("row", "cells", "figures"):  # a row of plain text is one line
        assert re.search(r"FIRAA one\n *FIRBB two", plain)


@pytest.mark.parametrize("form", LINE_END)
def test_a_heading_has_one_line(form: str):
    document = document_of("sample", "A sample", (Heading(TWO),), make.stamp())
    assert len(joined_lines(written(document, form), form)) == 1


@pytest.mark.parametrize("form", LINE_END)
def test_every_document_keeps_the_lines_of_every_text_of_a_role(form: str):
    role, headings = read_role(ROLE), {"OUT", "QUE"} if form == "docx" else {"OUT"}  # of one line
    for kind in DOCUMENTS:
        document = build_document(kind, role, make.stamp())
        if "exercise" not in kind:  # a sheet has lines of its own
            assert set(joined_lines(written(document, form), form)) <= headings, kind
