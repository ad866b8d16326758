"""The preview: the same pages as the press, as pictures, fast enough to follow typing."""

import io
import statistics
from collections.abc import Iterator

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from tests.support.make import SAMPLE, document
from workbench.documents.model import Paper, PressFailed
from workbench.documents.page.html import margin_style, render_html
from workbench.documents.press.press import press
from workbench.documents.press.preview import DOTS, Preview

PROSE = "A leader writes what the seat owns, how it shows, and what we promise for our part. "


@pytest.fixture(scope="module")
def preview() -> Iterator[Preview]:
    with Preview(SAMPLE, seconds=60) as started:
        yield started


def open_png(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("L")


@pytest.mark.parametrize("paper", Paper)
def test_a_preview_has_the_pages_of_the_print(preview: Preview, paper: Paper):
    original = document(*[PROSE * 12] * 9, draft=True)
    pictures = preview.pages(original, paper)
    assert len(pictures) == press(original, paper, folder=SAMPLE).pages > 2
    width, height = open_png(pictures[0]).size
    assert abs(width - paper.size[0] * DOTS / 254) <= 1
    assert abs(height - paper.size[1] * DOTS / 254) <= 1


def test_a_preview_looks_like_the_print(preview: Preview):
    original = document(*[PROSE * 12] * 4, draft=True)
    with pypdfium2.PdfDocument(press(original, Paper.A4, folder=SAMPLE).pdf) as pdf:
        print_ = pdf[0].render(scale=DOTS / 72).to_pil().convert("L")
    preview_picture = open_png(preview.page(original, Paper.A4).png).resize(print_.size)
    soft = [preview_picture.filter(ImageFilter.GaussianBlur(4)) for preview_picture in (print_, preview_picture)]
    assert ImageStat.Stat(ImageChops.difference(*soft)).mean[0] < 3
    blank = Image.new("L", print_.size, 255)
    assert ImageStat.Stat(ImageChops.difference(soft[0], blank)).mean[0] > 6


def test_one_page_is_drawn_and_counted(preview: Preview):
    original = document(*[PROSE * 12] * 9)
    second, last = preview.page(original, Paper.A4, 2), preview.page(original, Paper.A4, 99)
    assert (second.page, second.pages) == (2, last.pages)
    assert last.page == last.pages
    assert preview.page(original, Paper.A4, -3).page == 1
    assert second.png == preview.pages(original, Paper.A4)[1]
    assert preview.count(original, Paper.A4) == last.pages


def test_a_page_takes_a_small_part_of_300_milliseconds(preview: Preview):
    original = document(*[PROSE * 12] * 20)
    preview.page(original, Paper.A4)
    head = {"paper": "a4", "words": margin_style(original, Paper.A4), "logos": [], "folder": str(SAMPLE), "number": 3}
    spent = [
        preview.worker.request(head, render_html(original, Paper.A4, SAMPLE).encode())[0]["seconds"] for _ in range(5)
    ]
    assert statistics.median(spent) < 0.15  # processor time; a busy machine answers later


def test_letters_the_house_fonts_lack_are_not_taken_from_the_machine(preview: Preview):
    one, other = (preview.page(document(letter), Paper.A4).png for letter in "中文")
    assert one == other


def test_the_page_that_says_something_is_found(preview: Preview):
    original = document(*[PROSE * 12] * 6, "Here is the word xylophone.", PROSE)
    found = preview.find(original, Paper.A4, "xylophone")
    assert found.page > 1
    assert found.png == preview.page(original, Paper.A4, found.page).png
    assert preview.find(original, Paper.A4, "nowhere at all").page == 1


def test_paper_is_white(preview: Preview):
    assert open_png(preview.page(document(PROSE), Paper.A4).png).getpixel((5, 5)) == 255


def test_a_preview_without_end_is_stopped_and_the_next_one_is_drawn():
    with Preview(SAMPLE, seconds=2) as limited:
        with pytest.raises(PressFailed, match="more than 2 seconds"):
            limited.pages(document(*["words " * 4000] * 60), Paper.A4)
        assert limited.page(document(), Paper.A4).pages == 1
