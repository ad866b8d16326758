"""Plan the interviews of a round on its days, so that no person is in two places at once."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from workbench.core.text.words import count
from workbench.hiring.model import InterviewDay

MIN_MINUTES, MAX_MINUTES = 5, 240  # minutes of an interview
_MIDNIGHT = 24 * 60


@dataclass(frozen=True, slots=True)
class Interview:
    """One interview of a round before it has its time; `role` is the place of the role among those of the round."""

    candidate: str
    members: tuple[str, ...]
    role: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Talk:
    """One interview with its time, from its first minute to its end."""

    interview: Interview
    on: date
    first: time
    end: time

    @property
    def candidate(self) -> str:
        """Return the name of the candidate."""
        return self.interview.candidate

    @property
    def span(self) -> str:
        """Return the time of the interview: `09:00–10:00`."""
        return f"{self.first:%H:%M}–{self.end:%H:%M}"


@dataclass(frozen=True, slots=True)
class Timetable:
    """The days of a round with all interviews."""

    day: InterviewDay
    talks: tuple[Talk, ...]

    @property
    def days(self) -> tuple[date, ...]:
        """Return the days on which there are interviews."""
        return tuple(sorted({talk.on for talk in self.talks}))

    @property
    def lunch(self) -> str:
        """Return the lunch break, where it falls between the interviews of a day: `12:30–13:30`."""
        begin = self.day.lunch
        spans = [[talk for talk in self.talks if talk.on == on] for on in self.days]
        if begin is None or not any(talks[0].first < begin < talks[-1].end for talks in spans):
            return ""
        end = _minute(begin) + self.day.lunch_minutes
        return f"{begin:%H:%M}–{_time(end):%H:%M}"


def schedule_talks(interviews: Sequence[Interview], day: InterviewDay) -> tuple[Talk, ...]:
    """Return the interviews with their times, in the order of the clock.

    All slots are as long as the longest interview, and in none of them is a person in two interviews, whatever role
    they are about. Raises ValueError with a sentence where an interview is too short or too long, or where the days end
    before the last one.
    """
    length = max((each.minutes for each in interviews), default=MIN_MINUTES)
    if not MIN_MINUTES <= length <= MAX_MINUTES:
        raise ValueError(f"An interview takes {MIN_MINUTES} to {MAX_MINUTES} minutes; {length} is outside that range.")
    slots = _assign_slots(interviews)
    times = _find_times(max(slots, default=-1) + 1, day, length)
    talks = [
        Talk(each, *times[slot][:2], _time(_minute(times[slot][1]) + each.minutes))
        for each, slot in zip(interviews, slots, strict=True)
    ]
    order = {name: at for at, name in enumerate(dict.fromkeys(each.candidate for each in interviews))}
    return tuple(sorted(talks, key=lambda talk: (talk.on, talk.first, order[talk.candidate])))


def _assign_slots(interviews: Sequence[Interview]) -> list[int]:
    """Return the slot of each interview, so that no person has two in one.

    Interviews of one candidate with one panel member are the edges of a bipartite graph, and slots their colours: they
    need no more than the busiest person has interviews (Kőnig 1916). Where everybody meets everybody, the candidate `i`
    meets the member `(s + i) mod n` in the slot `s`, a Latin square. Interviews with several members follow one another.
    """
    if any(len(each.members) > 1 for each in interviews):
        return list(range(len(interviews)))
    edges = [((each.candidate, ""), ("", each.members[0])) for each in interviews]
    rows = {node: at for at, node in enumerate(dict.fromkeys((each.candidate, each.role) for each in interviews))}
    columns = {node: at for at, node in enumerate(dict.fromkeys(member for _, member in edges))}
    busy: dict[tuple[str, str], dict[int, int]] = {node: {} for edge in edges for node in edge}
    size = max(Counter(node for edge in edges for node in edge).values(), default=0)
    for at, (each, (candidate, member)) in enumerate(zip(interviews, edges, strict=True)):
        slot = (columns[member] - rows[each.candidate, each.role]) % size
        if slot in busy[candidate] or slot in busy[member]:
            here = [slot for slot in range(size) if slot not in busy[candidate]]
            there = [slot for slot in range(size) if slot not in busy[member]]
            slot = next((slot for slot in here if slot in there), here[0])
            if slot in busy[member]:
                _swap(busy, edges, member, slot, there[0])
        busy[candidate][slot] = busy[member][slot] = at
    slots = {at: slot for taken in busy.values() for slot, at in taken.items()}
    return [slots[at] for at in range(len(edges))]


def _swap(
    busy: dict[tuple[str, str], dict[int, int]],
    edges: Sequence[tuple[tuple[str, str], tuple[str, str]]],
    node: tuple[str, str],
    slot: int,
    other: int,
) -> None:
    """Exchange two slots along the chain of interviews that begins with a person, so that the first is free for them."""
    chain: list[int] = []
    place, wanted = node, slot
    while (at := busy[place].get(wanted)) is not None:
        chain.append(at)
        first, second = edges[at]
        place = second if place == first else first
        wanted = other if wanted == slot else slot
    taken = [(at, slot if step % 2 == 0 else other) for step, at in enumerate(chain)]
    for at, old in taken:
        for end in edges[at]:
            busy[end].pop(old, None)
    for at, old in taken:
        for end in edges[at]:
            busy[end][other if old == slot else slot] = at


def _find_times(needed: int, day: InterviewDay, minutes: int) -> list[tuple[date, time]]:
    """Return the day and the start of each slot. Raises ValueError with a sentence where the days are too short."""
    times = [(on, first) for on in day.days for first in _slots(needed, day, minutes)][:needed]
    if len(times) < needed:
        each = len(times) // len(day.days)
        until = f"that end by {day.until:%H:%M}" if day.until else "that end before midnight"
        days = f"; they take {count(-(-needed // each), 'day')}" if each else ""
        raise ValueError(
            f"These interviews need {needed} slots of {minutes} minutes, and a day has {each} {until}{days}. Add days, let "
            "the last interview end later, take a shorter kit, share the questions out, or leave the times to be written "
            "by hand."
        )
    return times


def _slots(needed: int, day: InterviewDay, minutes: int) -> Iterator[time]:
    """Yield the start of each slot of a day; a slot that would overlap lunch starts after it."""
    begin = _minute(day.first)
    limit = _minute(day.until) if day.until else _MIDNIGHT - 1
    lunch = (_minute(day.lunch), _minute(day.lunch) + day.lunch_minutes) if day.lunch else (_MIDNIGHT, _MIDNIGHT)
    for _ in range(needed):
        if begin < lunch[1] and begin + minutes > lunch[0]:
            begin = lunch[1]
        if begin + minutes > limit:
            return
        yield _time(begin)
        begin += minutes + day.rest


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _time(minute: int) -> time:
    return time(*divmod(minute, 60))
