"""The chain shows every link of an accountability, and each gap by name with its place."""

from dataclasses import replace

import pytest

from tests.support import make
from workbench.roles.library import library
from workbench.roles.model import Accountability, Role, Supports
from workbench.roles.review.rules import review
from workbench.roles.review.trace import COLUMNS, traceability


def test_a_complete_accountability_fills_every_cell():
    for row in traceability(make.role()):
        assert row.complete
        assert tuple(cell.column for cell in row.cells) == COLUMNS
        assert all(cell.items for cell in row.cells)


def test_the_targets_are_said_as_sentences():
    leading, lagging, question, support = traceability(make.role())[0].cells
    assert leading.items == ("Hold at least 9 first meetings each week",)
    assert "$250,000" in lagging.items[0]
    assert question.items[0].startswith("Tell me about")
    assert support.items[0] == "Behaviours: 1"


def test_an_empty_accountability_has_four_named_gaps():
    (row,) = traceability(Role("Seller", accountabilities=(Accountability("new"),)))
    assert [cell.gap for cell in row.cells] == [
        "No leading metric yet", "No lagging metric yet", "No question yet", "No support yet",
    ]  # fmt: skip
    assert [cell.place for cell in row.cells][-1] == "accountabilities/new/supports"
    assert not row.complete


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"questions": (make.question(text=" "),)}, "question"),
        ({"supports": Supports()}, "support"),
        ({"expectations": (make.expectation("made_up"),)}, "leading"),
    ],
)
def test_what_says_nothing_fills_no_cell(change: dict[str, object], column: str):
    (row,) = traceability(make.role(accountabilities=(make.accountability(**change),)))
    assert column in [cell.column for cell in row.cells if cell.gap]


def test_a_cell_carries_what_the_review_says_about_its_items():
    role = make.role()
    item = role.accountabilities[0]
    role = role.with_accountability(
        replace(item, expectations=(replace(item.expectations[0], source=""), item.expectations[1]))
    )
    cells = traceability(role, review(role))[0].cells
    assert [[finding.rule for finding in cell.findings] for cell in cells] == [["source"], [], [], []]


@pytest.mark.parametrize("name", library())
def test_no_chain_of_the_library_has_a_gap(name: str):
    assert all(row.complete for row in traceability(library()[name]))
