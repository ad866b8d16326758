"""Beside each question stands what another library role answers, never what the draft was taken from."""

import pytest
from werkzeug.test import TestResponse

from tests.support import make
from tests.support.proof import PageClient, find_form, values_of
from tests.support.servers.databases import Database
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


def press_use(reader: PageClient, address: str, label: str, **typed: str) -> TestResponse:
    """Press “Use this” beside a box, as a browser without scripts does."""
    form = find_form(reader.get(address).page)
    buttons = [button for button in form.find_parent("main").select("button[name=do]") if "Use" in button.get_text()]
    button = next(each for each in buttons if label in each.get_text())
    return reader.post(address, data=values_of(form) | typed | {"do": button["value"]})


def test_an_example_is_put_into_its_box_and_saved_only_with_the_page(leader: PageClient, store: Database, slug: str):
    address = f"/roles/{slug}/purpose/overall"
    answer = press_use(leader, address, "Your answer", answer="My own words.")
    assert answer.status_code == 200
    filled = values_of(find_form(answer.page))
    assert filled["answer"] in {role.purpose.overall for role in library().values()}
    assert make.stored_role(store, slug).purpose.overall == "My own words.", "what was typed is saved first"
    assert leader.post(address, data=filled).status_code == 303
    assert make.stored_role(store, slug).purpose.overall == filled["answer"]


def test_an_example_fills_a_box_whose_text_has_an_error(leader: PageClient, slug: str):
    answer = press_use(leader, f"/roles/{slug}/seat", "Title", title="")
    assert answer.status_code == 200
    assert values_of(find_form(answer.page))["title"] in {role.title for role in library().values()}
    assert not answer.page.select(".summary")


def test_a_target_of_the_library_fills_its_fields_and_leaves_the_number_alone(
    leader: PageClient, store: Database, slug: str
):
    address = f"/roles/{slug}/accountabilities/north/expectations/north-held"
    before = values_of(find_form(leader.get(address).page))
    filled = values_of(find_form(press_use(leader, address, "What is measured?").page))
    assert filled["metric"] != before["metric"]
    assert (filled["value"], filled["basis"]) == (before["value"], before["basis"])
    assert leader.post(address, data=filled).status_code == 303
    assert make.stored_role(store, slug).accountability("north").expectation("north-held").metric == filled["metric"]


@pytest.mark.parametrize("name", ["duties", "qualifications", "neighbours", "hard-parts"])
def test_a_row_of_an_example_is_added_below_the_others(leader: PageClient, store: Database, slug: str, name: str):
    address = f"/roles/{slug}/{name}"
    filled = values_of(find_form(press_use(leader, address, "").page))
    assert leader.post(address, data=filled).status_code == 303
    rows = getattr(make.stored_role(store, slug), name.replace("-", "_"))
    assert len(rows) == len(getattr(make.role(), name.replace("-", "_"))) + 1


@pytest.mark.parametrize("which", ["use:", "use:nobody/0", "use:vp-sales/99", "use:vp-sales/-1", "use:vp-sales"])
def test_a_button_that_names_no_example_changes_nothing(leader: PageClient, store: Database, slug: str, which: str):
    address = f"/roles/{slug}/summary"
    answer = leader.post(address, data=values_of(find_form(leader.get(address).page)) | {"do": which})
    assert answer.status_code == 200
    assert make.stored_role(store, slug) == make.role()
