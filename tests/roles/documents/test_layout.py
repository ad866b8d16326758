"""Every paper of every library role on both sheets: no heading is left alone, and the file is sound."""

import io
import re
from collections.abc import Iterator

import pikepdf
import pypdfium2
import pytest

from tests.support.make import stamp
from tests.support.sharing import press
from workbench.documents.model import Document, Paper, PrintedPdf
from workbench.roles.brief.documents import accountability_brief
from workbench.roles.documents.build import interview_kit, starter_metrics_sheet
from workbench.roles.documents.model import Kit
from workbench.roles.library import find, library
from workbench.roles.model import Role
from workbench.roles.position.documents import position_annex, position_description

FOOT = 22 * 72 / 25.4  # the running words stand below this
RULED = 45 * 72 / 25.4  # room for six lines to write on
TO_WRITE_ON = ("How do you feel about being", "What would you need", "What do you want")


def papers(role: Role) -> tuple[Document, ...]:
    return (
        position_description(role, stamp()),
        accountability_brief(role, stamp()),
        interview_kit(role, stamp()),
        starter_metrics_sheet(role, stamp()),
    )


def squeezed(text: str) -> str:
    return "".join(text.split())


def stranded(document: Document, pressed: PrintedPdf) -> Iterator[str]:
    """Name the headings that have nothing of their own below them on their page."""
    labels = {}
    if isinstance(document.data, Kit):
        labels = {f"{item.number} {item.competency}": item.text for item in document.data.questions}
    pdf = pypdfium2.PdfDocument(pressed.pdf)
    for bookmark in pdf.get_toc():
        place = bookmark.get_dest()
        title = bookmark.get_title()
        top = place.get_view()[1][1]
        text = pdf[place.get_index()].get_textpage()
        below = squeezed(text.get_text_bounded(bottom=FOOT, top=top))
        own = squeezed(labels.get(title, re.sub(r"^\d+ ", "", title)))
        if title.startswith(TO_WRITE_ON):
            if top - FOOT < RULED:
                yield f"{title} (page {place.get_index() + 1})"
        elif len(below.replace(own, "", 1)) < 10:
            yield f"{title} (page {place.get_index() + 1})"
    pdf.close()


@pytest.mark.parametrize("name", library())
def test_no_heading_is_the_last_thing_on_its_page(name: str):
    for document in papers(find(name)):
        for paper in Paper:
            pressed = press(document, paper)
            assert list(stranded(document, pressed)) == [], f"{document.kind} on {paper}"


def test_a_heading_without_its_text_would_be_seen():
    document = position_annex(find("vp-sales"), stamp())
    pressed = press(document, Paper.A4)
    heading = next(heading for heading in pressed.headings if heading.text == "Duties")
    with pikepdf.open(io.BytesIO(pressed.pdf)) as pdf:
        with pdf.open_outline() as outline:
            duties = next(item for item in outline.root[0].children if item.title == "Duties")
            duties.destination = pikepdf.Array([pdf.pages[heading.page - 1].obj, pikepdf.Name.XYZ, 0, 70, 0])
        out = io.BytesIO()
        pdf.save(out)
    assert list(stranded(document, PrintedPdf(out.getvalue(), pressed.pages, pressed.headings))) == [
        f"Duties (page {heading.page})"
    ]


@pytest.mark.parametrize("at", range(4), ids=["position", "brief", "kit", "metrics"])
def test_a_printed_paper_is_a_sound_and_tagged_file(at: int):
    document = papers(find("account-manager"))[at]
    pressed = press(document, Paper.LETTER)
    with pikepdf.open(io.BytesIO(pressed.pdf)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.Root.Lang == "en"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.docinfo["/Title"] == document.title
        wide, high = (float(side) for side in pdf.pages[0].mediabox[2:])
        assert (wide > high) is document.landscape
    names = [heading.text for heading in pressed.headings]
    assert names[0] == "Account Manager"
    assert not any(re.search(r"\s{2}", name) for name in names)
