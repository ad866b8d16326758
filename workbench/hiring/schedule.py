"""Build the interview schedule of a round: who meets whom, when, for how long, and who asks about what."""

from collections.abc import Iterator
from dataclasses import replace

from workbench.core.text.translation import Translator, load_translator
from workbench.documents.blocks.inline import Inline, Look, Span, TextLook, isolated
from workbench.documents.blocks.model import (
    Blank,
    Block,
    Cell,
    Column,
    Field,
    Fields,
    Group,
    Heading,
    Paragraph,
    Row,
    Rows,
    Table,
    TableLook,
    TableRow,
    Title,
)
from workbench.documents.model import Document, Stamp, document_of
from workbench.hiring.model import RoundKind
from workbench.hiring.rounds import Round
from workbench.hiring.timetable import Talk, Timetable
from workbench.roles.documents.parts import interview_length

# Up to this number of interviews, the sheet also lists those of each panel member.
_MAX_LISTED_TALKS = 30
# Panel members side by side, so that each box has room for a time written by hand.
_COLUMNS = 4
_NAME_WIDTH = 24  # percent


def interview_schedule(held: Round, stamp: Stamp, language: str = "en", timetable: Timetable | None = None) -> Document:
    """Build the interview schedule: a box for each interview, with its time or empty to be filled in by hand."""
    translator = load_translator(language)
    gettext = translator.gettext
    title = translator.join(tuple(dict.fromkeys(role.title for role in held.roles)))
    days = translator.join(tuple(map(translator.day, timetable.days))) if timetable else ""
    blocks: list[Block] = [
        Title(gettext("Interview schedule"), title),
        Fields(
            (
                Field("held", gettext("Date"), known=days),
                Field("place", gettext("Place or link")),
                Field("call", gettext("Who to call when something changes")),
            )
        ),
        *_meetings(held, timetable, translator),
        *_shares(held, translator),
        *_member_days(held, timetable, translator),
    ]
    full_title = gettext("{paper}: {title}", paper=gettext("Interview schedule"), title=title)
    document = document_of("interview-schedule", full_title, tuple(blocks), stamp, language)
    return replace(document, people=(*held.people.panel, *held.people.candidates))


def _meetings(held: Round, timetable: Timetable | None, translator: Translator) -> Iterator[Block]:
    """Yield the tables of all interviews, each with as many panel members as fit beside each other."""
    together = held.style.kind is RoundKind.TOGETHER
    members = (translator.gettext("The whole panel"),) if together else held.people.panel
    tables = -(-len(members) // _COLUMNS)
    # Five people are split into three and two.
    per_table = -(-len(members) // tables)
    for number, at in enumerate(range(0, len(members), per_table), 1):
        title = translator.gettext("Who meets whom, {at} of {all}", at=number, all=tables)
        heading = Heading(title if tables > 1 else translator.gettext("Who meets whom"))
        table = _table(held, timetable, members[at : at + per_table], at, translator)
        yield heading
        if number > 1:
            yield table
            continue
        yield Paragraph(" ".join(_lengths(held, timetable, translator)))
        yield Group((Paragraph(_rules(timetable, translator), TextLook.LEAD), table))


def _table(
    held: Round, timetable: Timetable | None, members: tuple[str, ...], start: int, translator: Translator
) -> Table:
    """Return a row for each application and a column for each panel member; the boxes are numbered from `start`."""
    moments = _moments(timetable, translator)
    applications = [(name, role) for role in range(len(held.roles)) for name in held.candidates_for(role)]
    rows = []
    for row, (candidate, role) in enumerate(applications, 1):
        cells = [Cell((_candidate(held, candidate, role),))]
        for at, member in enumerate(members, start):
            who = held.people.panel[at] if held.style.kind is not RoundKind.TOGETHER else held.people.panel[0]
            label = translator.gettext("{candidate} with {name}", candidate=isolated(candidate), name=isolated(member))
            blank = Blank(f"time-{row}-{at + 1}", label, tall=True)
            cells.append(Cell(moments[candidate, who, role]) if timetable else Cell(written=blank))
        rows.append(TableRow(tuple(cells)))
    columns = (Column(translator.gettext("Candidate"), _NAME_WIDTH), *(Column(isolated(member)) for member in members))
    return Table(columns, tuple(rows), TableLook.PLAIN if timetable else TableLook.TALL)


def _candidate(held: Round, candidate: str, role: int) -> Inline:
    """Return the name of a candidate, with the role where there are several."""
    if len(held.roles) == 1:
        return isolated(candidate)
    return (Span(isolated(candidate)), Span(f", {isolated(held.names[role])}", Look.QUIET))


def _moments(timetable: Timetable | None, translator: Translator) -> dict[tuple[str, str, int], tuple[str, ...]]:
    """Return the time of each interview by candidate, panel member and role, after its day where there are several."""
    if timetable is None:
        return {}
    return {
        (talk.candidate, member, talk.interview.role): _moment(talk, timetable, translator)
        for talk in timetable.talks
        for member in talk.interview.members
    }


def _moment(talk: Talk, timetable: Timetable, translator: Translator) -> tuple[str, ...]:
    span = isolated(talk.span)
    return (span,) if len(timetable.days) == 1 else (isolated(translator.day(talk.on)), span)


def _rules(timetable: Timetable | None, translator: Translator) -> str:
    """Return the sentences about breaks and lunch, or about filling in the boxes."""
    if timetable is None:
        return translator.gettext(
            "Write the day and the time in each box. Leave fifteen minutes between interviews: the score sheet is "
            "filled in before the next candidate comes in."
        )
    rest = timetable.day.rest
    sentence = (
        translator.ngettext(
            "There is {rest} minute between interviews: the score sheet is filled in before the next candidate comes in.",
            "There are {rest} minutes between interviews: the score sheet is filled in before the next candidate comes "
            "in.",
            rest,
            rest=rest,
        )
        if rest
        else translator.gettext("The score sheet is filled in before the next candidate comes in.")
    )
    lunch = translator.gettext("Lunch: {span}.", span=isolated(timetable.lunch)) if timetable.lunch else ""
    return f"{sentence} {lunch}".strip()


def _lengths(held: Round, timetable: Timetable | None, translator: Translator) -> Iterator[str]:
    """Yield the sentence about the minutes of an interview, by role where there are several."""
    members = held.people.panel if held.style.kind is RoundKind.SHARED else held.people.panel[:1]
    for role, name in enumerate(held.names):
        minutes = max((held.minutes(role, member) for member in members), default=0)
        asked = max((held.asked_minutes(role, member) for member in members), default=0)
        if asked:
            length = (timetable and timetable.day.minutes) or minutes
            yield interview_length(length, asked, translator, name if len(held.names) > 1 else "")


def _shares(held: Round, translator: Translator) -> Iterator[Block]:
    """Yield who asks about what, where the accountabilities are shared out."""
    if held.style.kind is not RoundKind.SHARED:
        return
    for role, name in enumerate(held.names):
        core = held.core(role)
        keys = {question.key for question in core}
        heading = translator.gettext("Who asks about what")
        rows = [
            Row(
                isolated(member),
                tuple(
                    item.outcome
                    for item in held.share_of(role, member).accountabilities
                    if not keys.issuperset(question.key for question in item.questions)
                ),
            )
            for member in held.people.panel
        ]
        if core:
            rows.append(
                Row(translator.gettext("Everyone"), tuple(question.competency or question.text for question in core))
            )
        yield Heading(f"{heading}: {isolated(name)}" if len(held.names) > 1 else heading)
        yield Rows(tuple(rows))


def _member_days(held: Round, timetable: Timetable | None, translator: Translator) -> Iterator[Block]:
    """Yield the interviews of each panel member by the clock, unless the list is too long."""
    if timetable is None or len(timetable.talks) > _MAX_LISTED_TALKS or held.style.kind is RoundKind.TOGETHER:
        return
    rows = []
    for member in held.people.panel:
        lines = tuple(
            f"{', '.join(_moment(talk, timetable, translator))}\u2002{isolated(talk.candidate)}"
            + (f", {isolated(held.names[talk.interview.role])}" if len(held.roles) > 1 else "")
            for talk in timetable.talks
            if member in talk.interview.members
        )
        rows.append(Row(isolated(member), lines))
    yield Heading(translator.gettext("The day of each panel member"))
    yield Rows(tuple(rows))
