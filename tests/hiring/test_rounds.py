"""The interviews of a round: by application, with the whole kit, a share of it or all together, and what is said of them."""

import pytest

from tests.support import make
from workbench.hiring.model import EVERY_ROLE, People, RoundKind, RoundStyle
from workbench.hiring.rounds import Round, find_role, format_minutes
from workbench.roles.model import QuestionKind, Role


def a_role(title: str, *minutes: tuple[int, ...]) -> Role:
    """Return a role whose accountabilities have questions of these minutes; those of over ten are exercises."""
    items = []
    for at, lengths in enumerate(minutes):
        key = f"{title[:5].lower()}-{at}"
        questions = tuple(
            make.question(
                f"{key}-{number}",
                minutes=each,
                must_ask=not number,
                kind=QuestionKind.EXERCISE if each > 10 else QuestionKind.BEHAVIOURAL,
            )
            for number, each in enumerate(lengths)
        )
        items.append(make.accountability(key, questions=questions))
    return make.role(title, accountabilities=tuple(items))


ENGINEER = a_role("Sales Engineer", (6, 5), (18, 4), (5, 5), (5, 4))
EXECUTIVE = a_role("Account Executive, Mid-market", (15, 5, 5), (5, 5), (5, 5), (10, 10))
NAMES = (ENGINEER.title, EXECUTIVE.title)
PANEL = ("Ina", "Raj", "Li")
PEOPLE = People(PANEL, ("A", "B", "C", "D", "E"), (NAMES[0], NAMES[0], NAMES[0], NAMES[1], NAMES[1]))


def keys(role: Role) -> list[str]:
    return [question.key for _, question in role.questions()]


def test_a_candidate_is_interviewed_about_the_role_that_the_candidate_applies_for():
    held = Round((ENGINEER, EXECUTIVE), NAMES, PEOPLE)

    assert held.candidates_for(0) == ("A", "B", "C")
    assert held.candidates_for(1) == ("D", "E")
    assert {(each.candidate, each.role, each.minutes) for each in held.interviews()} == {
        *((name, 0, 65) for name in "ABC"),
        *((name, 1, 80) for name in "DE"),
    }
    assert len(held.interviews()) == len(PANEL) * 5


def test_whoever_said_every_role_or_nothing_applies_for_all():
    held = Round((ENGINEER, EXECUTIVE), NAMES, People(("Ina",), ("A", "B"), (EVERY_ROLE, NAMES[1])))
    assert (held.candidates_for(0), held.candidates_for(1)) == (("A",), ("A", "B"))
    assert Round((ENGINEER,), NAMES[:1], People(("Ina",), ("A",))).candidates_for(0) == ("A",)


def test_the_accountabilities_are_shared_out_and_each_member_asks_every_candidate_the_same():
    held = Round((ENGINEER,), NAMES[:1], People(PANEL, ("A", "B")), RoundStyle(RoundKind.SHARED))
    shares = [keys(held.share_of(0, name)) for name in PANEL]

    assert sorted(key for share in shares for key in share) == sorted(keys(ENGINEER))
    assert held.longest < Round((ENGINEER,), NAMES[:1], held.people).longest
    assert {each.minutes for each in held.interviews()} == {held.minutes(0, name) for name in PANEL}
    assert keys(held.share_of(0, "Nobody")) == keys(ENGINEER)


def test_a_shorter_kit_limits_the_share_of_each_member_and_not_all_of_them_together():
    held = Round((ENGINEER,), NAMES[:1], People(PANEL, ("A",)), RoundStyle(RoundKind.SHARED, 45))
    assert held.longest <= 45
    assert held.kit(0).left_out == ()
    short = Round((ENGINEER,), NAMES[:1], People(PANEL, ("A",)), RoundStyle(RoundKind.SHARED, 25))
    assert [question.key for question in short.kit(0).left_out] == ["sales-1-0", "sales-2-1", "sales-3-1"]


def test_a_panel_that_sits_together_has_one_interview_with_each_candidate():
    held = Round((ENGINEER, EXECUTIVE), NAMES, PEOPLE, RoundStyle(RoundKind.TOGETHER))

    assert [(each.candidate, each.members) for each in held.interviews()] == [(name, PANEL) for name in "ABCDE"]


def test_what_was_understood_is_said_with_the_hours_of_each_interviewer():
    held = Round((ENGINEER, EXECUTIVE), NAMES, PEOPLE)
    exercise = "Each candidate hears every question and does the exercise 3 times. Share the questions out, or sit together, and it is once."

    assert held.summary() == (
        "3 candidates for Sales Engineer, 2 for Account Executive, Mid-market; 5 h 55 of interviews for each panel member.",
        exercise,
    )
    assert Round((ENGINEER,), NAMES[:1], People(("Ina",), ("A",))).summary() == (
        "1 candidate; 1 h 05 of interviews for each panel member.",
    )
    shared = Round((ENGINEER,), NAMES[:1], People(PANEL, ("A", "B")), RoundStyle(RoundKind.SHARED)).summary()
    assert shared == ("2 candidates; 50 min to 1 h 10 of interviews for each panel member.",)
    assert Round((ENGINEER,), NAMES[:1], People(PANEL)).summary() == ()


def test_what_does_not_fit_into_a_shorter_kit_is_said():
    held = Round((ENGINEER,), NAMES[:1], People(("Ina",), ("A",)), RoundStyle(kit_minutes=45))
    said = held.summary()

    assert said[1] == "Sales Engineer: 6 of 8 questions fit into 45 minutes."
    assert held.longest <= 45
    tiny = Round((ENGINEER,), NAMES[:1], People(("Ina",), ("A",)), RoundStyle(kit_minutes=20)).summary()
    assert any("must be asked and does not fit" in sentence for sentence in tiny)
    assert any("nothing is asked about" in sentence for sentence in tiny)


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("Sales Engineer", 0),
        ("sales  ENGINEER", 0),
        ("Sales Engineer (m/f/d)", 0),
        ("Account Executive", 1),
        ("Sales", 0),
        ("E", None),
        ("Nurse", None),
        ("", None),
    ],
)
def test_the_name_of_a_role_is_recognised(said: str, place: int | None):
    assert find_role(said, NAMES) == place


@pytest.mark.parametrize(
    ("people", "names", "fault"),
    [
        (PEOPLE, NAMES, ""),
        (People((), ("A",)), NAMES[:1], ""),
        (People((), ("A",)), NAMES, "Choose the role that each candidate applies for: A."),
        (People((), tuple("ABCDE")), NAMES, "applies for: A, B, C and 2 more."),
        (People((), ("A",), ("Nurse",)), NAMES[:1], "A applies for “Nurse”, and this run is for “Sales Engineer”."),
        (People((), ("A",), (NAMES[0],)), NAMES, "No candidate applies for Account Executive, Mid-market: leave"),
        (People((), ("A",), (EVERY_ROLE,)), NAMES, ""),
    ],
)
def test_it_is_asked_who_applies_for_what(people: People, names: tuple[str, ...], fault: str):
    found = Round((ENGINEER, EXECUTIVE)[: len(names)], names, people).application_faults()
    assert fault in found[0] if fault else found == ()


def test_a_role_without_questions_has_no_length():
    assert Round((make.role(accountabilities=()),), ("AE",), People(("Ina",), ("A",))).longest == 0


@pytest.mark.parametrize(("minutes", "words"), [(50, "50 min"), (60, "1 h"), (250, "4 h 10"), (0, "0 min")])
def test_a_length_of_time_is_written_in_hours(minutes: int, words: str):
    assert format_minutes(minutes) == words
