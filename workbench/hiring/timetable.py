"""Plan the interviews of a round on one day, so that no person is in two places at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from workbench.hiring.model import InterviewDay, People

MIN_MINUTES, MAX_MINUTES = 5, 240  # minutes of a talk
_MIDNIGHT = 24 * 60
_TOO_MUCH = "These interviews need more than one day; leave the times to be written by hand, or make two runs."


@dataclass(frozen=True, slots=True)
class Talk:
    """One talk between a candidate and a panel member, from its first minute to its end."""

    candidate: str
    member: str
    first: time
    end: time

    @property
    def span(self) -> str:
        """Return the time of the interview: `09:00–10:00`."""
        return f"{self.first:%H:%M}–{self.end:%H:%M}"


@dataclass(frozen=True, slots=True)
class Timetable:
    """The day of a round with all its talks."""

    day: InterviewDay
    talks: tuple[Talk, ...]

    @property
    def lunch(self) -> str:
        """Return the lunch break, where it falls between the interviews: `12:30–13:30`."""
        begin = self.day.lunch
        if begin is None or not self.talks or not self.talks[0].first < begin < self.talks[-1].end:
            return ""
        end = _minute(begin) + self.day.lunch_minutes
        return f"{begin:%H:%M}–{_time(end):%H:%M}"


def schedule_talks(people: People, day: InterviewDay, minutes: int) -> tuple[Talk, ...]:
    """Return one interview of `minutes` for every candidate with every panel member, in the order of the clock.

    In the slot `s` the candidate `i` meets the panel member `(s + i) mod n`: a Latin square, so that no person is in
    two interviews at once. `n` is the size of the larger group; a person without a partner has that slot off. Raises
    ValueError with a sentence where an interview is too short or too long, or where the day ends before the last one.
    """
    if not MIN_MINUTES <= minutes <= MAX_MINUTES:
        raise ValueError(f"An interview takes {MIN_MINUTES} to {MAX_MINUTES} minutes; {minutes} is outside that range.")
    size = max(len(people.panel), len(people.candidates))
    talks = []
    for slot, (first, end) in enumerate(_slots(size, day, minutes)):
        for at, candidate in enumerate(people.candidates):
            met = (slot + at) % size
            if met < len(people.panel):
                talks.append(Talk(candidate, people.panel[met], first, end))
    return tuple(talks)


def _slots(count: int, day: InterviewDay, minutes: int) -> Iterator[tuple[time, time]]:
    """Yield the start and the end of each slot; a slot that would overlap lunch starts after it."""
    begin = _minute(day.first)
    lunch = (_minute(day.lunch), _minute(day.lunch) + day.lunch_minutes) if day.lunch else (_MIDNIGHT, _MIDNIGHT)
    for _ in range(count):
        if begin < lunch[1] and begin + minutes > lunch[0]:
            begin = lunch[1]
        end = begin + minutes
        if end >= _MIDNIGHT:
            raise ValueError(_TOO_MUCH)
        yield _time(begin), _time(end)
        begin = end + day.rest


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _time(minute: int) -> time:
    return time(*divmod(minute, 60))
