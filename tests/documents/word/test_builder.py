"""A Word file holds plain text in named styles: nothing in a text can become anything else, and the bytes stay the same."""

import io
import re
import zipfile
from dataclasses import replace
from hashlib import sha256

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.support import make
from workbench.documents.model import Document, Paper, PressFailed
from workbench.documents.word.builder import DocxBuilder
from workbench.documents.word.table import TableCell, TableRow, TextRun

HOSTILE = (
    "<b>bold</b> &amp; <w:br/>",
    "{{7*7}} {% if x %} ${7*7}",
    '=HYPERLINK("http://evil.example","x")',
    "]]><!-- --> <?xml?>",
    "_x0041_ \\t {INCLUDETEXT c:\\\\x} MERGEFIELD",
)


def paper(value: Document | None = None, size: Paper = Paper.A4, logo: bytes | None = None) -> DocxBuilder:
    return DocxBuilder(value or make.document(), size, logo)


def opened(made: DocxBuilder) -> docx.document.Document:
    return docx.Document(io.BytesIO(made.to_bytes()))


def parts(file: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(file)) as names:
        return {name: names.read(name).decode("utf-8", "replace") for name in names.namelist()}


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stands_in_the_file_as_it_was_typed_and_as_nothing_else(text: str):
    made = paper(replace(make.document(company=text), title=text))
    made.title_block(text, text, (text,))
    made.heading(text, 2, 1)
    made.bullet_list((text, text))
    made.table((0,), [TableRow((TableCell((text,)),))])
    file = made.to_bytes()
    read = docx.Document(io.BytesIO(file))
    body = [each.text for each in read.paragraphs if each.text]
    assert body == [text, text, text, f"1\t{text}", text, text]
    assert read.tables[0].cell(0, 0).text == text
    assert read.core_properties.title == text
    assert text in read.sections[0].header.paragraphs[0].text
    xml = parts(file)["word/document.xml"]
    assert not [mark for mark in ("w:hyperlink", "w:instrText", "w:fldSimple", "w:object", "altChunk") if mark in xml]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_at_all_can_be_written_and_read_again(text: str):
    made = paper(replace(make.document(company=text), title=text))
    made.paragraph(text)
    expected = "".join(char for char in text if ord(char) >= 32 or char in "\t\n\r")
    expected = "".join(char for char in expected if char not in "\ufffe\uffff")
    lines = re.split(r"[ \t]*\n\s*", expected)
    expected = "\n".join(re.sub("[ \t\n\r\f]+", " ", line) for line in lines)
    assert opened(made).paragraphs[0].text == expected


def test_control_characters_are_left_out_and_lone_surrogates_too():
    made = paper()
    made.paragraph("a\x00b\x07c\x1bd\ud800e\ufffef")
    assert opened(made).paragraphs[0].text == "abcdef"


def test_every_style_that_is_used_is_one_of_ours():
    made = paper(make.document(draft=True))
    made.title_block("Kind", "Title", ("Standfirst",))
    made.heading("One")
    made.heading("Two", 2, 1)
    for style in ("Lead", "Letter", "Remit", "Group", "Boxed", "List Bullet", "List Number", "Gap", "Normal"):
        made.paragraph((TextRun("x"), TextRun("y", "Strong"), TextRun("z", "Small Numeral")), style)
    made.label_rows((("Label", ("one", "two")),))
    made.form(("Name", "Date"))
    made.blank_lines(2)
    read = opened(made)
    style_ids = {style.style_id for style in read.styles}
    used = {
        each.get(qn("w:val"))
        for name in ("pStyle", "rStyle", "tblStyle")
        for each in read.element.iter(qn(f"w:{name}"))
    }
    assert used <= style_ids
    assert len(used) > 15


def test_the_head_of_a_table_is_repeated_and_no_row_is_torn():
    made = paper()
    made.table((0, 0), [TableRow((TableCell(("A",)), TableCell(("B",)))), TableRow((TableCell(("c",), span=2),))])
    made.table((0,), [TableRow((TableCell(("d",)),))], head=False)
    first, second = opened(made).tables
    heads = [[row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] for table in (first, second)]
    assert heads == [[True, False], [False]]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for table in (first, second) for row in table.rows)
    assert [len(row._tr.tc_lst) for row in first.rows] == [2, 1]


def test_two_tables_never_touch_and_the_last_thing_is_a_paragraph():
    made = paper()
    for _ in range(2):
        made.table((0,), [TableRow((TableCell(("x",)),))])
    names = [child.tag for child in opened(made).element.body]
    assert names == [qn(f"w:{name}") for name in ("tbl", "p", "tbl", "p", "sectPr")]


@pytest.mark.parametrize(
    ("size", "landscape", "wide", "high"),
    [
        (Paper.A4, False, 210, 297),
        (Paper.A4, True, 297, 210),
        (Paper.LETTER, False, 215.9, 279.4),
        (Paper.LETTER, True, 279.4, 215.9),
    ],
)
def test_the_sheet_is_the_one_that_was_asked_for(size: Paper, landscape: bool, wide: float, high: float):
    made = paper(replace(make.document(), landscape=landscape), size)
    made.table((0, 300, 0), [TableRow((TableCell(), TableCell(), TableCell()))])
    read = opened(made)
    section = read.sections[0]
    assert (round(section.page_width / Mm(1), 1), round(section.page_height / Mm(1), 1)) == (wide, high)
    room = section.page_width - section.left_margin - section.right_margin
    assert abs(sum(column.width for column in read.tables[0].columns) - room) < Mm(0.5)


def test_every_page_names_the_company_the_edition_and_its_own_number():
    section = opened(paper(make.document(title="Interview kit"))).sections[0]
    for head, foot in (
        (section.first_page_header, section.first_page_footer),
        (section.header, section.footer),
    ):
        assert head.paragraphs[0].text == "Northwind"
        footer = foot.paragraphs[0]
        assert footer.text.startswith(
            "Northwind\u00a0\u00b7 Interview kit\u00a0\u00b7 Edition 3\u00a0\u00b7 a1b2c3d4\tPage "
        )
        fields = [field.get(qn("w:instr")) for field in footer._p.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]


def test_a_draft_says_so_at_the_head_of_every_page():
    section = opened(paper(make.document(draft=True))).sections[0]
    assert section.first_page_header.paragraphs[0].text == section.header.paragraphs[0].text == "Northwind\tDRAFT"


def test_the_mark_stands_beside_the_company_with_its_name_for_those_who_do_not_see_it():
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "teal").save(out, "PNG")
    mark = out.getvalue()
    head = opened(paper(make.document(logo=sha256(mark).hexdigest()), logo=mark)).sections[0].first_page_header
    (named,) = head._element.iter(qn("wp:docPr"))
    assert named.get("descr") == "Northwind"
    with pytest.raises(PressFailed):
        paper(make.document(logo="0" * 64), logo=mark)


def test_what_is_kept_together_holds_on_to_what_comes_next():
    made = paper()
    with made.keep_together():
        made.heading("Title")
        made.table((0,), [TableRow((TableCell(("a",)),)), TableRow((TableCell(("b",)),))])
    made.paragraph("after")
    read = opened(made)
    (table,) = read.tables
    assert [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows] == [True, None]
    assert read.paragraphs[-1].paragraph_format.keep_with_next is None


def test_the_same_words_give_the_same_bytes_without_any_time():
    def made() -> bytes:
        one = paper()
        one.title_block("Kind", "Title")
        return one.to_bytes()

    file = made()
    assert file == made()
    with zipfile.ZipFile(io.BytesIO(file)) as names:
        assert {entry.date_time for entry in names.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert names.namelist()[0] == "[Content_Types].xml"
    properties = docx.Document(io.BytesIO(file)).core_properties
    assert properties.created == properties.modified
    assert (properties.author, properties.comments, properties.last_modified_by) == ("Northwind", "", "")


def test_a_very_long_title_is_cut_in_the_properties_only():
    made = paper(replace(make.document(), title="x" * 400))
    made.title_block("Kind", "x" * 400)
    read = opened(made)
    assert len(read.core_properties.title) == 255
    assert read.paragraphs[1].text == "x" * 400
