"""The places of a Word document where people write: lines and boxes, or in a flat document the answers.

The names of the fields are those of the printed documents, see docs/form-fields.md.
"""

from collections.abc import Sequence

from workbench.core.text.translation import gettext_noop
from workbench.documents.model import FillMode
from workbench.documents.page.filters import paragraphs
from workbench.documents.word.builder import DocxBuilder
from workbench.documents.word.table import TableCell, TableRow, Text, TextRun

SCALE: Text = tuple(
    words for value in range(1, 6) for words in (TextRun(f"\u00a0{value}\u00a0", "Score Box"), TextRun(" "))
)[:-1]  # fmt: skip
_NEVER = gettext_noop(
    "Age or date of birth. Family, marriage, pregnancy or childcare. Health, disability or sick days. Religion, "
    "origin, native language or citizenship. Politics or union. Arrests, debts or past pay. If the candidate brings "
    "it up, do not write it down; go on to the next question."
)
_CHOICES = {
    "definitely-not": gettext_noop("Definitely not"),
    "no": gettext_noop("No"),
    "yes": gettext_noop("Yes"),
    "strong-yes": gettext_noop("Strong yes"),
    "no-decision": gettext_noop("No decision"),
}
_TICK = "\u2610"


def answer_text(made: DocxBuilder, name: str, *, lines: bool = False) -> tuple[Text, ...]:
    """Return the answer in a field, in paragraphs if it has `lines`; empty for a document to fill in by hand."""
    if made.document.form is not FillMode.FLAT:
        return ()
    if text := made.document.answer(name):
        return paragraphs(text) if lines else (text,)
    gettext = made.gettext
    return ((TextRun(gettext("Nothing was written here.") if lines else "\u2013", "Emphasis"),),)


def blank_lines(made: DocxBuilder, count: int, name: str) -> None:
    """Write empty lines, or the answer."""
    said = answer_text(made, name, lines=True)
    for text in said:
        made.paragraph(text)
    if not said:
        made.blank_lines(count)


def blank_rows(made: DocxBuilder, count: int, name: str, columns: int) -> list[TableRow]:
    """Return empty rows of a table, or one with the answer."""
    if said := answer_text(made, name, lines=True):
        return [TableRow((TableCell(said, span=columns, edge="hair"),))]
    return [TableRow((TableCell(span=columns, edge="hair"),), height=90)] * count


def signature_boxes(made: DocxBuilder, labels: Sequence[str], names: Sequence[str], known: Sequence[str] = ()) -> None:
    """Write boxes for signatures, each with its label, the name of its field and its known text."""
    texts = known or [""] * len(labels)
    given = [text or next(iter(answer_text(made, name)), "") for name, text in zip(names, texts, strict=True)]
    made.form(labels, given)


def scale(made: DocxBuilder, name: str) -> Text:
    """Return the numbers 1 to 5 to circle, or the chosen one."""
    if made.document.form is not FillMode.FLAT:
        return SCALE
    given, translator = made.document.answer(name), made.translator
    if given in {"1", "2", "3", "4", "5"}:
        return (TextRun(translator.gettext("{score} of 5", score=given), "Strong"),)
    return (TextRun("\u2013", "Emphasis"),)


def score(made: DocxBuilder, key: str) -> Text:
    """Return the score of a question, which may also be “not asked”."""
    gettext = made.gettext
    if made.document.answer(f"score-{key}") == "not-asked":
        return (TextRun(gettext("not asked"), "Strong"),)
    return scale(made, f"score-{key}")


def score_header(made: DocxBuilder, key: str) -> TableRow:
    """Return the header row over the anchors of a question; the chosen number is boxed."""
    given = made.document.answer(f"score-{key}")
    texts: list[Text] = [str(value) for value in range(1, 6)]
    if given in texts:
        texts[texts.index(given)] = (TextRun(f"\u00a0{given}\u00a0", "Score Box"),)
    return TableRow(tuple(TableCell((text,), "Table Score") for text in texts))


def decision(made: DocxBuilder, lines: int, signature: str) -> None:
    """Write the interviewer's decision, with `lines` for the reason, and the label of the signature."""
    gettext = made.gettext
    with made.keep_together():
        made.heading(gettext("Should this candidate have the seat?"), 2)
        _decision_choices(made)
        made.paragraph(gettext("The reason, in evidence from the answers:"), "Lead")
        blank_lines(made, lines, "reason")
        made.gap()
        made.paragraph(gettext("I asked these questions in this order and rated alone, before talking with the panel."))
        signature_boxes(made, (signature, gettext("Date")), ("signed", "date"))


def _decision_choices(made: DocxBuilder) -> None:
    gettext = made.gettext
    if made.document.form is FillMode.FLAT:
        chosen = _CHOICES.get(made.document.answer("decision"))
        made.paragraph(
            (
                TextRun(gettext(chosen), "Strong")
                if chosen
                else TextRun(gettext("Nothing was chosen here."), "Emphasis"),
            )
        )
        return
    cells = tuple(TableCell((f"{_TICK} {gettext(choice)}",)) for choice in _CHOICES.values())
    made.table((0,) * len(cells), [TableRow(cells)], head=False)
    made.gap()


def questions_to_avoid(made: DocxBuilder) -> None:
    """Write what no interviewer asks."""
    gettext = made.gettext
    made.heading(gettext("Do not ask about"))
    made.paragraph(gettext(_NEVER), "Boxed")
