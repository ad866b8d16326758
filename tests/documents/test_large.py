"""Large print: every paper has nothing smaller than 18 point on it, is cut off nowhere, and reads well aloud."""

import logging
from collections.abc import Iterator
from ctypes import create_string_buffer
from dataclasses import replace
from itertools import product
from pathlib import Path

import pdfua
import pypdfium2
import pytest
from pypdfium2 import raw

from tests.documents import pdfs
from tests.support import make
from tests.support.sharing import press
from workbench.documents.model import Document, Paper, PrintedPdf
from workbench.documents.press.preview import Preview
from workbench.hiring.documents import score_sheet
from workbench.hiring.schedule import interview_schedule
from workbench.packets.contents import ContentsChapter, ContentsEntry, Cover, CoverRole
from workbench.packets.documents import cover, interviewer_guide, notice
from workbench.roles.brief.documents import accountability_brief
from workbench.roles.documents.build import interview_kit, starter_metrics_sheet
from workbench.roles.library import find
from workbench.roles.position.documents import position_description

STAMP, DRAFT = make.stamp(), make.stamp(edition="Draft", draft=True)
PANEL = ("Ina Vogt", "Maximilian Hohenstein-Bergmann", "Li Na")
COVER = Cover(
    "Interviewer packet",
    PANEL[1],
    (CoverRole("Account Executive, Mid-market", "Edition 3"),),
    (
        ContentsChapter("", (ContentsEntry("Interview schedule", 2),)),
        ContentsChapter("Account Executive", (ContentsEntry("Interview kit", 11),)),
    ),
    40,
)
POINT = 72 / 25.4  # points in a millimetre
FOOT, SIDE = 28, 17  # millimetres
DOCUMENTS: dict[str, Document] = {
    each.kind: replace(each, large=True)
    for each in (
        position_description(find("account-executive-mid-market"), DRAFT),
        accountability_brief(find("customer-success-manager"), STAMP),
        interview_kit(find("sales-engineer"), STAMP, PANEL[1]),
        starter_metrics_sheet(find("sales-manager"), STAMP),
        cover(COVER, STAMP),
        interview_schedule(make.interviews(PANEL, ("Candidate A", "Candidate B"), find("sales-engineer")), STAMP),
        interviewer_guide(STAMP),
        score_sheet(find("sales-engineer"), PANEL[1], "Candidate A", STAMP),
        notice(interviewer_guide(STAMP), "It took longer than 30 seconds."),
    )
}


@pytest.fixture(scope="module", params=product(DOCUMENTS, Paper), ids="-".join)
def printed(request: pytest.FixtureRequest) -> tuple[Document, Paper, PrintedPdf]:
    kind, paper = request.param
    return DOCUMENTS[kind], paper, press(DOCUMENTS[kind], paper)


@pytest.fixture(scope="module")
def preview() -> Iterator[Preview]:
    with Preview(seconds=60) as preview_process:
        yield preview_process


def letters(pressed: PrintedPdf) -> Iterator[tuple[int, tuple[float, float, float, float], float]]:
    """Return page, box (left, bottom, right, top) and size in points of every letter."""
    with pypdfium2.PdfDocument(pressed.pdf) as pdf:
        for number, page in enumerate(pdf, 1):
            text = page.get_textpage()
            for at in range(text.count_chars()):
                if text.get_text_range(at, 1).strip("\u200b \r\n\u00a0"):
                    yield number, text.get_charbox(at), pdfs.size_of(text, at)
            text.close()


@pytest.mark.slow("prints in large print and reads every letter")
def test_no_letter_is_smaller_than_18_point_and_none_at_the_foot_smaller_than_12(
    printed: tuple[Document, Paper, PrintedPdf],
):
    foot = FOOT * POINT
    small = {(page, size) for page, box, size in letters(printed[2]) if size < (18 if box[1] > foot else 12) - 0.01}
    assert small == set()


@pytest.mark.slow("prints in large print and reads every letter")
def test_every_letter_stands_inside_the_margins(printed: tuple[Document, Paper, PrintedPdf]):
    _, paper, pressed = printed
    right = (paper.size[0] / 10 - SIDE) * POINT + 1
    out = {page for page, box, _ in letters(pressed) if box[0] < SIDE * POINT - 1 or box[2] > right or box[1] < 12}
    assert out == set()


def test_no_heading_stands_at_the_end_of_its_page(printed: tuple[Document, Paper, PrintedPdf]):
    with pypdfium2.PdfDocument(printed[2].pdf) as pdf:
        for heading in pdf.get_toc():
            place = heading.get_dest()
            page = pdf[place.get_index()]
            text = page.get_textpage()
            below = text.get_text_bounded(bottom=FOOT * POINT, top=place.get_view()[1][1])
            own = heading.get_title()
            lines = [shape for shape in page.get_objects() if shape.get_bounds()[3] < place.get_view()[1][1]]
            assert len("".join(below.split())) > len("".join(own.split())) + 10 or len(lines) > 5, own
            text.close()


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize(
    ("kind", "lead", "row"),
    [
        ("interview-kit", "Copy the scores", "The evidence in a few words"),
        ("interview-schedule", "Write the day", "Candidate A"),
        ("starter-metrics", "Boxes", "≥"),
    ],
)
def test_rows_to_write_on_begin_under_their_heading(kind: str, lead: str, row: str, paper: Paper):
    pages = [each.replace("\u00a0", " ") for each in pdfs.words(press(DOCUMENTS[kind], paper).pdf)]
    (page,) = [each for each in pages if lead in each]
    assert row in page.partition(lead)[2]


def test_the_preview_counts_a_page_more_or_less(printed: tuple[Document, Paper, PrintedPdf], preview: Preview):
    document, paper, pressed = printed
    assert abs(preview.page(document, paper).pages - pressed.pages) <= 1


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_checker_of_accessible_pdfs_finds_nothing(kind: str, tmp_path: Path, caplog: pytest.LogCaptureFixture):
    file = tmp_path / "printed.pdf"
    with caplog.at_level(logging.WARNING, "weasyprint"):
        file.write_bytes(press(DOCUMENTS[kind], Paper.A4).pdf)
    assert [record.getMessage() for record in caplog.records] == []
    assert [str(finding) for finding in pdfua.validate(file).findings] == []


def test_a_table_that_became_rows_is_no_table_to_whoever_hears_it_and_one_that_did_not_is():
    kit = press(DOCUMENTS["interview-kit"], Paper.A4)
    assert tables_in(kit) <= 2  # the questions at a glance, which may end on the next page
    assert tables_in(press(replace(DOCUMENTS["interview-kit"], large=False), Paper.A4)) > 10


def tables_in(pressed: PrintedPdf) -> int:
    with pypdfium2.PdfDocument(pressed.pdf) as pdf:
        return sum(kinds_on(page).count("Table") for page in pdf)


def kinds_on(page: pypdfium2.PdfPage) -> list[str]:
    """Name the kind of every element in the tags of a page."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    open_ = [raw.FPDF_StructTree_GetChildAtIndex(tree, at) for at in range(raw.FPDF_StructTree_CountChildren(tree))]
    found = []
    while open_:
        element = open_.pop()
        if element:
            found.append(kind_of(element))
            count = raw.FPDF_StructElement_CountChildren(element)
            open_ += [raw.FPDF_StructElement_GetChildAtIndex(element, at) for at in range(count)]
    raw.FPDF_StructTree_Close(tree)
    return found


def kind_of(element: object) -> str:
    room = create_string_buffer(100)
    raw.FPDF_StructElement_GetType(element, room, len(room))
    return room.raw.decode("utf-16-le").split("\0")[0]
