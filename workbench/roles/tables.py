"""Drafts that change and editions that never do, each holding one whole Role as JSON."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    ForeignKey,
    Select,
    String,
    Text,
    UniqueConstraint,
    and_,
    cast,
    event,
    false,
    func,
    inspect,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session, relationship

from workbench.accounts.model import NO_OTHERS, Others, Person, Relation, Thing
from workbench.accounts.permissions import Act, may
from workbench.core import clock
from workbench.core.db import Base, retry_on_conflict
from workbench.core.edits import Edit, VersionedEditsMixin
from workbench.core.shape import digest, structure, unstructure
from workbench.core.text.words import RESERVED_SLUG
from workbench.core.text.words import slug as slug_of
from workbench.documents.model import edition_label
from workbench.roles.cards import DraftCard, EditionCard
from workbench.roles.history.tables import record_state
from workbench.roles.library import library_promises
from workbench.roles.model import SCHEMA, Role
from workbench.roles.progress.model import RolePart, part_digest, parts_of
from workbench.roles.promises.model import keep_samples
from workbench.roles.publishing.model import PublishingReason
from workbench.roles.search.index import index_change, index_draft, index_edition
from workbench.roles.sharing.tables import CollaboratorRow

NO_EDITION = -1
MAX_EDITION_NUMBER = 999_999  # of one draft; a database cannot compare much larger numbers


class DraftRow(VersionedEditsMixin, Base):
    """A role that is being written, edited part by part; one with `removed_at` is in the trash."""

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    value: Mapped[dict[str, Any]] = mapped_column(JSON)
    own_parts: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    library: Mapped[str] = mapped_column(String(80), default="")
    from_edition: Mapped[str] = mapped_column(String(100), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)
    collaborators: Mapped[list[CollaboratorRow]] = relationship(viewonly=True)

    @property
    def role(self) -> Role:
        """Return the draft as a value; a stored value is read once, however often a page asks."""
        known: tuple[object, Role] | None = self.__dict__.get("_read")
        if known is None or known[0] is not self.value:
            known = self.__dict__["_read"] = (self.value, structure(Role, self.value))
        return known[1]

    @property
    def card(self) -> DraftCard:
        """Return the head of the draft as a value."""
        return DraftCard(self.slug, self.title, self.owner_id, self.version, self.changed_at, self.thing, self.id)

    @property
    def thing(self) -> Thing:
        """Return the draft as the thing of an act."""
        return Thing("draft", self.owner_id, self.slug, self.others)

    @property
    def others(self) -> Others:
        """Return the people with whom the draft is shared, by their relation to it."""
        return NO_OTHERS.union(*(row.relations for row in self.collaborators))

    @property
    def parts(self) -> tuple[RolePart, ...]:
        """Return the parts of the draft with their states, in the order of the path."""
        return self.parts_of(self.role)

    def parts_of(self, role: Role) -> tuple[RolePart, ...]:
        """Return the parts of the draft whose role was read already."""
        return parts_of(role, self.own_parts, from_library=not self.from_edition)

    def change(self, edit: Edit, write: Callable[[Role], Role]) -> Role:
        """Change one part and count the version up; an edit that changes nothing leaves the draft as it is.

        The history keeps the state that is replaced. Raises StaleEdit when another page changed the same part after `edit.base`.
        """
        self.refuse_stale(edit)
        before = self.role
        written = write(before)
        after = keep_samples(before, written, lambda: library_promises(written.currency))
        if after != before:
            if session := object_session(self):
                record_state(session, self.id, self.version, edit, before, after)
            self.value, self.title = unstructure(after), after.title
            self.record_edit(edit)
        return after

    def keep_part(self, place: str) -> None:
        """Store that the leader keeps a part of the library as it is: it is theirs until it changes. Raises KeyError."""
        self.own_parts = {**self.own_parts, place: part_digest(self.role, place)}


class EditionRow(Base):
    """A role as it was published: frozen, numbered within its draft, and named by the sha256 of its JSON."""

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("draft_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), index=True)
    slug: Mapped[str] = mapped_column(String(80), index=True)
    number: Mapped[int]
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    value: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    schema_number: Mapped[int] = mapped_column(default=SCHEMA)
    agreed: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    published_at: Mapped[datetime] = mapped_column(default=clock.now)
    published_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    valid_from: Mapped[date | None] = mapped_column(default=None)
    retired_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def role(self) -> Role:
        """Return the edition as a value."""
        return structure(Role, self.value)

    @property
    def others(self) -> Others:
        """Return no person: an edition is read by the rules of its own, and its unreleased pay by HR and its owner."""
        return NO_OTHERS

    @property
    def publishing_reasons(self) -> tuple[PublishingReason, ...]:
        """Return the answers to the findings about the role when it was published."""
        return tuple(structure(PublishingReason, each) for each in self.reasons)

    @property
    def label(self) -> str:
        """Return the name of the edition as it is printed: `Edition 3`."""
        return edition_label(self.number)

    @property
    def card(self) -> EditionCard:
        """Return the head of the edition as a value."""
        return EditionCard(*(getattr(self, name) for name in EditionCard.__dataclass_fields__))


def add_draft(session: Session, role: Role, owner: int, library: str = "", from_edition: str = "") -> DraftRow:
    """Add a draft under a free slug; many drafts may have the same title."""

    def add() -> DraftRow:
        draft = DraftRow(
            slug=_free_slug(session, slug_of(role.title)),
            owner_id=owner,
            title=role.title,
            value=unstructure(role),
            version=1,
            touched={},
            own_parts={},
            library=library,
            from_edition=from_edition,
        )
        session.add(draft)
        session.flush()
        return draft

    return retry_on_conflict(session, add)


def _free_slug(session: Session, stem: str) -> str:
    query = select(DraftRow.slug).where(DraftRow.slug.startswith(stem, autoescape=True))
    slugs_in_use = {RESERVED_SLUG, *session.scalars(query)}
    if stem not in slugs_in_use:
        return stem
    return next(f"{stem}-{n}" for n in range(2, len(slugs_in_use) + 3) if f"{stem}-{n}" not in slugs_in_use)


def find_draft(session: Session, slug: str, *, lock: bool = False, removed: bool = False) -> DraftRow | None:
    """Find a draft by its slug, or one in the trash; `lock` it until the end of the transaction where it is to be written.

    The second writer then waits on PostgreSQL as it does on SQLite; otherwise one of two concurrent saves fails.
    """
    in_trash = DraftRow.removed_at.is_not(None) if removed else DraftRow.removed_at.is_(None)
    query = select(DraftRow).where(DraftRow.slug == slug, in_trash)
    return session.scalar(query.with_for_update() if lock else query)


def find_drafts_with(session: Session, text: str) -> list[DraftRow]:
    """List the drafts whose stored role contains a text, the one changed last first; only these are read."""
    stored = cast(DraftRow.value, Text)
    newest_first = select(DraftRow).order_by(DraftRow.changed_at.desc(), DraftRow.id.desc())
    return list(session.scalars(newest_first.where(stored.contains(text, autoescape=True))))


def readable_drafts(person: Person) -> ColumnElement[bool]:
    """Return the condition of a query for the drafts that a person may read, as `may` decides for one of them."""
    in_use = DraftRow.removed_at.is_(None)
    if may(person, Act.READ, Thing("draft")):
        return in_use
    shared = select(CollaboratorRow.draft_id).where(CollaboratorRow.person_id == person.id)
    conditions = {
        Thing("draft", person.id): DraftRow.owner_id == person.id,
        Thing("draft", others=frozenset({(Relation.READER, person.id)})): DraftRow.id.in_(shared),
    }
    return and_(in_use, or_(false(), *(each for thing, each in conditions.items() if may(person, Act.READ, thing))))


def find_edition(session: Session, slug: str, number: int) -> EditionRow | None:
    """Find an edition by its draft's slug and its number, which may be any number from an address."""
    if not 0 < number <= MAX_EDITION_NUMBER:
        return None
    return session.scalar(select(EditionRow).where(EditionRow.slug == slug, EditionRow.number == number))


def list_edition_cards(session: Session, slug: str) -> list[EditionCard]:
    """List the heads of the editions of one draft, the newest first; the role's JSON is not read."""
    newest_first = _edition_heads().where(EditionRow.slug == slug).order_by(EditionRow.number.desc())
    return [EditionCard(*tuple(row)) for row in session.execute(newest_first)]


def _edition_heads() -> Select[Any]:
    return select(*(getattr(EditionRow, name) for name in EditionCard.__dataclass_fields__))


def publish(
    session: Session,
    draft: DraftRow,
    person: int,
    reasons: Iterable[PublishingReason] = (),
    valid_from: date | None = None,
) -> EditionRow:
    """Publish the draft as its next edition, with the answers to its findings and the day from which it is valid."""
    last = session.scalar(select(func.max(EditionRow.number)).where(EditionRow.draft_id == draft.id)) or 0
    role = draft.role
    edition = EditionRow(
        draft_id=draft.id,
        slug=draft.slug,
        number=last + 1,
        owner_id=draft.owner_id,
        title=role.title,
        value=unstructure(role),
        digest=digest(role),
        schema_number=SCHEMA,
        reasons=[unstructure(each) for each in reasons],
        published_by=person,
        valid_from=valid_from,
    )
    session.add(edition)
    session.flush()
    return edition


def newest_in_use(connection: Connection, draft_id: int) -> tuple[int, Role] | None:
    """Return number and role of the newest edition of a draft that is not retired, or None."""
    query = select(EditionRow.number, EditionRow.value).where(
        EditionRow.draft_id == draft_id, EditionRow.retired_at.is_(None)
    )
    row = connection.execute(query.order_by(EditionRow.number.desc()).limit(1)).first()
    return (row.number, structure(Role, row.value)) if row else None


@event.listens_for(DraftRow, "after_insert")
@event.listens_for(DraftRow, "after_update")
def _index_draft(mapper: object, connection: Connection, draft: DraftRow) -> None:
    """Write what a search finds in a draft whose role was changed, in the same transaction."""
    history = inspect(draft).attrs.value.history
    if not history.has_changes():
        return
    if before := next(iter(history.deleted), None):
        index_change(connection, draft.id, structure(Role, before), draft.role)
    else:
        index_draft(connection, draft.id, draft.role)


@event.listens_for(EditionRow, "after_insert")
@event.listens_for(EditionRow, "after_update")
def _index_edition(mapper: object, connection: Connection, edition: EditionRow) -> None:
    """Write what a search finds in the newest edition in use, when one is published, retired or put back in use."""
    history = inspect(edition).attrs
    if history.value.history.has_changes() or history.retired_at.history.has_changes():
        number, role = newest_in_use(connection, edition.draft_id) or (NO_EDITION, None)
        index_edition(connection, edition.draft_id, number, role)
