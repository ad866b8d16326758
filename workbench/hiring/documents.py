"""Build the interview schedule and the score sheet, each from plain values and its stamp."""

from collections.abc import Sequence
from dataclasses import replace

from workbench.core.text.translation import Translator, load_translator
from workbench.documents.model import Document, Stamp
from workbench.hiring.sheets import Schedule, ScoredQuestion, ScoreSheet
from workbench.hiring.timetable import Timetable
from workbench.roles.documents.model import Slot
from workbench.roles.model import Role

# Up to this number of interviews, the sheet also lists those of each panel member.
_MAX_LISTED_TALKS = 30
# Panel members side by side, so that each box has room for a time written by hand.
_COLUMNS = 4


def interview_schedule(
    roles: Sequence[Role],
    panel: tuple[str, ...],
    candidates: tuple[str, ...],
    stamp: Stamp,
    language: str = "en",
    timetable: Timetable | None = None,
) -> Document:
    """Build the interview schedule: a box for each talk, with its time or empty to be filled in by hand."""
    translator = load_translator(language)
    title = translator.join(tuple(dict.fromkeys(role.title for role in roles)))
    tables = -(-len(panel) // _COLUMNS)
    # Five people are split into three and two.
    per_table = -(-len(panel) // tables)
    columns = tuple(panel[at : at + per_table] for at in range(0, len(panel), per_table))
    schedule = Schedule(title, candidates, columns)
    if timetable:
        schedule = _with_times(schedule, panel, timetable, translator)
    full_title = translator.gettext("{paper}: {title}", paper=translator.gettext("Interview schedule"), title=title)
    document = Document("interview-schedule", "interview_schedule.html", full_title, schedule, stamp, language)
    return replace(document, people=(*panel, *candidates))


def _with_times(schedule: Schedule, panel: tuple[str, ...], timetable: Timetable, translator: Translator) -> Schedule:
    spans = {(talk.candidate, talk.member): talk.span for talk in timetable.talks}
    spans_by_member = {
        name: tuple(f"{each.span}\u2002{each.candidate}" for each in timetable.talks if each.member == name)
        for name in (panel if len(timetable.talks) <= _MAX_LISTED_TALKS else ())
    }
    return replace(
        schedule,
        day=translator.day(timetable.day.on),
        break_minutes=timetable.day.rest,
        lunch=timetable.lunch,
        times=tuple(tuple(spans[candidate, name] for name in panel) for candidate in schedule.candidates),
        member_days=tuple(Slot(name, lines) for name, lines in spans_by_member.items()),
    )


def score_sheet(
    role: Role, interviewer: str, candidate: str, stamp: Stamp, language: str = "en", interview_date: str = ""
) -> Document:
    """Build the score sheet of one interview: the questions of a role, with room for scores and evidence.

    `interview_date` is the day and time of the interview, where they are known.
    """
    questions = tuple(
        ScoredQuestion(question.key, number, question.competency or item.outcome, question.text)
        for number, (item, question) in enumerate(role.questions(), 1)
    )
    sheet = ScoreSheet(role.title, candidate, interviewer, questions, interview_date)
    gettext = load_translator(language).gettext
    title = gettext("Score sheet: {candidate}, by {interviewer}", candidate=candidate, interviewer=interviewer)
    return replace(
        Document("score-sheet", "score_sheet.html", title, sheet, stamp, language), people=(interviewer, candidate)
    )
