"""What can be found in a role, and how the words that were found are marked."""

from dataclasses import replace

from tests.support import make
from workbench.roles.model import Duty, Pay, Qualification
from workbench.roles.search.model import Entry, EntryKind, excerpt, list_entries, mark_words


def test_every_text_of_a_role_is_an_entry_with_its_place_but_never_the_pay():
    role = make.role(
        duties=(Duty("Calls customers"),),
        qualifications=(Qualification("Writes plainly"),),
        pay=Pay(variable="A secret commission", benefits="A secret car"),
    )
    entries = list_entries(role)
    assert entries[0] == Entry(EntryKind.ROLE, "seat", "Account Executive", "Sales")
    kinds = [entry.kind for entry in entries]
    assert {kind: kinds.count(kind) for kind in EntryKind} == {
        EntryKind.ROLE: 1,
        EntryKind.ACCOUNTABILITY: 3,
        EntryKind.TARGET: 6,
        EntryKind.QUESTION: 3,
        EntryKind.DUTY: 3,
        EntryKind.ABOUT: 6,
    }
    assert "accountabilities/north/questions/north-ask" in {entry.place for entry in entries}
    assert "secret" not in " ".join(f"{entry.text} {entry.more}" for entry in entries)


def test_an_empty_text_is_no_entry():
    assert [entry.kind for entry in list_entries(replace(make.role(), summary=""))].count(EntryKind.ABOUT) == 5


def test_the_words_that_were_found_are_marked():
    assert mark_words("Build a new Pipeline, weekly", ("pipel", "build")) == [
        ("Build", True),
        ("a new", False),
        ("Pipeline,", True),
        ("weekly", False),
    ]
    assert mark_words("Nothing here", ()) == [("Nothing here", False)]


def test_of_a_long_text_the_sentences_with_the_words_are_shown():
    text = "One seat. It keeps the pipeline true. Nothing else. The Pipelines of others too!"
    assert excerpt(text, ("pipeline",)) == "It keeps the pipeline true. … The Pipelines of others too!"
    assert excerpt(text, ("quota",)) == excerpt(text, ()) == "One seat."
