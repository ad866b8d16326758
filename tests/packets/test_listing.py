"""The list of a run before it is printed: copies, pages and sheets of all packets together."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests import make
from workbench.documents.model import Document
from workbench.documents.store import Store
from workbench.packets.listing import listing
from workbench.packets.model import Options, People, recipe_named
from workbench.packets.order import Chosen, Order

PEOPLE = People(("Ina Vogt", "Raj Rao"), ("Candidate A", "Candidate B", "Candidate C"))
PAGES = {"interview-schedule": 1, "interviewer-guide": 1, "position-description": 5, "interview-kit": 7}
PAGES |= {"score-sheet": 2}


def count(document: Document, _: str) -> int:
    return PAGES[document.kind]


@pytest.fixture
def order() -> Order:
    """A round of two panel members and three candidates."""
    role = make.role()
    return Order(recipe_named("interviewer"), (Chosen(role, make.stamp()),), PEOPLE, "Maya")


def test_copies_and_pages_of_the_documents_sum_to_those_of_the_packets(order: Order, tmp_path: Path):
    listed = listing(order, Store(tmp_path), count)

    told = {kind.title: (kind.documents, kind.copies, kind.pages) for kind in listed.kinds}
    assert told["Position description"] == (1, 2, 10)  # one document, in both packets
    assert told["Score sheet"] == (6, 6, 12)
    covers = len(listed.packets)
    assert listed.pages == covers + sum(kind.pages for kind in listed.kinds) == 42
    assert sum(packet.documents for packet in listed.packets) == covers + sum(kind.copies for kind in listed.kinds)
    assert listed.counted


def test_a_document_that_starts_on_a_sheet_of_its_own_takes_more_paper(order: Order, tmp_path: Path):
    plain = listing(order, Store(tmp_path), count)
    apart = listing(replace(order, options=Options(both_sides=True)), Store(tmp_path), count)

    assert plain.sheets == 2 * 11  # 21 pages
    assert apart.sheets == 2 * (1 + 1 + 1 + 3 + 4 + 3)  # cover, schedule, guide, description, kit, three score sheets


def test_pages_that_are_not_counted_yet_are_said_to_be_missing(order: Order, tmp_path: Path):
    listed = listing(order, Store(tmp_path), lambda *_: 0)

    assert not listed.counted
    assert listed.pages == 2
