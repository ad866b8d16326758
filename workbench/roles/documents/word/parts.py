"""The parts that several documents of a role have in their Word files."""

from workbench.documents.blocks.model import Fact
from workbench.documents.page.filters import paragraphs
from workbench.documents.word.builder import DocxBuilder
from workbench.documents.word.table import LABEL, TableCell, TableRow, Text, TextRun
from workbench.roles.documents.model import Border, Slot


def write_borders(builder: DocxBuilder, borders: tuple[Border, ...]) -> None:
    """Write who else owns what, if anyone does."""
    if borders:
        with builder.keep_together():
            builder.heading(builder.gettext("Who else owns what"))
            builder.label_rows([(item.seat, (item.owns,)) for item in borders], 580, "Table Text")


def write_facts(builder: DocxBuilder, facts: tuple[Fact, ...]) -> None:
    """Write facts as a table of labels and texts."""
    builder.table(
        (LABEL, 0),
        [TableRow((TableCell((fact.label,), "Table Label"), TableCell(paragraphs(fact.text)))) for fact in facts],
        head=False,
    )


def write_slots(builder: DocxBuilder, slots: tuple[Slot, ...]) -> None:
    """Write lists of lines under their labels."""
    builder.label_rows([(slot.label, slot.lines) for slot in slots])


def promise_text(text: str, otherwise: str) -> Text:
    """Return the text of a promise, or emphasised words in its place if there is none."""
    return text or (TextRun(otherwise, "Emphasis"),)
