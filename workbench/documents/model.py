"""What is printed: a document as one frozen value, the stamp every page carries, and what the press gives back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from workbench.core.digests import sha256_of_text

MAX_ANSWER_LENGTH = 5_000  # characters of one form field


class Paper(StrEnum):
    """The sheet a document is printed on."""

    A4 = "a4"
    LETTER = "letter"

    @property
    def size(self) -> tuple[int, int]:
        """Give width and height in tenths of a millimetre."""
        return (2100, 2970) if self is Paper.A4 else (2159, 2794)


class FillMode(StrEnum):
    """How a document takes what is written into it: by hand, by typing into fields, or as printed answers."""

    HAND = "hand"
    FILLABLE = "fillable"
    FLAT = "flat"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Whose document it is and which state of it: printed on every page.

    `logo` is the sha256 of the company's logo as `logos.keep` stored it, or None; `digest` is the sha256 of the
    edition's value (its first digits are printed). `letterhead` are the lines with the company's address and contact,
    which stand on what is given to readers outside.
    """

    company: str
    logo: str | None
    edition: str
    digest: str
    draft: bool
    letterhead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One thing to print: `data` (a frozen value, or a mapping of them) poured into `template`.

    `kind` is a slug (`interview-kit`), `template` a file name in `templates/documents`, `title` the words a reader
    of the PDF sees in the window, `language` a BCP 47 tag. A `landscape` document lies on its side, a `large` one is
    set in 18 point. `people` are those whose sheet it is where it is somebody's: the interviewer, then the candidate.
    `answers` are the fields of a flat document and what was written into them.
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

    def answer(self, name: str) -> str:
        """Give what was written into a field of a flat document, by the field's own name; nothing where nothing was."""
        return dict(self.answers).get(name, "")

    @property
    def sheet(self) -> str:
        """Say which sheet it is, as the names of its fields do: 12 hexadecimal digits."""
        return sheet_id(self.stamp.digest, self.kind, *self.people)


def sheet_id(digest: str, kind: str, *people: str) -> str:
    """Name a sheet by the digest of its role's edition, its kind, the interviewer and the candidate.

    The same sheet has the same name in every language, form and size, on every paper, and in every run.
    """
    return sha256_of_text(json.dumps([digest, kind, *people]))[:12]


class Heading(NamedTuple):
    """A bookmark of the printed document: depth from 1, words, and the page from 1."""

    level: int
    text: str
    page: int


class AccessibilityFinding(NamedTuple):
    """What keeps a document from being read by everybody: its page (0: all of it), the clause of ISO 14289-1, words."""

    page: int
    clause: str
    words: str

    def __str__(self) -> str:
        where = f"Page {self.page}: " if self.page else ""
        return f"{where}{self.words} (PDF/UA-1, {self.clause})"


@dataclass(frozen=True, slots=True)
class PrintedPdf:
    """A finished PDF: its bytes, number of pages, headings in reading order, and what a checker finds in it.

    `fragment` is what a packet takes.
    """

    pdf: bytes
    pages: int
    headings: tuple[Heading, ...]
    fragment: bytes = b""
    findings: tuple[AccessibilityFinding, ...] = ()


class PressFailed(Exception):
    """A document that could not be printed; `reason` is one plain sentence for the person who wanted it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
