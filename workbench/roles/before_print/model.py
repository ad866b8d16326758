"""What to look at before the documents of a role are printed: their pages, gaps, and promises that are not confirmed."""

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.core.findings import Finding, Level
from workbench.core.text.words import count
from workbench.roles.model import Role
from workbench.roles.promises.model import CompanyPromise, unconfirmed
from workbench.roles.texts import texts

_OPEN_NUMBERS = frozenset({"placeholder", "not agreed"})


@dataclass(frozen=True, slots=True)
class WidePassage:
    """Words that do not fit into a document, and the place of the role where they are written, where one is known."""

    words: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class DocumentPages:
    """One printed document: its pages, the share of its last page that is used (in percent), and words that do not fit.

    It has a short end where the last of several pages is nearly empty. A document that is not printed yet has 0 pages.
    """

    kind: str
    title: str
    pages: int = 0
    last_page: int = 100
    has_short_end: bool = False
    wide_words: tuple[WidePassage, ...] = ()

    @property
    def points(self) -> int:
        """Return how many things there are to look at in this document."""
        return self.has_short_end + len(self.wide_words)


@dataclass(frozen=True, slots=True)
class PrintCheck:
    """Everything to look at: documents, what cannot be true, other gaps, open numbers, and promises that are not confirmed."""

    documents: tuple[DocumentPages, ...]
    contradictions: tuple[Finding, ...]
    gaps: tuple[Finding, ...]
    open_numbers: tuple[Finding, ...]
    promises: tuple[CompanyPromise, ...]

    @property
    def pages(self) -> int:
        """Return the pages of all documents that are printed."""
        return sum(each.pages for each in self.documents)

    @property
    def is_printed(self) -> bool:
        """Return whether every document is printed, so that its pages are known."""
        return all(each.pages for each in self.documents)

    @property
    def points(self) -> int:
        """Return how many things there are to look at."""
        of_documents = sum(each.points for each in self.documents)
        return of_documents + sum(
            len(each) for each in (self.contradictions, self.gaps, self.open_numbers, self.promises)
        )

    @property
    def headline(self) -> str:
        """Return the one sentence that a busy reader takes away."""
        if self.points:
            return f"{count(self.points, 'thing', 'things')} to look at before this is printed."
        if not self.is_printed:
            return "Nothing is open in the text; the pages are known when the documents are printed."
        return f"{count(self.pages, 'page', 'pages')}, and nothing is open."


def find_passages(role: Role, words: Iterable[str]) -> tuple[WidePassage, ...]:
    """Return each of some printed words once, with the first place of the role that has them."""
    written = [(place, " ".join(text.split())) for place, text in (("seat", role.title), *texts(role))]

    def place_of_words(printed: str) -> str:
        return next((place for place, text in written if printed in text), "")

    return tuple(WidePassage(each, place_of_words(each)) for each in dict.fromkeys(words))


def check_before_print(
    role: Role, findings: Iterable[Finding], contradictions: tuple[Finding, ...], documents: Iterable[DocumentPages]
) -> PrintCheck:
    """Return what to look at before a role is printed, from its findings and its documents as they are stored.

    The `contradictions` are those of the findings that cannot be true.
    """
    found = tuple(findings)
    return PrintCheck(
        tuple(documents),
        contradictions,
        tuple(each for each in found if each.level is not Level.ADVICE and each not in contradictions),
        tuple(each for each in found if each.rule in _OPEN_NUMBERS),
        unconfirmed(role),
    )
