"""The sheets of an exercise are made of blocks, each reader's words on their own sheet."""

from dataclasses import replace

import pytest

from tests.support import make
from workbench.documents.blocks.model import Block, Choice, Group, Heading, Table
from workbench.documents.model import Document
from workbench.roles.documents.kinds import build_document
from workbench.roles.exercises.documents import exercise_for_candidate, exercise_for_interviewer
from workbench.roles.exercises.model import SheetTable, column_widths, number_columns, read_sheet, written_exercises
from workbench.roles.library import library
from workbench.roles.model import Exercise, Role


def role_with(*exercises: Exercise) -> Role:
    items = tuple(
        replace(item, questions=(replace(item.questions[0], exercise=exercise),))
        for item, exercise in zip(make.role().accountabilities, exercises, strict=False)
    )
    return make.role(accountabilities=items)


def blocks_of(document: Document) -> list[Block]:
    """Return every block of a document, those in groups too."""
    found: list[Block] = []
    waiting = list(document.blocks)
    while waiting:
        block = waiting.pop(0)
        found.append(block)
        if isinstance(block, Group):
            waiting = [*block.blocks, *waiting]
    return found


def test_a_candidate_reads_the_sheet_and_nothing_of_the_others():
    exercise = make.exercise(role_player="SECRET", checklist=("5: SECRET", "1: SECRET"))
    words = repr(exercise_for_candidate(role_with(exercise), make.stamp()))
    assert "Your task" in words
    assert "Monday" in words
    assert "SECRET" not in words


def test_an_interviewer_reads_the_role_and_ticks_what_is_seen_for_three_candidates():
    document = exercise_for_interviewer(role_with(make.exercise()), make.stamp())
    (checklist,) = [block for block in blocks_of(document) if isinstance(block, Table)]
    ticks = [cell for row in checklist.rows for cell in row.cells if isinstance(cell.written, Choice)]
    assert len(ticks) == 3 * 3
    assert "You are Ana Ruiz." in repr(document)
    assert "Asks what a late order costs" in repr(document)


def test_each_further_exercise_begins_a_page():
    document = exercise_for_candidate(role_with(make.exercise(), make.exercise()), make.stamp())
    assert [block.breaks for block in document.blocks if isinstance(block, Group)] == ["new-page"]
    assert len([block for block in blocks_of(document) if isinstance(block, Heading)]) == 2


def test_the_times_are_those_of_the_question():
    def words(exercise: Exercise) -> str:
        document = exercise_for_candidate(role_with(exercise), make.stamp())
        return repr(document.blocks).replace("\\u2068", "").replace("\\u2069", "")

    assert "You have 3 of 5 minutes to read." in words(make.exercise())
    assert "The exercise takes 5 minutes." in words(make.exercise(reading_minutes=0))
    assert "before the interview, where it takes 5 minutes" in words(make.exercise(reading_minutes=0, beforehand=True))


@pytest.mark.parametrize("kind", ["exercise-candidate", "exercise-interviewer"])
def test_a_role_without_material_says_so(kind: str):
    assert (
        "no exercise of the role has its material yet" in build_document(kind, make.role(), make.stamp()).stamp.notice
    )
    assert not build_document(kind, role_with(make.exercise()), make.stamp()).stamp.notice


@pytest.mark.parametrize("name", library())
def test_every_table_of_the_library_has_widths_that_hold_its_words(name: str):
    for _, question in written_exercises(library()[name]):
        exercise = question.exercise
        for part in (*read_sheet(exercise.candidate), *read_sheet(exercise.role_player)):
            if isinstance(part, SheetTable):
                widths = column_widths(part)
                assert sum(widths) == 100
                assert min(widths) >= 6
                assert len(widths) == len(part.head) == len(number_columns(part))


def test_numbers_are_set_below_each_other_and_words_are_not():
    (table,) = read_sheet("| Deal | Amount | Day |\n| 12 | $1,100 | Monday |\n| 13 | 14 % | 3 |")
    assert isinstance(table, SheetTable)
    assert number_columns(table) == (False, True, False)
    assert sum(column_widths(table)) == 100
    (empty,) = read_sheet("| A | B |")
    assert isinstance(empty, SheetTable)
    assert number_columns(empty) == (False, False)
    assert sum(column_widths(empty)) == 100
