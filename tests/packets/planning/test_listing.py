"""The list of a run before it is printed: copies, pages and sheets of all packets together."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support import make
from workbench.documents.model import Document, Paper
from workbench.documents.press.preview import Preview
from workbench.documents.press.warm import WarmPress
from workbench.documents.store.store import Store
from workbench.hiring.model import People
from workbench.packets.job import ChosenRole, PrintJob
from workbench.packets.model import Delivery, RunOptions
from workbench.packets.plan import make_plan
from workbench.packets.planning.listing import list_documents
from workbench.packets.recipes.model import find_shipped_recipe
from workbench.packets.run.linking import write_packets
from workbench.packets.run.printing import print_all

PEOPLE = People(("Ina Vogt", "Raj Rao"), ("Candidate A", "Candidate B", "Candidate C"))
PAGES = {"interview-schedule": 1, "interviewer-guide": 1, "position-description": 5, "interview-kit": 7}
PAGES |= {"score-sheet": 2, "packet-cover": 1}


def count(document: Document, _: str) -> int:
    return PAGES[document.kind]


@pytest.fixture
def print_job() -> PrintJob:
    """A round of two panel members and three candidates."""
    role = make.role()
    return PrintJob(find_shipped_recipe("interviewer"), (ChosenRole(role, make.stamp()),), PEOPLE, "Maya")


def test_copies_and_pages_of_the_documents_sum_to_those_of_the_packets(print_job: PrintJob, tmp_path: Path):
    listed = list_documents(make_plan(print_job), Store(tmp_path), count)

    reported = {kind.title: (kind.documents, kind.copies, kind.pages) for kind in listed.kinds}
    assert reported["Position description"] == (1, 2, 10)  # one document, in both packets
    assert reported["Score sheet"] == (6, 6, 12)
    covers = listed.covers
    assert listed.pages == covers + sum(kind.pages for kind in listed.kinds) == 42
    assert sum(packet.documents for packet in listed.packets) == covers + sum(kind.copies for kind in listed.kinds)
    assert listed.is_exact


def test_a_document_that_starts_on_a_sheet_of_its_own_takes_more_paper(print_job: PrintJob, tmp_path: Path):
    plain = list_documents(make_plan(print_job), Store(tmp_path), count)
    apart = list_documents(make_plan(replace(print_job, options=RunOptions(both_sides=True))), Store(tmp_path), count)

    assert plain.sheets == 2 * 11  # 21 pages
    assert apart.sheets == 2 * (1 + 1 + 1 + 3 + 4 + 3)  # cover, schedule, guide, description, kit, three score sheets


def test_a_cover_counts_with_as_many_pages_as_it_takes(print_job: PrintJob, tmp_path: Path):
    long = replace(print_job, people=replace(PEOPLE, panel=("Li", "Maximilian Hohenstein-Bergmann", "Raj")))

    def by_name(document: Document, _: str) -> int:
        return 2 if document.kind == "packet-cover" and "Maximilian" in document.title else count(document, "")

    def two(document: Document, _: str) -> int:
        return 2 if document.kind == "packet-cover" else count(document, "")

    plain, twice = (
        list_documents(make_plan(print_job), Store(tmp_path), count),
        list_documents(make_plan(print_job), Store(tmp_path), two),
    )
    assert (plain.covers, twice.covers) == (2, 4)
    assert twice.pages == plain.pages + 2
    assert [packet.pages for packet in twice.packets] == [22, 22]
    some = list_documents(make_plan(long), Store(tmp_path), by_name)
    assert [packet.pages for packet in some.packets] == [21, 22, 21]
    assert some.covers == 4
    both = replace(print_job, options=RunOptions(both_sides=True))
    assert (
        list_documents(make_plan(both), Store(tmp_path), two).sheets
        == list_documents(make_plan(both), Store(tmp_path), count).sheets
    )


def test_a_cover_that_could_not_be_counted_is_one_page_at_least(print_job: PrintJob, tmp_path: Path):
    listed = list_documents(
        make_plan(print_job),
        Store(tmp_path),
        lambda document, _: 0 if document.kind == "packet-cover" else PAGES[document.kind],
    )

    assert (listed.covers, listed.is_exact) == (0, False)
    assert all(packet.pages >= 1 for packet in listed.packets)


@pytest.mark.parametrize("large", [False, True])
def test_the_list_counts_the_pages_that_are_printed_then(print_job: PrintJob, large: bool, tmp_path: Path):
    apart = replace(print_job, options=RunOptions(large=large, delivery=Delivery.FILE_EACH))
    store = Store(tmp_path / "documents")
    with WarmPress() as press, Preview() as preview:
        listed = list_documents(make_plan(apart), store, lambda document, _: preview.count(document, Paper.A4))
        printed = print_all(make_plan(apart), store, press.press, lambda _: None)

    assert listed.covers == sum(cover.pages for cover in printed.covers) == (4 if large else 2)
    output = write_packets(make_plan(apart), printed, tmp_path, "run")
    # The page says “about”: in large print the two layout engines may divide a long document one page differently.
    differences = [packet.pages - file.pages for packet, file in zip(listed.packets, output.files, strict=True)]
    assert all(abs(each) <= large for each in differences)


def test_pages_that_are_not_counted_yet_are_said_to_be_missing(print_job: PrintJob, tmp_path: Path):
    listed = list_documents(make_plan(print_job), Store(tmp_path), lambda *_: 0)

    assert not listed.is_exact
    assert listed.pages == 2
