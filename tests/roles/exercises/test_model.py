"""A sheet is text that is read into headings, paragraphs, lists, tables and quoted lines, and says what it cannot read."""

import pytest

from tests.support import make
from workbench.roles.exercises.model import (
    ChecklistItem,
    QuotedLine,
    SheetBullets,
    SheetHeading,
    SheetParagraph,
    SheetQuote,
    SheetTable,
    checklist_faults,
    exercise_faults,
    read_checklist,
    read_sheet,
    reading_fault,
    sheet_faults,
)
from workbench.roles.model import Exercise

SHEET = """# Your task
Call Ana Ruiz.
She expects no call.

You have seven minutes.

- Find out what is wanted
-
• Agree a step

| Month | Late orders |
|-------|:-----------:|
| March | 12 |
| April | |
> Subject: Late again
>
> 10:15 we still wait: nothing came
> Ana: We waited two weeks.
"""


def test_a_sheet_is_read_part_by_part():
    assert read_sheet(SHEET) == (
        SheetHeading("Your task"),
        SheetParagraph("Call Ana Ruiz.\nShe expects no call."),
        SheetParagraph("You have seven minutes."),
        SheetBullets(("Find out what is wanted", "Agree a step")),
        SheetTable(("Month", "Late orders"), (("March", "12"), ("April", ""))),
        SheetQuote(
            (
                QuotedLine("Subject", "Late again"),
                QuotedLine("", "10:15 we still wait: nothing came"),
                QuotedLine("Ana", "We waited two weeks."),
            )
        ),
    )
    assert sheet_faults(SHEET) == ()


def test_a_table_keeps_every_word_of_a_row_that_is_too_short_or_too_long():
    (table,) = read_sheet("| A | B |\n| 1 |\n| 1 | 2 | 3 |")
    assert isinstance(table, SheetTable)
    assert table.rows == (("1", ""), ("1", "2 | 3"))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Words.\n\n| A | B |\n| 1 |", "Line 4 has 1 cells, and the head of its table in line 3 has 2."),
        ("| A | B |", "The table in line 1 needs a head and at least one row, each in a line that begins with |."),
        ("|---|", "The table in line 1 needs a head and at least one row, each in a line that begins with |."),
        ("Words.\n#", "Line 2 is a heading without words."),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(text: str, fault: str):
    assert sheet_faults(text) == (fault,)
    assert len(read_sheet(text)) <= 2


def test_a_checklist_is_in_the_order_of_its_anchors():
    lines = ("1: Argues", "5: Asks for the cost", "Says thank you", "5. Names a day")
    assert read_checklist(lines) == (
        ChecklistItem(5, "Asks for the cost"),
        ChecklistItem(5, "Names a day"),
        ChecklistItem(3, "Says thank you"),
        ChecklistItem(1, "Argues"),
    )
    assert checklist_faults(lines) == (
        "Begin line 3 with 1, 3 or 5 and a colon, such as “5: Asks who else decides”; it is “Says thank you”.",
    )


def test_the_time_to_read_is_a_part_of_the_time_of_the_question():
    assert not reading_fault(make.exercise(reading_minutes=4), 5)
    assert reading_fault(make.exercise(reading_minutes=5), 5).startswith("The question takes 5 minutes in all")
    assert reading_fault(make.exercise(beforehand=True), 20).startswith("The sheet is sent before the interview")
    assert not reading_fault(Exercise(), 0)


def test_every_fault_of_the_material_is_named_with_its_field():
    wrong = Exercise(candidate="#", role_player="| A |", checklist=("Asks",), reading_minutes=9)
    found = exercise_faults(make.question(exercise=wrong, minutes=9))
    assert [name for name, _ in found] == ["candidate", "role_player", "checklist", "reading_minutes"]
    assert not list(exercise_faults(make.question(exercise=make.exercise(), minutes=9)))
