"""Two roles compared word by word."""

from hypothesis import given
from hypothesis import strategies as st

from tests.support import make
from workbench.roles.editions.compare import compare, compare_words
from workbench.roles.model import Purpose


def test_equal_roles_have_no_changes():
    assert compare(make.role(), make.role()) == ()


def test_one_changed_word_is_shown_as_gone_and_new_among_the_same():
    older = make.role(purpose=Purpose(why_needed="Nobody calls new customers today."))
    newer = make.role(purpose=Purpose(why_needed="Nobody visits new customers today."))

    (change,) = compare(older, newer)

    assert change.place == "Why the company needs it"
    assert [(run.kind, run.text) for run in change.runs] == [
        ("same", "Nobody "),
        ("removed", "calls "),
        ("added", "visits "),
        ("same", "new customers today."),
    ]


def test_a_moved_accountability_is_a_changed_order_and_nothing_else():
    first, second = make.accountability("first"), make.accountability("second")
    older, newer = make.role(accountabilities=(first, second)), make.role(accountabilities=(second, first))

    assert [change.place for change in compare(older, newer)] == ["Order of the accountabilities"]


def test_an_expectation_that_is_gone_is_struck_through_whole():
    item = make.accountability("first")
    older = make.role(accountabilities=(item,))
    newer = make.role(accountabilities=(make.without_expectations(item),))

    removed = [change for change in compare(older, newer) if change.place.endswith("expectation")]

    assert len(removed) == len(item.expectations)
    assert {run.kind for change in removed for run in change.runs} == {"removed"}


@given(st.text(), st.text())
def test_the_runs_give_both_texts_back(older: str, newer: str):
    runs = compare_words(older, newer)

    assert "".join(run.text for run in runs if run.kind != "added") == older
    assert "".join(run.text for run in runs if run.kind != "removed") == newer
