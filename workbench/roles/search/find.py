"""Search everything that a person may read, and write the address of each thing that is found."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote

from flask import url_for
from sqlalchemy.orm import Session

from workbench.accounts.model import Person, Thing
from workbench.accounts.permissions import Act, may
from workbench.core.text.near_words import Term, contains, correct, list_words, read_terms
from workbench.documents.model import DRAFT_LABEL, edition_label
from workbench.roles.own_metrics.tables import list_all_metrics
from workbench.roles.path.template_globals import place_url
from workbench.roles.search import tables
from workbench.roles.search.library import list_library_entries, list_library_words
from workbench.roles.search.metrics import list_metric_words, match_metrics
from workbench.roles.search.model import EntryKind, HitGroup, SearchHit
from workbench.roles.search.sources import list_sources
from workbench.roles.search.tables import FoundEntry

MAX_SHOWN = 6  # of a kind, beside the other kinds
MAX_ALONE = 100  # of a kind that is shown alone
TITLES = {
    EntryKind.ROLE: "Roles",
    EntryKind.ACCOUNTABILITY: "Accountabilities",
    EntryKind.TARGET: "Targets",
    EntryKind.QUESTION: "Interview questions",
    EntryKind.DUTY: "Duties, qualifications and hard parts",
    EntryKind.ABOUT: "Summaries and purposes",
}


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found; `near` are the words that it was found by where no word was spelled as it was typed."""

    groups: tuple[HitGroup, ...]
    terms: tuple[Term, ...]
    near: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words to mark in each text."""
        return tuple(word for term in self.terms for word in term.words)


def search(session: Session, person: Person, text: str, only: str = "") -> SearchResult:
    """Find what a person may read by every word of a text; where nothing is found, by the words nearest to them."""
    terms = read_terms(text)
    result = _search(session, person, terms, only)
    if result.groups or not terms:
        return result
    metric_words = list_metric_words(list_all_metrics(session).values())
    near = correct(terms, tables.list_vocabulary(session) | metric_words | list_library_words())
    result = _search(session, person, near, only)
    return replace(result, near=_words_in(result)) if near != terms else result


def _search(session: Session, person: Person, terms: tuple[Term, ...], only: str) -> SearchResult:
    if not terms:
        return SearchResult((), ())
    groups = [*_role_groups(session, person, terms), _metrics(session, terms), _ready_made(terms)]
    groups += [source(session, person, terms) for source in list_sources()]
    limit = MAX_ALONE if only else MAX_SHOWN
    kept = (group for group in groups if group.hits and only in ("", group.name))
    return SearchResult(tuple(replace(group, hits=group.hits[:limit]) for group in kept), terms)


def _words_in(result: SearchResult) -> tuple[str, ...]:
    """Return the words of a search that are in what it found, so that no word of a hidden text is shown."""
    shown = {word for group in result.groups for hit in group.hits for word in list_words(f"{hit.text} {hit.where}")}
    return tuple(dict.fromkeys(word for word in result.words if any(each.startswith(word) for each in shown)))


def _role_groups(session: Session, person: Person, terms: tuple[Term, ...]) -> Iterator[HitGroup]:
    found = tables.find_entries(session, person, terms)
    for kind, title in TITLES.items():
        hits = tuple(_hit(person, each) for each in found if each.kind is kind)
        yield HitGroup(kind.value, title, hits, len(hits), more=len(hits) >= tables.MAX_OF_KIND // 2)


def _hit(person: Person, found: FoundEntry) -> SearchHit:
    if found.edition is None:
        if found.kind is EntryKind.ROLE:
            return SearchHit(found.text, DRAFT_LABEL, url_for("roles.show_draft", slug=found.slug))
        return SearchHit(found.text, f"{found.title}, {DRAFT_LABEL}", place_url(found.slug, found.place))
    label = edition_label(found.edition)
    page = url_for("roles.show_edition", slug=found.slug, number=found.edition)
    if found.kind is EntryKind.ROLE:
        return SearchHit(found.text, label, page)
    document = "interview-kit" if found.kind is EntryKind.QUESTION else "position-description"
    if may(person, Act.READ, Thing(document)):
        page = url_for("roles.show_edition_document", slug=found.slug, number=found.edition, kind=document)
        # A browser goes to the first words of the text; one that cannot shows the document.
        page += f"#:~:text={quote(' '.join(found.text.split()[:6]), safe='')}"
    return SearchHit(found.text, f"{found.title}, {label}", page)


def _metrics(session: Session, terms: tuple[Term, ...]) -> HitGroup:
    metrics = sorted(list_all_metrics(session, retired=False).values(), key=lambda metric: metric.name.lower())
    hits = tuple(
        SearchHit(metric.name, metric.meaning, url_for("roles.show_metric", code=metric.code))
        for metric in match_metrics(metrics, terms)
    )
    return HitGroup("metric", "Metrics", hits, len(hits))


def _ready_made(terms: tuple[Term, ...]) -> HitGroup:
    hits = tuple(
        SearchHit(text, where, url_for("roles.show_library_role", name=name))
        for name, where, text, folded in list_library_entries()
        if contains(folded, terms)
    )
    return HitGroup("ready-made", "Ready-made roles", hits, len(hits))


def count_all(groups: Iterable[HitGroup]) -> int:
    """Return how many things were found in all groups together."""
    return sum(group.total for group in groups)
