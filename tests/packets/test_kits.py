"""A kit in a packet: without a sheet of its own where each candidate has one, and with the day that the schedule tells."""

import io
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import docx
import pdfua
import pikepdf
import pytest

from tests.documents import pdfs
from tests.documents.typist import fill_in
from tests.support import make
from tests.support.sharing import press
from workbench.documents.model import Document, FillMode, Paper
from workbench.documents.page.html import render_html
from workbench.documents.pdf.linker import LinkSource as LinkedPart
from workbench.documents.pdf.linker import link
from workbench.documents.press.form_reader import FormReader
from workbench.hiring.documents import score_sheet
from workbench.hiring.model import InterviewDay, People
from workbench.packets.job import ChosenRole, PrintJob
from workbench.packets.model import RunOptions, distinct_entries
from workbench.packets.plan import make_plan
from workbench.packets.recipes.model import DocumentKind, find_shipped_recipe
from workbench.packets.returned.merge import merge_answers
from workbench.packets.run.docx import word
from workbench.roles.documents.build import interview_kit

ROLE, STAMP = make.role(), make.stamp()
DAY = InterviewDay(date(2026, 12, 1), time(9), minutes=45)
PRINT_JOB = PrintJob(
    find_shipped_recipe("interviewer"),
    (ChosenRole(ROLE, STAMP),),
    People(("Ina Vogt",), ("Lea Berg", "Tom O’Neil")),
    "Hana",
)
HELD = "1 December 2026, 09:00\u201309:45"
TYPED = replace(score_sheet(ROLE, "Ina Vogt", "Lea Berg", STAMP, interview_date=HELD), form=FillMode.FILLABLE)


def build_document(print_job: PrintJob, part: DocumentKind) -> Document:
    return next(print_job.document(entry) for entry in distinct_entries(print_job.packets()) if entry.part is part)


def with_form(form: FillMode, day: InterviewDay | None = DAY, recipe: str = "interviewer") -> PrintJob:
    return replace(PRINT_JOB, recipe=find_shipped_recipe(recipe), options=RunOptions(form=form, day=day))


@pytest.mark.parametrize("recipe", ["interviewer", "records"])
@pytest.mark.parametrize("form", list(FillMode))
def test_a_kit_that_goes_with_a_sheet_for_each_candidate_has_none_of_its_own(form: FillMode, recipe: str):
    kit = build_document(with_form(form, recipe=recipe), DocumentKind.KIT)
    page = render_html(kit, Paper.A4)

    assert "The score and its evidence go on that candidate’s score sheet" in page
    assert "Notes on question 1" in page or form is not FillMode.FILLABLE
    for absent in (
        "<h2>Score sheet</h2>",
        "Copy the scores",
        "beside the questions",
        "Should this candidate",
        ">Candidate<",
    ):
        assert absent not in page
    assert f"{kit.sheet}.score-" not in page


@pytest.mark.parametrize("form", list(FillMode))
def test_a_kit_alone_keeps_its_sheet_and_says_nothing_of_others(form: FillMode):
    for kit in (
        build_document(with_form(form, recipe="manager"), DocumentKind.KIT),
        replace(interview_kit(ROLE, STAMP), form=form),
    ):
        page = render_html(kit, Paper.A4)
        assert "<h2>Score sheet</h2>" in page
        assert "that candidate’s score sheet" not in page
        assert (f"{kit.sheet}.score-" in page) is (form is FillMode.FILLABLE)


def test_in_word_a_kit_has_its_sheet_where_the_printed_one_has_it():
    def headings(kit: Document) -> list[str]:
        file = docx.Document(io.BytesIO(word(kit, Paper.A4)))
        return [each.text for each in file.paragraphs if each.style.name.startswith("Heading")]

    assert "Score sheet" in headings(interview_kit(ROLE, STAMP, "Ina Vogt"))
    assert "Score sheet" not in headings(build_document(PRINT_JOB, DocumentKind.KIT))


def test_the_date_of_a_kit_and_of_a_sheet_is_the_one_that_the_schedule_tells():
    for form in FillMode:
        assert "1 December 2026" in render_html(build_document(with_form(form), DocumentKind.KIT), Paper.A4)
        assert HELD in render_html(build_document(with_form(form), DocumentKind.SHEETS), Paper.A4)
        assert "December" not in render_html(build_document(with_form(form, day=None), DocumentKind.KIT), Paper.A4)
        assert "December" not in render_html(
            build_document(with_form(form, recipe="manager"), DocumentKind.KIT), Paper.A4
        )
    for part in (DocumentKind.KIT, DocumentKind.SHEETS):
        file = docx.Document(io.BytesIO(word(build_document(with_form(FillMode.HAND), part), Paper.A4)))
        assert "1 December 2026" in file.element.xml


def test_what_was_written_stands_in_place_of_what_the_schedule_told():
    print_job = replace(with_form(FillMode.FLAT), answers={TYPED.sheet: (("held", "2 December, by video"),)})
    sheet = build_document(print_job, DocumentKind.SHEETS)
    assert "2 December, by video" in render_html(sheet, Paper.A4)
    assert HELD not in render_html(sheet, Paper.A4)
    assert "2 December, by video" in docx.Document(io.BytesIO(word(sheet, Paper.A4))).element.xml


def test_a_field_that_begins_with_a_date_shows_it_in_every_reader_and_leaves_the_marks_to_us(tmp_path: Path):
    pressed = press(TYPED, Paper.A4)
    with pdfs.opened(pressed.pdf) as pdf:
        (field,) = [each for page in pdf.pages for each in page.get("/Annots", []) if str(each.get("/V", "")) == HELD]
        appearance = field.AP.N.read_bytes()
        font = field.AP.N.Resources.Font
        letters = appearance.partition(b"Td <")[2].partition(b">")[0]
        assert len(letters) == 4 * len(HELD)
        assert [name for name in font if name.encode() in appearance]
        assert "/NeedAppearances" not in pdf.Root.AcroForm
    assert HELD not in pdfs.text(pressed.pdf), "the field draws it, and the page below does not"
    file = tmp_path / "typed.pdf"
    file.write_bytes(pressed.pdf)
    assert [str(finding) for finding in pdfua.validate(file).findings] == []


def test_words_that_no_line_of_ours_draws_are_drawn_by_the_reader():
    with pdfs.opened(press(replace(TYPED, data=replace(TYPED.data, interview_date="am 1. 中旬")), Paper.A4).pdf) as pdf:
        assert pdf.Root.AcroForm.NeedAppearances


def test_a_date_that_we_filled_in_is_kept_in_a_packet_and_can_be_typed_over():
    pressed = press(TYPED, Paper.A4)
    part = LinkedPart("", "Sheet", pressed.pages, lambda: pressed.fragment)
    target = io.BytesIO()
    link([part], "Packet", "en", target)
    reader = FormReader()
    try:
        answers = dict(reader.read(target.getvalue()))
        assert list(answers.values()) == [HELD]
        with pikepdf.open(io.BytesIO(target.getvalue())) as pdf:
            assert "/NeedAppearances" not in pdf.Root.AcroForm
        (name,) = answers
        filled = reader.read(fill_in(target.getvalue(), {name: "noon "}))
    finally:
        reader.close()
    assert "noon" in filled[name]


def test_a_sheet_that_holds_only_what_we_filled_in_did_not_come_back():
    print_job = with_form(FillMode.FILLABLE)
    sheet = next(
        entry
        for entry in distinct_entries(print_job.packets())
        if (entry.part, entry.about) == (DocumentKind.SHEETS, "Lea Berg")
    )
    name = print_job.document(sheet).sheet
    untouched, filled = {f"{name}.held": HELD}, {f"{name}.held": HELD, f"{name}.decision": "yes"}

    assert merge_answers(make_plan(print_job), [("a", untouched)]).answers == ()
    assert len(merge_answers(make_plan(print_job), [("a", untouched)]).missing) == 2
    both = merge_answers(make_plan(print_job), [("a", filled), ("b", untouched)])
    assert [dict(each.given) for each in both.answers] == [{"held": HELD, "decision": "yes"}]
    assert both.duplicates == ()
    assert merge_answers(make_plan(print_job), [("a", {f"{name}.held": "noon"})]).missing == (
        "Score sheet: Tom O’Neil (Ina Vogt)",
    )
