"""The contents of the cover of a packet and of a notice, field by field."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CoverRole:
    """One role that a packet is about, and the edition of it that was printed."""

    title: str
    edition: str


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """One line of the contents: a document and the page of the packet that it starts on."""

    title: str
    page: int


@dataclass(frozen=True, slots=True)
class ContentsChapter:
    """The documents of a packet that are about one role, or about all of them when it has no title."""

    title: str
    items: tuple[ContentsEntry, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page of a packet: its reader, its roles, and its contents.

    Without page numbers (for Word files) `pages` is 0 and no entry has a page. A packet that names candidates is
    `confidential`.
    """

    packet: str
    reader: str
    roles: tuple[CoverRole, ...]
    chapters: tuple[ContentsChapter, ...]
    pages: int
    confidential: bool = False
