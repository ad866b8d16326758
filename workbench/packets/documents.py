"""What is printed for a packet beside the papers of its roles: each a function of plain values and its stamp."""

from collections.abc import Sequence

from workbench.core.words import listed
from workbench.documents.model import Document, Stamp
from workbench.packets.papers import Cover, Notice, Schedule, Scored, ScoreSheet
from workbench.roles.model import Role

_COLUMNS = 4  # panel members beside each other, so that each box takes a time written by hand


def cover(paper: Cover, stamp: Stamp) -> Document:
    """Print the first page of a packet; its page numbers are those of the packet."""
    return _document("packet-cover", f"{paper.packet}: {paper.reader}", paper, stamp)


def interview_schedule(
    roles: Sequence[Role], panel: tuple[str, ...], candidates: tuple[str, ...], stamp: Stamp
) -> Document:
    """Print a box for each talk between a candidate and a panel member, in which the time is written by hand."""
    title = listed(tuple(dict.fromkeys(role.title for role in roles)))
    tables = -(-len(panel) // _COLUMNS)
    wide = -(-len(panel) // tables)  # five people stand as three and two
    columns = tuple(panel[at : at + wide] for at in range(0, len(panel), wide))
    return _document("interview-schedule", f"Interview schedule: {title}", Schedule(title, candidates, columns), stamp)


def interviewer_guide(stamp: Stamp) -> Document:
    """Print how to run an interview, on one page; it says the same for every role."""
    return _document("interviewer-guide", "Interviewer guide", (), stamp)


def score_sheet(role: Role, interviewer: str, candidate: str, stamp: Stamp) -> Document:
    """Print the questions of a role with room for the scores and the evidence of one talk."""
    questions = tuple(
        Scored(number, question.competency or item.outcome, question.text)
        for number, (item, question) in enumerate(role.questions(), 1)
    )
    sheet = ScoreSheet(role.title, candidate, interviewer, questions)
    return _document("score-sheet", f"Score sheet: {candidate}, by {interviewer}", sheet, stamp)


def notice(document: Document, reason: str) -> Document:
    """Print one page in place of a document that could not be printed, so that nobody overlooks that it is missing."""
    return _document("notice", f"Not printed: {document.title}", Notice(document.title, reason), document.stamp)


def _document(kind: str, title: str, data: object, stamp: Stamp) -> Document:
    return Document(kind, f"{kind.replace('-', '_')}.html", title, data, stamp)
