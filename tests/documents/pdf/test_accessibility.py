"""What a checker finds in a document as it is printed, and what an independent one says of the same file."""

from pathlib import Path

import pdfua
import pytest

from tests.support.make import SAMPLE
from workbench.documents.model import AccessibilityFinding, Paper, PrintedPdf
from workbench.documents.press.press import press_html

SOUND = "<h1>Head</h1><h2>Below</h2><p>Words <a href='https://example.org'>and a link</a>.</p><ul><li>One</ul>"


def printed(body: str, title: str = "Title") -> PrintedPdf:
    return press_html(f'<html lang="en"><title>{title}</title>{body}', Paper.A4, folder=SAMPLE)


def independent(pressed: PrintedPdf, folder: Path) -> set[str]:
    """Name the clauses of ISO 14289-1 that `pdfua` finds broken."""
    file = folder / "document.pdf"
    file.write_bytes(pressed.pdf)
    return {str(finding.pdfua_clause) for finding in pdfua.validate(file).findings}


def test_nothing_is_found_in_a_sound_page(tmp_path: Path):
    pressed = printed(SOUND)
    assert pressed.findings == ()
    assert independent(pressed, tmp_path) == set()


@pytest.mark.parametrize(
    ("body", "page", "clause", "words"),
    [
        ("<h1>A</h1><h3>B</h3>", 1, "7.4.2", "A heading of level 3 follows one of level 1."),
        ("<h2>A</h2>", 1, "7.4.2", "A heading of level 2 is the first of the document."),
        ("<h1>A</h1><svg width=9 height=9><path d='M0 0h9v9z'/></svg>", 1, "7.3", "An image has no words"),
        ("<h1>A</h1><ul><p>B</p><li>C</ul>", 1, "7.2", "The tag L holds a tag P"),
        (
            "<h1>A</h1><h2 style='break-before: page'>B</h2><h4>C</h4>",
            2,
            "7.4.2",
            "A heading of level 4 follows one of level 2.",
        ),
    ],
)
def test_what_a_template_got_wrong_is_found_on_its_page(body: str, page: int, clause: str, words: str):
    (found,) = printed(body).findings
    assert (found.page, found.clause) == (page, clause)
    assert found.words.startswith(words)


def test_an_independent_checker_finds_the_same_image(tmp_path: Path):
    pressed = printed("<h1>A</h1><svg width=9 height=9><path d='M0 0h9v9z'/></svg>")
    assert independent(pressed, tmp_path) == {each.clause for each in pressed.findings} == {"7.3"}


def test_a_document_without_a_title_is_found():
    assert AccessibilityFinding(0, "7.1", "The document has no title.") in printed("<h1>A</h1>", title="").findings


def test_findings_come_in_the_order_of_the_pages_and_name_them():
    body = "<h1>A</h1><h3>B</h3><div style='break-before: page'><svg width=9 height=9><path d='M0 0h9v9z'/></svg></div><h5>C</h5>"
    found = printed(body).findings
    assert [each.page for each in found] == [1, 2, 2]
    assert str(found[0]) == "Page 1: A heading of level 3 follows one of level 1. (PDF/UA-1, 7.4.2)"
    assert (
        str(AccessibilityFinding(0, "7.1", "The document has no title."))
        == "The document has no title. (PDF/UA-1, 7.1)"
    )
