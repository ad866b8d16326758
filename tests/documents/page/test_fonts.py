"""Names and texts in every script: drawn, read back, in their own direction, and never as an empty box."""

import io
import json
import unicodedata
from itertools import pairwise

import pdfua
import pikepdf
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents import pdfs
from tests.support import make
from workbench.core.text.words import clean
from workbench.documents.model import Document, Paper, PressFailed, PrintedPdf
from workbench.documents.page import fonts as letters
from workbench.documents.page.filters import soften
from workbench.documents.page.fonts import (
    FACES,
    find_unsupported,
    font_path,
    fonts_for,
    han_language,
    is_plain,
    replace_unsupported,
)
from workbench.documents.page.html import render_html, template_dir
from workbench.documents.page.rtl import mark_direction
from workbench.documents.press.press import press, press_html
from workbench.documents.press.preview import Preview
from workbench.documents.store import keys
from workbench.hiring.schedule import interview_schedule
from workbench.places import data_dir, font_dir
from workbench.roles.documents.build import interview_kit, starter_metrics_sheet
from workbench.roles.files.model import read_role
from workbench.roles.position.documents import position_description

NAMES = {
    "traditional Chinese": "李小龍",
    "simplified Chinese": "张伟",
    "Japanese": "さくら",
    "Korean": "김민수",
    "Arabic": "محمد",
    "Persian": "پژمان گودرز",
    "Hebrew": "דוד",
    "Hindi": "अर्जुन",
    "Bengali": "অর্জুন",
    "Tamil": "தமிழ்",
    "Telugu": "తెలుగు",
    "Thai": "สมชาย",
    "Khmer": "សុខា",
    "Burmese": "မောင်",
    "Ethiopic": "አበበ",
    "Georgian": "გიორგი",
    "Armenian": "Արամ",
    "Greek": "Αθήνα",
    "Cyrillic": "Київ",
    "Vietnamese": "Nguyễn",
    "emoji": "🙂",
}
NOBODY_HAS = "\U00013000"  # an Egyptian hieroglyph


def schedule(*names: str, company: str = "Northwind") -> Document:
    return interview_schedule(make.interviews(("Ina Vogt",), names), make.stamp(company=company))


def text_of(pdf: bytes) -> str:
    return unicodedata.normalize("NFC", " ".join(" ".join(pdfs.words(pdf)).split()))


def page_of(text: str) -> str:
    return mark_direction(
        f'<html lang="en"><title>A page</title><body><article class="paper"><p>{text}</p></article></body></html>'
    )


@pytest.fixture(scope="module")
def everybody() -> PrintedPdf:
    return press(schedule(*NAMES.values(), company="شركة محمد"), Paper.A4)


@pytest.mark.parametrize("script", NAMES)
def test_a_name_can_be_read_out_of_the_print_again(everybody: PrintedPdf, script: str):
    assert f" {NAMES[script]} " in f" {text_of(everybody.pdf)} "


def test_a_document_in_every_script_is_a_sound_accessible_file(everybody: PrintedPdf):
    assert pdfua.validate(io.BytesIO(everybody.pdf)).findings == ()
    with pikepdf.open(io.BytesIO(everybody.pdf)) as pdf:
        assert pdf.check_pdf_syntax() == []


@pytest.mark.slow("prints in every script")
def test_the_same_document_has_the_same_bytes_whatever_was_printed_before_it(everybody: PrintedPdf):
    plain = schedule("Ina", "Łukasz")
    before = press(plain, Paper.A4).pdf
    for name in ("דוד", "अर्जुन", "สมชาย", "🙂"):
        press(schedule(name), Paper.A4)

    assert press(schedule(*NAMES.values(), company="شركة محمد"), Paper.A4).pdf == everybody.pdf
    assert press(plain, Paper.A4).pdf == before


def test_the_preview_draws_as_many_pages_as_the_press(everybody: PrintedPdf):
    with Preview(seconds=60) as preview:
        assert preview.page(schedule(*NAMES.values()), Paper.A4).pages == everybody.pages


@pytest.mark.parametrize("script", [name for name, text in NAMES.items() if not is_plain(text)])
def test_letters_that_do_not_follow_from_the_glyphs_are_told_beside_them(everybody: PrintedPdf, script: str):
    with pikepdf.open(io.BytesIO(everybody.pdf)) as pdf:
        texts = [
            str(operands[1].ActualText)
            for page in pdf.pages
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "BDC" and "/ActualText" in operands[1]
        ]
    assert NAMES[script] in texts


def test_a_document_in_latin_greek_and_cyrillic_costs_nothing_more(monkeypatch: pytest.MonkeyPatch):
    role = read_role(data_dir("role_library") / "account-executive-mid-market.toml")
    documents = [
        position_description(role, make.stamp()),
        interview_kit(role, make.stamp()),
        starter_metrics_sheet(role, make.stamp()),
        schedule("Ина", "Αθηνά", "Nguyễn", "Łukasz"),
    ]
    monkeypatch.setattr(letters, "_coverage", lambda _: pytest.fail("a font was read"))
    monkeypatch.setattr(letters, "_face_of", lambda _: pytest.fail("a font was looked for"))
    for paper in documents:
        assert fonts_for(render_html(paper, Paper.A4)) == ()
        assert keys._other_fonts(json.dumps(keys.canonical(paper), ensure_ascii=False).encode()) == b""


def test_no_template_needs_a_font_that_the_key_of_a_document_would_not_name():
    for file in sorted(template_dir().rglob("*.html")):
        assert fonts_for(file.read_text("utf-8")) == (), file.name


def test_the_key_names_the_other_fonts_of_a_document_and_no_more(monkeypatch: pytest.MonkeyPatch):
    before = {name: keys.key(schedule(name), Paper.A4) for name in ("Ina", "דוד", "سام")}
    monkeypatch.setattr(keys, "_font", lambda name: f"another {name}" if "Hebrew" in name else name)
    keys_now = {name: keys.key(schedule(name), Paper.A4) for name in before}
    assert keys_now["Ina"] == before["Ina"]
    assert keys_now["דוד"] != before["דוד"]


def test_every_letter_that_is_called_usual_is_in_every_house_font():
    shown = [chr(code) for code in range(0x20, 0x2800) if not list(letters._unusual_characters(chr(code)))]
    usual = [each for each in shown if unicodedata.category(each) not in {"Cc", "Cf", "Mn"}]
    assert len(usual) > 600
    for file in sorted(font_dir().glob("*.ttf")):
        with TTFont(file, lazy=True) as font:
            assert set(map(ord, usual)) <= font.getBestCmap().keys(), file.name


@pytest.mark.parametrize("face", [face for face in FACES if len(face.files) > 1], ids=lambda face: face.family)
def test_a_semibold_has_the_letters_of_its_regular(face: letters.Face):
    regular, semibold = (letters._coverage(file) for _, file in face.files)
    assert regular <= semibold


@pytest.mark.parametrize("name", ["SourceSans3-Regular.ttf", "SourceSerif4-It.ttf", "Vazirmatn-Regular.ttf"])
def test_an_opening_bracket_has_a_lower_number_than_the_closing_one(name: str):
    with TTFont(font_path(name), lazy=True) as font:
        characters = font.getBestCmap()
        for opening, closing in ("()", "[]", "{}", "«»", "‹›"):
            assert font.getGlyphID(characters[ord(opening)]) < font.getGlyphID(characters[ord(closing)])


def test_brackets_around_latin_words_stay_brackets_beside_arabic_ones():
    pdf = press_html(page_of("Ali محمد (2) and (3) [x]."), Paper.A4).pdf
    assert text_of(pdf).startswith("Ali (2) محمد and (3) [x].")


@pytest.mark.parametrize("text", ["مرحبا.", "שלום.", "محمد (مدير)."])
def test_the_full_stop_of_a_sentence_read_from_the_right_stands_at_its_left(text: str):
    import pypdfium2

    with pypdfium2.PdfDocument(press_html(page_of(text), Paper.A4).pdf) as pdf:
        page = pdf[0].get_textpage()
        at = page.get_text_range().index(".")
        stop = page.get_charbox(at)
        others = [page.get_charbox(each) for each in range(3) if each != at]
    assert all(stop[0] < other[0] for other in others)


def test_only_a_text_that_begins_with_such_a_letter_is_turned():
    page = '<html><title>محمد</title><body><p class="x"> محمد, Sales </p><p>Signed by محمد &amp; דוד</p></body></html>'
    turned = page.replace(" محمد, Sales ", ' <bdi dir="rtl">محمد, Sales</bdi> ')
    assert mark_direction(page) == turned
    assert mark_direction(page.replace("محمد", "Sam").replace("דוד", "Eli")).count("<bdi") == 0


def test_chinese_letters_are_drawn_in_the_form_of_the_language_around_them():
    assert [han_language(text) for text in ("骨", "骨 さくら", "骨 김민수")] == ["zh-hans", "ja", "ko"]
    pdfs = [press_html(page_of(f"<b>骨</b> {other}"), Paper.A4).pdf for other in ("x", "さ")]
    one, other = ({bytes(operands[0][0]) for operands in _text_operands(pdf)} for pdf in pdfs)
    assert not one & other


def _text_operands(pdf: bytes) -> list[pikepdf.Array]:
    """Return the first piece of text of a page, whose letters are all in the large font."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [
            operands for operands, operator in pikepdf.parse_content_stream(opened.pages[0]) if str(operator) == "TJ"
        ][:1]


def test_a_letter_that_no_font_has_is_printed_by_its_number():
    assert find_unsupported(f"Sam {NOBODY_HAS}, {NOBODY_HAS}\ue000") == f"{NOBODY_HAS}\ue000"
    assert replace_unsupported(f"Sam {NOBODY_HAS}") == "Sam [U+13000]"
    assert replace_unsupported("one\u2028two") == "one two"
    pressed = press(schedule(f"Sam {NOBODY_HAS}", company=f"{NOBODY_HAS} Ltd"), Paper.A4)
    assert "Sam [U+13000]" in text_of(pressed.pdf)
    assert "[U+13000] Ltd · Interview schedule" in text_of(pressed.pdf)


def test_a_page_that_would_show_an_empty_box_is_not_printed():
    with pytest.raises(PressFailed, match="notdef"):
        press_html(page_of(NOBODY_HAS), Paper.A4)


@settings(max_examples=6, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=30, max_size=60))
def test_any_text_is_printed_without_an_empty_box_or_by_its_number(texts: list[str]):
    names = [name for name in map(clean, texts) if name]
    pressed = press(schedule(*names), Paper.A4)  # raises where an empty box would be drawn
    text = text_of(pressed.pdf)
    for name in names:
        assert all(f"[U+{ord(letter):04X}]" in text for letter in find_unsupported(name))


@pytest.mark.parametrize("text", ["ส" + "ม่" * 80, "क्षि" * 60, "👨‍👩‍👧" * 40, "เก" * 70, "漢字。" * 50])
def test_a_long_word_is_softened_only_between_whole_letters(text: str):
    pieces = soften(text).split("\u200b")
    assert "".join(pieces) == text
    assert len(pieces) > 1
    for before, after in pairwise(pieces):
        assert not unicodedata.category(after[0]).startswith("M")
        assert after[0] not in "\u200d。"
        assert before[-1] not in "\u200dเ"
        assert unicodedata.combining(before[-1]) != 9
