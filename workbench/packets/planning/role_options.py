"""Which roles somebody may choose for a run: the newest edition in use of each, older ones, and drafts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from workbench.accounts.model import Person, Thing
from workbench.accounts.permissions import Act, may
from workbench.accounts.tables import PersonRow
from workbench.packets import tables
from workbench.packets.model import RoleChoice, RunRequest
from workbench.roles.tables import DraftRow, EditionRow

DRAFT_PREFIX = "draft-"  # before the number of a draft, beside the bare number of an edition


@dataclass(frozen=True, slots=True)
class RoleOption:
    """One role that may be chosen: the value of its box, its title and label, the draft it is of, and its owner."""

    value: str
    title: str
    label: str
    slug: str
    owner: int
    of: str = ""

    @property
    def words(self) -> str:
        """Name it beside its box: `Account Executive, Edition 3`, with its owner where two are called alike."""
        return ", ".join(part for part in (self.title, self.label, self.of) if part)


@dataclass(frozen=True, slots=True)
class RoleOptions:
    """What somebody may choose, in the order of the titles: one newest edition a role, and the rest by title."""

    newest: tuple[RoleOption, ...]
    others: tuple[tuple[str, tuple[RoleOption, ...]], ...]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Give every box with its words."""
        rest = (each for _, group in self.others for each in group)
        return [(each.value, each.words) for each in (*self.newest, *rest)]

    def sorted_by(self, values: Iterable[str]) -> "RoleOptions":
        """Put what is ticked first, so that nobody has to look for it in a long list."""
        ticked = set(values)
        return RoleOptions(
            tuple(sorted(self.newest, key=lambda each: each.value not in ticked)),
            tuple(sorted(self.others, key=lambda group: ticked.isdisjoint(each.value for each in group[1]))),
        )

    def chosen(self, values: Iterable[str]) -> bool:
        """Say whether some of the boxes beside the newest editions are ticked."""
        return not {each.value for _, group in self.others for each in group}.isdisjoint(values)


def list_role_options(session: Session, person: Person) -> RoleOptions:
    """Find what somebody may print, in three queries that read no role whole."""
    editions = _editions(session, person)
    newest = {each.slug: each for each in reversed(editions)}
    rest = [each for each in editions if newest[each.slug] is not each]
    told = _distinguish(session, [*newest.values(), *rest, *_drafts(session, person)])
    front = told[: len(newest)]
    groups: dict[str, list[RoleOption]] = {}
    for each in sorted(told[len(newest) :], key=lambda each: each.title):
        groups.setdefault(each.title, []).append(each)
    return RoleOptions(
        tuple(sorted(front, key=lambda each: (each.title, each.value))),
        tuple((title, tuple(group)) for title, group in groups.items()),
    )


def select_roles(session: Session, values: Iterable[str]) -> tuple[RoleChoice, ...]:
    """Give the roles whose boxes were ticked; a draft is frozen as it is now, one that was removed is left out."""
    wanted = list(values)
    numbers = [int(value.removeprefix(DRAFT_PREFIX)) for value in wanted if value.startswith(DRAFT_PREFIX)]
    drafts = {row.id: row for row in session.scalars(select(DraftRow).where(DraftRow.id.in_(numbers)))}
    picks = []
    for value in wanted:
        if not value.startswith(DRAFT_PREFIX):
            picks.append(RoleChoice(int(value)))
        elif row := drafts.get(int(value.removeprefix(DRAFT_PREFIX))):
            picks.append(RoleChoice(draft=row.id, role=row.role))
    return tuple(picks)


def refresh_roles(
    session: Session, picks: Sequence[RoleChoice], there: RoleOptions
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the boxes of the same roles as they are now, and a sentence for each role that cannot be had any more."""
    newest = {each.slug: each.value for each in there.newest}
    boxes = {value for value, _ in there.choices}
    before = tables.editions_of(session, picks)
    values: list[str] = []
    gone: list[str] = []
    for pick in picks:
        if pick.role:
            value, words = f"{DRAFT_PREFIX}{pick.draft}", f"The draft of {pick.role.title} was removed."
        else:
            edition = before[pick.edition]
            value, words = newest.get(edition.slug, ""), f"{edition.title} has no edition that is in use."
        if value in boxes:
            values.append(value)
        else:
            gone.append(words)
    return tuple(dict.fromkeys(values)), tuple(dict.fromkeys(gone))


def list_titles(session: Session, runs: Iterable[RunRequest]) -> list[str]:
    """Name the roles of each run with their editions, in one query that reads no role whole."""
    asked = [wanted.picks for wanted in runs]
    numbers = {pick.edition for picks in asked for pick in picks if pick.edition}
    found = session.execute(
        select(EditionRow.id, EditionRow.title, EditionRow.number).where(EditionRow.id.in_(numbers))
    )
    titles = {number: f"{title}, Edition {edition}" for number, title, edition in found}
    return [
        "; ".join(f"{pick.role.title}, Draft" if pick.role else titles[pick.edition] for pick in picks)
        for picks in asked
    ]


def _editions(session: Session, person: Person) -> list[RoleOption]:
    """List the editions in use that somebody may print, the newest first."""
    row = EditionRow
    wanted = (
        select(row.id, row.title, row.number, row.slug, row.owner_id)
        .where(row.retired_at.is_(None))
        .order_by(row.published_at.desc(), row.id.desc())
    )
    if not may(person, Act.PRINT, Thing("edition")):
        wanted = wanted.where(row.owner_id == person.id)
    return [
        RoleOption(str(number), title, f"Edition {edition}", slug, owner)
        for number, title, edition, slug, owner in session.execute(wanted)
        if may(person, Act.PRINT, Thing("edition", owner))
    ]


def _drafts(session: Session, person: Person) -> list[RoleOption]:
    row = DraftRow
    wanted = select(row.id, row.title, row.slug, row.owner_id).order_by(row.changed_at.desc(), row.id.desc())
    if not may(person, Act.PRINT, Thing("draft")):
        wanted = wanted.where(row.owner_id == person.id)
    return [
        RoleOption(f"{DRAFT_PREFIX}{number}", title, "Draft", slug, owner)
        for number, title, slug, owner in session.execute(wanted)
        if may(person, Act.PRINT, Thing("draft", owner))
    ]


def _distinguish(session: Session, offered: list[RoleOption]) -> list[RoleOption]:
    """Put the owner behind roles that are called alike, and the address where one owner has two of them."""
    alike = Counter(each.words for each in offered)
    owners = {each.owner for each in offered if alike[each.words] > 1}
    found = session.scalars(select(PersonRow).where(PersonRow.id.in_(owners)))
    names = {row.id: row.name for row in found}
    told = [replace(each, of=f"of {names[each.owner]}") if alike[each.words] > 1 else each for each in offered]
    still = Counter(each.words for each in told)
    return [replace(each, of=f"{each.of}, {each.slug}") if still[each.words] > 1 else each for each in told]
