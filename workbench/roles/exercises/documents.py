"""Build the documents of the exercises of a role: the candidate’s sheet, and the interviewer’s sheet with the checklist."""

from collections.abc import Iterator

from workbench.core.text.translation import Translator, gettext_noop, load_translator
from workbench.documents.blocks.inline import Inline, TextLook, isolated, strong
from workbench.documents.blocks.model import (
    Align,
    Blank,
    Block,
    Break,
    Bullets,
    Cell,
    Choice,
    Column,
    Group,
    Heading,
    Option,
    Paragraph,
    Table,
    TableLook,
    TableRow,
    Title,
)
from workbench.documents.model import Document, Stamp
from workbench.roles.documents.kinds import DOCUMENTS, document_of_role
from workbench.roles.exercises.model import (
    SCORES,
    QuotedLine,
    SheetBullets,
    SheetHeading,
    SheetPart,
    SheetQuote,
    SheetTable,
    column_widths,
    number_columns,
    read_checklist,
    read_sheet,
    written_exercises,
)
from workbench.roles.model import Accountability, Question, Role

CHECKLIST_CANDIDATES = 3
_SPEAKS_FOR = {
    5: gettext_noop("Speaks for a 5"),
    3: gettext_noop("Speaks for a 3"),
    1: gettext_noop("Speaks for a 1"),
}


def exercise_for_candidate(role: Role, stamp: Stamp, language: str = "en") -> Document:
    """Build the candidate’s sheet of each exercise, and nothing of what the interviewers read."""
    translator = load_translator(language)
    blocks: list[Block] = []
    for _, question in written_exercises(role):
        blocks += _on_its_page(blocks, (*_candidate_sheet(question, translator),))
    return _document("exercise-candidate", role, blocks, stamp, translator)


def exercise_for_interviewer(role: Role, stamp: Stamp, language: str = "en") -> Document:
    """Build the role player’s sheet and the checklist of each exercise."""
    translator = load_translator(language)
    blocks: list[Block] = []
    for item, question in written_exercises(role):
        blocks += _on_its_page(blocks, (*_role_player_sheet(question, translator),))
        blocks.append(Group(tuple(_checklist(item, question, translator)), Break.PAGE))
    return _document("exercise-interviewer", role, blocks, stamp, translator)


def _document(kind: str, role: Role, sheets: list[Block], stamp: Stamp, translator: Translator) -> Document:
    gettext = translator.gettext
    row = DOCUMENTS[kind]
    kind_title = gettext(row.title)
    top = Title(kind_title, role.title, outside=row.for_candidates)
    return document_of_role(kind, role, (top, *sheets), stamp, translator.language)


def _on_its_page(before: list[Block], blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks of an exercise, on a new page where another one is before it."""
    return (Group(blocks, Break.PAGE),) if before else blocks


def _candidate_sheet(question: Question, translator: Translator) -> Iterator[Block]:
    gettext = translator.gettext
    yield Paragraph(_times(question, translator), TextLook.LEAD)
    yield from map(_block, read_sheet(question.exercise.candidate))
    yield Paragraph(
        gettext(
            "Tell us if you need large print, more time or another form of this sheet. It does not count against you."
        ),
        TextLook.QUIET,
    )


def _times(question: Question, translator: Translator) -> str:
    """Return when the candidate reads the sheet, and for how long."""
    exercise, gettext = question.exercise, translator.gettext
    minutes = isolated(translator.number(question.minutes))
    if exercise.beforehand:
        return gettext("Please prepare this before the interview, where it takes {minutes} minutes.", minutes=minutes)
    if exercise.reading_minutes:
        return gettext(
            "You have {reading} of {minutes} minutes to read. Make notes on this sheet, and hand it back at the end.",
            reading=isolated(translator.number(exercise.reading_minutes)),
            minutes=minutes,
        )
    return gettext("The exercise takes {minutes} minutes. Hand this sheet back at the end.", minutes=minutes)


def _role_player_sheet(question: Question, translator: Translator) -> Iterator[Block]:
    gettext = translator.gettext
    start = (
        gettext("The candidate was sent the other sheet before the interview.")
        if question.exercise.beforehand
        else gettext("Hand the candidate the other sheet, and start the clock.")
    )
    minutes = isolated(translator.number(question.minutes))
    rest = gettext("The exercise takes {minutes} minutes. Play it alike for each candidate.", minutes=minutes)
    yield Paragraph(f"{start} {rest}", TextLook.LEAD)
    yield from map(_block, read_sheet(question.exercise.role_player))


def _checklist(item: Accountability, question: Question, translator: Translator) -> Iterator[Block]:
    gettext = translator.gettext
    yield Heading(gettext("Checklist"))
    yield Paragraph(
        gettext(
            "Tick what you see or hear, one column for each candidate. The ticks help you to remember; the score is yours."
        ),
        TextLook.LEAD,
    )
    yield Paragraph(strong(gettext("Outcome:"), item.outcome))
    if question.competency:
        yield Paragraph(strong(gettext("What it shows:"), question.competency))
    names = tuple(gettext("Candidate {letter}", letter=letter) for letter in "ABC"[:CHECKLIST_CANDIDATES])
    columns = (Column(""), *(Column(name, 11, Align.CENTER) for name in names))
    yield Table(columns, tuple(_checklist_rows(question, names, translator)), TableLook.LIST)


def _checklist_rows(question: Question, names: tuple[str, ...], translator: Translator) -> Iterator[TableRow]:
    gettext = translator.gettext
    yield TableRow(
        (Cell((gettext("Name"),)), *(_blank(question, "name", place, name) for place, name in enumerate(names, 1)))
    )
    anchors = {1: question.anchors.one, 3: question.anchors.three, 5: question.anchors.five}
    items = list(enumerate(read_checklist(question.exercise.checklist), 1))
    for points in SCORES:
        of_points = [(number, each) for number, each in items if each.points == points]
        if not of_points:
            continue
        title = strong(f"{gettext(_SPEAKS_FOR[points])}.", anchors[points])
        yield TableRow((Cell((title,), span=len(names) + 1),), group=True)
        for number, each in of_points:
            blanks = (
                _blank(question, f"seen-{number}", place, f"{name}: {each.text}") for place, name in enumerate(names, 1)
            )
            yield TableRow((Cell((each.text,)), *blanks))


def _blank(question: Question, what: str, place: int, label: str) -> Cell:
    name = f"{what}-{question.key}-{place}"
    return Cell(written=Blank(name, label) if what == "name" else Choice(name, label, (Option("yes", ""),)))


def _block(part: SheetPart) -> Block:
    match part:
        case SheetHeading(text):
            return Heading(text)
        case SheetBullets(items):
            return Bullets(items)
        case SheetTable():
            return _table(part)
        case SheetQuote(lines):
            return Group(tuple(Paragraph(_quoted(line)) for line in lines), Break.FREE, boxed=True)
        case _:
            return Paragraph(part.text)


def _quoted(line: QuotedLine) -> Inline:
    return strong(f"{line.speaker}:", line.text) if line.speaker else line.text


def _table(table: SheetTable) -> Table:
    widths, numbers = column_widths(table), number_columns(table)
    columns = tuple(
        Column(label, width, Align.RIGHT if number else Align.LEFT)
        for label, width, number in zip(table.head, widths, numbers, strict=True)
    )
    rows = tuple(TableRow(tuple(Cell((cell,)) for cell in row)) for row in table.rows)
    return Table(columns, rows, TableLook.LIST)
