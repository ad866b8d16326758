"""Every paper of every kind is a sound, tagged file: for printers, for screen readers, and without a word in the log."""

import hashlib
import io
import logging
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pdfua
import pikepdf
import pytest
from PIL import Image

from tests.support.make import stamp
from workbench.documents.model import Document, Paper, PrintedPdf
from workbench.documents.press.press import press
from workbench.places import data_dir
from workbench.roles.documents.kinds import DOCUMENTS, build_document
from workbench.roles.files.model import read_role

KINDS = tuple(DOCUMENTS)


def document_of(kind: str) -> Document:
    role = read_role(data_dir("role_library") / "account-executive-mid-market.toml")
    return build_document(kind, role, stamp(draft=True))


@pytest.fixture(scope="module", params=KINDS)
def printed(request: pytest.FixtureRequest) -> Iterator[tuple[Document, PrintedPdf, pikepdf.Pdf, list[str]]]:
    messages: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    ear = Ear(logging.WARNING)
    logging.getLogger().addHandler(ear)
    logging.getLogger("weasyprint").addHandler(ear)
    document = document_of(request.param)
    pressed = press(document, Paper.A4)
    logging.getLogger("weasyprint").removeHandler(ear)
    logging.getLogger().removeHandler(ear)
    with pikepdf.open(io.BytesIO(pressed.pdf)) as pdf:
        yield document, pressed, pdf, messages


Printed = tuple[Document, PrintedPdf, pikepdf.Pdf, list[str]]


def parts_of(pdf: pikepdf.Pdf, *kinds: str) -> list[pikepdf.Dictionary]:
    """Return the structure elements of these kinds (`/TH`)."""
    things = (thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary))
    return [thing for thing in things if str(thing.get("/S", "")) in kinds and "/P" in thing]


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_carries_the_mark_of_the_company(kind: str):
    target = io.BytesIO()
    Image.new("RGB", (320, 100), "#0c4b5e").save(target, "PNG")
    mark = target.getvalue()
    plain = document_of(kind)
    marked = replace(plain, stamp=replace(plain.stamp, logo=hashlib.sha256(mark).hexdigest()))

    pressed = press(marked, Paper.A4, mark)

    with pikepdf.open(io.BytesIO(pressed.pdf)) as pdf:
        assert len(pdf.pages[0].get_images()) == 1
        assert [str(figure.Alt) for figure in parts_of(pdf, "/Figure")] == ["Company logo"]


@pytest.mark.slow("prints each kind of document")
def test_the_log_is_silent(printed: Printed):
    assert printed[3] == []


def test_the_file_has_no_fault_of_form(printed: Printed):
    assert printed[2].check_pdf_syntax() == []


def test_checkers_of_accessible_pdfs_find_nothing(printed: Printed, tmp_path: Path):
    assert printed[1].findings == ()
    file = tmp_path / "printed.pdf"
    file.write_bytes(printed[1].pdf)
    assert [str(finding) for finding in pdfua.validate(file).findings] == []


def test_the_file_says_that_it_is_accessible_and_what_it_is(printed: Printed):
    document, _, pdf, _ = printed
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) == document.language
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == document.title
    assert all(str(page.obj.Tabs) == "/S" for page in pdf.pages)


def test_only_house_fonts_are_embedded(printed: Printed):
    fonts = [thing for thing in printed[2].objects if isinstance(thing, pikepdf.Dictionary) and "/BaseFont" in thing]
    names = {str(font.BaseFont).lstrip("/").partition("+")[2] for font in fonts}
    assert names
    assert all(name.startswith(("Source-Sans-3", "Source-Serif-4")) for name in names), names
    described = [
        thing for thing in printed[2].objects if isinstance(thing, pikepdf.Dictionary) and "/FontName" in thing
    ]
    assert all("/FontFile2" in font or "/FontFile3" in font for font in described)


def test_every_heading_cell_says_what_it_heads(printed: Printed):
    heads = parts_of(printed[2], "/TH")
    assert heads or printed[0].kind == "job-advert"  # which has lists and no table
    assert {str(head.A.Scope) for head in heads} <= {"/Row", "/Column"}


def test_every_picture_has_words(printed: Printed):
    assert all("/Alt" in figure for figure in parts_of(printed[2], "/Figure"))


def test_headings_go_down_one_step_at_a_time(printed: Printed):
    levels = [heading.level for heading in printed[1].headings]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert len(parts_of(printed[2], "/H1")) == 1


def test_every_bookmark_leads_to_a_page(printed: Printed):
    _, pressed, pdf, _ = printed
    with pdf.open_outline() as outline:
        assert outline.root
    assert all(1 <= heading.page <= pressed.pages for heading in pressed.headings)
    assert all(heading.text.strip() for heading in pressed.headings)
