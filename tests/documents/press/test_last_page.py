"""The press says how much of the last page is used, and the store keeps it."""

from dataclasses import replace
from pathlib import Path

from tests.support.make import SAMPLE, document
from workbench.documents.model import Paper, PrintedPdf
from workbench.documents.press.press import press
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
