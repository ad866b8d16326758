"""Write any document of a packet as a Word file."""

from workbench.documents.model import Document, Paper
from workbench.documents.word.builder import DocxBuilder
from workbench.hiring.docx import write_score_sheet
from workbench.hiring.sheets import ScoreSheet
from workbench.roles.documents.word.document import write_document_body


def word(document: Document, paper: Paper, logo: bytes | None = None) -> bytes:
    """Write any document of a run as a .docx file; `logo` is the PNG of the logo that its stamp names.

    Raises TypeError for a document that has no Word form, PressFailed for another logo than the one of the stamp.
    """
    builder = DocxBuilder(document, paper, logo)
    match document.data:
        case ScoreSheet() as value:
            write_score_sheet(builder, value)
        case _:
            write_document_body(builder)
    return builder.to_bytes()
