"""Papers that are typed into key by key in the program that Chrome and Edge show PDFs with, and read back."""

import ctypes
import io
from collections.abc import Iterator
from dataclasses import replace

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from tests.documents import pdfs
from tests.documents.typist import fill_in
from tests.support.make import role, stamp
from tests.support.sharing import press
from workbench.documents.model import FillMode, Paper, PrintedPdf
from workbench.documents.pdf.linker import LinkSource, link
from workbench.documents.press.form_reader import MAX_ANSWER_LENGTH, FormReader
from workbench.hiring.documents import score_sheet
from workbench.roles.documents.build import interview_kit

TABULATOR = 9
ROLE = role()
QUESTION_KEYS = [question.key for _, question in ROLE.questions()]
KIT = replace(interview_kit(ROLE, stamp(), "Ina Vogt"), form=FillMode.FILLABLE)
SHEET = replace(score_sheet(ROLE, "Ina Vogt", "Candidate A", stamp()), form=FillMode.FILLABLE)
HEARD = {
    "accents": "Łódź, Ångström, “1 200 €”",
    "Chinese": "李明 赢得了客户",
    "a picture": "Great 🎉👍🏽 talk",
    "Hebrew": "שלום עולם abc",
    "Arabic": "مرحبا بالعالم 123",
}


@pytest.fixture(scope="module")
def kit() -> PrintedPdf:
    return press(KIT, Paper.A4)


@pytest.fixture(scope="module")
def packet(kit: PrintedPdf) -> bytes:
    """A kit and a score sheet, linked."""
    parts = [("Kit", kit), ("Sheet", press(SHEET, Paper.A4))]
    target = io.BytesIO()
    link([LinkSource("", name, one.pages, lambda one=one: one.fragment) for name, one in parts], "Packet", "en", target)
    return target.getvalue()


@pytest.fixture(scope="module")
def reader() -> Iterator[FormReader]:
    reader = FormReader()
    yield reader
    reader.close()


def pages(document: pypdfium2.PdfDocument) -> Iterator[pypdfium2.PdfPage]:
    """Open the form of a document, and its pages after it, as a program does that shows them."""
    document.init_forms()
    yield from document


def name_at(document: pypdfium2.PdfDocument) -> str:
    """Return the full name of the field that the next key goes to."""
    page, annotation = ctypes.c_int(), pdfium.FPDF_ANNOTATION()
    assert pdfium.FORM_GetFocusedAnnot(document.formenv, page, annotation)
    if not annotation:
        return ""
    length = pdfium.FPDFAnnot_GetFormFieldName(document.formenv, annotation, None, 0)
    words = ctypes.create_string_buffer(length)
    wide = ctypes.cast(words, ctypes.POINTER(pdfium.FPDF_WCHAR))
    pdfium.FPDFAnnot_GetFormFieldName(document.formenv, annotation, wide, length)
    pdfium.FPDFPage_CloseAnnot(annotation)
    return words.raw[: length - 2].decode("utf-16-le")


def typed_through(pdf: bytes, words: str, choose: str) -> tuple[list[str], bytes]:
    """Go through the fields of each page with the tabulator: type words into each text, and a space on some buttons.

    `choose` is what those buttons stand for. Gives the names in the order of the tabulator, and the saved file.
    """
    order, target = [], io.BytesIO()
    with pypdfium2.PdfDocument(pdf) as document:
        for page, fields in zip(pages(document), fields_of(pdf), strict=True):
            for full in fields:
                pdfium.FORM_OnKeyDown(document.formenv, page, TABULATOR, 0)
                order.append(name_at(document))
                _, is_button, value = full.partition("=")
                keys = words if not is_button else " " if value == choose else ""
                for unit in memoryview(keys.encode("utf-16-le")).cast("H"):
                    pdfium.FORM_OnChar(document.formenv, page, unit, 0)
            pdfium.FORM_ForceToKillFocus(document.formenv)
        document.save(target)
    return order, target.getvalue()


def fields_of(pdf: bytes) -> list[list[str]]:
    """Return the full name of each field in the order of the page, a button with its value, page by page."""
    with pdfs.opened(pdf) as opened:
        return [[full for _, _, full in pdfs.fields(page)] for page in opened.pages]


@pytest.mark.parametrize("words", HEARD.values(), ids=HEARD)
def test_any_letters_that_are_typed_with_the_keyboard_alone_are_read_back(
    packet: bytes, reader: FormReader, words: str
):
    fields = [full for page in fields_of(packet) for full in page]
    texts = {full: words for full in fields if "=" not in full}
    scores = {full.partition("=")[0]: "4" for full in fields if full.endswith("=4")}

    order, saved = typed_through(packet, words, "4")

    assert order == [full.partition("=")[0] for full in fields]
    assert len(scores) == 2 * len(QUESTION_KEYS)
    assert reader.read(saved) == texts | scores


def test_a_score_is_changed_on_another_page_than_it_was_chosen_on(kit: PrintedPdf, reader: FormReader):
    names = [f"{KIT.sheet}.score-{key}" for key in QUESTION_KEYS]
    chosen = fill_in(kit.pdf, dict.fromkeys(names, "4"))
    assert reader.read(chosen) == dict.fromkeys(names, "4")

    with pdfs.opened(unasked := fill_in(chosen, dict.fromkeys(names, "not-asked"))) as pdf:
        on = [str(widget.AS) for page in pdf.pages for widget in page.get("/Annots", []) if on_or_off(widget)]
    assert on == ["/not-asked"] * len(names)
    assert reader.read(unasked) == dict.fromkeys(names, "not-asked")


def on_or_off(widget: pikepdf.Object) -> bool:
    return str(widget.get("/AS", "/Off")) != "/Off"


def test_each_answer_has_one_place_because_firefox_and_evince_do_not_keep_two_alike(packet: bytes):
    fields = [full for page in fields_of(packet) for full in page]
    assert len(fields) == len(set(fields))


def test_firefox_cannot_ask_other_programs_to_draw_the_marks_anew_because_evince_would_leave_them_out(
    packet: bytes, kit: PrintedPdf
):
    for each in (packet, kit.pdf):
        with pdfs.opened(each) as pdf:
            assert not pdf.Root.AcroForm.is_indirect  # it writes NeedAppearances into no other


def test_every_field_is_printed_and_stands_in_a_box_with_its_lower_left_corner_first(packet: bytes):
    with pdfs.opened(packet) as pdf:
        for page in pdf.pages:
            for widget in page.get("/Annots", []):
                left, bottom, right, top = map(float, widget.Rect)
                assert left < right
                assert bottom < top
                assert widget.F == 1 << 2
                assert page.obj == widget.P


def test_nobody_can_type_more_than_is_kept(kit: PrintedPdf, reader: FormReader):
    name = f"{KIT.sheet}.reason"
    words = "Evidence. " * (MAX_ANSWER_LENGTH // 10)
    read = reader.read(fill_in(kit.pdf, {name: words + "More."}))
    assert read == {name: words.strip()}
    with pdfs.opened(kit.pdf) as pdf:
        fields = [field.obj for field in pdf.acroform.fields]
        assert {int(field.MaxLen) for field in fields if field.get("/FT") == "/Tx"} == {MAX_ANSWER_LENGTH}


def test_of_a_choice_in_which_a_program_left_two_on_nothing_is_taken(kit: PrintedPdf, reader: FormReader):
    target = io.BytesIO()
    with pdfs.opened(fill_in(kit.pdf, {f"{KIT.sheet}.decision": "no", f"{KIT.sheet}.signed": "Ina"})) as pdf:
        for page in pdf.pages:
            for widget in page.get("/Annots", []):
                if "/yes" in widget.AP.N:
                    widget.AS = pikepdf.Name.yes
        pdf.save(target)

    assert reader.read(target.getvalue()) == {f"{KIT.sheet}.signed": "Ina"}
