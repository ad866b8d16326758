"""An interview adds up: greeting, questions and the candidate's own make its minutes, in a whole, short or shared kit."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import make
from workbench.roles.interviews.model import (
    CLOSING_MINUTES,
    GREETING_MINUTES,
    KIT_LENGTHS,
    core_questions,
    kit_for,
    minutes_of,
    question_minutes,
    share_questions,
    text_minutes,
)
from workbench.roles.library import library
from workbench.roles.model import Question, QuestionKind, Role


def keys(role: Role) -> list[str]:
    return [question.key for _, question in role.questions()]


def a_role(*minutes: tuple[int, ...], must_ask: str = "", exercises: str = "") -> Role:
    """Return a role whose accountabilities have questions of these minutes, called a1, a2, b1 and so on."""
    items = []
    for letter, lengths in zip("abcdefgh", minutes, strict=False):
        names = [f"{letter}{at}" for at, _ in enumerate(lengths, 1)]
        questions = tuple(
            make.question(
                name,
                minutes=length,
                must_ask=name in must_ask.split(),
                kind=QuestionKind.EXERCISE if name in exercises.split() else QuestionKind.BEHAVIOURAL,
            )
            for name, length in zip(names, lengths, strict=True)
        )
        items.append(make.accountability(letter * 3, questions=questions))
    return make.role(accountabilities=tuple(items))


ROLES = st.lists(st.lists(st.tuples(st.integers(1, 25), st.booleans()), max_size=4), min_size=1, max_size=8).map(
    lambda items: a_role(
        *(tuple(minutes for minutes, _ in item) for item in items),
        must_ask=" ".join(
            f"{letter}{at}"
            for letter, item in zip("abcdefgh", items, strict=False)
            for at, (_, must) in enumerate(item, 1)
            if must
        ),
    )
)


@pytest.mark.parametrize(("minutes", "whole"), [((), 0), ((1,), 15), ((2,), 15), ((3,), 20), ((52,), 65), ((32,), 45)])
def test_an_interview_is_its_questions_with_the_greeting_and_the_candidates_own(minutes: tuple[int, ...], whole: int):
    assert minutes_of(make.question(minutes=each) for each in minutes) == whole


def test_the_library_fits_into_the_lengths_of_kits():
    for role in library().values():
        for minutes in KIT_LENGTHS:
            kit = kit_for(role, minutes)
            assert 0 < kit.minutes <= minutes, role.title
            assert not kit.unasked, (role.title, minutes)
        assert kit_for(role, 90).left_out == ()
        assert 6 <= sum(question.must_ask for _, question in role.questions()) <= 10, role.title


@settings(max_examples=50, deadline=None)
@given(ROLES, st.sampled_from([0, 30, *KIT_LENGTHS]))
def test_a_kit_keeps_the_order_fits_its_time_and_says_what_is_left_out(role: Role, minutes: int):
    kit = kit_for(role, minutes)
    left = [question.key for question in kit.left_out]
    assert [key for key in keys(role) if key not in left] == keys(kit.role)
    assert not minutes or kit.minutes <= minutes
    assert [item.key for item in kit.role.accountabilities] == [item.key for item in role.accountabilities]
    free = minutes - GREETING_MINUTES - CLOSING_MINUTES - question_minutes(each for _, each in kit.role.questions())
    assert not minutes or all(question.minutes > free for question in kit.left_out)  # whatever fits is asked
    assert {item.key for item in kit.unasked} == {
        item.key
        for item in role.accountabilities
        if item.questions and all(each.key in left for each in item.questions)
    }


def test_what_must_be_asked_comes_first_and_each_accountability_before_a_second_question():
    role = a_role((5, 5), (5, 20), (5, 5), (5, 5), must_ask="a2 b2 c2 d1 d2")

    assert keys(kit_for(role, 60).role) == ["a1", "a2", "b2", "c2", "d1", "d2"]
    assert keys(kit_for(role, 45).role) == ["a1", "a2", "b1", "c2", "d1", "d2"]  # all are asked about before b2
    assert [question.key for question in kit_for(role, 45).left_out_must_asks] == ["b2"]


def test_a_question_that_must_be_asked_and_does_not_fit_is_named():
    role = a_role((5, 30), (5,), must_ask="a2")

    kit = kit_for(role, 45)
    assert (keys(kit.role), kit.left_out_must_asks, kit.unasked) == (["a2"], (), (role.accountabilities[1],))

    kit = kit_for(role, 30)
    assert keys(kit.role) == ["a1", "b1"]
    assert [question.key for question in kit.left_out_must_asks] == ["a2"]


@settings(max_examples=50, deadline=None)
@given(ROLES, st.integers(1, 8), st.booleans())
def test_everything_is_asked_by_somebody_and_nobody_is_without_a_question(role: Role, members: int, core: bool):
    shares = share_questions(role, members, core=core)
    assert len(shares) == members
    assert {key for share in shares for key in keys(share)} == set(keys(role))
    assert all(keys(share) for share in shares) or not keys(role)
    common = {question.key for question in core_questions(role)} if core else set()
    for share in shares:
        assert common <= set(keys(share))
        for item in share.accountabilities:  # an accountability is never torn apart
            asked = [question.key for question in item.questions]
            whole = keys(replace(role, accountabilities=(role.accountability(item.key),)))
            assert asked in ([], whole) or common.issuperset(asked)


def test_accountabilities_are_shared_out_by_minutes():
    role = a_role((20,), (5, 5), (5, 5), (10,), (10, 5), must_ask="c1 e1", exercises="a1")

    shares = share_questions(role, 3)

    assert [keys(share) for share in shares] == [["a1"], ["b1", "b2", "c1", "c2"], ["d1", "e1", "e2"]]
    assert [question.key for question in core_questions(role)] == ["c1", "e1"]
    assert [keys(share) for share in share_questions(role, 3, core=True)] == [
        ["a1", "c1", "e1"],
        ["b1", "b2", "c1", "c2", "e1"],
        ["c1", "d1", "e1", "e2"],
    ]


def test_with_more_members_than_accountabilities_the_longest_are_asked_about_twice():
    assert [keys(share) for share in share_questions(a_role((10,), (20,)), 3)] == [["a1"], ["b1"], ["b1"]]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("Forecast call, fifteen minutes after ten of reading. Then give your number in two minutes.", 27),
        ("Partner plan, fifteen minutes after ten minutes of reading.", 25),
        ("Take five minutes, then present in five what you would do. Ten minutes of questions follow.", 20),
        ("Take three minutes to prepare and seven to call the person. Dictate the note in two minutes.", 12),
        ("Mock demonstration, twelve minutes plus three for questions.", 15),
        ("Two calls of at most 10 minutes, and twenty-five minutes of talk.", 35),
        ("Rollenspiel, 10 Minuten nach 5 Minuten Lesen.", 15),
        ("You have three sellers and two weeks. Forty-five minutes later the call begins.", 45),
        ("Present in two.", 0),
        ("", 0),
    ],
)
def test_the_minutes_in_the_words_of_an_exercise_are_summed(text: str, minutes: int):
    assert text_minutes(text) == minutes


def test_no_exercise_of_the_library_promises_more_minutes_than_it_has():
    exercises: list[Question] = [
        each for role in library().values() for _, each in role.questions() if each.is_exercise
    ]
    assert [each.key for each in exercises if text_minutes(each.text) > each.minutes] == []
