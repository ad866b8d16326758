"""Build the interview schedule and the score sheet, each from plain values and its stamp."""

from collections.abc import Sequence
from dataclasses import replace

from workbench.core.text.translation import Translator, load_translator
from workbench.documents.model import Document, Stamp
from workbench.hiring.sheets import Schedule, ScoredQuestion, ScoreSheet
from workbench.hiring.timetable import Timetable
from workbench.roles.documents.model import Slot
from workbench.roles.model import Role

_LISTED = 30  # talks that are told once more for each panel member, on the same sheet
_COLUMNS = 4  # panel members beside each other, so that each box takes a time written by hand


def interview_schedule(
    roles: Sequence[Role],
    panel: tuple[str, ...],
    candidates: tuple[str, ...],
    stamp: Stamp,
    language: str = "en",
    timed: Timetable | None = None,
) -> Document:
    """Print a box for each talk between a candidate and a panel member: with its time, or to write it in by hand."""
    translator = load_translator(language)
    title = translator.join(tuple(dict.fromkeys(role.title for role in roles)))
    tables = -(-len(panel) // _COLUMNS)
    wide = -(-len(panel) // tables)  # five people are three and two
    columns = tuple(panel[at : at + wide] for at in range(0, len(panel), wide))
    schedule = Schedule(title, candidates, columns)
    if timed:
        schedule = _with_times(schedule, panel, timed, translator)
    named = translator.gettext("{paper}: {title}", paper=translator.gettext("Interview schedule"), title=title)
    made = Document("interview-schedule", "interview_schedule.html", named, schedule, stamp, language)
    return replace(made, people=(*panel, *candidates))


def _with_times(schedule: Schedule, panel: tuple[str, ...], timed: Timetable, translator: Translator) -> Schedule:
    spans = {(talk.candidate, talk.member): talk.span for talk in timed.talks}
    own = {
        name: tuple(f"{each.span}\u2002{each.candidate}" for each in timed.talks if each.member == name)
        for name in (panel if len(timed.talks) <= _LISTED else ())
    }
    return replace(
        schedule,
        day=translator.day(timed.day.on),
        rest=timed.day.rest,
        lunch=timed.lunch,
        times=tuple(tuple(spans[candidate, name] for name in panel) for candidate in schedule.candidates),
        own=tuple(Slot(name, lines) for name, lines in own.items()),
    )


def score_sheet(
    role: Role, interviewer: str, candidate: str, stamp: Stamp, language: str = "en", held: str = ""
) -> Document:
    """Build the score sheet of one interview: the questions of a role, with room for scores and evidence.

    `held` is the day and time of the interview, where they are known.
    """
    questions = tuple(
        ScoredQuestion(question.key, number, question.competency or item.outcome, question.text)
        for number, (item, question) in enumerate(role.questions(), 1)
    )
    sheet = ScoreSheet(role.title, candidate, interviewer, questions, held)
    gettext = load_translator(language).gettext
    title = gettext("Score sheet: {candidate}, by {interviewer}", candidate=candidate, interviewer=interviewer)
    return replace(
        Document("score-sheet", "score_sheet.html", title, sheet, stamp, language), people=(interviewer, candidate)
    )
