"""The built-in words of blocks that every writer prints: answers of a flat document, and the notice on a draft."""

from dataclasses import dataclass

from workbench.core.text.translation import Translator
from workbench.documents.blocks.inline import Inline, Look, Span
from workbench.documents.blocks.model import Choice, Scale
from workbench.documents.model import DRAFT_NOTICE, Document
from workbench.documents.page.filters import paragraphs

_POINTS = ("1", "2", "3", "4", "5")


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of a document in its language; only a flat document has any."""

    document: Document
    translator: Translator

    @property
    def draft_notice(self) -> str:
        """Return what a draft says at its top."""
        return self.translator.gettext(DRAFT_NOTICE)

    @property
    def logo_text(self) -> str:
        """Return the words for the company's logo, for those who do not see it."""
        return self.translator.gettext("Company logo")

    def line(self, name: str, initial: str = "") -> Inline:
        """Return the answer in a field of one line, or a dash."""
        return self.document.answer(name) or initial or (Span("\u2013", Look.QUIET),)

    def lines(self, name: str) -> tuple[Inline, ...]:
        """Return the answer in a field of several lines, one text a line."""
        if found := paragraphs(self.document.answer(name)):
            return found
        return ((Span(self.translator.gettext("Nothing was written here."), Look.QUIET),),)

    def chosen(self, block: Scale | Choice) -> Inline:
        """Return the answer that was chosen, in words."""
        gettext, value = self.translator.gettext, self.document.answer(block.name)
        options = block.others if isinstance(block, Scale) else block.options
        for option in options:
            if option.value == value:
                return (Span(option.text, Look.STRONG),)
        if isinstance(block, Choice):
            return (Span(gettext("Nothing was chosen here."), Look.QUIET),)
        if value in _POINTS:
            return (Span(gettext("{score} of 5", score=value), Look.STRONG),)
        return (Span("\u2013", Look.QUIET),)
