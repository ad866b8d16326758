"""The papers of a packet: what stands on them, and that each fits its sheet, is tagged and says nothing by accident."""

import logging
from dataclasses import astuple, replace
from datetime import date, time
from pathlib import Path

import pdfua
import pypdfium2
import pytest

from tests.documents import pdfs
from tests.support import make
from tests.support.sharing import press
from workbench.documents.model import Document, FillMode, Paper, PrintedPdf
from workbench.hiring import documents as hiring_documents
from workbench.hiring.model import InterviewDay, People
from workbench.hiring.timetable import Timetable, schedule_talks
from workbench.packets import documents
from workbench.packets.contents import ContentsChapter, ContentsEntry, Cover, CoverRole
from workbench.roles.documents.build import interview_kit
from workbench.roles.documents.model import Slot
from workbench.roles.library import find, library

STAMP = make.stamp()
COVER = Cover(
    "Interviewer packet",
    "Ina Vogt",
    (CoverRole("Account Executive", "Edition 3"),),
    (
        ContentsChapter("", (ContentsEntry("Interviewer guide", 2),)),
        ContentsChapter(
            "Account Executive", (ContentsEntry("Interview kit", 3), ContentsEntry("Score sheet: Candidate A", 11))
        ),
    ),
    13,
)


def words(pressed: PrintedPdf) -> str:
    return pdfs.text(pressed.pdf)


PAPERS: dict[str, Document] = {
    "cover": documents.cover(COVER, STAMP),
    "schedule": hiring_documents.interview_schedule(
        [find("account-executive-mid-market")], ("Ina Vogt", "Raj Rao"), ("Candidate A", "Candidate B"), STAMP
    ),
    "guide": documents.interviewer_guide(STAMP),
    "sheet": hiring_documents.score_sheet(find("account-executive-mid-market"), "Ina Vogt", "Candidate A", STAMP),
    "notice": documents.notice(make.document(title="Interview kit: Account Executive"), "It took too long."),
}


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_printed_without_a_complaint_on_the_sheets_it_needs(
    name: str, paper: Paper, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.WARNING, "weasyprint"):
        pressed = press(PAPERS[name], paper)

    assert [record.getMessage() for record in caplog.records] == []
    assert pressed.pages == {"sheet": 3}.get(name, 1)
    assert pressed.headings[0].level == 1


@pytest.mark.parametrize("name", PAPERS)
def test_a_checker_of_accessible_pdfs_finds_nothing(name: str, tmp_path: Path):
    file = tmp_path / "printed.pdf"
    file.write_bytes(press(PAPERS[name], Paper.A4).pdf)

    assert [str(finding) for finding in pdfua.validate(file).findings] == []


def test_a_cover_says_whose_packet_it_is_what_it_is_about_and_where_everything_stands():
    reported = words(press(PAPERS["cover"], Paper.A4))

    assert "Ina Vogt" in reported
    assert "Account Executive Edition 3" in reported
    assert "13 pages including this one" in reported
    for line in ("Interviewer guide 2", "Interview kit 3", "Score sheet: Candidate A 11"):
        assert line in reported


def test_a_schedule_has_a_box_for_each_candidate_and_panel_member_in_groups_of_at_most_four():
    panel = tuple(f"Person {number}" for number in range(1, 6))
    document = hiring_documents.interview_schedule([make.role()], panel, ("A", "B"), STAMP)

    assert document.data.columns == (panel[:3], panel[3:])
    reported = words(press(document, Paper.A4))
    assert all(name in reported for name in panel)
    assert "Who meets whom, 2 of 2" in reported


def test_a_schedule_with_a_day_has_each_time_and_the_day_of_each_panel_member():
    people = People(("Ina Vogt", "Raj Rao"), ("A", "B", "C"))
    day = InterviewDay(date(2026, 12, 1), time(9, 0), 45, 15, time(10, 30), 30)
    timed = Timetable(day, schedule_talks(people, day, 45))
    document = hiring_documents.interview_schedule([make.role()], *astuple(people), STAMP, "en", timed)

    assert document.data.times == (
        ("09:00–09:45", "11:00–11:45"),
        ("12:00–12:45", "09:00–09:45"),
        ("11:00–11:45", "12:00–12:45"),
    )
    assert document.data.member_days[0] == Slot(
        "Ina Vogt", ("09:00–09:45\u2002A", "11:00–11:45\u2002C", "12:00–12:45\u2002B")
    )
    reported = words(press(document, Paper.A4))
    assert "1 December 2026" in reported
    assert "There are 15 minutes" in reported
    assert "Lunch: 10:30–11:00." in reported
    assert "Write the day" not in reported


def test_a_long_day_is_told_once():
    people = People(tuple("ABCD"), tuple("stuvwxyz"))
    day = InterviewDay(date(2026, 12, 1), time(8, 0), 30)
    document = hiring_documents.interview_schedule(
        [make.role()], *astuple(people), STAMP, "en", Timetable(day, schedule_talks(people, day, 30))
    )
    assert document.data.member_days == ()


def test_a_guide_tells_to_rate_alone_and_what_is_not_to_be_asked():
    reported = words(press(PAPERS["guide"], Paper.LETTER))

    for rule in ("Same questions, same order", "Rate alone", "Do not ask about", "pregnancy"):
        assert rule in reported


def test_a_score_sheet_names_both_people_and_every_question_and_ends_with_a_signature():
    role = find("account-executive-mid-market")
    reported = words(press(PAPERS["sheet"], Paper.A4))

    assert "Candidate A" in reported
    assert "Signature of Ina Vogt" in reported
    assert "Strong yes" in reported
    for _, question in role.questions():
        assert question.competency in reported


@pytest.mark.parametrize("name", library())
def test_the_score_sheet_of_each_library_role_takes_at_most_three_pages_and_decides_beside_a_question(name: str):
    printed = press(hiring_documents.score_sheet(find(name), "Ina Vogt", "Candidate A", STAMP), Paper.LETTER)
    *_, (_, last) = find(name).questions()

    assert printed.pages <= 3
    with pypdfium2.PdfDocument(printed.pdf) as pdf:
        end = " ".join(pdf[len(pdf) - 1].get_textpage().get_text_range().split())
    assert "Should this candidate have the seat?" in end
    assert last.competency in end


def test_a_notice_says_which_document_is_missing_and_why():
    reported = words(press(PAPERS["notice"], Paper.A4))

    assert "Interview kit: Account Executive" in reported
    assert "It took too long." in reported


def test_markup_in_a_name_is_only_words():
    document = hiring_documents.score_sheet(make.role(), "<b>Ina</b>", "A & B", STAMP)

    reported = words(press(document, Paper.A4))

    assert "<b>Ina</b>" in reported
    assert "A & B" in reported


def test_a_name_of_many_letters_is_no_danger_to_the_press():
    assert press(hiring_documents.score_sheet(make.role(), "x" * 200, "y" * 200, STAMP), Paper.A4).pages <= 3


ANSWERS = (
    ("held", "24 November 2026"),
    ("decision", "strong-yes"),
    ("reason", "She named a buyer.\nAnd a date."),
    ("signed", "Ina <Vogt>"),
)


def flat(document: Document, place: Path, *more: tuple[str, str]) -> str:
    """Print a document flat with some answers; give its words."""
    pressed = press(replace(document, form=FillMode.FLAT, answers=(*document.answers, *more)), Paper.A4)
    file = place / "flat.pdf"
    file.write_bytes(pressed.pdf)
    assert [str(finding) for finding in pdfua.validate(file).findings] == []
    with pypdfium2.PdfDocument(pressed.pdf) as pdf:
        assert pdf.get_formtype() == 0, "a flat document has no fields"
    return words(pressed)


@pytest.mark.slow("prints each document with answers")
@pytest.mark.parametrize("kind", ["sheet", "kit"])
def test_a_flat_document_prints_what_was_written_and_says_where_nothing_was(kind: str, tmp_path: Path):
    role = make.role()
    document = {
        "sheet": hiring_documents.score_sheet(role, "Ina Vogt", "Candidate A", STAMP),
        "kit": interview_kit(role, STAMP, "Ina Vogt"),
    }[kind]
    answered = replace(document, answers=ANSWERS)
    first, *_ = [question.key for _, question in role.questions()]
    text = flat(answered, tmp_path, (f"score-{first}", "4"), (f"evidence-{first}", "Said: “no” < yes"))

    for message in ("24 November 2026", "Strong yes", "She named a buyer.", "Ina <Vogt>", "4 of 5", "Said: “no” < yes"):
        assert message in text
    for other in ("Definitely not", "No decision", "not asked"):
        assert other not in text
    assert "Nothing was written here." in flat(document, tmp_path)
    assert "not asked" in flat(answered, tmp_path, (f"score-{first}", "not-asked"))


def test_an_answer_that_no_field_could_hold_is_not_printed_as_a_score(tmp_path: Path):
    role = make.role()
    first, *_ = [question.key for _, question in role.questions()]
    assert "99" not in flat(hiring_documents.score_sheet(role, "Ina", "A", STAMP), tmp_path, (f"score-{first}", "99"))
