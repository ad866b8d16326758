"""Write a document as simple HTML without classes, styles and pictures, as job boards and mail programs accept it."""

from html import escape
from html.parser import HTMLParser

from workbench.documents.model import Document, Paper
from workbench.documents.page.html import render_body

_KEPT = frozenset({"h2", "h3", "p", "ul", "ol", "li", "strong"})
_LEFT_OUT = frozenset({"header"})  # the company and the title stand beside it on a job board


def write_plain_html(document: Document) -> str:
    """Return the text of a document as headings, paragraphs and lists; its title block is left out."""
    writer = _PlainWriter()
    writer.feed(render_body(document, Paper.A4))
    writer.close()
    return "".join(writer.parts).replace("<p></p>", "").strip() + "\n"


class _PlainWriter(HTMLParser):
    """Keep the elements of running text without their attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.depth = 0  # of elements that are left out

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the start of an element of running text."""
        self.depth += tag in _LEFT_OUT
        if tag in _KEPT and not self.depth:
            self.parts.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        """Keep the end of an element of running text."""
        if tag in _KEPT and not self.depth:
            self.parts.append(f"</{tag}>\n" if tag != "strong" else f"</{tag}>")
        self.depth -= tag in _LEFT_OUT

    def handle_data(self, data: str) -> None:
        """Keep text; the spaces between elements and the signs that tie words are layout."""
        words = " ".join(data.replace("\u00ad", "").replace("\u200b", "").split())
        if words and not self.depth:
            before = " " if data[:1].isspace() and self.parts and not self.parts[-1].endswith((">", " ", "\n")) else ""
            after = " " if data[-1:].isspace() else ""
            lead = " " if data[:1].isspace() and self.parts and self.parts[-1] == "</strong>" else before
            self.parts.append(f"{lead}{escape(words, quote=False)}{after}")
