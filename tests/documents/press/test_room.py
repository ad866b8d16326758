"""The press says how much of the last page is used and which words do not fit, and the store keeps it."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.make import SAMPLE, document
from workbench.documents.model import Paper, PrintedPdf, WideWords
from workbench.documents.press.press import press, press_html
from workbench.documents.press.warm import WarmPress
from workbench.documents.store.store import Store


def used(words: int) -> tuple[int, int]:
    """Return the pages of a document of so many words, and the used share of its last page."""
    printed = press(document("word " * words), Paper.A4, folder=SAMPLE)
    return printed.pages, printed.last_page


def test_the_last_page_is_the_fuller_the_more_there_is_on_it():
    first, second = used(40), used(240)
    assert first[0] == second[0] == 1
    assert 0 < first[1] < second[1] <= 100


def test_the_store_keeps_what_the_worker_process_measured(tmp_path: Path):
    with WarmPress(SAMPLE) as warm:
        store = Store(tmp_path, SAMPLE)
        stored = store.get_or_print(document("Few words."), Paper.A4, warm.press)
    assert 0 < stored.last_page < 50
    assert store.find(stored.key) == stored


def test_a_short_end_is_the_nearly_empty_last_of_several_pages(tmp_path: Path):
    stored = Store(tmp_path, SAMPLE).keep("a" * 64, "sample", PrintedPdf(b"%PDF", 2, (), last_page=29))
    assert stored.has_short_end
    assert not replace(stored, last_page=30).has_short_end
    assert not replace(stored, pages=1).has_short_end


LONG = "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnungsbeauftragter" * 2


def wide_words(html: str) -> list[str]:
    """Return the words of a page that are wider than their column."""
    return [words.text for words in press_html(f"<!doctype html><html lang=en><body>{html}", Paper.A4).wide_words]


@pytest.mark.parametrize(
    "html",
    [
        f"<p lang=zxx>{LONG}",
        "<table style='width: 8cm; table-layout: fixed'><tr><td style='width: 1cm' lang=zxx>Immeasurable<td>short</table>",
        "<p style='white-space: nowrap'>" + "many words " * 40,
        "<p style='width: 1cm' dir=rtl lang=zxx>Immeasurable",
    ],
)
def test_words_that_reach_over_the_edge_of_their_column_are_found(html: str):
    assert wide_words(html)


@pytest.mark.parametrize(
    "html",
    [
        "<p>" + "many words " * 400,
        "<ol><li>One<li>Two</ol><ul><li>Three</ul>",
        "<p style='padding-left: 1cm; text-indent: -1cm'>– hanging",
        "<table><tr><td>short<td>Immeasurable</table>",
        "<p style='text-align: right'>right</p><p style='text-align: justify'>" + "many words " * 40,
    ],
)
def test_words_that_fit_are_not_found(html: str):
    assert wide_words(html) == []


def test_a_document_with_words_that_do_not_fit_keeps_them_in_the_store(tmp_path: Path):
    printed = replace(press(document("Short."), Paper.A4, folder=SAMPLE), wide_words=(WideWords(2, "Immeasurable"),))
    store = Store(tmp_path, SAMPLE)
    assert store.keep("b" * 64, "sample", printed).wide_words == (WideWords(2, "Immeasurable"),)
    assert store.find("b" * 64).wide_words == (WideWords(2, "Immeasurable"),)
