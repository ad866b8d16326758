"""Where a paper is written on in Word: lines and boxes for the hand, and in a flat document what was written into them.

The names of fields are those of the printed papers, see `documents/pdf/fields.py`.
"""

from collections.abc import Sequence

from workbench.core.translation import house
from workbench.documents.model import Form
from workbench.documents.page.filters import paragraphs
from workbench.documents.word.builder import Manuscript
from workbench.documents.word.table import Cell, Line, Text, Words

SCALE: Text = tuple(
    words for value in range(1, 6) for words in (Words(f"\u00a0{value}\u00a0", "Score Box"), Words(" "))
)[:-1]  # fmt: skip
_NEVER = house(
    "Age or date of birth. Family, marriage, pregnancy or childcare. Health, disability or sick days. Religion, "
    "origin, native language or citizenship. Politics or union. Arrests, debts or past pay. If the candidate brings "
    "it up, do not write it down; go on to the next question."
)
_CHOICES = {
    "definitely-not": house("Definitely not"),
    "no": house("No"),
    "yes": house("Yes"),
    "strong-yes": house("Strong yes"),
    "no-decision": house("No decision"),
}
_TICK = "\u2610"


def answered(made: Manuscript, name: str, *, lines: bool = False) -> tuple[Text, ...]:
    """Give what was written into a field, of several `lines` where it has room for them; nothing for the hand."""
    if made.document.form is not Form.FLAT:
        return ()
    if text := made.document.answer(name):
        return paragraphs(text) if lines else (text,)
    say = made.house
    return ((Words(say("Nothing was written here.") if lines else "\u2013", "Emphasis"),),)


def ruled(made: Manuscript, count: int, name: str) -> None:
    """Leave lines to write on, or say what was written there."""
    said = answered(made, name, lines=True)
    for text in said:
        made.say(text)
    if not said:
        made.ruled(count)


def ruled_row(made: Manuscript, count: int, name: str, columns: int) -> list[Line]:
    """Give the rows of a table that are written on, or that say what was written."""
    if said := answered(made, name, lines=True):
        return [Line((Cell(said, span=columns, edge="hair"),))]
    return [Line((Cell(span=columns, edge="hair"),), height=90)] * count


def signed(made: Manuscript, labels: Sequence[str], names: Sequence[str], known: Sequence[str] = ()) -> None:
    """Write boxes to sign in, each with its label, the name of its field and what is known already."""
    texts = known or [""] * len(labels)
    given = [text or next(iter(answered(made, name)), "") for name, text in zip(names, texts, strict=True)]
    made.form(labels, given)


def scale(made: Manuscript, name: str) -> Text:
    """Give the numbers 1 to 5 to be circled, or the one that was."""
    if made.document.form is not Form.FLAT:
        return SCALE
    given, say = made.document.answer(name), made.house
    if given in {"1", "2", "3", "4", "5"}:
        return (Words(say("{score} of 5", score=given), "Strong"),)
    return (Words("\u2013", "Emphasis"),)


def score(made: Manuscript, key: str) -> Text:
    """Give the score of a question; on paper “not asked” is written beside it."""
    say = made.house
    if made.document.answer(f"score-{key}") == "not-asked":
        return (Words(say("not asked"), "Strong"),)
    return scale(made, f"score-{key}")


def score_heads(made: Manuscript, key: str) -> Line:
    """Give the numbers over the anchors of a question; the one that was chosen is boxed."""
    given = made.document.answer(f"score-{key}")
    texts: list[Text] = [str(value) for value in range(1, 6)]
    if given in texts:
        texts[texts.index(given)] = (Words(f"\u00a0{given}\u00a0", "Score Box"),)
    return Line(tuple(Cell((text,), "Table Score") for text in texts))


def decided(made: Manuscript, lines: int, signature: str) -> None:
    """Write what an interviewer thinks at the end, with so many lines for the reason, and the label of the signature."""
    say = made.house
    with made.together():
        made.heading(say("Should this candidate have the seat?"), 2)
        _decision(made)
        made.say(say("The reason, in evidence from the answers:"), "Lead")
        ruled(made, lines, "reason")
        made.gap()
        made.say(say("I asked these questions in this order and rated alone, before talking with the panel."))
        signed(made, (signature, say("Date")), ("signed", "date"))


def _decision(made: Manuscript) -> None:
    say = made.house
    if made.document.form is Form.FLAT:
        chosen = _CHOICES.get(made.document.answer("decision"))
        made.say((Words(say(chosen), "Strong") if chosen else Words(say("Nothing was chosen here."), "Emphasis"),))
        return
    cells = tuple(Cell((f"{_TICK} {say(choice)}",)) for choice in _CHOICES.values())
    made.table((0,) * len(cells), [Line(cells)], head=False)
    made.gap()


def never(made: Manuscript) -> None:
    """Write what no interviewer asks: the same words wherever they stand."""
    say = made.house
    made.heading(say("Do not ask about"))
    made.say(say(_NEVER), "Boxed")
