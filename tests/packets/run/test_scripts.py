"""A run for people whose names are written in any script: covers, sheets, stamps, bookmarks and files."""

import io
import unicodedata
from dataclasses import replace
from pathlib import Path

import pdfua
import pikepdf
import pytest

from tests.documents import pdfs
from tests.support import make
from tests.support.sharing import press
from workbench.documents.model import Paper
from workbench.documents.pdf.stamps import can_draw
from workbench.documents.store.store import Store
from workbench.hiring.model import People
from workbench.packets.job import ChosenRole, PrintJob
from workbench.packets.model import Delivery, RunOptions
from workbench.packets.plan import make_plan
from workbench.packets.recipes.model import find_shipped_recipe
from workbench.packets.run.linking import write_packets
from workbench.packets.run.printing import print_all
from workbench.packets.run.word_files import list_word_files

PANEL = ("محمد", "Nguyễn Thị Hoa", "김민수")
CANDIDATES = ("李小龍", "अर्जुन", "דוד", "สมชาย")


@pytest.fixture(scope="module")
def packets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Each packet of one run by the name of its file."""
    place = tmp_path_factory.mktemp("packets")
    chosen = ChosenRole(make.role("מנהל מכירות"), make.stamp(company="さくら商事"))
    print_job = PrintJob(
        find_shipped_recipe("interviewer"),
        (chosen,),
        People(PANEL, CANDIDATES),
        "Lea Berg",
        RunOptions(Paper.A4, Delivery.FILE_EACH),
    )
    printed = print_all(make_plan(print_job), Store(place / "documents"), press, lambda _: None)
    assert printed.faults == ()
    output = write_packets(make_plan(print_job), printed, place, "7")
    return {file.name: (output.folder / file.name).read_bytes() for file in output.files}


def words_of(pdf: bytes) -> list[str]:
    return [" ".join(unicodedata.normalize("NFC", page).split()) for page in pdfs.words(pdf)]


def test_a_file_is_called_by_its_reader(packets: dict[str, bytes]):
    assert [name.partition(" - ")[0] for name in packets] == [f"{at} {name}" for at, name in enumerate(PANEL, 1)]


@pytest.mark.slow("prints packets with names in many scripts")
@pytest.mark.parametrize("at", range(len(PANEL)))
def test_cover_schedule_and_sheets_name_everybody(packets: dict[str, bytes], at: int):
    cover, schedule, *rest = words_of(list(packets.values())[at])
    assert PANEL[at] in cover
    assert "さくら商事" in cover
    assert all(name in schedule for name in (*PANEL, *CANDIDATES))
    assert all(any(page.count(name) for page in rest) for name in CANDIDATES)


def test_a_stamp_names_whom_it_can_draw_and_else_only_the_number_of_the_packet(packets: dict[str, bytes]):
    for at, (reader, pdf) in enumerate(zip(PANEL, packets.values(), strict=True), 1):
        pages = words_of(pdf)
        name = f"{reader} · " if can_draw(reader) else ""
        for number, page in enumerate(pages, 1):
            assert f"Packet {at} of 3 · {name}page {number} of {len(pages)}" in page
            assert "?" not in page.rpartition("Packet")[2]
    assert [can_draw(reader) for reader in PANEL] == [False, True, False]


def test_a_packet_is_a_sound_accessible_file_whose_bookmarks_and_title_keep_the_names(packets: dict[str, bytes]):
    for reader, pdf in zip(PANEL, packets.values(), strict=True):
        assert pdfua.validate(io.BytesIO(pdf)).findings == ()
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            assert opened.check_pdf_syntax() == []
            assert str(opened.docinfo.Title) == f"Interviewer packet: {reader}"
            message = {words for _, words, _ in pdfs.bookmarks(opened)}
            assert {"מנהל מכירות", *(f"Score sheet: {name}" for name in CANDIDATES)} <= message


def test_a_name_with_a_letter_that_no_font_has_is_refused_before_anything_is_printed():
    with pytest.raises(ValueError, match="These letters cannot be printed: \U00013000 in “Sam \U00013000”"):
        PrintJob(
            find_shipped_recipe("candidate"),
            (ChosenRole(make.role(), make.stamp()),),
            People((), ("Sam \U00013000",)),
            "Maya",
        ).packets()


def test_long_names_in_letters_of_several_bytes_fit_into_folders_and_archives(tmp_path: Path):
    print_job = PrintJob(
        replace(find_shipped_recipe("candidate"), title="ผู้สมัคร" * 7),
        (ChosenRole(make.role(), make.stamp()),),
        People((), ("李" * 120, "ก" * 60)),
        "Lea Berg",
        RunOptions(Paper.A4, Delivery.FILE_EACH),
    )
    printed = print_all(make_plan(print_job), Store(tmp_path / "documents"), press, lambda _: None)
    files = [file.name for file in write_packets(make_plan(print_job), printed, tmp_path, "7").files]
    inside = [placed.name for placed in list_word_files(make_plan(print_job))]

    assert [(name[:3], name[-4:]) for name in files] == [("1 李", ".pdf"), ("2 ก", ".pdf")]
    assert all(name.endswith(".docx") for name in inside)
    for name in (*files, *(part for placed in inside for part in placed.split("/"))):
        assert len(name.encode()) <= 255
