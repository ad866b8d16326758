"""Build the score sheet of an interview."""

from dataclasses import replace

from workbench.core.text.translation import load_translator
from workbench.documents.model import Document, Stamp
from workbench.hiring.sheets import ScoredQuestion, ScoreSheet
from workbench.roles.model import Role


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
