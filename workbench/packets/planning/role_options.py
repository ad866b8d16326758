"""The roles that a person may choose for a run: the newest edition in use of each, older ones, and drafts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from workbench.accounts.model import Person, Thing
from workbench.accounts.permissions import Act, may
from workbench.accounts.tables import PersonRow
from workbench.documents.model import DRAFT_LABEL, edition_label
from workbench.packets import tables
from workbench.packets.model import RoleChoice
from workbench.roles.permissions import visible_role
from workbench.roles.tables import DraftRow, EditionRow

DRAFT_PREFIX = "draft-"  # before the number of a draft, beside the bare number of an edition


@dataclass(frozen=True, slots=True)
class RoleOption:
    """One role that may be chosen: the value of its box, its title and label, its draft's slug, and its owner.

    `of` tells it from another option with the same title and label.
    """

    value: str
    title: str
    label: str
    slug: str
    owner: int
    of: str = ""

    @property
    def words(self) -> str:
        """Return the words beside its box: `Account Executive, Edition 3`, with what tells it from a namesake."""
        return ", ".join(part for part in (self.title, self.label, self.of) if part)


@dataclass(frozen=True, slots=True)
class RoleOptions:
    """The roles that a person may choose, by title: the newest edition of each, and the others grouped by title."""

    newest: tuple[RoleOption, ...]
    others: tuple[tuple[str, tuple[RoleOption, ...]], ...]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Return the value and the words of every box."""
        older = (option for _, group in self.others for option in group)
        return [(option.value, option.words) for option in (*self.newest, *older)]

    def sorted_by(self, values: Iterable[str]) -> "RoleOptions":
        """Return the options with the selected ones first, so that they are easy to find in a long list."""
        selected = set(values)
        return RoleOptions(
            tuple(sorted(self.newest, key=lambda option: option.value not in selected)),
            tuple(sorted(self.others, key=lambda group: selected.isdisjoint(option.value for option in group[1]))),
        )

    def has_others_of(self, values: Iterable[str]) -> bool:
        """Return whether any of the selected `values` is a draft or an older edition."""
        return not {option.value for _, group in self.others for option in group}.isdisjoint(values)


def list_role_options(session: Session, person: Person) -> RoleOptions:
    """Return what a person may print, in three queries that read no whole role."""
    editions = _list_editions(session, person)
    newest = {option.slug: option for option in reversed(editions)}
    older = [option for option in editions if newest[option.slug] is not option]
    options = _distinguish(session, [*newest.values(), *older, *_list_drafts(session, person)])
    newest_options = options[: len(newest)]
    groups: dict[str, list[RoleOption]] = {}
    for option in sorted(options[len(newest) :], key=lambda option: option.title):
        groups.setdefault(option.title, []).append(option)
    return RoleOptions(
        tuple(sorted(newest_options, key=lambda option: (option.title, option.value))),
        tuple((title, tuple(group)) for title, group in groups.items()),
    )


def select_roles(session: Session, person: Person, values: Iterable[str]) -> tuple[RoleChoice, ...]:
    """Return the roles of the selected boxes, with each draft as the person sees it now.

    A draft that was removed is left out.
    """
    selected = list(values)
    numbers = [int(value.removeprefix(DRAFT_PREFIX)) for value in selected if value.startswith(DRAFT_PREFIX)]
    in_use = select(DraftRow).where(DraftRow.id.in_(numbers), DraftRow.removed_at.is_(None))
    drafts = {row.id: row for row in session.scalars(in_use)}
    choices = []
    for value in selected:
        if not value.startswith(DRAFT_PREFIX):
            choices.append(RoleChoice(int(value)))
        elif row := drafts.get(int(value.removeprefix(DRAFT_PREFIX))):
            choices.append(RoleChoice(draft=row.id, role=visible_role(person, row.role, row.owner_id, row.others)))
    return tuple(choices)


def refresh_roles(
    session: Session, choices: Sequence[RoleChoice], options: RoleOptions
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the boxes of the same roles as they are now, and a sentence for each role that is not available."""
    newest = {option.slug: option.value for option in options.newest}
    boxes = {value for value, _ in options.choices}
    editions = tables.editions_of(session, choices)
    values: list[str] = []
    unavailable: list[str] = []
    for choice in choices:
        if choice.role:
            value, words = f"{DRAFT_PREFIX}{choice.draft}", f"The draft of {choice.role.title} was removed."
        else:
            edition = editions[choice.edition]
            value, words = newest.get(edition.slug, ""), f"{edition.title} has no edition that is in use."
        if value in boxes:
            values.append(value)
        else:
            unavailable.append(words)
    return tuple(dict.fromkeys(values)), tuple(dict.fromkeys(unavailable))


def _list_editions(session: Session, person: Person) -> list[RoleOption]:
    """List the editions in use that a person may print, the newest first."""
    row = EditionRow
    query = (
        select(row.id, row.title, row.number, row.slug, row.owner_id)
        .where(row.retired_at.is_(None))
        .order_by(row.published_at.desc(), row.id.desc())
    )
    if not may(person, Act.PRINT, Thing("edition")):
        query = query.where(row.owner_id == person.id)
    return [
        RoleOption(str(number), title, edition_label(edition), slug, owner)
        for number, title, edition, slug, owner in session.execute(query)
        if may(person, Act.PRINT, Thing("edition", owner))
    ]


def _list_drafts(session: Session, person: Person) -> list[RoleOption]:
    row = DraftRow
    in_use = select(row.id, row.title, row.slug, row.owner_id).where(row.removed_at.is_(None))
    query = in_use.order_by(row.changed_at.desc(), row.id.desc())
    if not may(person, Act.PRINT, Thing("draft")):
        query = query.where(row.owner_id == person.id)
    return [
        RoleOption(f"{DRAFT_PREFIX}{number}", title, DRAFT_LABEL, slug, owner)
        for number, title, slug, owner in session.execute(query)
        if may(person, Act.PRINT, Thing("draft", owner))
    ]


def _distinguish(session: Session, options: list[RoleOption]) -> list[RoleOption]:
    """Add the owner to options with the same words, and the slug where one owner has two of them."""
    counts = Counter(option.words for option in options)
    owners = {option.owner for option in options if counts[option.words] > 1}
    owner_rows = session.scalars(select(PersonRow).where(PersonRow.id.in_(owners)))
    names = {row.id: row.name for row in owner_rows}
    with_owners = [replace(each, of=f"of {names[each.owner]}") if counts[each.words] > 1 else each for each in options]
    repeated = Counter(option.words for option in with_owners)
    return [replace(each, of=f"{each.of}, {each.slug}") if repeated[each.words] > 1 else each for each in with_owners]
