"""Pages ask the database a few times however large the role is, and a role is judged and measured in a blink."""

import pytest

from tests.support import make
from tests.support.cost import cost
from tests.support.proof import PageClient
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.core.shape import canonical_json, structure, unstructure
from workbench.roles.documents.starter import starter_metrics
from workbench.roles.library import library
from workbench.roles.model import Role
from workbench.roles.review.rules import review

# Session, draft, collaborators, editions, answers, comments, approval, notices, company and example: one each.
MAX_QUERIES = 10
MAX_OF_TASKS = MAX_QUERIES + 1  # the visit
MAX_AUTOSAVE_QUERIES = 20  # with the states of the history, the index of the search and the operation
LARGEST = max(library().values(), key=lambda role: len(canonical_json(role)))
ITEM = LARGEST.accountabilities[0]


@pytest.fixture
def largest(store: Database, people: dict[str, Person]) -> str:
    """The largest role of the library as a draft with two editions, beside twenty other drafts."""
    for _ in range(20):
        make.draft(store, people["leader"])
    slug = make.draft(store, people["leader"], LARGEST)
    make.edition(store, slug, people["leader"])
    make.edition(store, slug, people["leader"])
    return slug


@pytest.mark.parametrize(
    "page",
    [
        "/",
        "/roles/{slug}",
        "/roles/{slug}/purpose/overall",
        "/roles/{slug}/duties",
        "/roles/{slug}/accountabilities",
        f"/roles/{{slug}}/accountabilities/{ITEM.key}",
        f"/roles/{{slug}}/accountabilities/{ITEM.key}/questions/{ITEM.questions[0].key}",
        f"/roles/{{slug}}/accountabilities/{ITEM.key}/expectations/{ITEM.expectations[0].key}",
        "/roles/{slug}/chain",
        "/roles/{slug}/check",
        "/roles/{slug}/metrics",
        "/roles/{slug}/documents/interview-kit",
        "/editions/{slug}/2",
        "/editions/{slug}/2/metrics",
        "/editions/{slug}/2/position-description",
        "/editions/compare?left={slug}/1&right={slug}/2",
    ],
)
def test_a_page_asks_the_database_at_most_ten_times(leader: PageClient, store: Database, largest: str, page: str):
    leader.get("/")  # the first page of a browser is also noted in its session
    with store.record_queries() as queries:
        assert leader.get(page.format(slug=largest)).status_code == 200
    most = MAX_OF_TASKS if page == "/roles/{slug}" else MAX_QUERIES
    assert len(queries) <= most, "\n".join(words for words, _ in queries)


def test_an_autosave_asks_and_writes_a_bounded_number_of_times(leader: PageClient, store: Database, largest: str):
    url = f"/roles/{largest}/summary"
    token = leader.csrf_token()
    with store.record_queries() as queries:
        data = {"summary": "Typed so far.", "op_id": "one", "tab": "tab", "version": "1", "csrf_token": token}
        assert leader.post(url, data=data, headers={"X-Autosave": "1"}, token=False).status_code == 200
    assert len(queries) <= MAX_AUTOSAVE_QUERIES, "\n".join(words for words, _ in queries)


def test_review_and_starter_metrics_of_the_largest_role_cost_as_little_as_some_loops():
    # `./dev bench pages` holds five milliseconds, which is twice the plain work
    assert cost(lambda: (review(LARGEST), starter_metrics(LARGEST))) < 6


def test_a_stored_role_is_read_for_less_than_some_loops():
    stored = unstructure(LARGEST)
    assert cost(lambda: structure(Role, stored)) < 1
