"""The papers of a packet as Word files say what the printed ones say, in each language, and hold nothing but text."""

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from functools import partial
from pathlib import Path

import docx
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from tests.support import make
from workbench.core.text.translation import load_translator
from workbench.documents.model import Document, FillMode, Paper
from workbench.documents.page.html import render_body
from workbench.hiring import documents as hiring_documents
from workbench.hiring.model import InterviewDay, People
from workbench.hiring.schedule import interview_schedule
from workbench.hiring.timetable import Timetable, schedule_talks
from workbench.packets import documents
from workbench.packets.contents import ContentsChapter, ContentsEntry, Cover, CoverRole
from workbench.packets.run.docx import word
from workbench.roles.documents.build import interview_kit
from workbench.roles.documents.kinds import DOCUMENTS, build_document
from workbench.roles.library import find

HOSTILE = "<b>bold</b> {{7*7}} =HYPERLINK(1) &lt; “x” ]]> MERGEFIELD"
ROLE = find("account-executive-mid-market")
STAMP = make.stamp()
PAPERS = ("cover", "schedule", "timed", "guide", "sheet", "notice", "kit", "packet-kit", *DOCUMENTS)
OFFICE = shutil.which("soffice") if shutil.which("lowriter") else None


def paper(
    name: str, language: str = "en", panel: str = "Ina Vogt", candidate: str = "Candidate A", pages: int = 13
) -> Document:
    if name in DOCUMENTS:
        return build_document(name, ROLE, STAMP, language)
    people = People((panel, "Raj Rao"), (candidate, "Candidate B"))
    day = InterviewDay(date(2026, 12, 1), time(9), lunch=time(10))
    held = make.interviews(people.panel, people.candidates, ROLE)
    timed = Timetable(day, schedule_talks(held.interviews(), day)) if name == "timed" else None
    chapters = (
        ContentsChapter("", (ContentsEntry("Guide", 2),)),
        ContentsChapter(candidate, (ContentsEntry("Interview kit", 3),)),
    )
    cover = Cover("Packet", panel, (CoverRole(ROLE.title, "Edition 3"),), chapters, pages)
    missing = replace(make.document(title=candidate), language=language)
    word_file: dict[str, Callable[[], Document]] = {
        "cover": lambda: documents.cover(cover, STAMP, language),
        "guide": lambda: documents.interviewer_guide(STAMP, language),
        "sheet": lambda: hiring_documents.score_sheet(ROLE, panel, candidate, STAMP, language),
        "notice": lambda: documents.notice(missing, "It took too long."),
        "kit": lambda: interview_kit(ROLE, STAMP, panel, language),
        "packet-kit": lambda: interview_kit(ROLE, STAMP, panel, language, "1.12.2026", sheet=False),
    }
    schedule = partial(interview_schedule, held, STAMP, language, timed)
    return word_file.get(name, schedule)()


def flat(document: Document, **answers: str) -> Document:
    answers_of_sheet = tuple((name.replace("_", "-"), text) for name, text in answers.items())
    return replace(document, form=FillMode.FLAT, answers=answers_of_sheet)


def read(file: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(file))


def texts_of(document: Document) -> str:
    element = read(word(document, Paper.A4)).element.body
    return re.sub(r"[\s\u2610]", "", "".join(Paragraph(each, None).text for each in element.iter(qn("w:p"))))


def printed_texts(document: Document) -> str:
    page = BeautifulSoup(render_body(document, Paper.A4), "html5lib")
    page.select_one(".company").decompose()
    return re.sub(r"[\s\u200b]", "", page.get_text())


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_says_word_for_word_what_the_printed_one_says(name: str, language: str):
    document = paper(name, language)
    reported, shown = texts_of(document), printed_texts(document)
    assert sorted(reported) == sorted(shown)
    assert reported == shown or name in {
        "timed",
        "kit",
        "packet-kit",
    }  # what is known stands below its label, not below all labels


@pytest.mark.parametrize("name", [name for name in PAPERS if name not in {"cover", "guide", "notice"}])
def test_a_flat_paper_says_what_was_written_and_where_nothing_was(name: str):
    key = ROLE.accountabilities[0].key
    calls = next(iter(ROLE.questions()))[1].key
    answers = {
        "held": "1 December", "decision": "yes", "reason": "Clear answers\nand kind", f"score_{calls}": "4",
        f"evidence_{calls}": "Named the buyer", f"can_{key}": "5", "needs": "A map", "seat_holder": "Sam Lee",
        "time_1_2": "10:30", "name": HOSTILE, f"note_{calls}": "Slow start",
    }  # fmt: skip
    for document in (flat(paper(name), **answers), flat(paper(name, "de"))):
        assert sorted(texts_of(document)) == sorted(printed_texts(document))
    assert texts_of(flat(paper(name), **answers)) != texts_of(paper(name)) or name in {
        "timed",
        "position-description",
        "exercise-candidate",
        "position-annex",
        "job-advert",
    }


def test_a_question_that_was_not_asked_and_no_decision_are_said():
    calls = next(iter(ROLE.questions()))[1].key
    reported = texts_of(flat(paper("sheet"), **{f"score_{calls}": "not-asked", "decision": "strong-yes"}))
    assert "notasked" in reported
    assert "Strongyes" in reported
    assert "Definitelynot" not in reported
    assert "Nothingwaschosenhere." in texts_of(flat(paper("sheet")))


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_that_would_be_typed_into_has_lines_and_boxes_in_word(name: str):
    assert texts_of(replace(paper(name), form=FillMode.FILLABLE)) == texts_of(paper(name))


@pytest.mark.parametrize("name", ["cover", "schedule", "timed", "sheet", "notice", "kit"])
def test_a_name_is_only_text(name: str):
    word_file = read(word(paper(name, panel=HOSTILE, candidate=HOSTILE), Paper.LETTER))
    assert HOSTILE in "".join(each.text or "" for each in word_file.element.iter(qn("w:t")))
    assert not [
        mark for mark in ("w:hyperlink", "w:instrText", "w:fldSimple", "w:object") if mark in word_file.element.xml
    ]


@pytest.mark.parametrize("name", PAPERS)
def test_large_print_has_18_points_upright_and_no_table_of_many_columns(name: str):
    word_file = read(word(replace(paper(name), large=True), Paper.A4))
    sizes = {style.name: style.font.size.pt for style in word_file.styles if hasattr(style, "font") and style.font.size}
    assert {look: size for look, size in sizes.items() if size < 18} == {"Footer": 12, "Gap": 2}
    assert all(len(table.columns) <= 2 for table in word_file.tables)
    assert word_file.sections[0].page_width < word_file.sections[0].page_height


@pytest.mark.slow("writes every document as a Word file")
def test_large_print_loses_no_word():
    for name in PAPERS:
        document = paper(name)
        large = texts_of(replace(document, large=True))
        cells = [cell.text for table in read(word(document, Paper.A4)).tables for cell in table._cells]
        lost = [text for text in cells if re.sub(r"[\s\u2610]", "", text) not in large and not text.isdecimal()]
        assert lost == [], name


def test_the_spelling_the_foot_and_the_edition_are_in_the_language_of_the_paper():
    word_file = read(word(paper("sheet", "de"), Paper.A4))
    foot = word_file.sections[0].footer.paragraphs[0].text
    assert "Ausgabe 3" in foot
    assert load_translator("de").gettext("Page {page} of {pages}").split("{")[0] in foot
    assert 'w:lang w:val="de-DE"' in word_file.styles.element.xml


def test_steps_are_counted_from_one_under_each_heading():
    word_file = read(word(paper("guide"), Paper.A4))
    lists = [each._p.pPr.numPr.numId.val for each in word_file.paragraphs if each.style.name == "List Number"]
    assert len(lists) == 10
    assert len(set(lists)) == 3


def test_a_cover_of_word_files_has_no_page_numbers():
    reported = texts_of(paper("cover", pages=0))
    assert "Interviewkit" in reported
    assert "Page" not in reported
    assert "pages" not in reported


def test_a_document_that_is_no_paper_is_refused():
    with pytest.raises(TypeError, match="no Word form"):
        word(make.document(), Paper.A4)


@pytest.mark.office
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice Writer is not installed")
def test_libreoffice_opens_each_paper_and_counts_its_pages(tmp_path: Path):
    """Open them in a real word processor; where soffice is not installed this is skipped, and the report says so."""
    for name in ("cover", "timed", "guide", "sheet", "notice"):
        (tmp_path / f"{name}.docx").write_bytes(word(paper(name, candidate=HOSTILE), Paper.A4))
        large = flat(replace(paper(name, "de", candidate=HOSTILE), large=True))
        (tmp_path / f"{name}-large.docx").write_bytes(word(large, Paper.A4))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = sorted(tmp_path.glob("*.docx"))
    command = [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, *files]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    for file in files:
        with pypdfium2.PdfDocument(file.with_suffix(".pdf")) as shown:
            texts = ["".join(page.get_textpage().get_text_range().split()) for page in shown]
        counted = "Seite1von" if "large" in file.name else "Page1of"
        assert f"{counted}{len(texts)}" in texts[0], file.name
        assert all("Northwind" in text for text in texts), file.name
        assert "guide" in file.name or "{{7*7}}" in "".join(texts), file.name
