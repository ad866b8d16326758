"""The press in a warm worker process."""

from pathlib import Path
from typing import Any

from workbench.documents.model import AccessibilityFinding, Document, Paper, PdfHeading, PrintedPdf, WideWords
from workbench.documents.press.engine import READY, LayoutEngine, read_page
from workbench.documents.press.process import Message

SECONDS = 30


class WarmPress(LayoutEngine):
    """Print documents in a worker process. Use one for each thread, and close it at the end."""

    def __init__(
        self, folder: Path | None = None, seconds: float = SECONDS, memory: int = 1 << 30, nice: int = 0
    ) -> None:
        super().__init__(__name__, folder, seconds, memory, nice)

    def press(self, document: Document, paper: Paper, logo: bytes | None = None) -> PrintedPdf:
        """Print a document; `logo` is the image that its stamp names. Raise PressFailed with a reason for the user."""
        return read_answer(self._request(document, paper, logo))


def write_answer(printed: PrintedPdf) -> Message:
    """Return a printed document as the worker process sends it: its details, and the bytes of PDF and fragment."""
    details = {
        "pages": printed.pages,
        "headings": printed.headings,
        "findings": printed.findings,
        "last_page": printed.last_page,
        "wide_words": printed.wide_words,
    }
    return details, (printed.pdf, printed.fragment)


def read_answer(answer: Message) -> PrintedPdf:
    """Return the printed document that the worker process sent."""
    details, (pdf, fragment) = answer
    headings = tuple(PdfHeading(*heading) for heading in details["headings"])
    findings = tuple(AccessibilityFinding(*finding) for finding in details["findings"])
    wide_words = tuple(WideWords(*words) for words in details["wide_words"])
    return PrintedPdf(pdf, details["pages"], headings, fragment, findings, details["last_page"], wide_words)


def warm_up(folder: str) -> None:
    """Load the engine and print one page for each paper size, so that the first document is fast (worker process)."""
    from workbench.documents.press.press import press_html  # noqa: PLC0415 - only the worker process loads the engine

    for paper in Paper:
        press_html(READY, paper, folder=Path(folder))


def work(head: dict[str, Any], parts: tuple[bytes, ...]) -> Message:
    """Print one page that was sent; called in the worker process."""
    from workbench.documents.press.press import press_html  # noqa: PLC0415 - only the worker process loads the engine

    return write_answer(press_html(*read_page(head, parts)))
