"""The guard catches questions about the person, and lets questions about the work pass."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.language.questions import check_question


@pytest.mark.parametrize(
    "question",
    [
        "How do you race to close at quarter end?", "Tell me about a marathon negotiation you ran.",
        "Tell me about a race condition you found.", "How did you judge the age of the pipeline?",
        "What was the deal age when you won it?", "How would you sell our children's products?",
        "How do you watch account health?", "Have you sold into the disability insurance market?",
        "How old was the opportunity you closed?", "How would you pitch our native app?",
        "How did you present a union of data sources?", "Have you ever married our product with another?",
        "How did you deal with a credit note?", "How did you grow the parent account?",
        "How did you earn the trust of a new buyer?", "How would you sell to a trade union?",
        "How did you cover your accounts while a colleague was on maternity leave?",
        "Was the lead too old for you to call?", "Children are a market. Have you sold toys?",
    ],
)  # fmt: skip
def test_a_question_about_the_work_passes(question: str):
    assert check_question(question) == ()


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("How old are you?", "age"),
        ("When did you graduate from school?", "age"),
        ("Where were you born?", "origin"),
        ("What is your native language?", "origin"),
        ("Are you a citizen of this country?", "citizenship"),
        ("Which church do you go to?", "religion"),
        ("Do you have children?", "family"),
        ("Are you married?", "family"),
        ("Do you plan to have a family soon?", "family"),
        ("What does your family's view on travel look like?", "family"),
        ("What year did you finish high school?", "age"),
        ("Are you planning to become pregnant?", "family"),
        ("What is your sexual orientation?", "sex"),
        ("Do you have a disability?", "health"),
        ("How many sick days did you take last year?", "health"),
        ("Do heart problems run in your family?", "genetic information"),
        ("Have you ever been arrested?", "record"),
        ("Do you own your home?", "money and property"),
        ("Are you a member of a union?", "membership"),
        ("What is your gender identity?", "sex"),
        ("Have you served in the army?", "military service"),
        ("Could you send a photo of yourself?", "photo"),
        ("What is your current salary?", "pay history"),
        ("How much did you earn in your last job?", "pay history"),
    ],
)
def test_a_question_about_the_person_is_caught(question: str, topic: str):
    remarks = check_question(question)
    assert topic in [remark.topic for remark in remarks]
    assert all(question[remark.start : remark.end] == remark.words for remark in remarks)
    assert all(remark.suggestion for remark in remarks)


def test_the_person_must_be_near_the_topic():
    assert (
        check_question(
            "A criminal record of one product, as some of the older texts here describe in detail, reached you."
        )
        == ()
    )


@settings(deadline=None)
@given(st.text())
def test_any_question_can_be_read(question: str):
    assert isinstance(check_question(question), tuple)
