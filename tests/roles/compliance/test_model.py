"""A role under a law is reminded of what that law asks, with its source, and of nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from tests.support import make
from workbench.core.text.translation import ENGLISH, load_translator
from workbench.roles.compliance.law import jurisdictions, law_of_place, rules_of
from workbench.roles.compliance.model import (
    SENTENCES,
    AppliedRule,
    Jurisdiction,
    LawKind,
    LawRule,
    administration_facts,
    find_missing,
    find_rules,
    law_lines,
    sentences,
)
from workbench.roles.model import Administration, ExemptStatus, Pay, Role

RANGE = Pay(60_000_00, 80_000_00, variable="A tenth", benefits="Pension")


def under(*codes: str, **other: object) -> Role:
    return make.role(**{"jurisdictions": codes, **other})


def missing(role: Role) -> list[tuple[LawKind, str]]:
    return [(each.rule.kind, place) for each, place, _ in find_missing(role, rules_of(role))]


def test_a_role_under_no_law_is_reminded_of_nothing():
    assert rules_of(make.role()) == ()
    assert tuple(law_of_place(make.role())) == ()


def test_a_state_brings_the_federal_rules_along_once():
    role = under("us-ca", "us-co", "us")
    names = [each.jurisdiction.name for each in rules_of(role)]
    assert list(dict.fromkeys(names)) == ["United States, federal", "California", "Colorado"]
    assert names.count("United States, federal") == len(jurisdictions()["us"].rules)


def test_an_unknown_code_has_no_rules():
    assert find_rules(under("atlantis"), jurisdictions()) == ()


def test_a_state_asks_for_the_range_in_the_posting():
    exempt = {"administration": Administration(exempt_status=ExemptStatus.EXEMPT)}
    assert missing(under("us-ca", **exempt)) == [(LawKind.PAY_LINE, "pay")]
    assert missing(under("us-ca", pay=replace(RANGE, told_when="In the invitation"), **exempt)) != []
    assert missing(under("us-ca", pay=replace(RANGE, released=True), **exempt)) == []


def test_some_states_ask_for_benefits_and_other_pay_too():
    role = under("us-wa", pay=replace(RANGE, released=True, benefits=""))
    assert (LawKind.PAY_LINE, "pay") in missing(role)
    assert (LawKind.PAY_LINE, "pay") not in missing(replace(role, pay=replace(RANGE, released=True)))


def test_in_the_european_union_a_word_on_when_the_range_is_told_is_enough():
    assert missing(under("eu", pay=RANGE)) == [(LawKind.PAY_LINE, "pay")]
    assert missing(under("eu", pay=replace(RANGE, told_when="In the invitation"))) == []


def test_a_german_title_has_its_mark():
    told = replace(RANGE, released=True)
    assert missing(under("de", pay=told)) == [(LawKind.TITLE, "seat")]
    assert missing(under("de", pay=told, title="Vertriebsingenieur (m/w/d)")) == []


def test_overtime_is_said_in_the_united_states():
    assert missing(under("us")) == [(LawKind.EXEMPT_STATUS, "conditions")]


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_the_sentences_for_candidates_are_printed_once_in_the_language_of_the_document(language: str):
    found = sentences(rules_of(under("de", "fr")), load_translator(language))
    assert len(found) == 2
    assert (found == tuple(SENTENCES.values())) is (language == "en")
    assert sentences((), ENGLISH) == ()


def test_hr_reads_each_rule_with_its_law_and_the_day_of_its_sources():
    rule = LawRule(LawKind.RETENTION, "Keep it a year.", "Law, article 1")
    lines = law_lines((AppliedRule(Jurisdiction("Here", date(2026, 7, 5), (rule,)), rule),), ENGLISH)
    assert lines == (("Here", "Keep it a year. (Law, article 1; 5 July 2026)"),)


def test_what_hr_keeps_is_listed_without_what_is_not_said():
    assert administration_facts(Administration(), ENGLISH) == ()
    full = Administration("S-12", "7", ExemptStatus.NON_EXEMPT, 2, "4100")
    assert administration_facts(full, ENGLISH) == (
        ("Job code", "S-12"),
        ("Grade", "7"),
        ("Overtime", "Not exempt from overtime pay"),
        ("Headcount", "2"),
        ("Cost centre", "4100"),
    )


@pytest.mark.parametrize("code", jurisdictions())
def test_each_law_names_its_article_and_its_whole_is_known(code: str):
    law = jurisdictions()[code]
    assert law.rules
    assert all(rule.law and rule.asks.endswith(".") for rule in law.rules)
    assert not law.within or law.within in jurisdictions()
    assert date(2026, 1, 1) <= law.as_of


def test_a_finding_says_what_is_missing_where_and_by_which_law():
    (finding,) = law_of_place(under("uk", "us"))
    assert finding.place == "conditions"
    assert finding.source.startswith("Fair Labor Standards Act")
    assert "no legal advice" in finding.suggestion
