"""The places of a Word document where people write: lines and boxes, or in a flat document the answers.

The names of the fields are those of the printed documents, see docs/form-fields.md.
"""

from collections.abc import Sequence

from workbench.core.text.translation import gettext_noop, load_translator
from workbench.documents.model import FillMode
from workbench.documents.page.do_not_ask import do_not_ask
from workbench.documents.page.filters import paragraphs
from workbench.documents.word.builder import DocxBuilder
from workbench.documents.word.table import TableCell, TableRow, Text, TextRun

SCALE: Text = tuple(
    words for value in range(1, 6) for words in (TextRun(f"\u00a0{value}\u00a0", "Score Box"), TextRun(" "))
)[:-1]  # fmt: skip
_CHOICES = {
    "definitely-not": gettext_noop("Definitely not"),
    "no": gettext_noop("No"),
    "yes": gettext_noop("Yes"),
    "strong-yes": gettext_noop("Strong yes"),
    "no-decision": gettext_noop("No decision"),
}
_TICK = "\u2610"


def answer_text(builder: DocxBuilder, name: str, *, lines: bool = False) -> tuple[Text, ...]:
    """Return the answer in a field, in paragraphs if it has `lines`; empty for a document to fill in by hand."""
    if builder.document.form is not FillMode.FLAT:
        return ()
    if text := builder.document.answer(name):
        return paragraphs(text) if lines else (text,)
    gettext = builder.gettext
    return ((TextRun(gettext("Nothing was written here.") if lines else "\u2013", "Emphasis"),),)


def blank_lines(builder: DocxBuilder, count: int, name: str) -> None:
    """Write empty lines, or the answer."""
    texts = answer_text(builder, name, lines=True)
    for text in texts:
        builder.paragraph(text)
    if not texts:
        builder.blank_lines(count)


def blank_rows(builder: DocxBuilder, count: int, name: str, columns: int) -> list[TableRow]:
    """Return empty rows of a table, or one with the answer."""
    if texts := answer_text(builder, name, lines=True):
        return [TableRow((TableCell(texts, span=columns, edge="hair"),))]
    return [TableRow((TableCell(span=columns, edge="hair"),), height=90)] * count


def signature_boxes(
    builder: DocxBuilder, labels: Sequence[str], names: Sequence[str], texts: Sequence[str] = ()
) -> None:
    """Write boxes for signatures, each with its label, the name of its field and its known text."""
    values = texts or [""] * len(labels)
    answers = [text or next(iter(answer_text(builder, name)), "") for name, text in zip(names, values, strict=True)]
    builder.form(labels, answers)


def scale(builder: DocxBuilder, name: str) -> Text:
    """Return the numbers 1 to 5 to circle, or the chosen one."""
    if builder.document.form is not FillMode.FLAT:
        return SCALE
    answer, translator = builder.document.answer(name), builder.translator
    if answer in {"1", "2", "3", "4", "5"}:
        return (TextRun(translator.gettext("{score} of 5", score=answer), "Strong"),)
    return (TextRun("\u2013", "Emphasis"),)


def score(builder: DocxBuilder, key: str) -> Text:
    """Return the score of a question, which may also be “not asked”."""
    gettext = builder.gettext
    if builder.document.answer(f"score-{key}") == "not-asked":
        return (TextRun(gettext("not asked"), "Strong"),)
    return scale(builder, f"score-{key}")


def score_header(builder: DocxBuilder, key: str) -> TableRow:
    """Return the header row over the anchors of a question; the chosen number is boxed."""
    answer = builder.document.answer(f"score-{key}")
    texts: list[Text] = [str(value) for value in range(1, 6)]
    if answer in texts:
        texts[texts.index(answer)] = (TextRun(f"\u00a0{answer}\u00a0", "Score Box"),)
    return TableRow(tuple(TableCell((text,), "Table Score") for text in texts))


def decision(builder: DocxBuilder, lines: int, signature: str) -> None:
    """Write the interviewer's decision, with `lines` for the reason, and the label of the signature."""
    gettext = builder.gettext
    with builder.keep_together():
        builder.heading(gettext("Should this candidate have the seat?"), 2)
        _decision_choices(builder)
        builder.paragraph(gettext("The reason, in evidence from the answers:"), "Lead")
        blank_lines(builder, lines, "reason")
        builder.gap()
        builder.paragraph(
            gettext("I asked these questions in this order and rated alone, before talking with the panel.")
        )
        signature_boxes(builder, (signature, gettext("Date")), ("signed", "date"))


def _decision_choices(builder: DocxBuilder) -> None:
    gettext = builder.gettext
    if builder.document.form is FillMode.FLAT:
        chosen = _CHOICES.get(builder.document.answer("decision"))
        builder.paragraph(
            (
                TextRun(gettext(chosen), "Strong")
                if chosen
                else TextRun(gettext("Nothing was chosen here."), "Emphasis"),
            )
        )
        return
    cells = tuple(TableCell((f"{_TICK} {gettext(choice)}",)) for choice in _CHOICES.values())
    builder.table((0,) * len(cells), [TableRow(cells)], head=False)
    builder.gap()


def questions_to_avoid(builder: DocxBuilder) -> None:
    """Write what no interviewer asks."""
    builder.heading(builder.gettext("Do not ask about"))
    for text in do_not_ask(load_translator(builder.document.language)):
        builder.paragraph(text, "Boxed")
