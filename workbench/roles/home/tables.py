"""Read the rows of the home page: one for each role, those that wait for a person, and those opened last."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Select, and_, case, desc, false, func, literal, or_, select, union_all
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, join, mapped_column, outerjoin

from workbench.accounts.model import Kind, Person
from workbench.accounts.tables import PersonRow
from workbench.core.clock import now
from workbench.core.db import Base
from workbench.core.paging import ListPage, ListRequest, fetch_page
from workbench.roles.approval.tables import ApprovalRequestRow, ApprovalRow
from workbench.roles.home.model import MAX_RECENT, MAX_WAITING, RoleEntry, RoleFilter, count_changed_parts
from workbench.roles.tables import DraftRow, EditionRow, readable_drafts

COPY = "Copy "


class RoleVisitRow(Base):
    """When a person last opened a role."""

    __tablename__ = "role_visit"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)


@dataclass(frozen=True, slots=True)
class HomePage:
    """What the home page reads of the roles: a page of their list, how many each filter has, and two short lists.

    `unpublished` are the person's own drafts that no edition says yet, `opened` the roles that the person opened last.
    `asked` says whether an approval may wait for the person.
    """

    roles: ListPage[RoleEntry]
    counts: Mapping[RoleFilter, int]
    unpublished: tuple[RoleEntry, ...]
    opened: tuple[RoleEntry, ...]
    asked: bool


def read_home(session: Session, request: ListRequest, person: Person, shown: RoleFilter) -> HomePage:
    """Read the home page of a person: a page of the roles that they may see, what waits, and what they opened last.

    The numbers of the roles are found first, and the rest is read of these alone: a role's JSON is long.
    """
    counts = _count_filters(session, person)
    numbers = _fetch_numbers(session, request, person, shown, counts[shown])
    waiting, opened, asked = _list_short(session, person)
    entries = _read_entries(session, person, {*numbers.items, *waiting, *opened})
    return HomePage(
        ListPage(tuple(entries[each] for each in numbers.items), numbers.total, numbers.request, numbers.size),
        counts,
        tuple(entries[number] for number in waiting),
        tuple(entries[number] for number in opened),
        bool(asked),
    )


def _fetch_numbers(
    session: Session, request: ListRequest, person: Person, shown: RoleFilter, total: int
) -> ListPage[int]:
    title = _title(person)
    return fetch_page(
        session,
        _select(DraftRow.id).where(_visible(person), _filters(person)[shown]),
        request,
        int,
        orders={
            "changed": (_changed_at(person), DraftRow.id),
            "title": (title, DraftRow.id),
            "owner": (PersonRow.name, title, DraftRow.id),
            "published": (EditionRow.published_at, DraftRow.id),
        },
        default="-changed",
        search_in=(title,),
        total=total,
    )


def _count_filters(session: Session, person: Person) -> Mapping[RoleFilter, int]:
    counts = [func.sum(case((condition, 1), else_=0)) for condition in _filters(person).values()]
    found = session.execute(_select(*counts).where(_visible(person))).one()
    return dict(zip(RoleFilter, (int(number or 0) for number in found), strict=True))


def _list_short(session: Session, person: Person) -> list[list[int]]:
    """List the person's drafts that are not published as they are, the roles opened last, and those to approve."""
    unpublished = or_(EditionRow.id.is_(None), DraftRow.changed_at > EditionRow.published_at)
    waiting = _select(literal(0), DraftRow.id, DraftRow.changed_at.label("at")).where(
        DraftRow.owner_id == person.id, readable_drafts(person), unpublished
    )
    opened = _select(literal(1), DraftRow.id, RoleVisitRow.at.label("at")).where(_visible(person))
    opened = opened.where(RoleVisitRow.draft_id == DraftRow.id, RoleVisitRow.person_id == person.id)
    request = ApprovalRequestRow
    named = select(ApprovalRow.request_id).where(ApprovalRow.person_id == person.id)
    is_asked = or_(request.id.in_(named), request.any_hr if person.kind is Kind.HR else false())
    asked = _select(literal(2), DraftRow.id, request.asked_at.label("at"))
    asked = asked.where(request.draft_id == DraftRow.id, request.closed_at.is_(None), is_asked)
    latest = [
        select(query.order_by(desc("at"), DraftRow.id.desc()).limit(limit).subquery())
        for query, limit in ((waiting, MAX_WAITING), (opened, MAX_RECENT), (asked, 1))
    ]
    rows = session.execute(union_all(*latest)).all()
    return [[number for list_, number, _ in rows if list_ == each] for each in range(3)]


def _read_entries(session: Session, person: Person, numbers: Collection[int]) -> dict[int, RoleEntry]:
    query = _select(
        DraftRow.id,
        DraftRow.slug,
        _title(person),
        case((readable_drafts(person), DraftRow.value["department"].as_string()), else_=""),
        DraftRow.owner_id,
        PersonRow.name,
        case((readable_drafts(person), 1), else_=0),
        DraftRow.created_at,
        _changed_at(person),
        EditionRow.number,
        EditionRow.published_at,
        EditionRow.retired_at,
        DraftRow.from_edition,
        DraftRow.touched,
    )
    return {number: _entry(*rest) for number, *rest in session.execute(query.where(DraftRow.id.in_(numbers)))}


def record_visit(session: Session, person: Person, slug: str) -> None:
    """Record that a person opened a role just now."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    opened = select(literal(person.id), DraftRow.id, literal(now(), RoleVisitRow.at.type)).where(DraftRow.slug == slug)
    statement = insert(RoleVisitRow).from_select(["person_id", "draft_id", "at"], opened)
    session.execute(
        statement.on_conflict_do_update(index_elements=["person_id", "draft_id"], set_={"at": statement.excluded.at})
    )


def list_copy_titles(session: Session, person: Person) -> set[str]:
    """Return the titles of the person's drafts that are named as copies."""
    query = select(DraftRow.title).where(DraftRow.owner_id == person.id, DraftRow.title.startswith(COPY))
    return set(session.scalars(query))


def _select(*columns: Any) -> Select[Any]:
    """Select from the drafts, each with its owner and its newest edition, one in use before a retired one."""
    edition = EditionRow.__table__.alias("other")
    newest = (
        select(edition.c.id)
        .where(edition.c.draft_id == DraftRow.id)
        .order_by(edition.c.retired_at.is_not(None), edition.c.number.desc())
        .limit(1)
        .correlate(DraftRow)
        .scalar_subquery()
    )
    owned = join(DraftRow, PersonRow, PersonRow.id == DraftRow.owner_id)
    return select(*columns).select_from(outerjoin(owned, EditionRow, EditionRow.id == newest))


def _entry(*columns: Any) -> RoleEntry:
    *values, number, published_at, retired_at, from_edition, touched = columns
    slug, title, department, owner_id, owner, readable, created_at, changed_at = values
    entry = RoleEntry(slug, title, department or "", owner_id, owner, bool(readable), created_at, changed_at)
    changed = count_changed_parts(touched, published_at) if readable else 0
    return replace(
        entry,
        newest=number,
        published_at=published_at,
        retired=retired_at is not None,
        from_edition=from_edition,
        changed_parts=changed,
    )


def _title(person: Person) -> ColumnElement[str]:
    """Return the title that a person may see: of the draft, otherwise of the edition."""
    return case((readable_drafts(person), DraftRow.title), else_=EditionRow.title)


def _changed_at(person: Person) -> ColumnElement[datetime]:
    return case((readable_drafts(person), DraftRow.changed_at), else_=EditionRow.published_at)


def _visible(person: Person) -> ColumnElement[bool]:
    return or_(readable_drafts(person), EditionRow.id.is_not(None))


def _filters(person: Person) -> dict[RoleFilter, ColumnElement[bool]]:
    mine = DraftRow.owner_id == person.id
    in_use = and_(EditionRow.id.is_not(None), EditionRow.retired_at.is_(None))
    return {
        RoleFilter.ALL: _visible(person),
        RoleFilter.MINE: mine,
        RoleFilter.TEAM: ~mine,
        RoleFilter.PUBLISHED: in_use,
        RoleFilter.RETIRED: and_(EditionRow.id.is_not(None), EditionRow.retired_at.is_not(None)),
    }
