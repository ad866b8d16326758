"""The kinds of documents that a role has, in the order in which they are listed: one row of a table for each.

Pages, permissions, print runs, commands and Word files read this table. Builders and writers are named by their modules and
loaded when they are used, so that it can be read without a printer.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pkgutil import resolve_name
from typing import cast

from workbench.accounts.model import Kind
from workbench.core.text.translation import gettext_noop, load_translator
from workbench.documents.blocks.model import Block
from workbench.documents.model import Document, Stamp, document_of
from workbench.roles.currency.model import is_pay_held_back
from workbench.roles.documents.parts import empty_notice
from workbench.roles.model import Role
from workbench.roles.promises.model import with_marks, without_samples


@dataclass(frozen=True, slots=True)
class RoleDocument:
    """A kind of document that is printed from a role.

    `builder` is the name of the function that builds it from role, stamp and language, `word_writer` of the
    function that writes it as a Word file, which a document of blocks does not need. `readers` may read it, where they may read its draft or list its edition. A document
    `for_candidates` may be in their packets. A kind that `shows_pay` that is not released is also printed without it.
    Promises that are not confirmed are marked; an edition of a document written `to_candidates` leaves them out.
    """

    kind: str
    title: str
    builder: str
    readers: tuple[Kind, ...]
    word_writer: str = ""
    for_candidates: bool = False
    shows_pay: bool = False
    to_candidates: bool = False

    def build(self, role: Role, stamp: Stamp, language: str = "en") -> Document:
        """Build the document of a role, which is given as its reader may see it."""
        build = cast("Callable[..., Document]", resolve_name(self.builder))
        if self.to_candidates and not stamp.draft:
            role = without_samples(role)
        if self.shows_pay and is_pay_held_back(role):
            stamp = replace(stamp, internal=True)
        translator = load_translator(language)
        if notice := empty_notice(self.kind, role, translator):
            stamp = replace(stamp, notice=notice)
        return build(with_marks(role, translator), stamp, language=language)


_ROWS = (
    RoleDocument(
        "position-description",
        gettext_noop("Position description"),
        "workbench.roles.position.documents:position_description",
        readers=(Kind.HR, Kind.LEADER, Kind.INTERVIEWER),
        for_candidates=True,
        shows_pay=True,
    ),
    RoleDocument(
        "position-annex",
        gettext_noop("Annex to the position description"),
        "workbench.roles.position.documents:position_annex",
        readers=(Kind.HR, Kind.LEADER),
        shows_pay=True,
    ),
    RoleDocument(
        "accountability-brief",
        gettext_noop("Accountability brief"),
        "workbench.roles.brief.documents:accountability_brief",
        readers=(Kind.HR, Kind.LEADER),
        for_candidates=True,
        to_candidates=True,
    ),
    RoleDocument(
        "interview-kit",
        gettext_noop("Interview kit"),
        "workbench.roles.documents.build:interview_kit",
        word_writer="workbench.roles.documents.word.kit:write_kit",
        readers=(Kind.HR, Kind.LEADER, Kind.INTERVIEWER),
    ),
    RoleDocument(
        "exercise-candidate",
        gettext_noop("Candidate’s exercise sheet"),
        "workbench.roles.exercises.documents:exercise_for_candidate",
        readers=(Kind.HR, Kind.LEADER, Kind.INTERVIEWER),
        for_candidates=True,
    ),
    RoleDocument(
        "exercise-interviewer",
        gettext_noop("Interviewer’s exercise sheet"),
        "workbench.roles.exercises.documents:exercise_for_interviewer",
        readers=(Kind.HR, Kind.LEADER, Kind.INTERVIEWER),
    ),
    RoleDocument(
        "reference-check",
        gettext_noop("Reference check"),
        "workbench.roles.decision.reference:reference_check",
        readers=(Kind.HR, Kind.LEADER),
    ),
    RoleDocument(
        "decision-sheet",
        gettext_noop("Decision sheet"),
        "workbench.roles.decision.sheet:decision_sheet",
        readers=(Kind.HR, Kind.LEADER),
    ),
    RoleDocument(
        "starter-metrics",
        gettext_noop("Starter metrics sheet"),
        "workbench.roles.documents.build:starter_metrics_sheet",
        readers=(Kind.HR, Kind.LEADER),
    ),
    RoleDocument(
        "agreement",
        gettext_noop("Role agreement"),
        "workbench.roles.documents.agreement:agreement",
        readers=(Kind.HR, Kind.LEADER),
    ),
    RoleDocument(
        "job-advert",
        gettext_noop("Job advert"),
        "workbench.roles.advert.documents:job_advert",
        readers=(Kind.HR, Kind.LEADER),
        to_candidates=True,
    ),
)
DOCUMENTS: dict[str, RoleDocument] = {row.kind: row for row in _ROWS}


def build_document(kind: str, role: Role, stamp: Stamp, language: str = "en") -> Document:
    """Build a document of a role, which is given as its reader may see it. Raise KeyError for an unknown kind."""
    return DOCUMENTS[kind].build(role, stamp, language)


def document_of_role(kind: str, role: Role, blocks: tuple[Block, ...], stamp: Stamp, language: str) -> Document:
    """Return a document of a role that is made of blocks, titled after its kind and the role."""
    gettext = load_translator(language).gettext
    kind_title = gettext(DOCUMENTS[kind].title)
    title = gettext("{paper}: {title}", paper=kind_title, title=role.title)
    return document_of(kind, title, blocks, stamp, language, kind_title=kind_title)
