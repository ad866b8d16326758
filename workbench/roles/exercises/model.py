"""Read the sheets and the checklist of an exercise, which are stored as text, and name their faults."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from workbench.roles.model import Accountability, Exercise, Question, Role

SCORES = (5, 3, 1)  # the points of the anchors, in the order in which a checklist is printed
_ITEM = re.compile(r"([135])\s*[:.)]\s*(\S.*)")
# A line under the head of a table, as other programs draw it: |---|---|
_RULE = re.compile(r"\|[\s|:-]*-[\s|:-]*")
# A cell of numbers, alone or with a sign or brackets: 1,100 · $85 · 14 % · 8.6 · 20 (2)
_NUMBER = re.compile(r"[^\W\d_]{0,3}[$€£¥\s\u00a0]*[\d][\d.,\s\u00a0]*(?:%|\(\d+\))?[€\s\u00a0]*")
_NARROW, _WIDE = 12, 44  # characters; longer cells have several lines
# "Dana: Good morning." in a transcript, "Subject: Late again" in an e-mail
_SPEAKER = re.compile(r"([^\W\d_][^:]{0,30}): +(\S.*)")


@dataclass(frozen=True, slots=True)
class SheetHeading:
    """A heading: a line that begins with `#`."""

    text: str


@dataclass(frozen=True, slots=True)
class SheetParagraph:
    """Plain lines without an empty one between them."""

    text: str


@dataclass(frozen=True, slots=True)
class SheetBullets:
    """Lines that begin with `-`."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetTable:
    """Lines that begin with `|`, their cells divided by `|`; the first is the head. Every row has as many cells as the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """One line of an e-mail or a transcript, with the speaker or the field (“Subject”) that it begins with."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class SheetQuote:
    """Lines that begin with `>`: an e-mail, a transcript, a note."""

    lines: tuple[QuotedLine, ...]


SheetPart = SheetHeading | SheetParagraph | SheetBullets | SheetTable | SheetQuote


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """What can be seen or heard, and the points of the anchor that it speaks for."""

    points: int
    text: str


def read_sheet(text: str) -> tuple[SheetPart, ...]:
    """Return the parts of a sheet. A short row of a table is filled up and a long one joined, so that every word is kept."""
    parts: list[SheetPart] = []
    for sign, numbered in _groups(text):
        parts += _parts_of(sign, [line for _, line in numbered])
    return tuple(parts)


def sheet_faults(text: str) -> tuple[str, ...]:
    """Return the faults of a sheet as sentences, each with the number of its line."""
    return tuple(fault for sign, numbered in _groups(text) for fault in _faults_of(sign, numbered))


def column_widths(table: SheetTable) -> tuple[int, ...]:
    """Return the width of each column in percent, by its longest text and its longest word; their sum is 100."""
    columns = [*zip(table.head, *table.rows, strict=True)]
    words = [max(len(word) for text in column for word in text.split() or [""]) for column in columns]
    weights = [
        max(min(max(map(len, column)), _WIDE), _NARROW) + longest
        for column, longest in zip(columns, words, strict=True)
    ]
    widths = [max(100 * weight // sum(weights), 1) for weight in weights]
    widest = widths.index(max(widths))
    return tuple(width + (100 - sum(widths) if place == widest else 0) for place, width in enumerate(widths))


def number_columns(table: SheetTable) -> tuple[bool, ...]:
    """Return for each column whether its cells are numbers, which are set below each other; the first one names its row."""
    columns = list(zip(*table.rows, strict=True)) or [() for _ in table.head]
    return tuple(
        place > 0 and any(column) and all(_NUMBER.fullmatch(cell) for cell in column if cell)
        for place, column in enumerate(columns)
    )


def written_exercises(role: Role) -> tuple[tuple[Accountability, Question], ...]:
    """Return the questions with a sheet for the candidate, each with its accountability."""
    return tuple((item, question) for item, question in role.questions() if question.exercise.written)


def with_sent_exercises(role: Role) -> Role:
    """Return the role as a candidate's packet may show it: only with the sheets that are sent before the interview."""

    def shown(question: Question) -> Question:
        exercise = question.exercise
        kept = Exercise(candidate=exercise.candidate, beforehand=True) if exercise.beforehand else Exercise()
        return replace(question, exercise=kept)

    items = (replace(item, questions=tuple(map(shown, item.questions))) for item in role.accountabilities)
    return replace(role, accountabilities=tuple(items))


def read_checklist(lines: Iterable[str]) -> tuple[ChecklistItem, ...]:
    """Return the items of a checklist, those of the best anchor first; a line without points counts for a 3."""
    return tuple(sorted(map(_checklist_item, lines), key=lambda item: -item.points))


def _checklist_item(line: str) -> ChecklistItem:
    match = _ITEM.fullmatch(line)
    return ChecklistItem(int(match[1]), match[2]) if match else ChecklistItem(3, line)


def checklist_faults(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the faults of the lines of a checklist as sentences."""
    return tuple(
        f"Begin line {number} with 1, 3 or 5 and a colon, such as “5: Asks who else decides”; it is “{line[:40]}”."
        for number, line in enumerate(lines, 1)
        if not _ITEM.fullmatch(line)
    )


def exercise_faults(question: Question) -> Iterator[tuple[str, str]]:
    """Yield the name of each field of the material that has a fault, with the fault as a sentence."""
    exercise = question.exercise
    yield from (("candidate", fault) for fault in sheet_faults(exercise.candidate))
    yield from (("role_player", fault) for fault in sheet_faults(exercise.role_player))
    yield from (("checklist", fault) for fault in checklist_faults(exercise.checklist))
    if fault := reading_fault(exercise, question.minutes):
        yield "reading_minutes", fault


def reading_fault(exercise: Exercise, minutes: int) -> str:
    """Return the fault of the minutes to read in a question of so many minutes, or an empty text."""
    if exercise.beforehand and exercise.reading_minutes:
        return "The sheet is sent before the interview, so no minutes of the question are for reading; write 0."
    if exercise.reading_minutes and exercise.reading_minutes >= minutes:
        return f"The question takes {minutes} minutes in all; leave some of them for the exercise."
    return ""


def _groups(text: str) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Yield the lines that belong together, each with its number, and the sign that they begin with."""
    numbered = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    for sign, group in groupby(numbered, key=lambda pair: _sign(pair[1])):
        if sign:
            yield sign, list(group)


def _sign(line: str) -> str:
    """Return `#`, `-`, `|` or `>` for a line that begins so, `a` for a plain one, and nothing for an empty one."""
    if line.startswith(("- ", "• ")) or line == "-":
        return "-"
    return line[0] if line[:1] in ("#", "|", ">") else line and "a"


def _parts_of(sign: str, lines: list[str]) -> list[SheetPart]:
    if sign == "#":
        return [SheetHeading(heading) for line in lines if (heading := line.lstrip("#").strip())]
    if sign == "-":
        return [SheetBullets(tuple(item for line in lines if (item := line[1:].strip())))]
    if sign == "|":
        head, *rows = [_cells(line) for line in lines if not _RULE.fullmatch(line)] or [()]
        return [SheetTable(head, tuple(_fit(row, len(head)) for row in rows))] if head else []
    if sign == ">":
        return [SheetQuote(tuple(_quoted(words) for line in lines if (words := line[1:].strip())))]
    return [SheetParagraph("\n".join(lines))]


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|"))


def _fit(row: tuple[str, ...], width: int) -> tuple[str, ...]:
    filled = (*row, *("" for _ in range(width - len(row))))
    return (*filled[: width - 1], " | ".join(filled[width - 1 :]))


def _quoted(words: str) -> QuotedLine:
    match = _SPEAKER.fullmatch(words)
    return QuotedLine(match[1], match[2]) if match else QuotedLine("", words)


def _faults_of(sign: str, numbered: list[tuple[int, str]]) -> Iterator[str]:
    if sign == "#":
        yield from (f"Line {number} is a heading without words." for number, line in numbered if not line.strip("# "))
    if sign != "|":
        return
    rows = [(number, _cells(line)) for number, line in numbered if not _RULE.fullmatch(line)]
    if len(rows) < 2:
        yield f"The table in line {numbered[0][0]} needs a head and at least one row, each in a line that begins with |."
    for number, row in rows[1:]:
        if len(row) != len(rows[0][1]):
            yield f"Line {number} has {len(row)} cells, and the head of its table in line {rows[0][0]} has {len(rows[0][1])}."
