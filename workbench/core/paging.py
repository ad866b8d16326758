"""Show a long list page by page: read what a request asks for, and fetch that part from the database.

A list page reads its request by `ListRequest.read`, fetches its rows by `fetch_page`, and draws them with the macros of
`templates/macros/paging.html`. Several lists on one page have prefixes: `?drafts-page=2&editions-sort=title`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, SQLColumnExpression, and_, func, literal, or_, select
from sqlalchemy.orm import Session

from workbench.core.text.words import clean

PAGE_SIZE = 50
MAX_SEARCH_LENGTH = 80
MAX_PAGE = 1_000_000
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ListRequest:
    """Which part of a list is asked for: page (from 1), words to search for, and order (`title`, or `-title` for descending)."""

    page: int = 1
    search: str = ""
    sort: str = ""
    prefix: str = ""

    @classmethod
    def read(cls, args: Mapping[str, str], prefix: str = "") -> "ListRequest":
        """Read the request from the arguments of an address; anything malformed counts as not given."""
        number = args.get(f"{prefix}page", "")
        page = int(number) if number.isascii() and number.isdecimal() and len(number) <= len(str(MAX_PAGE)) else 1
        search = clean(args.get(f"{prefix}q", ""))[:MAX_SEARCH_LENGTH]
        return cls(max(page, 1), search, args.get(f"{prefix}sort", ""), prefix)

    def arguments(self, args: Mapping[str, str], *, page: int = 1, sort: str = "") -> list[tuple[str, str]]:
        """Return the arguments of the address of another page or order of this list; `args` of other lists are carried on."""
        values = {"page": str(page) if page > 1 else "", "q": self.search, "sort": sort or self.sort}
        others = [
            (name, value) for name, value in args.items() if name not in {f"{self.prefix}{key}" for key in values}
        ]
        return others + [(f"{self.prefix}{key}", value) for key, value in values.items() if value]


@dataclass(frozen=True, slots=True)
class ListPage(Generic[T]):
    """One page of a list: its items, how many items match in all, and the request as it was answered."""

    items: tuple[T, ...]
    total: int
    request: ListRequest
    size: int = PAGE_SIZE

    @property
    def page(self) -> int:
        """Return the number of this page, from 1."""
        return self.request.page

    @property
    def pages(self) -> int:
        """Return the number of pages, at least 1."""
        return count_pages(self.total, self.size)

    @property
    def searchable(self) -> bool:
        """Return whether a search helps: the list has more than one page, or was searched already."""
        return self.pages > 1 or bool(self.request.search)

    @property
    def first(self) -> int:
        """Return the position of the first item of this page in the whole list, from 1; 0 in an empty list."""
        return (self.page - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        """Return the position of the last item of this page in the whole list."""
        return min(self.page * self.size, self.total)


def count_pages(total: int, size: int) -> int:
    """Return how many pages `total` items fill; an empty list has one page."""
    return max(1, -(-total // size))


def fetch_page(  # noqa: PLR0913 - each option of a list is named
    session: Session,
    statement: Select[Any],
    request: ListRequest,
    make: Callable[..., T],
    *,
    orders: Mapping[str, Sequence[SQLColumnExpression[Any]]],
    default: str,
    search_in: Sequence[SQLColumnExpression[str]] = (),
    size: int = PAGE_SIZE,
    total: int | None = None,
) -> ListPage[T]:
    """Return the page that `request` asks for; a page after the last one is the last one.

    `make` is called with the columns of each row. `orders` names the columns of each order, ascending; `default` is the sort of a request that names none, such as
    `-changed`. Each word of the search must be in one of the columns of `search_in`; SQLite ignores case for ASCII only.
    Takes two queries however long the list is, and one where the caller knows the `total` of the whole list.
    """
    if request.search and search_in:
        statement = statement.where(
            and_(*(or_(*(c.icontains(word, autoescape=True) for c in search_in)) for word in request.search.split()))
        )
    if total is None or request.search:
        matches = statement.with_only_columns(literal(1), maintain_column_froms=True).order_by(None).subquery()
        total = session.scalar(select(func.count()).select_from(matches)) or 0
    sort = request.sort if request.sort.removeprefix("-") in orders else default
    columns = orders[sort.removeprefix("-")]
    page = min(request.page, count_pages(total, size))
    ordered = statement.order_by(*(column.desc() if sort.startswith("-") else column for column in columns))
    rows = session.execute(ordered.limit(size).offset((page - 1) * size))
    answered = ListRequest(page, request.search, sort, request.prefix)
    return ListPage(tuple(make(*row) for row in rows), total, answered, size)
