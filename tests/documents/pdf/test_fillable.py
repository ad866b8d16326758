"""The papers that are typed into: the names of their fields are a contract, and they are laid out as those for the hand."""

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pdfua
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents import pdfs
from tests.documents.typist import fill_in
from tests.support.make import interviews, role, stamp
from tests.support.sharing import press
from workbench.documents.model import Document, FillMode, Paper, PrintedPdf, sheet_id
from workbench.documents.page.html import render_html
from workbench.documents.pdf.linker import LinkSource, link
from workbench.documents.press.form_reader import FormReader
from workbench.documents.press.preview import Preview
from workbench.hiring.documents import score_sheet
from workbench.hiring.schedule import interview_schedule
from workbench.roles.brief.documents import accountability_brief
from workbench.roles.documents.build import interview_kit, starter_metrics_sheet
from workbench.roles.library import find, library
from workbench.roles.position.documents import position_description

ROLE = role()
KEYS = [item.key for item in ROLE.accountabilities]
QUESTION_KEYS = [question.key for _, question in ROLE.questions()]
PEOPLE = ("Ina Vogt", "Raj Rao"), ("Candidate A", "Candidate B", "Candidate C")
DOCUMENTS = {
    "score-sheet": score_sheet(ROLE, "Ina Vogt", "Candidate A", stamp()),
    "interview-kit": interview_kit(ROLE, stamp(), "Ina Vogt"),
    "accountability-brief": accountability_brief(ROLE, stamp()),
    "starter-metrics": starter_metrics_sheet(ROLE, stamp()),
    "position-description": position_description(ROLE.without_unreleased_pay(), stamp()),
    "interview-schedule": interview_schedule(interviews(*PEOPLE, ROLE), stamp()),
}
JUDGED = {f"{what}-{key}" for what in ("score", "evidence") for key in QUESTION_KEYS} | {"held", "decision", "reason"}
SIGNED = {"signed", "date"}
NAMES = {
    "score-sheet": JUDGED | SIGNED,
    "interview-kit": JUDGED | SIGNED | {"candidate"} | {f"note-{key}" for key in QUESTION_KEYS},
    "accountability-brief": {f"{what}-{key}" for what in ("can", "want") for key in KEYS}
    | {"reaction", "needs", "asks", "name", "date", "next-step", "contact", "reply-until"},
    "starter-metrics": {f"week-{key}-held-{week}" for key in KEYS for week in range(1, 14)}
    | {f"week-{key}-won-13" for key in KEYS}
    | {f"total-{key}-held" for key in KEYS}
    | {f"note-{week}" for week in range(1, 14)}
    | {"kept-north-held", "from", "seat-holder", "seat-holder-signed", "leader", "leader-signed"},
    "position-description": {f"{who}{what}" for who in ("seat-holder", "leader") for what in ("-signed", "-date")},
    "interview-schedule": {f"time-{row}-{column}" for row in (1, 2, 3) for column in (1, 2)}
    | {"held", "place", "call"},
}


def fillable(document: Document) -> Document:
    return replace(document, form=FillMode.FILLABLE)


@cache
def printed(kind: str) -> PrintedPdf:
    return press(fillable(DOCUMENTS[kind]), Paper.A4)


def fields_of(pdf: bytes) -> list[str]:
    """Return the full name of each field, and of each button with its value, page by page."""
    with pdfs.opened(pdf) as opened:
        return [full for page in opened.pages for _, _, full in pdfs.fields(page)]


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_the_names_of_fields_are_those_that_were_promised(kind: str):
    names = {name.partition("=")[0] for name in fields_of(printed(kind).pdf)}
    assert names == {f"{DOCUMENTS[kind].sheet}.{name}" for name in NAMES[kind]}


def test_a_score_is_one_to_five_or_not_asked_and_a_decision_one_of_five():
    sheet = DOCUMENTS["score-sheet"].sheet
    stand_for: dict[str, list[str]] = {}
    for name in fields_of(printed("score-sheet").pdf):
        field, is_button, value = name.partition("=")
        if is_button:
            stand_for.setdefault(field, []).append(value)
    decisions = ["definitely-not", "no", "yes", "strong-yes", "no-decision"]
    scores = {f"{sheet}.score-{key}": ["1", "2", "3", "4", "5", "not-asked"] for key in QUESTION_KEYS}
    assert stand_for == scores | {f"{sheet}.decision": decisions}


def test_a_sheet_is_known_by_its_edition_its_kind_and_its_people_and_by_nothing_else():
    sheet = DOCUMENTS["score-sheet"]
    assert sheet.sheet == sheet_id(stamp().digest, "score-sheet", "Ina Vogt", "Candidate A")
    assert len(sheet.sheet) == 12
    same = replace(sheet, form=FillMode.FILLABLE, large=True, language="de", title="Bewertungsbogen")
    others = [
        score_sheet(ROLE, "Ina Vogt", "Candidate B", stamp()),
        score_sheet(ROLE, "Raj Rao", "Candidate A", stamp()),
        score_sheet(ROLE, "Candidate A", "Ina Vogt", stamp()),
        score_sheet(ROLE, "Ina Vogt", "Candidate A", stamp(digest="0" * 32)),
        *(DOCUMENTS[kind] for kind in DOCUMENTS if kind != "score-sheet"),
    ]
    assert same.sheet == sheet.sheet
    assert len({each.sheet for each in (sheet, *others)}) == len(others) + 1


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_paper_for_the_hand_has_no_fields(kind: str):
    page = render_html(DOCUMENTS[kind], Paper.A4)
    assert "<input" not in page
    assert "<textarea" not in page


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_the_tabulator_goes_through_the_fields_as_they_are_read(kind: str):
    with pdfs.opened(printed(kind).pdf) as pdf:
        read = list(forms(pdf.Root.StructTreeRoot.K[0]))
        placed = [widget for page in pdf.pages for widget in page.get("/Annots", [])]
        assert [each.objgen for each in read] == [each.objgen for each in placed]
        assert all(page.Tabs == "/S" for page in pdf.pages)
        labels = [str(widget.TU) for widget in placed]
        assert all(each.strip(": ") for each in labels)
        duplicates = {each for each in labels if labels.count(each) > 1}
        assert duplicates <= {"Date"}  # the day of the talk and the day of the signature


def forms(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Return the widgets below an element of the tags in reading order."""
    for kid in element.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary):
            if element.S == "/Form":
                yield kid.Obj
            else:
                yield from forms(kid)


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_checker_of_accessible_pdfs_finds_nothing(kind: str, tmp_path: Path):
    file = tmp_path / "typed.pdf"
    file.write_bytes(printed(kind).pdf)
    assert [str(finding) for finding in pdfua.validate(file).findings] == []


@pytest.mark.slow("prints each document twice")
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_paper_has_as_many_pages_typed_as_written(kind: str, paper: Paper):
    typed = printed(kind) if paper is Paper.A4 else press(fillable(DOCUMENTS[kind]), paper)
    assert typed.pages == press(DOCUMENTS[kind], paper).pages


@pytest.mark.parametrize("kind", ["score-sheet", "interview-schedule"])
def test_a_large_paper_has_as_many_pages_typed_as_written(kind: str):
    large = replace(DOCUMENTS[kind], large=True)
    assert press(fillable(large), Paper.A4).pages == press(large, Paper.A4).pages


def test_over_the_library_sheets_and_kits_have_as_many_pages_typed_as_written():
    with Preview(seconds=60) as preview:
        for number, each in enumerate(library().values()):
            paper = tuple(Paper)[number % 2]
            for document in (score_sheet(each, "Ina Vogt", "Candidate A", stamp()), interview_kit(each, stamp())):
                typed, written = preview.count(fillable(document), paper), preview.count(document, paper)
                assert typed == written, document.title


def test_a_sheet_that_was_filled_in_inside_a_packet_tells_whose_it_is():
    second = fillable(score_sheet(ROLE, "Ina Vogt", "Candidate B", stamp()))
    pressed = [printed("score-sheet"), press(second, Paper.A4)]
    key = QUESTION_KEYS[1]
    typed = {
        f"00000000001.{DOCUMENTS['score-sheet'].sheet}.score-{key}": "not-asked",
        f"00000000002.{second.sheet}.score-{key}": "5",
        f"00000000002.{second.sheet}.evidence-{key}": "Called the buyer herself, “twice” (Łódź)",
        f"00000000002.{second.sheet}.decision": "strong-yes",
        f"00000000002.{second.sheet}.signed": "Ina Vogt",
    }
    reader = FormReader()

    read = reader.read(fill_in(packet(pressed), typed))

    reader.close()
    assert read == typed


def test_another_tool_fills_in_a_sheet_inside_a_packet_by_the_full_names():
    sheet = f"00000000001.{DOCUMENTS['score-sheet'].sheet}"
    saved = io.BytesIO()
    with pdfs.opened(packet([printed("score-sheet"), printed("interview-kit")])) as pdf:
        fields = {field.fully_qualified_name: field for field in pdf.acroform.fields}
        fields[f"{sheet}.evidence-{QUESTION_KEYS[0]}"].value = pikepdf.String("Łódź")
        fields[f"{sheet}.score-{QUESTION_KEYS[0]}"].value = pikepdf.Name("/not-asked")
        pdf.save(saved)
    reader = FormReader()

    read = reader.read(saved.getvalue())

    reader.close()
    assert read == {f"{sheet}.evidence-{QUESTION_KEYS[0]}": "Łódź", f"{sheet}.score-{QUESTION_KEYS[0]}": "not-asked"}


def packet(documents: list[PrintedPdf]) -> bytes:
    target = io.BytesIO()
    parts = [
        LinkSource("Role", f"Part {at}", each.pages, lambda one=each: one.fragment) for at, each in enumerate(documents)
    ]
    link(parts, "Packet", "en", target)
    return target.getvalue()


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(sorted(DOCUMENTS)), min_size=1, max_size=6))
def test_any_papers_in_any_order_keep_every_field_in_a_packet(kinds: list[str]):
    file = packet([printed(kind) for kind in kinds])
    alone = [(at, name) for at, kind in enumerate(kinds, 1) for name in fields_of(printed(kind).pdf)]
    assert fields_of(file) == [f"{at:011d}.{name}" for at, name in alone]
    with pdfs.opened(file) as pdf:
        assert pdf.check_pdf_syntax() == []
        fonts = set(pdf.Root.AcroForm.DR.Font.keys())
        for page in pdf.pages:
            for widget in page.get("/Annots", []):
                assert str(widget.DA).split()[-3] in fonts if "/DA" in widget else widget.Parent.Ff
                assert "/N" in widget.AP


@pytest.mark.slow("renders the whole library")
@pytest.mark.parametrize("name", ["sales-engineer", "sales-manager"])
def test_no_two_fields_of_a_role_of_the_library_share_a_name(name: str):
    for document in (interview_kit(find(name), stamp()), starter_metrics_sheet(find(name), stamp())):
        press(fillable(document), Paper.LETTER)  # it refuses names that stand twice
