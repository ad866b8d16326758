"""Addresses and fields with values that a database cannot hold get a page with words, on both databases."""

import pytest

from tests.support import site
from tests.support.servers.databases import Database

NUL_ADDRESSES = ["/roles/a%00b", "/metrics/a%00b", "/editions/a%00b/1", "/packets/recipes/a%00b"]
HUGE = 2**63


@pytest.mark.parametrize("address", [*NUL_ADDRESSES, f"/people/{HUGE}", f"/packets/{HUGE}", f"/history?before={HUGE}"])
def test_an_address_that_names_nothing_is_not_found(database: Database, address: str):
    person = site.people(database)["admin" if "people" in address or "history" in address else "hr"]
    answer = site.app(database).test_client().sign_in(person).get(address)
    assert answer.status_code in {200, 404}


def test_a_nul_in_the_address_of_a_sign_in_is_refused_with_words(database: Database):
    site.people(database)
    client = site.app(database).test_client()
    answer = client.post("/sign-in", data={"email": "a\0b@example.com", "password": "x"})
    assert answer.status_code == 422


def test_a_nul_in_an_operation_id_stores_the_change_once(database: Database):
    leader = site.people(database)["leader"]
    client = site.app(database).test_client().sign_in(leader)
    for _ in range(2):
        answer = client.post("/roles/new", data={"title": "Seller", "op_id": "a\0b"})
        assert (answer.status_code, answer.location) == (303, "/roles/seller")
