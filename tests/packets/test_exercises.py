"""The sheets of exercises reach those who need them, and a candidate gets none that is played in the interview."""

from dataclasses import replace

import pytest

from tests.support import make
from workbench.hiring.model import People
from workbench.packets.job import ChosenRole, PrintJob
from workbench.packets.recipes.model import DocumentKind, find_shipped_recipe
from workbench.roles.model import Exercise, Role

PEOPLE = People(("Ina Vogt",), ("Candidate A", "Candidate B"))
SHEETS = {DocumentKind.EXERCISE, DocumentKind.ROLE_PLAY}


def role_with(exercise: Exercise) -> Role:
    role = make.role()
    first, *rest = role.accountabilities
    asked = replace(first.questions[0], exercise=exercise)
    return replace(role, accountabilities=(replace(first, questions=(asked,)), *rest))


def parts_of(recipe: str, *roles: Role) -> list[set[DocumentKind]]:
    """Return which sheets of exercises are in each packet of a run."""
    chosen = tuple(ChosenRole(role, make.stamp()) for role in roles)
    job = PrintJob(find_shipped_recipe(recipe), chosen, PEOPLE, "Maya")
    return [{entry.part for entry in packet.entries} & SHEETS for packet in job.packets()]


@pytest.mark.parametrize(
    ("recipe", "exercise", "found"),
    [
        ("interviewer", make.exercise(), [SHEETS]),
        ("interviewer", make.exercise(reading_minutes=0, beforehand=True), [SHEETS]),
        ("interviewer", Exercise(), [set()]),
        ("manager", make.exercise(), [SHEETS]),
        ("candidate", make.exercise(), [set(), set()]),
        ("candidate", make.exercise(reading_minutes=0, beforehand=True), [{DocumentKind.EXERCISE}] * 2),
    ],
)
def test_sheets_are_in_the_packets_of_those_who_need_them(
    recipe: str, exercise: Exercise, found: list[set[DocumentKind]]
):
    assert parts_of(recipe, role_with(exercise)) == found


def test_a_candidate_reads_nothing_of_an_exercise_that_is_played_or_of_the_other_sheet():
    secret = make.exercise(candidate="PLAYED", role_player="SECRET", checklist=("5: SECRET",))
    sent = make.exercise(candidate="PREPARED", role_player="SECRET", checklist=("5: SECRET",), beforehand=True)
    first, second, *rest = role_with(secret).accountabilities
    both = replace(second, questions=(replace(second.questions[0], exercise=sent),))
    role = replace(make.role(), accountabilities=(first, both, *rest))
    job = PrintJob(find_shipped_recipe("candidate"), (ChosenRole(role, make.stamp()),), PEOPLE, "Maya")
    printed = [repr(job.document(entry)) for packet in job.packets() for entry in packet.entries]
    assert any("PREPARED" in text for text in printed)
    assert not [text for text in printed if "SECRET" in text or "PLAYED" in text]


def test_a_packet_of_nothing_but_sheets_that_are_not_written_says_so():
    recipe = replace(find_shipped_recipe("interviewer"), parts=(DocumentKind.ROLE_PLAY,))
    job = PrintJob(recipe, (ChosenRole(make.role(), make.stamp()),), PEOPLE, "Maya")
    with pytest.raises(ValueError, match="No exercise of these roles has a sheet"):
        job.packets()
