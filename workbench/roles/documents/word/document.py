"""Build a document of a role as a Word file, with the writer that the table of documents names for its kind."""

from collections.abc import Callable
from pkgutil import resolve_name
from typing import Any, cast

from workbench.documents.model import Document, Paper
from workbench.documents.word.blocks import write_blocks
from workbench.documents.word.builder import DocxBuilder
from workbench.roles.documents.kinds import DOCUMENTS


def build_docx(document: Document, paper: Paper, logo: bytes | None = None) -> bytes:
    """Build a document of a role as a .docx file; `logo` is the PNG of the logo that its stamp names.

    Raise TypeError for a document of another kind, PressFailed for another logo than the one of the stamp.
    """
    builder = DocxBuilder(document, paper, logo)
    write_document_body(builder)
    return builder.to_bytes()


def write_document_body(builder: DocxBuilder) -> None:
    """Write the contents of the builder's document of a role. Raise TypeError for a document of another kind."""
    document = builder.document
    if document.blocks:
        write_blocks(builder)
        return
    if document.kind not in DOCUMENTS:
        raise TypeError(f"there is no Word form of “{document.kind}”")
    write = cast("Callable[[DocxBuilder, Any], None]", resolve_name(DOCUMENTS[document.kind].word_writer))
    write(builder, document.data)
