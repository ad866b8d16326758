"""Texts of blocks: plain, with spans, and with isolated pieces."""

from tests.support import make
from workbench.documents.blocks.inline import Look, Span, isolated, plain_text, strong
from workbench.documents.blocks.model import Paragraph
from workbench.documents.model import document_of


def test_a_text_is_read_without_its_looks_and_isolates():
    assert plain_text(f"With {isolated('Ann')} at {isolated(9)}.") == "With Ann at 9."
    assert plain_text((Span("Rate alone.", Look.STRONG), Span(" Then meet."))) == "Rate alone. Then meet."


def test_a_strong_beginning_may_be_the_whole_text():
    assert strong("Rate alone.") == (Span("Rate alone.", Look.STRONG),)
    assert plain_text(strong("Rate alone.", "Then meet.")) == "Rate alone. Then meet."


def test_a_document_of_blocks_has_no_other_data():
    document = document_of("notice", "Not printed", (Paragraph("a"),), make.stamp(), "de", kind_title="Notice")
    assert (document.data, document.language, document.kind_title) == ((), "de", "Notice")
    assert document.blocks == (Paragraph("a"),)
