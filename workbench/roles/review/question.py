"""Rules about one interview question: its text, its anchors, and what must not be asked."""

from collections.abc import Iterator

from workbench.core.findings import Finding, Level
from workbench.core.text.words import join_words
from workbench.language.questions import check_question
from workbench.roles.exercises.model import reading_fault
from workbench.roles.interviews.model import text_minutes
from workbench.roles.model import Role
from workbench.roles.review.phrases import format_remark
from workbench.roles.texts import place_of

TIME_FOR_EXERCISE = "time for exercise"


def has_text(role: Role) -> Iterator[Finding]:
    """Yield a finding for each question without a text."""
    for item, question in role.questions():
        if not question.text.strip():
            reason, suggestion = "The question is not written yet.", "Ask for one time when the candidate did this."
            place, source = place_of(item, question), "OPM structured interview guide"
            yield Finding("question text", Level.BLOCKING, place, reason, suggestion, source)


def has_anchors(role: Role) -> Iterator[Finding]:
    """Yield a finding for each question without its anchors."""
    for item, question in role.questions():
        anchors = {"1": question.anchors.one, "3": question.anchors.three, "5": question.anchors.five}
        missing = [score for score, text in anchors.items() if not text.strip()]
        if missing:
            reason = f"The question does not say what an answer worth {join_words(missing)} sounds like."
            suggestion = "Write a sentence for each, in words a candidate might use; two people then score alike."
            place, source = place_of(item, question), "OPM structured interview guide; Taylor and Small 2002"
            yield Finding("anchors", Level.BLOCKING, place, reason, suggestion, source)


def has_material(role: Role) -> Iterator[Finding]:
    """Yield a finding for each exercise without a sheet to hand over, and for minutes to read that do not fit."""
    for item, question in role.questions():
        place, source = f"{place_of(item, question)}/exercise", "OPM assessment guide: work samples and simulations"
        if question.is_exercise and not question.exercise.written:
            reason = "The exercise has no sheet for the candidate and none for the person who plays the other side."
            suggestion = (
                "Write both, so that every candidate gets the same case, or take them from an exercise of the library."
            )
            yield Finding("exercise material", Level.ADVICE, place, reason, suggestion, source)
        elif fault := reading_fault(question.exercise, question.minutes):
            suggestion = "Change the minutes to read, or those of the question."
            yield Finding("exercise minutes", Level.BLOCKING, place, fault, suggestion, source)


def fair_to_ask(role: Role) -> Iterator[Finding]:
    """Yield a finding for each topic about the person instead of the work, in a question and in its probes."""
    for item, question in role.questions():
        for remark in check_question("\n".join((question.text, *question.probes))):
            place, source = place_of(item, question), "EEOC pre-employment guidance; ADA; GINA; Directive (EU) 2023/970"
            yield Finding("fair question", Level.AGREEMENT, place, format_remark(remark), remark.suggestion, source)


def time_for_exercise(role: Role) -> Iterator[Finding]:
    """Yield a finding for each exercise whose own words take more minutes than it is given."""
    for item, question in role.questions():
        minutes = text_minutes(question.text) if question.is_exercise else 0
        if minutes > question.minutes:
            reason = f"The exercise’s own words add up to {minutes} minutes, and it is given {question.minutes}."
            suggestion = f"Set its minutes to {minutes} or more, or shorten what the candidate does."
            place, source = place_of(item, question), "arithmetic; the interview ends late otherwise"
            yield Finding(TIME_FOR_EXERCISE, Level.ADVICE, place, reason, suggestion, source)
