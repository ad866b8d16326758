"""Where a rule comes from is said with the name of its article, never with a number."""

import re

import pytest

from tests.support import make
from workbench.roles.model import Role
from workbench.roles.review.rules import review
from workbench.roles.review.sources import ARTICLES, source_words


@pytest.mark.parametrize("number", ARTICLES)
def test_an_article_is_named(number: str):
    words = source_words(f"article {number}: clear outcomes; UGESP 1607.14 C")
    assert words[0].isupper() or words[0] == "“"
    assert words.endswith(": clear outcomes; UGESP 1607.14 C")
    assert "article " + number not in words


def test_an_article_of_a_law_stays_as_it_is_cited():
    law = "Directive (EU) 2023/970, article 5: gender-neutral titles"
    assert source_words(law) == law


def test_each_of_several_articles_is_named():
    assert source_words("article 1: outcomes, not duties; article 3: activity leads").count("article on key") == 1
    assert "Chris Jarvis: activity leads" in source_words("article 1: outcomes, not duties; article 3: activity leads")


@pytest.mark.parametrize("role", [Role("Seller"), make.role()])
def test_no_finding_cites_an_article_by_number(role: Role):
    for finding in review(role):
        assert not re.search(r"(?<!2023/970, )\barticle \d", source_words(finding.source)), finding.rule
