"""Beside each question stands what another library role answers, never what the draft was taken from."""

import pytest

from tests.support import make
from workbench.core.web.app import Workbench
from workbench.roles.library import library
from workbench.roles.model import Accountability, Motion, Role
from workbench.roles.path import examples
from workbench.roles.path.forms import At
from workbench.roles.path.steps import ACCOUNTABILITY_STEPS, EXPECTATION_STEP, PATH, QUESTION_STEP, Step

SOURCE = "account-executive-mid-market"
NOT_IN_THE_LIBRARY = {"pay"}  # a library role leaves the pay open


def find_example(
    app: Workbench, role: Role, step: Step, at: At | None = None, source: str = SOURCE
) -> examples.Example | None:
    with app.test_request_context("/"):
        return examples.find_example(source, role, step, at or At())


@pytest.mark.parametrize("name", sorted(set(PATH.steps) - NOT_IN_THE_LIBRARY))
def test_each_question_has_an_example_of_another_role(app: Workbench, name: str):
    found = find_example(app, library()[SOURCE], PATH.steps[name])
    assert found is not None
    assert found.name != SOURCE
    assert found.title == library()[found.name].title
    assert all(text for _, text in found.answer_texts)


def test_the_example_meets_the_market_in_the_same_way(app: Workbench):
    for motion in (Motion.HUNTER, Motion.FARMER):
        found = find_example(app, Role(title="Closer", motion=motion), PATH.steps["summary"], source="")
        assert found is not None
        assert library()[found.name].motion is motion


@pytest.mark.parametrize(
    ("source", "nearest"),
    [
        (SOURCE, "account-executive-enterprise"),
        ("account-executive-enterprise", SOURCE),
        ("vp-sales", "sales-manager"),
        ("inbound-sdr", "outbound-bdr"),
    ],
)
def test_the_example_is_of_the_nearest_role_by_title_and_motion(app: Workbench, source: str, nearest: str):
    found = find_example(app, library()[source], PATH.steps["summary"], source=source)
    assert found is not None
    assert found.name == nearest


@pytest.mark.parametrize("step", ACCOUNTABILITY_STEPS, ids=lambda step: step.name)
def test_each_accountability_has_an_example_of_its_own(app: Workbench, step: Step):
    role = library()[SOURCE]
    for item in role.accountabilities:
        assert find_example(app, role, step, At(item.key)), item.key


def test_an_expectation_is_shown_as_its_sentence_and_a_question_with_its_anchors(app: Workbench):
    role = library()[SOURCE]
    item = role.accountabilities[0]
    target = find_example(app, role, EXPECTATION_STEP, At(item.key, item.expectations[0].key))
    assert target is not None
    assert "Read from" in dict(target.answer_texts)
    question = find_example(app, role, QUESTION_STEP, At(item.key, item.questions[0].key))
    assert question is not None
    assert {"An answer worth 1", "An answer worth 3", "An answer worth 5"} <= set(dict(question.answer_texts))


def test_the_ninth_accountability_of_a_draft_has_an_example_too(app: Workbench):
    role = Role(title="Closer", accountabilities=tuple(Accountability(f"item-{at}") for at in range(9)))
    assert find_example(app, role, ACCOUNTABILITY_STEPS[0], At("item-8"))


def test_what_a_role_says_is_put_into_words_without_what_is_empty(app: Workbench):
    with app.test_request_context("/"):
        seat = dict(examples.answer_texts(make.role(), PATH.steps["seat"], At()))
        assert seat["Department"] == "Sales"
        assert "Hunter" in " ".join(seat.values())
        assert examples.answer_texts(make.role(summary=""), PATH.steps["summary"], At()) == ()
        hard = examples.answer_texts(make.role(hard_parts=("One", "Two")), PATH.steps["hard-parts"], At())
        assert hard == (("", "One\nTwo"),)
