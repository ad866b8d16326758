"""The press: the same bytes for the same value, house fonts only, tagged, with bookmarks."""

import gc
import hashlib
import io
import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from tests.documents import pdfs
from tests.support.make import SAMPLE, document
from workbench.documents.model import Paper, PdfHeading, PressFailed, PrintedPdf
from workbench.documents.press.press import engine_versions, press, press_html

pytestmark = pytest.mark.slow("starts processes that print")

ROOT = Path(__file__).resolve().parents[3]
PRINTS_TWO = """
import hashlib, json, sys
from tests.support.make import SAMPLE, document
from workbench.documents.model import Paper
from workbench.documents.press.press import press
if sys.argv[1] == "used":
    press(document("Something else first. " * 300, title="Before"), Paper.LETTER, folder=SAMPLE)
made = [press(document("Łódź and Αθήνα. " * 80, draft=True), paper, folder=SAMPLE).pdf for paper in Paper]
print(json.dumps([hashlib.sha256(pdf).hexdigest() for pdf in made]))
"""


def words_of(pressed: PrintedPdf) -> str:
    return "\n".join(pdfs.words(pressed.pdf))


def fonts_of(pressed: PrintedPdf) -> set[str]:
    with pikepdf.open(io.BytesIO(pressed.pdf)) as pdf:
        fonts = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/BaseFont" in thing]
        return {str(font.BaseFont).lstrip("/").partition("+")[2] for font in fonts}


def test_the_same_value_gives_the_same_bytes_in_every_process():
    seen = set()
    for seed, history in (("0", "new"), ("1", "used"), ("4242", "new")):
        run = subprocess.run(
            [sys.executable, "-c", PRINTS_TWO, history],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
            text=True,
        )
        seen.add(run.stdout)
    in_this_process = [
        press(document("Łódź and Αθήνα. " * 80, draft=True), paper, folder=SAMPLE).pdf for paper in Paper
    ]
    assert seen == {json.dumps([hashlib.sha256(pdf).hexdigest() for pdf in in_this_process]) + "\n"}


def test_only_fonts_that_we_ship_are_embedded():
    pressed = press(document("Plain words, Łódź, Αθήνα, Київ, ☐ and ✓."), Paper.A4, folder=SAMPLE)
    assert fonts_of(pressed)
    assert all(name.startswith("Source-S") for name in fonts_of(pressed))
    other = press(document("中文 عربي ꧁ 😀"), Paper.A4, folder=SAMPLE)
    ours = ("Source-S", "Vazirmatn", "Noto-Sans-CJK", "emoji")
    assert all(name.startswith(ours) for name in fonts_of(other))


def test_text_can_be_read_out_of_the_print_again():
    pressed = press(document("Łódź, Αθήνα & Kyiv <b>", title="A “quoted” title"), Paper.A4, folder=SAMPLE)
    words = words_of(pressed)
    assert "Łódź, Αθήνα & Kyiv <b>" in words
    assert "A “quoted” title" in words


def test_every_page_says_whose_it_is():
    pressed = press(document("Words. " * 3000, draft=True, company="Łódź Tools"), Paper.LETTER, folder=SAMPLE)
    assert pressed.pages > 3
    with pypdfium2.PdfDocument(pressed.pdf) as pdf:
        for page in pdf:
            foot = page.get_textpage().get_text_bounded()
            assert "Łódź Tools · A sample · Edition 3 · a1b2c3d4" in foot.replace("\r\n", " ")
            assert "DRAFT" in foot


@pytest.mark.parametrize(("paper", "width", "height"), [(Paper.A4, 595.28, 841.89), (Paper.LETTER, 612, 792)])
def test_a_paper_has_its_size(paper: Paper, width: float, height: float):
    with pypdfium2.PdfDocument(press(document(), paper, folder=SAMPLE).pdf) as pdf:
        assert pdf[0].get_size() == pytest.approx((width, height), abs=0.05)


def test_headings_are_given_with_their_pages():
    pressed = press(document("One.", "Words. " * 2000, "Three."), Paper.A4, folder=SAMPLE)
    assert pressed.headings[:2] == (PdfHeading(1, "A sample", 1), PdfHeading(2, "Part 1", 1))
    assert pressed.headings[-1] == PdfHeading(2, "Part 3", pressed.pages)


def test_a_print_is_tagged_titled_and_names_its_language():
    with pikepdf.open(io.BytesIO(press(document(), Paper.A4, folder=SAMPLE).pdf)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "en"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        assert "/StructTreeRoot" in pdf.Root
        assert pdf.check_pdf_syntax() == []


def test_every_table_heading_cell_says_what_it_heads():
    with pikepdf.open(io.BytesIO(press(document("x"), Paper.A4, folder=SAMPLE).pdf)) as pdf:
        heads = [
            thing
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == pikepdf.Name.TH
        ]
    assert heads
    assert all(str(head.A.Scope) in {"/Row", "/Column", "/Both"} for head in heads)


def test_a_mark_is_printed():
    target = io.BytesIO()
    Image.new("RGB", (40, 20), "#0d4b5e").save(target, "PNG")
    mark = target.getvalue()
    pressed = press(document(logo=hashlib.sha256(mark).hexdigest()), Paper.A4, mark, SAMPLE)
    with pikepdf.open(io.BytesIO(pressed.pdf)) as pdf:
        assert len(pdf.pages[0].get_images()) == 1


def test_a_broken_mark_is_an_error_not_a_gap():
    broken = b"\x89PNG no picture"
    with pytest.raises(PressFailed, match="not sound"):
        press(document(logo=hashlib.sha256(broken).hexdigest()), Paper.A4, broken, SAMPLE)


def test_a_sound_document_leaves_the_log_silent(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.WARNING):
        press(document("Words. " * 500), Paper.A4, folder=SAMPLE)
    assert caplog.messages == []


def test_a_page_that_cannot_be_laid_out_is_told_in_a_sentence():
    with pytest.raises(PressFailed, match=r"^The page cannot be laid out"):
        press_html('<p style="border-spacing: 1px; width: calc(1px / 0); font-size: 1e7px">a', Paper.A4, folder=SAMPLE)


def test_the_collector_is_left_as_it_was():
    before = gc.get_threshold()
    press(document(), Paper.A4, folder=SAMPLE)
    assert gc.get_threshold() == before


def test_the_engine_is_named_without_loading_it():
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, workbench.documents.press.press as p; p.engine_versions(); print('weasyprint' in sys.modules)",
        ],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
        text=True,
    )
    assert run.stdout.strip() == "False"
    assert engine_versions()["weasyprint"].split(".") >= ["70"]
    assert engine_versions()["pango"].count(".") == 2
