"""What no interviewer asks is said in the same words wherever it is printed."""

import pytest

from tests.support import make
from workbench.core.text.translation import load_translator
from workbench.documents.model import Paper
from workbench.documents.page.do_not_ask import DO_NOT_ASK, do_not_ask
from workbench.documents.page.html import render_html
from workbench.packets.documents import interviewer_guide
from workbench.roles.documents.build import interview_kit


def _plain(page: str) -> str:
    return " ".join(page.replace("\u00ad", "").replace("\u200b", "").replace("\u00a0", " ").split())


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_the_kit_and_the_guide_say_the_same(language: str):
    texts = [_plain(text) for text in do_not_ask(load_translator(language))]
    kit = interview_kit(make.role(), make.stamp(), language=language)
    for document in (kit, interviewer_guide(make.stamp(), language)):
        page = _plain(render_html(document, Paper.A4))
        assert [text for text in texts if text not in page] == []


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_it_is_translated(language: str):
    assert set(do_not_ask(load_translator(language))).isdisjoint(DO_NOT_ASK)


def test_a_request_for_an_adjustment_is_answered_and_passed_on_the_same_day():
    words = " ".join(DO_NOT_ASK)
    assert "say yes, or stop the clock, and tell HR the same day" in words
    topics = ("gender identity", "sexual orientation", "Race, skin colour", "genetic", "Military service", "past pay")
    assert [each for each in topics if each not in words] == []
