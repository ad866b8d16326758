"""The papers as Word files say word for word what the printed ones say, and nothing that those do not say."""

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from tests.support import make
from workbench.documents.model import Document, Paper
from workbench.documents.page.html import render_body
from workbench.roles.documents.build import interview_kit
from workbench.roles.documents.kinds import DOCUMENTS, build_document
from workbench.roles.documents.word.document import build_docx
from workbench.roles.library import library
from workbench.roles.model import Conditions, Duty, Exercise, Neighbour, Pay, Qualification, Role

KINDS = tuple(DOCUMENTS)
PAY = Pay(6_000_000, 8_000_000, variable="Commission on what you sign", benefits="Health cover")
HOSTILE = "<b>bold</b> {{7*7}} =HYPERLINK(1) &lt; “x” ]]> \\u0041"
OFFICE = shutil.which("soffice") if shutil.which("lowriter") else None


def paper(kind: str, value: Role, **stamp: object) -> Document:
    return build_document(kind, value, make.stamp(**stamp))


def read(file: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(file))


def file_text(file: bytes) -> str:
    """Return the words of the body without any space; the box to tick is a drawing on the printed page."""
    element = read(file).element.body
    words = "".join(Paragraph(each, None).text for each in element.iter(qn("w:p")))
    return re.sub(r"[\s\u2610]", "", words)


def printed_texts(document: Document, size: Paper = Paper.A4) -> str:
    """Return the words of the printed page without any space; the company stands in Word's header."""
    page = BeautifulSoup(render_body(document, size), "html5lib")
    page.select_one(".company").decompose()
    return re.sub(r"[\s\u200b]", "", page.get_text())


def everything(file: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        return "\n".join(parts.read(name).decode() for name in parts.namelist() if name.endswith((".xml", ".rels")))


def words_of(page: pypdfium2.PdfPage) -> str:
    """Return the words of a page of a PDF without any space: spaced letters look like words of their own."""
    text = page.get_textpage()
    words = "".join(text.get_text_range().split())
    text.close()
    page.close()
    return words


def full(text: str = "") -> Role:
    """Return a role in which every section has words."""
    extra = text or "Some words"
    table = "| Day | Orders |\n| Monday | 12 |"
    sheet = f"# Heading {extra}\n\n{extra}\n\n- {extra}\n- Second line\n\n{table}\n\n> Ana: {extra}"
    exercise = make.exercise(candidate=sheet, role_player=sheet)
    items = tuple(
        replace(
            make.accountability(key, share=30),
            outcome=f"Win {key} {text}".strip(),
            success_factor=f"{extra}\nAnd more",
            questions=(make.question(f"{key}-ask", exercise=exercise if key == "north" else Exercise()),),
        )
        for key in ("north", "south", "west")
    )
    bare = tuple(replace(each, we_will="") for each in items[2].expectations)
    return make.role(
        f"Closer {text}".strip(),
        summary=f"{extra}\n\nSecond paragraph",
        accountabilities=(*items[:2], replace(items[2], expectations=bare, essential=False)),
        hard_parts=(extra, "Second hard part"),
        neighbours=(Neighbour("Account Manager", extra),),
        duties=(Duty(extra), Duty("Speaks at events", essential=False)),
        qualifications=(Qualification(extra), Qualification("Knows our market", required=False)),
        conditions=Conditions(place=extra, travel="Two days a month"),
        pay=PAY,
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_word_file_says_word_for_word_what_the_printed_paper_says(kind: str):
    lacking = replace(full(), accountabilities=(make.without_expectations(make.accountability("east")),))
    for value in (full(), full(HOSTILE), lacking, Role("Sales Engineer"), *library().values()):
        document = paper(kind, value)
        assert file_text(build_docx(document, Paper.A4)) == printed_texts(document)


def test_the_letterhead_stands_at_the_head_of_what_readers_outside_are_given_and_nowhere_else():
    texts = {}
    for kind in KINDS:
        document = paper(kind, full(), letterhead=("40 Harbour Lane", HOSTILE))
        header = read(build_docx(document, Paper.A4)).sections[0].first_page_header
        line = BeautifulSoup(render_body(document, Paper.A4), "html5lib").select_one(".letterhead")
        texts[kind] = [each.text for each in header.paragraphs[1:]]
        assert texts[kind] == ([line.text] if line else [])
    assert texts == {
        "position-description": [f"40 Harbour Lane\u00a0· {HOSTILE}"],
        "position-annex": [],
        "accountability-brief": [f"40 Harbour Lane\u00a0· {HOSTILE}"],
        "interview-kit": [],
        "exercise-candidate": [f"40 Harbour Lane\u00a0· {HOSTILE}"],
        "exercise-interviewer": [],
        "reference-check": [],
        "decision-sheet": [],
        "starter-metrics": [],
        "agreement": [],
        "job-advert": [f"40 Harbour Lane\u00a0· {HOSTILE}"],
    }


def test_a_kit_with_a_name_bears_it_in_the_same_places():
    document = interview_kit(full(), make.stamp(), "Ina Vogt")
    assert file_text(build_docx(document, Paper.A4)).count("InaVogt") == printed_texts(document).count("InaVogt") == 2


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_says_that_it_is_one_in_the_same_words(kind: str):
    document = paper(kind, full(), draft=True)
    assert file_text(build_docx(document, Paper.LETTER)) == printed_texts(document, Paper.LETTER)


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_text_is_only_text(kind: str):
    word_file = read(build_docx(paper(kind, full(HOSTILE), company=HOSTILE), Paper.LETTER))
    assert HOSTILE in "\n".join(each.text for each in word_file.paragraphs)
    assert word_file.sections[0].header.paragraphs[0].text.partition("\t")[0] == HOSTILE
    xml = word_file.element.xml
    assert not [name for name in ("w:hyperlink", "w:instrText", "w:fldSimple", "w:object") if name in xml]


def test_control_characters_cannot_keep_a_paper_from_being_written():
    word_file = read(build_docx(paper("position-description", Role("Clo\x00ser\x1b\ufffe")), Paper.A4))
    assert "Closer" in [each.text for each in word_file.paragraphs]


def test_a_candidates_file_holds_no_question_no_anchor_no_weight_and_no_pay_in_any_of_its_parts():
    question = make.question(
        "ask", text="SECRET", probes=("SECRET",), what_good_looks_like="SECRET", competency="SECRET"
    )
    question = replace(question, anchors=replace(question.anchors, one="SECRET", three="SECRET", five="SECRET"))
    item = make.accountability("north", questions=(question,), reason="SECRET", share=73)
    pay = replace(PAY, variable="SECRET", benefits="SECRET")
    value = make.role(accountabilities=(item,), pay=pay, duties=(Duty("SECRET"),))
    file = build_docx(paper("accountability-brief", value), Paper.A4)
    assert "SECRET" not in everything(file)
    assert "60,000" not in everything(file)
    assert "73%" not in everything(file)


def test_pay_that_is_not_released_is_only_in_the_file_of_those_who_may_see_it():
    for role, seen in ((full(), True), (full().without_unreleased_pay(), False)):
        assert ("60,000" in everything(build_docx(paper("position-description", role), Paper.A4))) is seen
        words = everything(build_docx(paper("position-annex", role), Paper.A4))
        assert [text in words for text in ("60,000", "Commission on what", "Health cover")] == [seen] * 3


def test_headings_are_headings():
    word_file = read(build_docx(paper("position-annex", full()), Paper.A4))
    named = [
        (each.style.name, each.text)
        for each in word_file.paragraphs
        if each.style.name.startswith(("Heading", "Title"))
    ]
    assert named[:3] == [
        ("Title", "Closer"),
        ("Heading 1", "Why this role exists"),
        ("Heading 1", "Key accountabilities"),
    ]
    assert named[-1] == ("Heading 1", "Conditions")


@pytest.mark.parametrize("kind", KINDS)
def test_tables_have_real_heads_and_lists_are_lists(kind: str):
    word_file = read(build_docx(paper(kind, full()), Paper.A4))
    heads = [
        row for table in word_file.tables for row in table.rows if row._tr.trPr.find(qn("w:tblHeader")) is not None
    ]
    assert heads or kind == "job-advert"
    assert all(each.style.name.startswith("Table") for row in heads for cell in row.cells for each in cell.paragraphs)
    styles = {style.style_id: style for style in word_file.styles}
    used = {each.get(qn("w:val")) for each in word_file.element.iter(qn("w:pStyle"))}
    assert used <= styles.keys()
    if kind not in {"starter-metrics", "agreement", "position-annex"}:
        listed = [styles[name] for name in used if name.startswith("List")]
        assert listed
        assert all(style.element.pPr.numPr is not None for style in listed)


def test_only_the_decision_sheet_and_the_starter_sheet_lie_on_their_side():
    sections = {kind: read(build_docx(paper(kind, full()), Paper.LETTER)).sections[0] for kind in KINDS}
    turned = [kind for kind, section in sections.items() if section.page_width > section.page_height]
    assert turned == ["decision-sheet", "starter-metrics"]


def test_a_document_that_is_not_one_of_a_role_is_refused():
    with pytest.raises(TypeError, match="no Word form"):
        build_docx(make.document(), Paper.A4)


@pytest.mark.slow("writes Word files in several processes")
def test_the_same_role_gives_the_same_bytes_in_every_process():
    code = (
        "import hashlib; from workbench.documents.model import Paper, Stamp; from workbench.roles.documents.kinds import DOCUMENTS, build_document;"
        "from workbench.roles.library import library;"
        "from workbench.roles.documents.word.document import build_docx; stamp = Stamp('Acme', None, 'Edition 1', 'ab' * 32, False);"
        "made = [build_docx(build_document(kind, library()['account-manager'], stamp), Paper.A4)"
        " for kind in DOCUMENTS]; print(*(hashlib.sha256(file).hexdigest() for file in made))"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(texts) == 1
    assert len(set(texts.pop().split())) == len(KINDS)


@pytest.mark.office
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice Writer is not installed")
def test_libreoffice_opens_each_file_and_shows_its_words(tmp_path: Path):
    """Open all four in a real word processor; where soffice is not installed this is skipped, and the report says so."""
    for kind in KINDS:
        (tmp_path / f"{kind}.docx").write_bytes(build_docx(paper(kind, full(HOSTILE), draft=True), Paper.A4))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        OFFICE,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        tmp_path,
        *sorted(tmp_path.glob("*.docx")),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    for kind in KINDS:
        with pypdfium2.PdfDocument(tmp_path / f"{kind}.pdf") as shown:
            texts = [words_of(page) for page in shown]
        assert f"Page1of{len(texts)}" in texts[0], kind
        assert all("DRAFT" in text and "Northwind" in text for text in texts), kind
        assert "{{7*7}}" in "".join(texts), kind


def test_a_word_file_is_dated_by_its_edition_and_equal_files_have_equal_bytes():
    dated = replace(build_document("interview-kit", make.role(), make.stamp(dated=date(2026, 11, 30))), title="Kit")
    first, second = build_docx(dated, Paper.A4), build_docx(dated, Paper.A4)
    assert first == second
    properties = read(first).core_properties
    assert properties.created.date() == properties.modified.date() == date(2026, 11, 30)
