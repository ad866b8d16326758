"""The review reads whatever stands in a role."""

from dataclasses import fields
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.core.findings import filter_blocking
from workbench.metrics.catalogue import catalogue
from workbench.roles.model import (
    Accountability,
    Expectation,
    Question,
    Role,
)
from workbench.roles.review.rules import RULES, review


def any_of(kind: type, **given_: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.builds(kind, **{field.name: ... for field in fields(kind)} | given_)


CODES = st.sampled_from([*catalogue(), "", "made_up"])


VALUES = st.none() | st.decimals(-(10**14), 10**14, places=2)


EXPECTATIONS = any_of(Expectation, metric=CODES, value=VALUES)


PARTS = {"expectations": st.tuples(EXPECTATIONS) | st.just(()), "questions": st.tuples(any_of(Question)) | st.just(())}


ITEMS = st.lists(any_of(Accountability, **PARTS), max_size=3).map(tuple)


ROLES = any_of(Role, accountabilities=ITEMS)


@settings(deadline=None)
@given(ROLES)
def test_the_review_reads_any_role(role: Role):
    findings = review(role)
    assert set(findings) == {finding for rule in RULES for finding in rule(role)}
    assert len(findings) == len(set(findings))
    assert Decimal(len(filter_blocking(findings))) <= len(findings)
