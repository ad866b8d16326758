"""Builders: one function a noun, with just enough filled in to be true; a test overrides what it is about."""

from dataclasses import dataclass
from pathlib import Path

from workbench.documents.model import Document, Stamp


@dataclass(frozen=True, slots=True)
class Part:
    """A named text: all that the sample template of tests/documents prints."""

    name: str
    text: str


SAMPLE = Path(__file__).resolve().parent / "documents"


def stamp(**other: object) -> Stamp:
    """Give the stamp of a published edition."""
    facts = {"company": "Northwind", "mark": None, "edition": "Edition 3", "digest": "a1b2c3d4" * 8, "draft": False}
    return Stamp(**facts | other)


def document(*texts: str, title: str = "A sample", **other: object) -> Document:
    """Give a document with one part a text, printed with the sample template."""
    parts = tuple(Part(f"Part {at}", text) for at, text in enumerate(texts or ("Some words.",), 1))
    return Document("sample", "sample.html", title, {"parts": parts}, stamp(**other))
