"""The times of a round: nobody in two talks at once, everybody meets everybody once, breaks and lunch are kept."""

from datetime import date, time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.hiring.model import InterviewDay, People
from workbench.hiring.timetable import Talk, Timetable, schedule_talks

MIDNIGHT = 24 * 60
TUESDAY = date(2026, 12, 1)
DAY = InterviewDay(TUESDAY, time(9, 0), 60)
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
DAYS = st.builds(
    InterviewDay,
    st.dates(),
    TIMES,
    st.integers(5, 240),
    st.integers(0, 60),
    st.none() | TIMES,
    st.integers(5, 120),
)


def some_names(what: str, count: int) -> tuple[str, ...]:
    return tuple(f"{what} {number}" for number in range(1, count + 1))


def minute(at: time) -> int:
    return at.hour * 60 + at.minute


def spans(talks: tuple[Talk, ...], name: str) -> list[tuple[int, int]]:
    return sorted((minute(each.first), minute(each.end)) for each in talks if name in {each.candidate, each.member})


@given(st.integers(1, 8), st.integers(1, 8), DAYS)
def test_everybody_meets_everybody_once_with_breaks_and_lunch_before_midnight_or_it_is_said(
    panel: int, candidates: int, day: InterviewDay
):
    people = People(some_names("Member", panel), some_names("Candidate", candidates))
    try:
        talks = schedule_talks(people, day, day.minutes)
    except ValueError:
        lost = day.lunch_minutes + day.minutes if day.lunch else 0
        assert minute(day.first) + max(panel, candidates) * (day.minutes + day.rest) + lost >= MIDNIGHT
        return
    assert sorted((each.candidate, each.member) for each in talks) == sorted(
        (candidate, member) for candidate in people.candidates for member in people.panel
    )
    for name in (*people.panel, *people.candidates):
        for (_, end), (first, _) in pairwise(spans(talks, name)):
            assert first - end >= day.rest or (day.lunch and end <= minute(day.lunch) < first)
    for first, end in ((minute(each.first), minute(each.end)) for each in talks):
        assert end - first == day.minutes
        assert minute(day.first) <= first < end < MIDNIGHT
        if day.lunch:
            assert end <= minute(day.lunch) or first >= minute(day.lunch) + day.lunch_minutes


def test_candidates_go_round_the_panel():
    talks = schedule_talks(People(("Ina", "Raj", "Li"), ("A", "B")), DAY, 60)

    assert [(each.span, each.candidate, each.member) for each in talks] == [
        ("09:00–10:00", "A", "Ina"),
        ("09:00–10:00", "B", "Raj"),
        ("10:15–11:15", "A", "Raj"),
        ("10:15–11:15", "B", "Li"),
        ("11:30–12:30", "A", "Li"),
        ("11:30–12:30", "B", "Ina"),
    ]


def test_with_more_candidates_than_members_the_members_run_on_in_further_slots():
    talks = schedule_talks(People(("Ina", "Raj"), ("A", "B", "C")), DAY, 60)

    assert [(each.first.hour, each.candidate, each.member) for each in talks] == [
        (9, "A", "Ina"),
        (9, "B", "Raj"),
        (10, "A", "Raj"),
        (10, "C", "Ina"),
        (11, "B", "Ina"),
        (11, "C", "Raj"),
    ]


def test_a_talk_that_would_run_into_lunch_begins_after_it():
    day = InterviewDay(TUESDAY, time(9, 0), 60, 15, time(11, 0), 45)
    talks = schedule_talks(People(("Ina",), ("A", "B", "C")), day, 60)

    assert [each.span for each in talks] == ["09:00–10:00", "11:45–12:45", "13:00–14:00"]
    assert Timetable(day, talks).lunch == "11:00–11:45"


def test_a_talk_may_end_at_the_minute_when_lunch_begins():
    day = InterviewDay(TUESDAY, time(9, 0), 60, 15, time(10, 0), 45)
    talks = schedule_talks(People(("Ina",), ("A", "B")), day, 60)

    assert [each.span for each in talks] == ["09:00–10:00", "10:45–11:45"]


@pytest.mark.parametrize("lunch", [None, time(7, 0), time(18, 0)])
def test_a_lunch_outside_the_talks_is_not_told(lunch: time | None):
    day = InterviewDay(TUESDAY, time(9, 0), 60, lunch=lunch)
    assert Timetable(day, schedule_talks(People(("Ina",), ("A", "B")), day, 60)).lunch == ""


@pytest.mark.parametrize("minutes", [0, 4, 241, 100_000, -5])
def test_a_talk_has_a_length_that_people_talk_for(minutes: int):
    with pytest.raises(ValueError, match=r"An interview takes 5 to 240 minutes"):
        schedule_talks(People(("Ina",), ("A",)), DAY, minutes)


def test_a_round_that_does_not_fit_into_a_day_says_what_to_do():
    with pytest.raises(ValueError, match=r"need more than one day; leave the times .* by hand, or make two runs"):
        schedule_talks(People(("Ina",), some_names("Candidate", 20)), DAY, 60)
