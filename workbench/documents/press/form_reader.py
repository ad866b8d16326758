"""Read the form fields of a PDF that was filled in and returned."""

import ctypes
from collections.abc import Iterator, Mapping
from typing import Any

from workbench.core.text.words import clean
from workbench.documents.model import MAX_ANSWER_LENGTH, PressFailed
from workbench.documents.press.process import Message, WorkerProcess

SECONDS = 20
MAX_BYTES = 20_000_000  # one PDF
MAX_PAGES, MAX_FIELDS = 2_000, 20_000
# A few kilobytes of PDF can contain a hundred times as much text, and a run stores its answers.
MAX_CHARACTERS = 1_000_000
_NO_PDF = "This is not a PDF that can be read. Save it again as PDF, without a password, and choose it again."


class FormReader:
    """Read form fields in a worker process with limits, because the PDFs come from outside. Close it at the end."""

    def __init__(self, seconds: float = SECONDS, memory: int = 1 << 30) -> None:
        self.worker = WorkerProcess(f"{__name__}:work", {}, seconds, memory)

    def read(self, pdf: bytes) -> Mapping[str, str]:
        """Return the typed or chosen values, by the full name of the field; empty fields are left out.

        A selected button returns its value. A choice with two selected buttons is ambiguous and left out. Raise
        PressFailed for a file that is not a PDF, has a password, or holds more than a packet can.
        """
        if len(pdf) > MAX_BYTES:
            raise PressFailed(f"This file is larger than {MAX_BYTES // 1_000_000} MB, more than one of our packets.")
        if b"%PDF-" not in pdf[:1024]:
            raise PressFailed(_NO_PDF)
        answer, _ = self.worker.request({}, pdf)
        found: dict[str, set[str]] = {}
        for name, value in answer["answers"]:
            found.setdefault(name, set()).add(value)
        return {name: values.pop() for name, values in found.items() if len(values) == 1}

    def close(self) -> None:
        """End the worker process."""
        self.worker.close()


def warm_up() -> None:
    """Load the library that reads PDFs; called in the worker process."""
    import pypdfium2  # noqa: F401, PLC0415 - only the worker process reads foreign files


def work(head: dict[str, Any], parts: tuple[bytes, ...]) -> Message:
    """Read one PDF that was sent; called in the worker process."""
    import pypdfium2  # noqa: PLC0415 - only the worker process reads foreign files

    del head
    try:
        with pypdfium2.PdfDocument(parts[0]) as pdf:
            if len(pdf) > MAX_PAGES:
                raise PressFailed(f"This file has more than {MAX_PAGES:,} pages.")
            pdf.init_forms()
            return {"answers": list(_limit_answers(_answers(pdf))) if pdf.formenv else []}, ()
    except pypdfium2.PdfiumError:
        raise PressFailed(_NO_PDF) from None


def _limit_answers(answers: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the shortened value of each field. Raise PressFailed for more text than a packet can hold."""
    letters = 0
    for name, value in answers:
        if text := clean(value)[:MAX_ANSWER_LENGTH]:
            yield name, text
        letters += len(name) + len(text)
        if letters > MAX_CHARACTERS:
            raise PressFailed(f"The answers have more than {MAX_CHARACTERS:,} letters, more than a packet can hold.")


def _answers(pdf: Any) -> Iterator[tuple[str, str]]:
    """Yield name and value of each field that is not empty, page by page."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415 - only the worker process reads foreign files

    buttons = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
    count = 0
    for page in pdf:
        for at in range(pdfium.FPDFPage_GetAnnotCount(page)):
            annotation = pdfium.FPDFPage_GetAnnot(page, at)
            kind = pdfium.FPDFAnnot_GetFormFieldType(pdf.formenv, annotation)
            count += 1
            if count > MAX_FIELDS:
                raise PressFailed(f"This file has more than {MAX_FIELDS:,} fields.")
            if kind in buttons:
                if pdfium.FPDFAnnot_IsChecked(pdf.formenv, annotation):
                    read = pdfium.FPDFAnnot_GetFormFieldExportValue
                    yield _text(pdfium.FPDFAnnot_GetFormFieldName, pdf, annotation), _text(read, pdf, annotation)
            elif kind == pdfium.FPDF_FORMFIELD_TEXTFIELD:
                read = pdfium.FPDFAnnot_GetFormFieldValue
                yield _text(pdfium.FPDFAnnot_GetFormFieldName, pdf, annotation), _text(read, pdf, annotation)
            pdfium.FPDFPage_CloseAnnot(annotation)
        page.close()


def _text(read: Any, pdf: Any, annotation: Any) -> str:
    """Read UTF-16 text with a call that first returns its length in bytes, the final zero included."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415 - only the worker process reads foreign files

    length = read(pdf.formenv, annotation, None, 0)
    buffer = ctypes.create_string_buffer(max(length, 2))
    read(pdf.formenv, annotation, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), length)
    return buffer.raw[: max(length - 2, 0)].decode("utf-16-le", "replace")
