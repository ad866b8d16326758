"""Every exercise of the library has its material, and times, checklist and anchors agree with its question."""

import re

import pytest

from workbench.roles.exercises.model import SheetHeading, SheetTable, read_checklist, read_sheet
from workbench.roles.interviews.model import text_minutes
from workbench.roles.library import library
from workbench.roles.model import Question

EXERCISES = {
    name: next(question for _, question in role.questions() if question.is_exercise) for name, role in library().items()
}
of_each_exercise = pytest.mark.parametrize("question", EXERCISES.values(), ids=EXERCISES)
SURPRISE = re.compile(r"minute (\d+)")


def headings(text: str) -> list[str]:
    return [part.text for part in read_sheet(text) if isinstance(part, SheetHeading)]


def clock(question: Question) -> list[tuple[int, int]]:
    """Return the first and last minute of each step on the role player’s sheet."""
    table = read_sheet(question.exercise.role_player)[-1]
    assert isinstance(table, SheetTable)
    assert table.head == ("Minute", "What happens")
    return [(int(row[0].split(" to ")[0]), int(row[0].split(" to ")[1])) for row in table.rows]


@of_each_exercise
def test_the_clock_runs_without_a_hole_to_the_last_minute_of_the_question(question: Question):
    steps = clock(question)
    assert steps[0][0] == 0
    assert [end for _, end in steps[:-1]] == [start for start, _ in steps[1:]]
    assert steps[-1][1] == question.minutes
    assert text_minutes(question.text) <= question.minutes
    if not question.exercise.beforehand:
        assert steps[0][1] == question.exercise.reading_minutes


@of_each_exercise
def test_a_candidate_reads_the_task_and_what_is_looked_at(question: Question):
    found = headings(question.exercise.candidate)
    assert "Your task" in found
    assert found[0] == "The situation"
    assert found[-1] == "What is looked at" or "What is looked at" in found


@of_each_exercise
def test_the_role_player_has_a_surprise_within_the_exercise(question: Question):
    sheet = question.exercise.role_player
    surprise = next(text for text in headings(sheet) if text.startswith("The surprise"))
    found = SURPRISE.search(surprise) or SURPRISE.search(
        "; ".join(step for step in sheet.splitlines() if "surprise" in step)
    )
    assert found
    assert question.exercise.reading_minutes < int(found[1]) <= question.minutes
    assert any("only if asked" in text for text in headings(sheet))


@of_each_exercise
def test_the_candidate_is_told_nothing_of_the_other_sheets(question: Question):
    exercise = question.exercise
    secret = [line for line in exercise.role_player.splitlines() if "“" in line and len(line) > 40]
    assert secret
    assert not [line for line in secret if line in exercise.candidate]
    assert not [item for item in exercise.checklist if item in exercise.candidate]


@of_each_exercise
def test_a_checklist_has_signs_of_each_anchor(question: Question):
    items = read_checklist(question.exercise.checklist)
    assert 8 <= len(items) <= 12
    assert {item.points for item in items} == {1, 3, 5}
