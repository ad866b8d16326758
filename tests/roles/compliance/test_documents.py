"""Candidates read the sentences that a law asks for, and HR reads each rule with its source."""

from tests.support import make
from workbench.core.text.translation import ENGLISH
from workbench.documents.blocks.model import Heading, Rows
from workbench.documents.page.text import write_text
from workbench.roles.compliance.documents import annex_blocks, candidate_blocks
from workbench.roles.compliance.model import SENTENCES, LawKind
from workbench.roles.documents.kinds import build_document
from workbench.roles.model import Administration, ExemptStatus

ROLE = make.role(
    jurisdictions=("uk", "us-ca"), administration=Administration("S-12", exempt_status=ExemptStatus.EXEMPT)
)


def test_the_advert_ends_with_the_sentences_of_the_chosen_law():
    words = " ".join(write_text(build_document("job-advert", ROLE, make.stamp())).split())
    assert [text for text in SENTENCES.values() if text not in words] == []
    plain = " ".join(write_text(build_document("job-advert", make.role(), make.stamp())).split())
    assert [text for text in SENTENCES.values() if text in plain] == []
    assert candidate_blocks(make.role(), ENGLISH) == ()


def test_the_brief_has_one_sentence_about_adjustments_and_that_about_equal_opportunity():
    words = " ".join(write_text(build_document("accountability-brief", ROLE, make.stamp())).split())
    assert SENTENCES[LawKind.EQUAL_OPPORTUNITY] in words
    assert words.count("not count against you") == 1


def test_the_annex_for_hr_has_the_facts_and_every_rule_once():
    blocks = annex_blocks(ROLE, ENGLISH)
    assert [each.text for each in blocks if isinstance(each, Heading)] == ["For HR", "What the law asks"]
    facts, laws = (each for each in blocks if isinstance(each, Rows))
    assert [row.label for row in facts.rows] == ["Job code", "Overtime"]
    assert [row.label for row in laws.rows] == ["United Kingdom", "United States, federal", "California"]
    assert "California Labor Code, section 432.3; 5 July 2026" in laws.rows[2].texts[0]


def test_a_role_without_them_has_no_such_part():
    assert annex_blocks(make.role(), ENGLISH) == ()
