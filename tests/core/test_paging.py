"""A long list is read page by page, searched and sorted, on both databases, with two queries."""

import pytest
from sqlalchemy import select

from tests.support import make
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.core.paging import ListPage, ListRequest, fetch_page
from workbench.roles.tables import DraftRow

TITLES = ("Account Executive", "Account Manager", "Channel Manager", "Sales Engineer", "VP 100%_Sales")


@pytest.fixture
def drafts(store: Database, people: dict[str, Person]) -> Database:
    for title in TITLES:
        make.draft(store, people["leader"], make.role(title))
    return store


def fetch(database: Database, request: ListRequest, size: int = 2) -> ListPage[str]:
    with database.read() as session:
        return fetch_page(
            session,
            select(DraftRow.title),
            request,
            str,
            orders={"title": (DraftRow.title,), "added": (DraftRow.id,)},
            default="title",
            search_in=(DraftRow.title, DraftRow.slug),
            size=size,
        )


def test_a_page_has_its_part_of_the_list_and_knows_the_whole(drafts: Database):
    page = fetch(drafts, ListRequest(page=2))
    assert page.items == TITLES[2:4]
    assert (page.total, page.pages, page.page, page.first, page.last) == (5, 3, 2, 3, 4)
    assert page.request.sort == "title"


def test_a_page_after_the_last_one_is_the_last_one(drafts: Database):
    page = fetch(drafts, ListRequest(page=9))
    assert (page.items, page.page, page.first, page.last) == (TITLES[4:], 3, 5, 5)


def test_an_empty_list_has_one_empty_page(store: Database, people: dict[str, Person]):
    page = fetch(store, ListRequest())
    assert (page.items, page.total, page.pages, page.first, page.last, page.searchable) == ((), 0, 1, 0, 0, False)


def test_each_word_of_a_search_must_be_there_whatever_its_case(drafts: Database):
    assert fetch(drafts, ListRequest(search="MANAGER acc")).items == ("Account Manager",)
    assert fetch(drafts, ListRequest(search="manager")).total == 2


def test_a_search_takes_the_wildcards_of_the_database_as_plain_characters(drafts: Database):
    assert fetch(drafts, ListRequest(search="100%_")).items == ("VP 100%_Sales",)
    assert fetch(drafts, ListRequest(search="%")).total == 1


@pytest.mark.parametrize(("sort", "first"), [("-title", TITLES[-1]), ("added", TITLES[0]), ("-added", TITLES[-1])])
def test_an_order_may_be_reversed(drafts: Database, sort: str, first: str):
    page = fetch(drafts, ListRequest(sort=sort))
    assert (page.items[0], page.request.sort) == (first, sort)


def test_an_unknown_order_is_the_default_one(drafts: Database):
    page = fetch(drafts, ListRequest(sort="password"))
    assert (page.items, page.request.sort) == (TITLES[:2], "title")


def test_a_page_takes_two_queries(drafts: Database):
    with drafts.record_queries() as queries:
        fetch(drafts, ListRequest())
    assert len(queries) == 2


@pytest.mark.parametrize("typed", ["", "0", "-1", "two", "1e3", "²", "9" * 40])
def test_a_page_that_is_no_number_is_the_first(typed: str):
    assert ListRequest.read({"page": typed}).page == 1


def test_a_request_is_read_by_its_prefix_and_cut_to_a_sane_length():
    args = {"a-page": "3", "a-q": " word " + "x" * 200, "a-sort": "-title", "page": "7"}
    request = ListRequest.read(args, "a-")
    assert (request.page, len(request.search), request.sort) == (3, 80, "-title")


def test_the_address_of_another_page_carries_the_other_lists_on():
    args = {"a-page": "3", "a-q": "word", "b-page": "2"}
    request = ListRequest.read(args, "a-")
    assert request.arguments(args, page=4) == [("b-page", "2"), ("a-page", "4"), ("a-q", "word")]
    assert request.arguments(args, sort="title") == [("b-page", "2"), ("a-q", "word"), ("a-sort", "title")]
