"""Text that was pasted from another program is stored plainly, and a pasted list is its items."""

from pathlib import Path

import pytest

from workbench.core.text.words import clean, list_items

PASTED = Path(__file__).parent / "duties-pasted-from-word.txt"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Carries\u00a0every\u202ftender\u2007now", "Carries every tender now"),
        ("one\x0btwo\x0cthree\x85four\u2028five\u2029six", "one\ntwo\nthree\nfour\nfive\nsix"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("\ufeffsoft\u00adly\x07", "softly"),
        ("\u00a0\u00a0", ""),
    ],
)
def test_what_other_programs_store_for_spaces_and_line_ends_becomes_plain(typed: str, stored: str):
    assert clean(typed) == stored
    assert clean(stored) == stored


def test_a_list_pasted_from_a_word_processor_is_its_items():
    items = list_items(clean(PASTED.read_text("utf-8")))

    assert len(items) == 8
    assert all(item[0].isupper() for item in items)
    assert items[1].endswith("steer it – “best output” is the buyer’s word.")


@pytest.mark.parametrize(
    ("pasted", "items"),
    [
        ("•Lead\n• Edit\n➢ Ask", ("Lead", "Edit", "Ask")),
        ("(1) Lead\n2) Edit\n3. Ask", ("Lead", "Edit", "Ask")),
        ("a) Lead\nb) Edit", ("Lead", "Edit")),
        ("iv. Lead\nv. Edit", ("Lead", "Edit")),
        ("* Lead\n- Edit\n– Ask", ("Lead", "Edit", "Ask")),
        ("A. Smith", ("A. Smith",)),
        ("Leads (a) the bid – and b) the text", ("Leads (a) the bid – and b) the text",)),
        ("-5% churn\n3.5 days\n*bold*", ("-5% churn", "3.5 days", "*bold*")),
        ("•\n\n1.\nLead", ("Lead",)),
    ],
)
def test_only_what_stands_before_an_item_is_taken_off(pasted: str, items: tuple[str, ...]):
    assert list_items(pasted) == items
