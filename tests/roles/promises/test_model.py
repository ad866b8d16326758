"""What came from the library is a sample until somebody writes other words or confirms it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.support import make
from workbench.core.text.translation import ENGLISH
from workbench.roles.model import Pay, Role, Supports, with_expectation
from workbench.roles.promises.model import (
    confirm,
    for_candidates,
    is_sample,
    keep_samples,
    promised_texts,
    unconfirmed,
    with_marks,
    with_samples,
    without_samples,
)
from workbench.roles.promises.rules import SAMPLE_PROMISE, sample_promises

OURS = "We give  two hours\na week."
PAY = Pay(variable="A bonus per meeting.", benefits="Thirty days off.")


def sample_role() -> Role:
    """Return a role of the library with one accountability, two promises for targets, a reward, and words about pay."""
    item = make.accountability("north", supports=Supports(rewards=("Told at the meeting", "A day off")))
    first = item.expectations[0]
    item = with_expectation(item, replace(first, we_will="We listen to two calls."))
    return with_samples(make.role(accountabilities=(item,), pay=PAY))


def with_promise(role: Role, text: str) -> Role:
    item = role.accountabilities[0]
    return role.with_accountability(with_expectation(item, replace(item.expectations[0], we_will=text)))


def test_each_promise_of_the_library_is_a_sample():
    role = sample_role()
    assert role.samples == (
        "We listen to two calls.",
        "We coach one call each week.",
        "Told at the meeting",
        "A day off",
        "A bonus per meeting.",
        "Thirty days off.",
    )
    assert [each.field for each in unconfirmed(role)] == [
        "we_will", "we_will", "rewards", "rewards", "variable", "benefits",
    ]  # fmt: skip
    assert unconfirmed(make.role()) == ()


def test_other_words_are_somebodys_promise():
    before = sample_role()
    after = keep_samples(before, with_promise(before, OURS), frozenset)
    assert "We listen to two calls." not in after.samples
    assert not is_sample(after, OURS)
    assert len(unconfirmed(after)) == len(unconfirmed(before)) - 1


def test_spaces_make_no_other_words():
    before = sample_role()
    after = keep_samples(before, with_promise(before, " We  listen to\ntwo calls. "), frozenset)
    assert after.samples == before.samples


def test_what_is_taken_from_the_library_is_a_sample_however_it_came_in():
    known = frozenset({"We listen to two calls."})
    before = make.role()
    after = keep_samples(before, with_promise(before, "We listen to  two calls."), lambda: known)
    assert after.samples == ("We listen to two calls.",)
    assert keep_samples(before, with_promise(before, OURS), lambda: known).samples == ()


def test_a_confirmed_promise_stays_confirmed_when_another_part_changes():
    confirmed = confirm(sample_role(), ["We  listen to two calls."])
    known = frozenset(sample_role().samples)
    changed = keep_samples(confirmed, replace(confirmed, summary="Other words."), lambda: known)
    assert not is_sample(changed, "We listen to two calls.")
    assert confirm(changed).samples == ()


def test_a_mark_is_behind_each_sample_and_behind_nothing_else():
    role = with_promise(sample_role(), OURS)
    marked = with_marks(role, ENGLISH)
    assert marked.accountabilities[0].supports.rewards == (
        "Told at the meeting (not confirmed)",
        "A day off (not confirmed)",
    )
    assert marked.accountabilities[0].expectations[0].we_will == OURS
    assert marked.pay.variable == "A bonus per meeting. (not confirmed)"
    assert with_marks(marked, ENGLISH) == marked
    assert with_marks(make.role(), ENGLISH) == make.role()


def test_candidates_get_what_somebody_promised():
    role = with_promise(sample_role(), OURS)
    shown = for_candidates(replace(role, pay=replace(PAY, released=True)))
    assert shown.samples == ()
    assert promised_texts(shown) == ("We give two hours a week.",)
    assert without_samples(make.role()) == make.role()


def test_words_about_pay_that_is_not_released_are_not_in_the_samples_either():
    role = sample_role().without_unreleased_pay()
    assert {"A bonus per meeting.", "Thirty days off."}.isdisjoint(role.samples)
    assert role.samples


def test_the_review_names_each_promise_that_nobody_has_confirmed():
    role = sample_role()
    findings = tuple(sample_promises(role))
    assert {finding.rule for finding in findings} == {SAMPLE_PROMISE}
    assert len(findings) == len(unconfirmed(role))
    assert tuple(sample_promises(confirm(role))) == ()


@given(st.lists(st.sampled_from(["a b", "a  b", "c", ""]), max_size=5), st.booleans())
def test_a_text_is_never_both_confirmed_and_a_sample(rewards: list[str], taken: bool):
    item = make.accountability("north", supports=Supports(rewards=tuple(rewards)))
    before = make.role(accountabilities=())
    after = keep_samples(before, make.role(accountabilities=(item,)), lambda: frozenset({"a b"} if taken else ()))
    assert set(after.samples) == ({"a b"} if taken and {"a b", "a  b"} & set(rewards) else set())
    assert unconfirmed(confirm(after)) == ()
