"""The accountability brief as a Word file: what the candidate would own, and the sheet with their own reaction."""

from workbench.core.text.translation import gettext_noop
from workbench.documents.word.builder import DocxBuilder
from workbench.documents.word.fields import blank_lines, blank_rows, scale, signature_boxes
from workbench.documents.word.table import TableCell, TableRow, TextRun
from workbench.roles.documents.model import Brief, Outcome
from workbench.roles.documents.word.parts import promise_text, write_borders, write_facts, write_slots

_WELCOME = gettext_noop(
    "Thank you for your interest in this role. Before we talk, we want you to know what it answers for, how "
    "success shows, and what you can expect from us. Read it with your own plans in mind. If the role is not for you, finding "
    "that out now is a good result for both of us."
)
_PROMPTS = {
    "reaction": gettext_noop("How do you feel about being accountable for these results, reviewed every week?"),
    "needs": gettext_noop("What would you need from us to do your best work here?"),
    "asks": gettext_noop("What do you want to ask us?"),
}


def write_brief(builder: DocxBuilder, value: Brief) -> None:
    """Write the contents of an accountability brief."""
    builder.title_block(builder.document.kind_title, value.title, outside=True)
    if value.place:
        builder.paragraph(value.place, "Lead")
        builder.gap()
    for text in (builder.gettext(_WELCOME), *value.purpose):
        builder.paragraph(text, "Letter")
    if value.hard_parts:
        builder.heading(builder.gettext("The hard parts, which we would rather you heard from us"))
        builder.bullet_list(value.hard_parts)
    write_borders(builder, value.borders)
    if value.outcomes:
        _outcomes(builder, value)
    if value.weeks:
        with builder.keep_together():
            builder.heading(builder.gettext("Your first 13 weeks"))
            write_slots(builder, value.weeks)
    if value.pay:
        with builder.keep_together():
            builder.heading(builder.gettext("Pay and benefits"))
            write_facts(builder, value.pay)
    _reaction(builder, value)


def _outcomes(builder: DocxBuilder, value: Brief) -> None:
    gettext = builder.gettext
    lead = gettext("Each of these belongs to this role alone.")
    if value.placeholders:
        lead += " " + gettext("The numbers are starting points: we agree yours with you when you begin.")
    if value.samples:
        lead += " " + gettext("What is marked “not confirmed” is a sample: nobody has promised it yet.")
    with builder.keep_together():
        builder.heading(builder.gettext("What you would own"))
        builder.paragraph(lead, "Lead")
        _outcome(builder, 1, value.outcomes[0])
    for number, item in enumerate(value.outcomes[1:], 2):
        with builder.keep_together():
            _outcome(builder, number, item)


def _outcome(builder: DocxBuilder, number: int, item: Outcome) -> None:
    builder.heading(item.outcome, 2, number)
    if item.success_factor:
        builder.paragraph(item.success_factor, "Remit")
    if item.promises:
        gettext = builder.gettext
        names = (gettext("How it is measured"), gettext("For our part, we will"))
        head = TableRow(tuple(TableCell((name,), "Table Heading") for name in names))
        lines = [
            TableRow(
                (
                    TableCell((promise.measure,)),
                    TableCell((promise_text(promise.we_will, gettext("not provided yet: please ask us")),)),
                )
            )
            for promise in item.promises
        ]
        builder.table((0, 0), [head, *lines])


def _reaction(builder: DocxBuilder, value: Brief) -> None:
    """Write the candidate's own sheet: what they can do, want to do and would ask."""
    gettext = builder.gettext
    builder.heading(gettext("Is it for you?"), turn=True)
    builder.paragraph(
        gettext(
            "For your own thinking first. Tick 1 for “hardly” to 5 for “very much”. There is no score and no right "
            "answer: we read it to have a better conversation."
        ),
        "Lead",
    )
    signature_boxes(builder, (gettext("Your name"), gettext("Date")), ("name", "date"))
    if value.outcomes:
        names = (
            gettext("Outcome, and one example from your own work"),
            gettext("I can do it"),
            gettext("I want to do it"),
        )
        lines = [TableRow(tuple(TableCell((name,), "Table Heading") for name in names))]
        for number, item in enumerate(value.outcomes, 1):
            outcome = (TextRun(str(number), "Small Numeral"), TextRun(item.outcome, tab=True))
            rating_cells = (
                TableCell((scale(builder, f"{question}-{item.key}"),), edge="open") for question in ("can", "want")
            )
            lines.append(TableRow((TableCell((outcome,), "Table Group", edge="open"), *rating_cells), tied=True))
            lines += blank_rows(builder, 2, f"example-{item.key}", len(names))
        builder.table((0, 360, 360), lines)
    for at, (name, prompt) in enumerate(_PROMPTS.items()):
        with builder.keep_together():
            builder.heading(gettext(prompt), 2, turn=at == 0)
            blank_lines(builder, 7, name)
