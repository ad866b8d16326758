"""The values of documents: a document, the stamp of its pages, and the printed result."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from workbench.core.digests import sha256_of_text
from workbench.core.text.translation import gettext_noop
from workbench.documents.blocks.model import Block

MAX_ANSWER_LENGTH = 5_000  # characters of one form field


class Paper(StrEnum):
    """The paper size of a document."""

    A4 = "a4"
    LETTER = "letter"

    @property
    def size(self) -> tuple[int, int]:
        """Return width and height in tenths of a millimeter."""
        return (2100, 2970) if self is Paper.A4 else (2159, 2794)


class FillMode(StrEnum):
    """How a document is filled in: by hand, in form fields, or as printed answers."""

    HAND = "hand"
    FILLABLE = "fillable"
    FLAT = "flat"


BLOCKS_TEMPLATE = "document.html"
DRAFT_NOTICE = gettext_noop("Draft. This has not been published yet, and it may still change.")
EDITION_LABEL = gettext_noop("Edition {number}")
DRAFT_LABEL = gettext_noop("Draft")


def edition_label(number: int | str) -> str:
    """Return the label of an edition: `Edition 3`."""
    return EDITION_LABEL.format(number=number)


def edition_number(label: str) -> str:
    """Return the number in the label of an edition, or an empty text for another label."""
    before, after = EDITION_LABEL.split("{number}")
    return label.removeprefix(before).removesuffix(after) if label.startswith(before) else ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """The company and the state of a document, printed on every page.

    `edition` is the label of its edition, DRAFT_LABEL, or empty for a document about several editions.
    `logo` is the sha256 of the company's logo, or None; `digest` is the sha256 of the edition's value (its first digits
    are printed). `letterhead` holds the lines with the company's address and contact, which are printed on documents
    for external readers. `dated` is the day of publication, or of a draft’s last change; `approved_by` are names. A document
    with pay that is not released is `internal`. A `notice` says what an empty document lacks.
    """

    company: str
    logo: str | None
    edition: str
    digest: str
    draft: bool
    letterhead: tuple[str, ...] = ()
    dated: date | None = None
    valid_from: date | None = None
    approved_by: tuple[str, ...] = ()
    internal: bool = False
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One document to print: its `blocks`, or a template and its `data` (a frozen value, or a mapping of them).

    `kind` is a slug (`interview-kit`), `template` a file name in `templates/documents`, `title` the title of the PDF
    window, `language` a BCP 47 tag. A `large` document is set in 18 point. `people` are those whom a personal sheet is
    for: the interviewer, then the candidate. `answers` are the fields of a flat document and their values.
    `kind_title` is what the kind is called in the language of the document. A `tight` document has narrow margins and small
    spaces, because it should fit on one page.
    """

    kind: str
    template: str
    title: str
    data: object | Mapping[str, object]
    stamp: Stamp
    language: str = "en"
    landscape: bool = False
    form: FillMode = FillMode.HAND
    large: bool = False
    people: tuple[str, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    kind_title: str = ""
    blocks: tuple[Block, ...] = ()
    tight: bool = False

    def answer(self, name: str) -> str:
        """Return the value of a field of a flat document, by the field's own name, or an empty text."""
        return dict(self.answers).get(name, "")

    @property
    def sheet(self) -> str:
        """Return the id of the sheet, with which the names of its fields begin: 12 hexadecimal digits."""
        return sheet_id(self.stamp.digest, self.kind, *self.people)


def document_of(
    kind: str, title: str, blocks: tuple[Block, ...], stamp: Stamp, language: str = "en", *, kind_title: str = ""
) -> Document:
    """Return a document that is made of blocks; `kind_title` is what its kind is called in its language."""
    return Document(kind, BLOCKS_TEMPLATE, title, (), stamp, language, kind_title=kind_title, blocks=blocks)


def sheet_id(digest: str, kind: str, *people: str) -> str:
    """Return the id of a sheet from the digest of its edition, its kind, the interviewer and the candidate.

    The same sheet has the same id in every language, fill mode and size, on every paper, and in every run.
    """
    return sha256_of_text(json.dumps([digest, kind, *people]))[:12]


class PdfHeading(NamedTuple):
    """A bookmark of the printed document: level from 1, text, and page from 1."""

    level: int
    text: str
    page: int


class AccessibilityFinding(NamedTuple):
    """A barrier in a document: its page (0 for the whole document), the clause of ISO 14289-1, and its text."""

    page: int
    clause: str
    words: str

    def __str__(self) -> str:
        location = f"Page {self.page}: " if self.page else ""
        return f"{location}{self.words} (PDF/UA-1, {self.clause})"


class WideWords(NamedTuple):
    """Words that are wider than their column: their page from 1, and their text."""

    page: int
    text: str


@dataclass(frozen=True, slots=True)
class PrintedPdf:
    """A finished PDF: its bytes, number of pages, headings in reading order, and accessibility findings.

    `fragment` is the form that packets link, `last_page` the share of the last page that is used, in percent;
    `wide_words` do not fit into their column.
    """

    pdf: bytes
    pages: int
    headings: tuple[PdfHeading, ...]
    fragment: bytes = b""
    findings: tuple[AccessibilityFinding, ...] = ()
    last_page: int = 100
    wide_words: tuple[WideWords, ...] = ()


class PressFailed(Exception):
    """A document could not be printed; `reason` is one plain sentence for the user."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
