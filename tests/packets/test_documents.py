"""The papers of a packet: what stands on them, and that each fits its sheet, is tagged and says nothing by accident."""

import logging
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pdfua
import pypdfium2
import pytest

from tests.documents import pdfs
from tests.support import make
from tests.support.sharing import press
from workbench.documents.blocks.inline import isolated, plain_text
from workbench.documents.blocks.model import Group, Table
from workbench.documents.model import Document, FillMode, Paper, PrintedPdf
from workbench.hiring import documents as hiring_documents
from workbench.hiring.model import EVERY_ROLE, InterviewDay, People, RoundKind, RoundStyle
from workbench.hiring.rounds import Round
from workbench.hiring.schedule import interview_schedule
from workbench.hiring.timetable import Timetable, schedule_talks
from workbench.packets import documents
from workbench.packets.contents import ContentsChapter, ContentsEntry, Cover, CoverRole
from workbench.roles.documents.build import interview_kit
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


def tables(document: Document) -> list[Table]:
    blocks = [part for block in document.blocks for part in (block.blocks if isinstance(block, Group) else (block,))]
    return [block for block in blocks if isinstance(block, Table)]


def rows(document: Document) -> list[list[str]]:
    """Return the texts of the tables of a document, row by row."""
    return [
        [plain_text(text) for cell in row.cells for text in cell.texts]
        for table in tables(document)
        for row in table.rows
    ]


PAPERS: dict[str, Document] = {
    "cover": documents.cover(COVER, STAMP),
    "schedule": interview_schedule(
        make.interviews(("Ina Vogt", "Raj Rao"), ("Candidate A", "Candidate B"), find("account-executive-mid-market")),
        STAMP,
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
    document = interview_schedule(make.interviews(panel, ("A", "B")), STAMP)

    reported = words(press(document, Paper.A4))
    assert [[column.label for column in table.columns[1:]] for table in tables(document)] == [
        [isolated(name) for name in part] for part in (panel[:3], panel[3:])
    ]
    assert all(name in reported for name in panel)
    assert "Who meets whom, 2 of 2" in reported


def test_a_schedule_with_a_day_has_each_time_and_the_day_of_each_panel_member():
    held = make.interviews(("Ina Vogt", "Raj Rao"), ("A", "B", "C"))
    day = InterviewDay(date(2026, 12, 1), time(9, 0), 45, 15, time(10, 30), 30)
    document = interview_schedule(held, STAMP, "en", Timetable(day, schedule_talks(held.interviews(45), day)))

    assert rows(document) == [
        ["A", "09:00–09:45", "11:00–11:45"],
        ["B", "12:00–12:45", "09:00–09:45"],
        ["C", "11:00–11:45", "12:00–12:45"],
    ]
    reported = words(press(document, Paper.A4))
    assert "1 December 2026" in reported
    assert "There are 15 minutes" in reported
    assert "Lunch: 10:30–11:00." in reported
    assert "An interview takes 45 minutes, of which 3 are to greet, up to 15 for the questions and 10" in reported
    assert "Write the day" not in reported
    assert "09:00–09:45 A 11:00–11:45 C 12:00–12:45 B" in reported.replace("– ", "").replace("\u2002", " ")


def test_a_schedule_names_the_role_of_each_candidate_and_the_day_where_there_are_several():
    roles = (
        make.role("Sales Engineer"),
        make.role("Account Executive", accountabilities=(make.accountability(questions=(make.question(minutes=25),)),)),
    )
    titles = tuple(role.title for role in roles)
    held = Round(roles, titles, People(("Ina Vogt",), ("A", "B", "C"), (titles[0], titles[1], EVERY_ROLE)))
    day = InterviewDay(date(2026, 12, 1), time(9, 0), until=time(12), more=(date(2026, 12, 3),))
    document = interview_schedule(held, STAMP, "en", Timetable(day, schedule_talks(held.interviews(), day)))

    assert rows(document) == [
        [f"A, {titles[0]}", "1 December 2026", "09:00–09:30"],
        [f"C, {titles[0]}", "3 December 2026", "09:00–09:30"],
        [f"B, {titles[1]}", "1 December 2026", "10:50–11:30"],
        [f"C, {titles[1]}", "1 December 2026", "09:55–10:35"],
    ]
    reported = words(press(document, Paper.A4))
    assert "1 December 2026 and 3 December 2026" in reported
    assert "Sales Engineer: 30 minutes, of which" in reported


def test_a_schedule_says_who_asks_about_what_and_who_sits_together():
    role, people = find("sales-engineer"), People(("Ina Vogt", "Raj Rao"), ("A", "B"))
    shared = Round((role,), (role.title,), people, RoundStyle(RoundKind.SHARED))
    reported = words(press(interview_schedule(shared, STAMP), Paper.A4))
    assert "Who asks about what" in reported
    assert all(item.outcome in reported for item in role.accountabilities)

    core = Round((role,), (role.title,), people, RoundStyle(RoundKind.SHARED, core=True))
    reported = words(press(interview_schedule(core, STAMP), Paper.A4))
    assert all(question.competency in reported.partition("Everyone")[2] for question in core.core(0))

    together = Round((role,), (role.title,), people, RoundStyle(RoundKind.TOGETHER))
    day = InterviewDay(date(2026, 12, 1), time(9, 0))
    document = interview_schedule(together, STAMP, "en", Timetable(day, schedule_talks(together.interviews(), day)))
    assert rows(document) == [["A", "09:00–10:05"], ["B", "10:20–11:25"]]
    assert "The whole panel" in words(press(document, Paper.A4))


def test_a_long_day_is_told_once():
    held = make.interviews(tuple("ABCD"), tuple("stuvwxyz"))
    day = InterviewDay(date(2026, 12, 1), time(8, 0), 30)
    document = interview_schedule(held, STAMP, "en", Timetable(day, schedule_talks(held.interviews(30), day)))
    assert "The day of each panel member" not in words(press(document, Paper.A4))


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
