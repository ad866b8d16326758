"""What the press mends in the tags of a document before it is written."""

from functools import cache
from pathlib import Path

import pdfua
import pikepdf
import pytest

from tests.documents import pdfs
from tests.support.make import SAMPLE, document, form_document
from workbench.documents.model import Document, Paper, PressFailed
from workbench.documents.press.press import press, press_html


@cache
def form() -> bytes:
    return press(form_document("Words. " * 200, "More words.", draft=True), Paper.A4, folder=SAMPLE).pdf


def test_the_words_at_head_and_foot_are_no_part_of_the_text():
    with pdfs.opened(form()) as pdf:
        tree = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        document_tag = pdf.Root.StructTreeRoot.K[0]
        for page in pdf.pages:
            kinds = [
                str(operands[0]) for operands, operator in pikepdf.parse_content_stream(page) if str(operator) == "BDC"
            ]
            assert kinds.count("/Artifact") >= 3
            for piece in pdfs.marked(page):
                tag = tree[int(page.StructParents)][piece]
                while document_tag != tag.P:
                    tag = tag.P
                assert any(tag == kid for kid in document_tag.K)


def test_every_named_cell_is_listed():
    with pdfs.opened(form()) as pdf:
        listed = pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)
        elements = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/ID" in thing]
        assert len(elements) == len(listed) == 6
        assert all(listed[str(each.ID)] == each for each in elements)
        assert list(listed) == sorted(listed)


def test_a_document_without_tables_or_words_is_mended_too():
    assert press_html('<html lang="en"><title>None</title><p></p>', Paper.A4, folder=SAMPLE).pages == 1


@pytest.mark.parametrize("source", [document("Some words."), form_document("a", "b", "c")])
def test_a_checker_of_accessible_pdfs_finds_nothing(source: Document, tmp_path: Path):
    file = tmp_path / "document.pdf"
    file.write_bytes(press(source, Paper.A4, folder=SAMPLE).pdf)
    assert [str(finding) for finding in pdfua.validate(file).findings] == []


def test_only_a_tagged_document_has_a_fragment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("workbench.documents.press.press.VARIANT", None)
    monkeypatch.setattr("workbench.documents.press.press.fix_tags", lambda *_: None)
    with pytest.raises(PressFailed, match="Only a tagged document"):
        press(document(), Paper.A4, folder=SAMPLE)
