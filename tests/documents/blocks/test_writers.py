"""Every block is written as a page, as a Word file and as plain text, with the same words and the same places to write."""

import io
import re
from dataclasses import replace

import docx
import pytest
from bs4 import BeautifulSoup
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

from tests.documents.pdfs import text
from tests.support import make
from workbench.documents.blocks.inline import TextLook, isolated, strong
from workbench.documents.blocks.model import (
    Align,
    Blank,
    Block,
    Break,
    Bullets,
    Cell,
    Choice,
    Column,
    Contents,
    Fact,
    Field,
    Fields,
    Figure,
    FigureRow,
    FigureRows,
    Group,
    Heading,
    Link,
    Option,
    Paragraph,
    Row,
    Rows,
    RuledLines,
    Scale,
    SideBySide,
    Signature,
    SignOff,
    Table,
    TableLook,
    TableRow,
    Title,
    WeekCell,
    WeekGrid,
    WeekRow,
)
from workbench.documents.model import Document, FillMode, Paper, document_of
from workbench.documents.page.html import render_body
from workbench.documents.page.text import write_text
from workbench.documents.press.press import press
from workbench.documents.store.keys import key
from workbench.documents.word.blocks import write_docx

ARABIC = "\u0645\u062d\u0645\u062f"
OTHERS = (Option("not-asked", "not asked"),)
FIGURES = FigureRow(
    "1", "Decisions hold", 35, (Figure("3", "experts met", "a month"),), (Figure("65%", "won"),), ("time",)
)
BLOCKS: tuple[Block, ...] = (
    Title(
        "Position description", "Sales Engineer", "Two lines\nof purpose.", (Fact("Reports to", "Head"),), outside=True
    ),
    *(Paragraph(f"A text that is {look}.", look) for look in TextLook),
    FigureRows(("Outcome", "Early sign", "Result", "Our side"), (FIGURES,)),
    SideBySide(
        ((Heading("Hard parts"), Bullets(("One", "Two"))), (Heading("Not yours"), Rows((Row("Sales", ("deals",)),))))
    ),
    Heading("Steps", number="1", anchor="steps"),
    Bullets((strong("Do it.", "Then rest."), "Twice"), numbered=True),
    Rows((Row("Label", ("one", "two")), Row("Other", ("Three.\nFour.",))), wide=True),
    Table(
        (Column("Who", 30), Column("Score"), Column("Page", 10, Align.RIGHT)),
        (
            TableRow((Cell(("A group",), span=3),), group=True),
            TableRow((Cell(("Ann", "Bob")), Cell((), Scale("score-a", "Score of Ann", others=OTHERS)), Cell(("7",)))),
            TableRow(
                (Cell(("Cy",)), Cell((), Blank("blank", "Blank")), Cell((), Blank("tall", "Tall", tall=True))),
                tied=True,
            ),
        ),
        TableLook.TALL,
    ),
    Table((Column(""), Column("", 20)), (TableRow((Cell(("Bare",)), Cell((), RuledLines("bare", "Bare", 2)))),)),
    Group((Heading("Question", 3, "2", "2 Question"), Scale("anchored", "Score", ("bad", "fair", "good"), OTHERS))),
    Scale("plain", "Score of all"),
    RuledLines("notes", "Notes", 3),
    Choice("decision", "Decision", (Option("yes", "Yes"), Option("no", "No"))),
    Fields((Field("name", "Name", known="Ann"), Field("held", "Date", initial="3 May"), Field("place", "Place"))),
    Group((Heading("Boxed"), Paragraph(f"{isolated('Ann')} at {isolated('9:00')}")), boxed=True),
    Group(
        (Heading("Agreed"), SignOff((Signature("leader", "Leader"),), ("Who", "Name", "Signature", "Date"))), Break.PAGE
    ),
    Group((Contents(("Document", "Page"), (Link("Steps", "steps", "2"), Link("Elsewhere"))),), Break.FREE),
    WeekGrid(
        ("Measure", "Target", "Sum"),
        (
            WeekRow(
                "1",
                "Calls",
                "40",
                tuple(WeekCell(at, f"w{at}", f"Calls, week {at}", "40") for at in (1, 4)),
                "sum",
                "Sum",
            ),
            WeekRow("2", "Deals", "3", ()),
        ),
    ),
)
ANSWERS = (
    ("score-a", "4"), ("anchored", "not-asked"), ("plain", "2"), ("notes", "First.\nSecond."), ("decision", "yes"),
    ("held", "4 May"), ("blank", "Filled"), ("w4", "38"), ("leader", "Lee"), ("sum", "80"), ("bare", "Open"),
)  # fmt: skip


def every_block(form: FillMode = FillMode.HAND, answers: tuple[tuple[str, str], ...] = ()) -> Document:
    document = document_of("sample", "Every block", BLOCKS, make.stamp(draft=True), kind_title="Sample")
    return replace(document, form=form, answers=answers, landscape=True)


def letters(text: str) -> list[str]:
    """Return the letters of a text in order, without spaces, boxes to tick and lines to write on."""
    return sorted(re.sub(r"[\s\u200b\u2610_]|\[ \]", "", text))


def page_text(document: Document) -> str:
    page = BeautifulSoup(render_body(document, Paper.A4), "html5lib")
    page.select_one(".company").decompose()
    return page.get_text()


def word_text(document: Document) -> str:
    body = docx.Document(io.BytesIO(write_docx(document, Paper.A4))).element.body
    return "".join(WordParagraph(each, None).text for each in body.iter(qn("w:p")))


@pytest.mark.parametrize("answers", [(), ANSWERS], ids=["empty", "answered"])
@pytest.mark.parametrize("form", [FillMode.HAND, FillMode.FLAT])
def test_a_word_file_has_the_words_of_the_page(form: FillMode, answers: tuple[tuple[str, str], ...]):
    document = every_block(form, answers)
    assert letters(word_text(document)) == letters(page_text(document))


def test_a_plain_text_says_what_a_reader_needs():
    empty, answered = write_text(every_block()), write_text(every_block(FillMode.FLAT, ANSWERS))
    for line in (
        "Sales Engineer",
        "1 Decisions hold (35%)",
        "Early sign: 3 experts met a month",
        "HARD PARTS",
        "- One",
    ):
        assert line in empty.splitlines()
    assert "Date: 3 May" in empty
    assert "- Who: Ann Bob; Score: 4 of 5; Page: 7" in answered
    assert {"Date: 4 May", "not asked", "First.", "Second.", "Yes"} <= set(answered.splitlines())
    assert "\n\n\n" not in empty


def test_each_place_to_write_is_a_field_under_its_own_name():
    document = every_block(FillMode.FILLABLE)
    page = BeautifulSoup(render_body(document, Paper.A4), "html5lib")
    names = {each["name"].removeprefix(f"{document.sheet}.") for each in page.select(".entry")}
    assert names == {
        "score-a", "blank", "tall", "bare", "anchored", "plain", "notes", "decision", "held", "place", "leader",
        "leader-signed", "leader-date", "w1", "w4", "sum",
    }  # fmt: skip
    assert all(each["title"] for each in page.select(".entry"))


@pytest.mark.slow("prints every block in every form")
@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("form", FillMode)
def test_every_block_is_printed_without_a_barrier(form: FillMode, large: bool):
    pressed = press(replace(every_block(form, ANSWERS), large=large), Paper.A4)
    assert pressed.findings == ()
    assert [heading.text for heading in pressed.headings if heading.text.startswith("2 ")] == ["2 Question"]


def test_the_text_of_a_page_is_in_the_order_of_its_blocks():
    words = text(press(every_block(), Paper.A4).pdf)
    places = [
        words.index(each) for each in ("Sales Engineer", "1 Decisions hold", "1 Steps", "Do it.", "2 Question", "bad")
    ]
    assert places == sorted(places)


def test_a_name_in_arabic_keeps_its_own_direction():
    sentence = Paragraph(f"{isolated(ARABIC)} {isolated('13:30-14:35')}")
    document = document_of("sample", "Times", (sentence,), make.stamp())
    assert f'<bdi><bdi dir="rtl">{ARABIC}</bdi></bdi> <bdi>13:30-14:35</bdi>' in render_body(document, Paper.A4)
    english = replace(document, blocks=(Paragraph(isolated("Ann")),))
    assert "<p>Ann</p>" in render_body(english, Paper.A4)
    runs = docx.Document(io.BytesIO(write_docx(document, Paper.A4))).paragraphs[0].runs
    assert [(run.text, run.font.rtl) for run in runs] == [(ARABIC, True), (" ", None), ("13:30-14:35", None)]


def test_the_key_of_a_document_depends_on_its_blocks():
    one = every_block()
    other = replace(one, blocks=(*one.blocks, Paragraph("More.")))
    assert key(one, Paper.A4) != key(other, Paper.A4)
