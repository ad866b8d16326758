"""The material of an exercise is typed as text on a page of its own, and a fault is said beside its box."""

from dataclasses import replace

import pytest

from tests.support import make
from tests.support.proof import PageClient, find_form, values_of
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.roles.editions.compare import compare
from workbench.roles.history.model import label_of_part
from workbench.roles.library import library
from workbench.roles.model import Exercise, QuestionKind, Role
from workbench.roles.review.rules import review

PAGE = "/roles/{slug}/accountabilities/north/questions/north-ask/exercise"


def with_exercise(exercise: Exercise, **other: object) -> Role:
    """Return a complete role whose first question is an exercise with this material."""
    role = make.role()
    first, *rest = role.accountabilities
    asked = replace(first.questions[0], kind=QuestionKind.EXERCISE, exercise=exercise, **other)
    return replace(role, accountabilities=(replace(first, questions=(asked,)), *rest))


@pytest.fixture
def page(store: Database, people: dict[str, Person]) -> str:
    """The page of the material of an exercise that is not written yet."""
    return PAGE.format(slug=make.draft(store, people["leader"], with_exercise(Exercise())))


def stored(store: Database, page: str) -> Exercise:
    return make.stored_role(store, page.split("/")[2]).accountability("north").question("north-ask").exercise


def test_the_material_is_typed_and_kept_word_for_word(leader: PageClient, store: Database, page: str):
    typed = {
        "candidate": "# Your task\n\n| A | B |\n| 1 | 2 |",
        "role_player": "You are Ana.",
        "checklist": "5: Asks\n1: Argues",
        "reading_minutes": "3",
        "beforehand": "",
    }
    answer = leader.post(page, data=values_of(find_form(leader.get(page).page)) | typed)
    assert answer.status_code == 303
    assert stored(store, page) == Exercise(
        "# Your task\n\n| A | B |\n| 1 | 2 |", "You are Ana.", ("5: Asks", "1: Argues"), 3, bool(typed["beforehand"])
    )


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("candidate", "| A | B |\n| 1 |", "Line 2 has 1 cells"),
        ("role_player", "Words.\n#", "Line 2 is a heading without words."),
        ("checklist", "Asks who decides", "Begin line 1 with 1, 3 or 5 and a colon"),
    ],
)
def test_a_fault_is_said_beside_its_box_and_what_was_typed_stays(
    leader: PageClient, store: Database, page: str, field: str, typed: str, said: str
):
    answer = leader.post(page, data=values_of(find_form(leader.get(page).page)) | {field: typed})
    assert answer.status_code == 422
    box = answer.page.select_one(f"#{field}")
    assert said in answer.page.select_one(f"#{field}-error").get_text()
    assert box.get_text().strip() == typed
    assert stored(store, page) == Exercise()


def test_a_sheet_that_is_sent_before_needs_no_time_to_read(leader: PageClient, page: str):
    answer = leader.post(
        page, data=values_of(find_form(leader.get(page).page)) | {"reading_minutes": "5", "beforehand": "y"}
    )
    assert "write 0" in answer.page.select_one("#reading_minutes-error").get_text()


def test_the_question_and_its_accountability_lead_to_the_material(leader: PageClient, page: str):
    question = page.removesuffix("/exercise")
    for address in (question, question.partition("/questions")[0]):
        assert leader.get(address).page.select_one(f'a[href="{page}"]')


def test_a_page_of_no_question_is_not_found(leader: PageClient, page: str):
    assert leader.get(page.replace("north-ask", "nothing")).status_code == 404
    assert leader.get(page.replace("/north/", "/nowhere/")).status_code == 404


def test_an_exercise_without_material_is_remarked_on_and_one_with_it_is_not():
    assert "exercise material" in {finding.rule for finding in review(with_exercise(Exercise()))}
    rules = {finding.rule for finding in review(with_exercise(make.exercise()))}
    assert not rules & {"exercise material", "exercise minutes"}
    late = with_exercise(make.exercise(reading_minutes=30), minutes=20)
    assert "exercise minutes" in {finding.rule for finding in review(late)}


def test_a_change_of_the_material_is_compared_and_named_in_the_history():
    before, after = with_exercise(make.exercise()), with_exercise(make.exercise(reading_minutes=2))
    (difference,) = compare(before, after)
    assert difference.place == "Accountability 1: exercise, minutes to read"
    part = "accountabilities/north/questions/north-ask/exercise"
    assert label_of_part(part, before).startswith("The material of an exercise of “")


def test_the_material_of_the_library_is_offered_beside_an_empty_box(leader: PageClient, page: str):
    offered = leader.get(page).page.select_one("details.offer blockquote").get_text()
    assert offered.strip() in {
        question.exercise.candidate for role in library().values() for _, question in role.questions()
    }
