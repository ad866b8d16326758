"""Build the documents of a role, each from the role and the stamp on its pages."""

from dataclasses import replace
from itertools import accumulate

from workbench.core.text.translation import Translator, gettext_noop, load_translator
from workbench.documents.model import Document, Stamp
from workbench.roles.documents.kinds import DOCUMENTS, document_of_role
from workbench.roles.documents.model import (
    Kit,
    KitQuestion,
)
from workbench.roles.documents.parts import interview_length
from workbench.roles.documents.weeks.blocks import week_blocks
from workbench.roles.documents.weeks.model import week_sheet
from workbench.roles.interviews.model import GREETING_MINUTES, interview_minutes
from workbench.roles.model import (
    QuestionKind,
    Role,
)

_KINDS = {
    QuestionKind.BEHAVIOURAL: gettext_noop("Behavioural"),
    QuestionKind.SITUATIONAL: gettext_noop("Situational"),
    QuestionKind.EXERCISE: gettext_noop("Exercise"),
}


def interview_kit(
    role: Role,
    stamp: Stamp,
    interviewer: str = "",
    language: str = "en",
    interview_date: str = "",
    *,
    sheet: bool = True,
) -> Document:
    """Build the interview kit: the questions in the order in which all candidates are asked, with anchors, scores and notes.

    With the name of an `interviewer` it is that person's kit; without, the name is written in by hand. `interview_date` is the
    day of the interviews, where it is known. Without a `sheet` of its own it comes with one for each candidate.
    """
    translator = load_translator(language)
    gettext = translator.gettext
    questions = _kit_questions(role, translator)
    minutes = interview_minutes(role)
    length = interview_length(minutes, sum(each.minutes for each in questions), translator)
    kit = Kit(role.title, questions, minutes, length, interviewer, interview_date, sheet)
    document = _document("interview-kit", role, kit, stamp, language)
    if not interviewer:
        return document
    return replace(
        document, title=gettext("{title}, for {name}", title=document.title, name=interviewer), people=(interviewer,)
    )


def _kit_questions(role: Role, translator: Translator) -> tuple[KitQuestion, ...]:
    pairs = tuple(role.questions())
    minutes_used = tuple(accumulate((question.minutes for _, question in pairs), initial=GREETING_MINUTES))[1:]
    place = {item.key: at for at, item in enumerate(role.accountabilities, 1)}
    return tuple(
        KitQuestion(
            key=question.key,
            number=number,
            owner=place[item.key],
            outcome=item.outcome,
            opens=question is item.questions[0],
            kind=translator.gettext(_KINDS[question.kind]),
            competency=question.competency,
            text=question.text,
            minutes=question.minutes,
            until=until,
            probes=question.probes,
            what_good_looks_like=question.what_good_looks_like,
            one=question.anchors.one,
            three=question.anchors.three,
            five=question.anchors.five,
        )
        for number, ((item, question), until) in enumerate(zip(pairs, minutes_used, strict=True), 1)
    )


def starter_metrics_sheet(role: Role, stamp: Stamp, language: str = "en") -> Document:
    """Build the sheet of measures that a seat holder and a leader share, with room for the numbers of 13 weeks."""
    translator = load_translator(language)
    kind = DOCUMENTS["starter-metrics"]
    kind_title = translator.gettext(kind.title)
    blocks = week_blocks(week_sheet(role, translator), kind_title, translator)
    document = document_of_role(kind.kind, role, blocks, stamp, language)
    return replace(document, landscape=True)


def _document(kind: str, role: Role, data: object, stamp: Stamp, language: str) -> Document:
    gettext = load_translator(language).gettext
    kind_title = gettext(DOCUMENTS[kind].title)
    title = gettext("{paper}: {title}", paper=kind_title, title=role.title)
    template = f"{kind.replace('-', '_')}.html"
    return Document(kind, template, title, data, stamp, language, kind_title=kind_title)
