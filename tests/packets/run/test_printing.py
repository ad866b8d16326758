"""From order to files: each document is printed once, packets count their own pages, and a fault is a visible page."""

import os
import zipfile
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pdfua
import pypdfium2
import pytest

from tests.documents import pdfs
from tests.support import make, sharing
from workbench.documents.model import Document, FillMode, Paper, PressFailed, PrintedPdf
from workbench.documents.page.html import render_html
from workbench.documents.store.store import Store
from workbench.hiring.model import InterviewDay, People
from workbench.packets.documents import interviewer_guide, notice
from workbench.packets.job import ChosenRole, PrintJob
from workbench.packets.model import Delivery, RunOptions, distinct_entries
from workbench.packets.plan import make_plan
from workbench.packets.recipes.model import DocumentKind, find_shipped_recipe
from workbench.packets.run.linking import write_packets
from workbench.packets.run.output import file_name, open_synced, run_file_name, write_output
from workbench.packets.run.printing import print_all
from workbench.packets.run.values import Output, OutputFile, Progress
from workbench.roles.model import Pay

PRINT_JOB = PrintJob(
    find_shipped_recipe("interviewer"),
    (ChosenRole(make.role(), make.stamp()),),
    People(("Ina Vogt", "Raj Rao"), ("Candidate A", "Candidate B")),
    "Lea Berg",
    RunOptions(Paper.A4, Delivery.FILE_EACH),
)
FILE_COPY = replace(PRINT_JOB, recipe=find_shipped_recipe("file-copy"))


class Count:
    """The press of all tests, and how often it was asked for which kind."""

    def __init__(self, broken: str = "") -> None:
        self.kinds: list[str] = []
        self.broken = broken

    def __call__(self, document: Document, paper: Paper) -> PrintedPdf:
        self.kinds.append(document.kind)
        if document.kind == self.broken:
            raise PressFailed("It took longer than 30 seconds.")
        return sharing.press(document, paper)


def run(print_job: PrintJob, store: Store, place: Path, press: Count | None = None) -> tuple[Output, list[Progress]]:
    reported: list[Progress] = []
    printed = print_all(make_plan(print_job), store, press or Count(), reported.append)
    return write_packets(make_plan(print_job), printed, place, "7"), reported


def texts(file: Path) -> list[str]:
    with pypdfium2.PdfDocument(file) as pdf:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]


def test_each_reader_is_given_a_file_that_opens_with_a_cover_whose_page_numbers_are_true(
    document_store: Store, tmp_path: Path
):
    output, _ = run(PRINT_JOB, document_store, tmp_path)

    assert [file.name for file in output.files] == [
        "1 Ina Vogt - Interviewer packet.pdf",
        "2 Raj Rao - Interviewer packet.pdf",
    ]
    for file, reader in zip(output.files, PRINT_JOB.people.panel, strict=True):
        pages = texts(output.folder / file.name)
        assert len(pages) == file.pages
        assert reader in pages[0]
        assert f"{file.pages} pages including this one" in pages[0]
        for title in ("Interview schedule", "Interviewer guide", "Position description", "Interview kit"):
            number = next(int(rest.split()[0]) for rest in pages[0].split(title)[1:] if rest.split()[0].isdigit())
            assert title.upper() in pages[number - 1]
            assert f"page {number} of {file.pages}" in pages[number - 1]


def test_a_document_that_two_readers_share_is_printed_once_and_a_second_run_prints_nothing(
    document_store: Store, tmp_path: Path
):
    first = Count()
    one, reported = run(PRINT_JOB, document_store, tmp_path, first)
    second_press = Count()
    two, _ = run(PRINT_JOB, document_store, tmp_path, second_press)

    assert sorted(first.kinds) == sorted(
        ["interview-schedule", "interviewer-guide", "position-description"]
        + ["interview-kit"] * 2
        + ["score-sheet"] * 4
        + ["packet-cover"] * 2
    )
    assert second_press.kinds == []
    assert one == two
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("7-")] == [one.folder.name]
    assert (reported[0].documents, reported[0].total) == (0, 11)
    assert (reported[-1].documents, reported[-1].seconds) == (11, 0)
    assert reported[-1].pages > 10


def test_a_folder_that_is_handed_over_outlives_a_power_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    calls: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda opened: calls.append(os.fstat(opened).st_ino))

    def fill(draft: Path) -> tuple[OutputFile, ...]:
        with open_synced(draft / "one.pdf") as target:
            target.write(b"%PDF")
        return (OutputFile("one.pdf", 1, 4),)

    output = write_output(tmp_path, "7", fill)

    assert calls == [place.stat().st_ino for place in (output.folder / "one.pdf", output.folder, tmp_path)]


def test_a_document_that_cannot_be_printed_is_a_visible_page_and_a_message(document_store: Store, tmp_path: Path):
    reported: list[Progress] = []
    printed = print_all(make_plan(FILE_COPY), document_store, Count("interview-kit"), reported.append)
    output = write_packets(make_plan(FILE_COPY), printed, tmp_path, "7")

    assert printed.faults == ("Interview kit: Account Executive: It took longer than 30 seconds.",)
    pages = texts(output.folder / output.files[0].name)
    assert any("This page takes the place of a missing document" in page for page in pages)
    assert len(printed.keys) == len(FILE_COPY.packets()[0].entries) - 1
    assert set(printed.keys) < set(make_plan(FILE_COPY).keys.values())


def test_all_packets_in_one_file_count_their_own_pages_and_begin_on_a_right_hand_page(
    document_store: Store, tmp_path: Path
):
    output, _ = run(
        replace(PRINT_JOB, options=RunOptions(Paper.A4, Delivery.ONE_FILE, both_sides=True)), document_store, tmp_path
    )

    (file,) = output.files
    pages = texts(output.folder / file.name)
    starts = [at for at, page in enumerate(pages) if "INTERVIEWER PACKET" in page]
    assert file.name == "Interviewer packet - Account Executive.pdf"
    assert len(starts) == 2
    assert all(start % 2 == 0 for start in starts)
    assert "Packet 1 of 2 · Ina Vogt · page 1 of" in pages[0]
    assert "Packet 2 of 2 · Raj Rao · page 1 of" in pages[starts[1]]
    assert [str(finding) for finding in pdfua.validate(output.folder / file.name).findings] == []
    message = [page.split(" · page ")[1].split() for page in pages if " · page " in page]
    assert all(int(number) <= int(whole) for number, _, whole, *_ in message)


@pytest.mark.slow("prints two whole runs")
def test_a_candidate_is_not_told_how_many_others_there_are(document_store: Store, tmp_path: Path):
    options = RunOptions(Paper.A4, Delivery.ONE_FILE)
    output, _ = run(
        replace(PRINT_JOB, recipe=find_shipped_recipe("candidate"), options=options), document_store, tmp_path
    )

    pages = texts(output.folder / output.files[0].name)
    assert "Candidate A · page 1 of" in pages[0]
    assert not [page for page in pages if "Packet 1 of" in page or "Packet 2 of" in page]


def test_an_archive_has_the_same_files_and_the_same_bytes_each_time(document_store: Store, tmp_path: Path):
    print_job = replace(PRINT_JOB, options=RunOptions(delivery=Delivery.ZIP))

    one, _ = run(print_job, document_store, tmp_path / "one")
    two, _ = run(print_job, document_store, tmp_path / "two")

    assert one.digest == two.digest
    assert one.files[0].name == "Interviewer packet - Account Executive.zip"
    with zipfile.ZipFile(one.folder / one.files[0].name) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["1 Ina Vogt - Interviewer packet.pdf", "2 Raj Rao - Interviewer packet.pdf"]


@pytest.mark.slow("prints long covers")
def test_a_cover_with_many_lines_is_as_long_as_it_says(document_store: Store, tmp_path: Path):
    names = tuple(f"Candidate {number}" for number in range(1, 61))
    print_job = replace(PRINT_JOB, people=People(("Ina Vogt",), names))

    left_out = notice(interviewer_guide(make.stamp()), "Left out.")  # one page for all, which is printed once

    def flat(document: Document, paper: Paper) -> PrintedPdf:
        return sharing.press(document if document.kind == "packet-cover" else left_out, paper)

    printed = print_all(make_plan(print_job), document_store, flat, lambda _: None)
    output = write_packets(make_plan(print_job), printed, tmp_path, "7")

    assert printed.covers[0].pages > 1
    pages = texts(output.folder / output.files[0].name)
    assert f"{len(pages)} pages including this one" in pages[0]


def test_what_a_killed_worker_left_is_removed_and_nothing_is_half_there(document_store: Store, tmp_path: Path):
    left = tmp_path / ".7-dead"
    left.mkdir()
    left.joinpath("half.pdf").write_bytes(b"%PDF")

    run(FILE_COPY, document_store, tmp_path)

    assert not left.exists()
    assert [path.name[:2] for path in tmp_path.iterdir() if path.name.startswith((".7", "7-"))] == ["7-"]


def test_a_large_run_has_nothing_small_on_any_page_and_a_large_stamp_at_the_foot(document_store: Store, tmp_path: Path):
    print_job = replace(PRINT_JOB, options=RunOptions(Paper.A4, Delivery.ONE_FILE, both_sides=True, large=True))
    press = Count("interview-kit")
    output, _ = run(print_job, document_store, tmp_path, press)

    sizes, stamps = set(), set()
    with pypdfium2.PdfDocument(output.folder / output.files[0].name) as pdf:
        for page in pdf:
            text = page.get_textpage()
            reported = text.get_text_range()
            begin = reported.find("Packet ")
            for at in range(text.count_chars()):
                if text.get_text_range(at, 1).strip() and text.get_charbox(at)[1] > 28 * 72 / 25.4:
                    sizes.add(round(pdfs.size_of(text, at)))
            if begin >= 0:  # a blank page after the end of a packet says nothing
                stamps.add(round(pdfs.size_of(text, begin)))
            text.close()
    assert min(sizes) == 18
    assert stamps == {12}


@pytest.mark.slow("prints a packet for each panel member")
def test_a_kit_in_a_panel_members_packet_bears_their_name_and_each_score_sheet_is_signed_by_them(
    document_store: Store, tmp_path: Path
):
    output, _ = run(PRINT_JOB, document_store, tmp_path)

    for file, reader in zip(output.files, PRINT_JOB.people.panel, strict=True):
        pages = texts(output.folder / file.name)
        first, *_ = [page for page in pages if f"Account Executive, for {reader}" in page]
        assert f"Interviewer Date {reader}" in first
        assert f"Candidate Interviewer Date {reader}" not in first
        assert sum(f"Signature of {reader}" in page for page in pages) == len(PRINT_JOB.people.candidates)


def test_the_panel_does_not_see_pay_that_is_not_released(document_store: Store):
    paid = make.role(pay=Pay(minimum=65_000_00, maximum=85_000_00))
    print_job = replace(PRINT_JOB, roles=(ChosenRole(paid, make.stamp()),))
    printed = {entry.part: print_job.document(entry) for entry in print_job.packets()[0].entries}
    file_copy = replace(FILE_COPY, roles=print_job.roles)

    assert "65,000" not in render_html(printed["position-description"], Paper.A4)
    assert "65,000" in render_html(file_copy.document(file_copy.packets()[0].entries[0]), Paper.A4)


@pytest.mark.parametrize(
    ("reader", "name"),
    [
        ("Ina Vogt", "Ina Vogt"),
        ("../../etc/passwd", "etc passwd"),
        ('a:b*c?"<d>|', "a b c d"),
        ("..", "Nameless"),
        ("李娜", "李娜"),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_file_has_a_name_that_every_system_can_store(reader: str, name: str):
    assert file_name(reader) == name


@pytest.mark.parametrize(
    ("titles", "name"),
    [
        (["Account Executive"], "Interviewer packet - Account Executive"),
        (["Account Manager", "Sales Engineer"], "Interviewer packet - Account Manager, Sales Engineer"),
        (["Sales Engineer" + "r" * 44, "A", "B"], f"Interviewer packet - Sales Engineer{'r' * 44} + 2"),
        (["A/B: *", "C"], "Interviewer packet - A B , C"),
        (["客" * 200], f"Interviewer packet - {'客' * 59}"),
    ],
)
def test_a_file_of_all_packets_is_named_by_what_is_in_it(titles: list[str], name: str):
    (chosen,) = PRINT_JOB.roles
    roles = tuple(replace(chosen, role=replace(chosen.role, title=title)) for title in titles)

    assert run_file_name(replace(PRINT_JOB, roles=roles)) == name
    assert len(run_file_name(replace(PRINT_JOB, roles=roles)).encode()) <= 200


@pytest.mark.parametrize("form", list(FillMode))
def test_each_score_sheet_says_when_its_talk_is(form: FillMode):
    day = InterviewDay(date(2026, 12, 1), time(9), minutes=45)
    print_job = replace(PRINT_JOB, options=RunOptions(day=day, form=form))
    sheets = [
        print_job.document(entry)
        for entry in distinct_entries(print_job.packets())
        if entry.part is DocumentKind.SHEETS
    ]
    shown = [render_html(sheet, Paper.A4) for sheet in sheets]

    timed = print_job.timetable()
    assert timed is not None
    talks = {(*talk.interview.members, talk.candidate): talk.span for talk in timed.talks}
    assert len(sheets) == len(talks)
    for sheet, message in zip(sheets, shown, strict=True):
        reported = f"1 December 2026, {talks[sheet.people]}"
        assert sheet.data.interview_date == reported
        assert reported in message


def test_a_recipe_without_a_schedule_has_times_that_fit_the_day_too():
    recipe = replace(find_shipped_recipe("interviewer"), parts=(DocumentKind.SHEETS,))
    late = RunOptions(day=InterviewDay(date(2026, 12, 1), time(23, 30), minutes=45))

    with pytest.raises(ValueError, match="and a day has 0 that end before midnight"):
        replace(PRINT_JOB, recipe=recipe, options=late).packets()


@pytest.mark.parametrize(
    ("recipe", "reported"), [("interviewer", True), ("candidate", False), ("manager", False), ("records", False)]
)
def test_a_packet_that_a_panel_member_carries_about_asks_for_care(recipe: str, reported: bool):
    print_job = replace(PRINT_JOB, recipe=find_shipped_recipe(recipe))
    packet = print_job.packets()[0]

    front = render_html(print_job.cover(packet, [1] * len(packet.entries), 9), Paper.A4)

    assert ("This packet names candidates" in front) is reported


def test_a_guide_alone_asks_for_no_care():
    print_job = replace(PRINT_JOB, recipe=replace(find_shipped_recipe("interviewer"), parts=(DocumentKind.GUIDE,)))

    page = render_html(print_job.cover(print_job.packets()[0], [1], 2), Paper.A4)
    assert "This packet names candidates" not in page
