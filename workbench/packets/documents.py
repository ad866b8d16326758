"""Build the documents of a packet that are about no single role: the cover, the interviewer guide, the notice."""

from dataclasses import replace

from workbench.core.text.translation import load_translator
from workbench.documents.model import Document, Stamp
from workbench.packets.contents import Cover, Notice


def cover(contents: Cover, stamp: Stamp, language: str = "en") -> Document:
    """Build the first page of a packet; its page numbers are those of the packet."""
    gettext = load_translator(language).gettext
    title = gettext("{paper}: {title}", paper=contents.packet, title=contents.reader)
    return _document("packet-cover", title, contents, stamp, language)


def interviewer_guide(stamp: Stamp, language: str = "en") -> Document:
    """Build the one-page guide to running an interview; it is the same for every role."""
    return _document("interviewer-guide", load_translator(language).gettext("Interviewer guide"), (), stamp, language)


def notice(document: Document, reason: str) -> Document:
    """Build the page that replaces a document that could not be printed, so that its absence is noticed."""
    language = document.language
    gettext = load_translator(language).gettext
    title = gettext("Not printed: {title}", title=document.title)
    page = _document("notice", title, Notice(document.title, reason), document.stamp, language)
    return replace(page, large=document.large)


def _document(kind: str, title: str, data: object, stamp: Stamp, language: str) -> Document:
    return Document(kind, f"{kind.replace('-', '_')}.html", title, data, stamp, language)
