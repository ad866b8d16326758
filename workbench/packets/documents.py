"""Build the documents of a packet that are about no single role: the cover, the interviewer guide, the notice."""

from dataclasses import replace

from workbench.core.text.translation import Translator, gettext_noop, load_translator
from workbench.documents.blocks.inline import TextLook, strong
from workbench.documents.blocks.model import (
    Align,
    Block,
    Bullets,
    Cell,
    Column,
    Group,
    Heading,
    Paragraph,
    Table,
    TableLook,
    TableRow,
    Title,
)
from workbench.documents.model import Document, Stamp, document_of
from workbench.packets.contents import Cover
from workbench.roles.documents.parts import questions_to_avoid

_GUIDE = (
    (
        gettext_noop("Before"),
        (
            (
                gettext_noop("Read the position description and the kit once."),
                gettext_noop("Know which results the seat owns, and what a 1, a 3 and a 5 sound like."),
            ),
            (
                gettext_noop("Set up the time."),
                gettext_noop(
                    "Three minutes to greet, your questions, ten minutes for theirs. A quiet place, the clock in view, one score "
                    "sheet for each candidate, a pen."
                ),
            ),
        ),
    ),
    (
        gettext_noop("In the room"),
        (
            (
                gettext_noop("Same questions, same order, for everyone."),
                gettext_noop("Read each one as written. Then wait: silence is thinking."),
            ),
            (
                gettext_noop("Ask for what was done."),
                gettext_noop("“What did you do first?” “What came of it?” A probe may follow; a hint may not."),
            ),
            (
                gettext_noop("Write down the candidate’s words,"),
                gettext_noop("not your opinion of them. Circle the score before the next question."),
            ),
            (
                gettext_noop("Keep the last ten minutes for their questions."),
                gettext_noop("Describe the hard parts of the job as plainly as the good ones."),
            ),
        ),
    ),
    (
        gettext_noop("After"),
        (
            (
                gettext_noop("Rate alone."),
                gettext_noop("Finish and sign your sheet before you talk to anyone on the panel."),
            ),
            (
                gettext_noop("Rate the answers,"),
                gettext_noop("not the first impression. Compare with the anchors, never with the last candidate."),
            ),
            (
                gettext_noop("Then meet."),
                gettext_noop(
                    "Show the scores first, then talk. You may change yours for a reason, which you write beside it."
                ),
            ),
            (
                gettext_noop("Hand in every sheet,"),
                gettext_noop("the unfinished ones too. They are the record of a fair decision."),
            ),
        ),
    ),
)


def cover(contents: Cover, stamp: Stamp, language: str = "en") -> Document:
    """Build the first page of a packet; its page numbers are those of the packet."""
    translator = load_translator(language)
    gettext = translator.gettext
    title = gettext("{paper}: {title}", paper=contents.packet, title=contents.reader)
    blocks: list[Block] = [Title(contents.packet, contents.reader, outside=True)]
    if contents.confidential:
        notice = gettext(
            "This packet names candidates and holds the questions they are asked. Keep it with you, and hand it back or "
            "delete it after the round."
        )
        blocks.append(Paragraph(notice, TextLook.LEAD))
    roles = tuple(TableRow((Cell((role.title,)), Cell((role.edition,)))) for role in contents.roles)
    blocks += [
        Heading(gettext("What it is about")),
        Table((Column(gettext("Role")), Column(gettext("Edition"), 26)), roles),
        Heading(gettext("What is inside")),
    ]
    blocks += _contents(contents, translator)
    return document_of("packet-cover", title, tuple(blocks), stamp, language)


def _contents(contents: Cover, translator: Translator) -> tuple[Block, ...]:
    """Return the list of contents; a packet of Word files has no page numbers."""
    gettext = translator.gettext
    paged = bool(contents.pages)
    rows: list[TableRow] = []
    for chapter in contents.chapters:
        if chapter.title:
            rows.append(TableRow((Cell((chapter.title,), span=2 if paged else 1),), group=True))
        for item in chapter.items:
            page = (Cell((translator.number(item.page),)),) if paged else ()
            rows.append(TableRow((Cell((item.title,)), *page)))
    if not paged:
        return (Table((Column(gettext("Document")),), tuple(rows)),)
    lead = translator.ngettext(
        "{pages} page including this one. Each has its packet page number at the foot, in the middle.",
        "{pages} pages including this one. Each has its packet page number at the foot, in the middle.",
        contents.pages,
        pages=translator.number(contents.pages),
    )
    columns = (Column(gettext("Document")), Column(gettext("Page"), 12, Align.RIGHT))
    return (Paragraph(lead, TextLook.LEAD), Table(columns, tuple(rows), TableLook.LIST))


def interviewer_guide(stamp: Stamp, language: str = "en") -> Document:
    """Build the one-page guide to running an interview; it is the same for every role."""
    translator = load_translator(language)
    gettext = translator.gettext
    blocks: list[Block] = [Title(gettext("Interviewer guide"), gettext("Fair to everyone, and useful to us"))]
    for heading, steps in _GUIDE:
        lines = tuple(strong(gettext(rule), gettext(detail)) for rule, detail in steps)
        blocks += [Heading(gettext(heading)), Bullets(lines, numbered=True)]
    blocks.append(questions_to_avoid(translator))
    return document_of("interviewer-guide", gettext("Interviewer guide"), tuple(blocks), stamp, language)


def notice(document: Document, reason: str) -> Document:
    """Build the page that replaces a document that could not be printed, so that its absence is noticed."""
    language = document.language
    gettext = load_translator(language).gettext
    box = Group(
        (
            Heading(gettext("This page takes the place of a missing document")),
            Paragraph(reason),
            Paragraph(gettext("Please tell the person who printed this packet, and ask for the document on its own.")),
        ),
        boxed=True,
    )
    blocks = (Title(gettext("Not printed"), document.title), box)
    title = gettext("Not printed: {title}", title=document.title)
    return replace(document_of("notice", title, blocks, document.stamp, language), large=document.large)
