"""The times of a round: nobody in two interviews at once, everybody meets everybody once, breaks and lunch are kept."""

from collections import Counter
from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.hiring.model import InterviewDay
from workbench.hiring.timetable import Interview, Talk, Timetable, schedule_talks

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


def everybody(panel: tuple[str, ...], candidates: tuple[str, ...], minutes: int) -> tuple[Interview, ...]:
    return tuple(Interview(candidate, (member,), 0, minutes) for candidate in candidates for member in panel)


def some_names(what: str, count: int) -> tuple[str, ...]:
    return tuple(f"{what} {number}" for number in range(1, count + 1))


def minute(at: time) -> int:
    return at.hour * 60 + at.minute


def member(talk: Talk) -> str:
    (name,) = talk.interview.members
    return name


def spans(talks: tuple[Talk, ...], name: str) -> list[tuple[int, int]]:
    return sorted(
        (minute(each.first), minute(each.end)) for each in talks if name in {each.candidate, *each.interview.members}
    )


@given(st.integers(1, 8), st.integers(1, 8), DAYS)
def test_everybody_meets_everybody_once_with_breaks_and_lunch_before_midnight_or_it_is_said(
    panel: int, candidates: int, day: InterviewDay
):
    members, names_of_candidates = some_names("Member", panel), some_names("Candidate", candidates)
    try:
        talks = schedule_talks(everybody(members, names_of_candidates, day.minutes), day)
    except ValueError:
        lost = day.lunch_minutes + day.minutes if day.lunch else 0
        assert minute(day.first) + max(panel, candidates) * (day.minutes + day.rest) + lost >= MIDNIGHT
        return
    assert sorted((each.candidate, member(each)) for each in talks) == sorted(
        (candidate, name) for candidate in names_of_candidates for name in members
    )
    for name in (*members, *names_of_candidates):
        for (_, end), (first, _) in pairwise(spans(talks, name)):
            assert first - end >= day.rest or (day.lunch and end <= minute(day.lunch) < first)
    for first, end in ((minute(each.first), minute(each.end)) for each in talks):
        assert end - first == day.minutes
        assert minute(day.first) <= first < end < MIDNIGHT
        if day.lunch:
            assert end <= minute(day.lunch) or first >= minute(day.lunch) + day.lunch_minutes


def test_names_of_candidatesgo_round_the_panel():
    talks = schedule_talks(everybody(("Ina", "Raj", "Li"), ("A", "B"), 60), DAY)

    assert [(each.span, each.candidate, member(each)) for each in talks] == [
        ("09:00–10:00", "A", "Ina"),
        ("09:00–10:00", "B", "Raj"),
        ("10:15–11:15", "A", "Raj"),
        ("10:15–11:15", "B", "Li"),
        ("11:30–12:30", "A", "Li"),
        ("11:30–12:30", "B", "Ina"),
    ]


def test_with_more_names_of_candidatesthan_members_the_members_run_on_in_further_slots():
    talks = schedule_talks(everybody(("Ina", "Raj"), ("A", "B", "C"), 60), DAY)

    assert [(each.first.hour, each.candidate, member(each)) for each in talks] == [
        (9, "A", "Ina"),
        (9, "B", "Raj"),
        (10, "A", "Raj"),
        (10, "C", "Ina"),
        (11, "B", "Ina"),
        (11, "C", "Raj"),
    ]


def test_a_talk_that_would_run_into_lunch_begins_after_it():
    day = InterviewDay(TUESDAY, time(9, 0), 60, 15, time(11, 0), 45)
    talks = schedule_talks(everybody(("Ina",), ("A", "B", "C"), 60), day)

    assert [each.span for each in talks] == ["09:00–10:00", "11:45–12:45", "13:00–14:00"]
    assert Timetable(day, talks).lunch == "11:00–11:45"


def test_a_talk_may_end_at_the_minute_when_lunch_begins():
    day = InterviewDay(TUESDAY, time(9, 0), 60, 15, time(10, 0), 45)
    talks = schedule_talks(everybody(("Ina",), ("A", "B"), 60), day)

    assert [each.span for each in talks] == ["09:00–10:00", "10:45–11:45"]


@pytest.mark.parametrize("lunch", [None, time(7, 0), time(18, 0)])
def test_a_lunch_outside_the_talks_is_not_told(lunch: time | None):
    day = InterviewDay(TUESDAY, time(9, 0), 60, lunch=lunch)
    assert Timetable(day, schedule_talks(everybody(("Ina",), ("A", "B"), 60), day)).lunch == ""


@pytest.mark.parametrize("minutes", [0, 4, 241, 100_000, -5])
def test_a_talk_has_a_length_that_people_talk_for(minutes: int):
    with pytest.raises(ValueError, match=r"An interview takes 5 to 240 minutes"):
        schedule_talks(everybody(("Ina",), ("A",), minutes), DAY)


def test_a_round_that_does_not_fit_into_its_days_says_what_it_needs():
    interviews = everybody(("Ina",), some_names("Candidate", 20), 60)

    with pytest.raises(
        ValueError, match="need 20 slots of 60 minutes, and a day has 12 that end before midnight; they take 2 days"
    ):
        schedule_talks(interviews, DAY)
    late = InterviewDay(TUESDAY, time(9, 0), until=time(18), more=(TUESDAY + timedelta(1),))
    with pytest.raises(ValueError, match=r"a day has 7 that end by 18:00; they take 3 days\. Add days"):
        schedule_talks(interviews, late)
    with pytest.raises(ValueError, match=r"a day has 0 that end by 18:00\. Add days"):
        schedule_talks(interviews, InterviewDay(TUESDAY, time(17, 30), until=time(18)))


def test_what_does_not_fit_before_six_takes_place_on_the_next_day():
    day = InterviewDay(TUESDAY, time(9, 0), lunch=time(12, 0), until=time(18), more=(date(2026, 12, 3),))
    talks = schedule_talks(everybody(("Ina",), some_names("Candidate", 8), 60), day)

    assert [(each.on.day, each.span) for each in talks] == [
        (1, "09:00–10:00"),
        (1, "10:15–11:15"),
        (1, "13:00–14:00"),
        (1, "14:15–15:15"),
        (1, "15:30–16:30"),
        (1, "16:45–17:45"),
        (3, "09:00–10:00"),
        (3, "10:15–11:15"),
    ]
    assert Timetable(day, talks).days == (TUESDAY, date(2026, 12, 3))
    assert Timetable(day, talks).lunch == "12:00–13:00"


APPLICATIONS = st.lists(st.tuples(st.integers(1, 6), st.integers(0, 2)), min_size=1, max_size=10, unique=True)


@settings(deadline=None)
@given(st.integers(1, 5), APPLICATIONS, st.integers(20, 90), st.integers(20, 90))
def test_nobody_is_in_two_interviews_at_once_whatever_roles_they_are_about(
    panel: int, applications: list[tuple[int, int]], minutes: int, other: int
):
    interviews = [
        Interview(f"Candidate {number}", (name,), role, other if role else minutes)
        for number, role in applications
        for name in some_names("Member", panel)
    ]
    day = InterviewDay(
        TUESDAY, time(9), rest=0, until=time(18), more=tuple(TUESDAY + timedelta(n) for n in range(1, 30))
    )
    talks = schedule_talks(interviews, day)

    assert Counter(each.interview for each in talks) == Counter(interviews)
    for on in {each.on for each in talks}:
        for name in {name for each in interviews for name in (each.candidate, *each.members)}:
            today = tuple(each for each in talks if each.on == on)
            assert all(end <= first for (_, end), (first, _) in pairwise(spans(today, name)))
    assert all(each.end <= time(18) for each in talks)
    busiest = max(Counter(name for each in interviews for name in (each.candidate, *each.members)).values())
    assert len({(each.on, each.first) for each in talks}) <= busiest  # no slot more than the busiest person needs


def test_a_panel_that_sits_together_meets_one_candidate_after_the_other():
    panel = ("Ina", "Raj")
    talks = schedule_talks([Interview(name, panel, 0, 60) for name in "ABC"], DAY)

    assert [(each.span, each.candidate) for each in talks] == [
        ("09:00–10:00", "A"),
        ("10:15–11:15", "B"),
        ("11:30–12:30", "C"),
    ]


def test_a_round_without_interviews_has_no_times():
    assert schedule_talks((), DAY) == ()
    assert Timetable(DAY, ()).lunch == ""
