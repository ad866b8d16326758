"""The interviews of a round: which candidate meets whom, about which role, with which questions, for how long."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from workbench.core.text.words import count, fold_case, join_words
from workbench.hiring.model import EVERY_ROLE, WHOLE_KIT, People, RoundKind, RoundStyle
from workbench.hiring.timetable import Interview
from workbench.roles.interviews.model import (
    KitChoice,
    choose_questions,
    core_questions,
    interview_minutes,
    kit_for,
    question_minutes,
    share_questions,
)
from workbench.roles.model import Question, Role

_HOUR = 60
_SHOWN = 3  # names in a sentence


@dataclass(frozen=True, slots=True)
class Round:
    """The roles of a round under their names, its people, and how the interviews are held."""

    roles: tuple[Role, ...]
    names: tuple[str, ...]
    people: People
    style: RoundStyle = WHOLE_KIT

    def candidates_for(self, role: int) -> tuple[str, ...]:
        """Return the candidates who apply for a role; where it was not said, they apply for every role."""
        return tuple(
            name
            for name, said in self.people.applications
            if said in {"", EVERY_ROLE} or find_role(said, self.names) == role
        )

    def unknown_roles(self) -> tuple[str, ...]:
        """List, as sentences, the candidates who apply for a role that is not one of the round."""
        roles = join_words([f"“{each}”" for each in self.names], "or")
        return tuple(
            f"{name} applies for “{said}”, and this run is for {roles}. Choose one, or leave {name} out."
            for name, said in self.people.applications
            if said and said != EVERY_ROLE and find_role(said, self.names) is None
        )

    def application_faults(self) -> tuple[str, ...]:
        """List, as sentences, what has to be known of the candidates' roles before the round is planned."""
        faults = list(self.unknown_roles())
        if len(self.names) == 1:
            return tuple(faults)
        if unsaid := [name for name, said in self.people.applications if not said]:
            more = f" and {len(unsaid) - _SHOWN} more" if len(unsaid) > _SHOWN else ""
            faults.append(f"Choose the role that each candidate applies for: {', '.join(unsaid[:_SHOWN])}{more}.")
        return tuple(faults) or tuple(
            f"No candidate applies for {name}: leave the role out, or name its candidates."
            for at, name in enumerate(self.names)
            if self.people.candidates and not self.candidates_for(at)
        )

    def kit(self, role: int) -> KitChoice:
        """Return the questions of a role that the round asks, by one panel member or by several."""
        whole = self.roles[role]
        if self.style.kind is not RoundKind.SHARED:
            return _kit(whole, self.style.kit_minutes)
        shares = [self.share_of(role, member) for member in self.people.panel]
        return choose_questions(whole, {question.key for share in shares for _, question in share.questions()})

    def share_of(self, role: int, member: str) -> Role:
        """Return a role with the questions that one panel member asks; someone who is not on the panel has all."""
        panel = self.people.panel
        if self.style.kind is not RoundKind.SHARED or member not in panel:
            return self.kit(role).role
        share = _shares(self.roles[role], len(panel), self.style.core)[panel.index(member)]
        return _kit(share, self.style.kit_minutes).role

    def core(self, role: int) -> tuple[Question, ...]:
        """Return the questions about a role that every panel member asks where the others are shared out."""
        return core_questions(self.roles[role]) if self.style.core and self.style.kind is RoundKind.SHARED else ()

    def minutes(self, role: int, member: str = "") -> int:
        """Return the minutes of an interview about a role, with one panel member or with all."""
        return interview_minutes(self.share_of(role, member))

    def asked_minutes(self, role: int, member: str = "") -> int:
        """Return the minutes of the questions about a role that one panel member asks."""
        return question_minutes(question for _, question in self.share_of(role, member).questions())

    def interviews(self, minutes: int = 0) -> tuple[Interview, ...]:
        """Return every interview of the round; with `minutes` they are all of that length."""
        return tuple(
            Interview(candidate, members, role, minutes or self.minutes(role, members[0]))
            for role in range(len(self.roles))
            for candidate in self.candidates_for(role)
            for members in self._sittings()
        )

    def _sittings(self) -> tuple[tuple[str, ...], ...]:
        panel = self.people.panel
        if self.style.kind is RoundKind.TOGETHER and panel:
            return (panel,)
        return tuple((member,) for member in panel)

    @property
    def longest(self) -> int:
        """Return the minutes of the longest interview."""
        return max((each.minutes for each in self.interviews()), default=0)

    def summary(self, minutes: int = 0) -> tuple[str, ...]:
        """Return the round in sentences: its candidates and hours, and the questions that do not fit into it."""
        if not self.people.panel or not self.people.candidates:
            return ()
        return (self._counts(minutes), *self._left_out(), *self._repeated_exercise())

    def _counts(self, minutes: int) -> str:
        """Return who applies for what, and the time of each interviewer."""
        several = len(self.roles) > 1
        counts = [
            f"{count(len(self.candidates_for(at)), 'candidate') if not at else len(self.candidates_for(at))} for {name}"
            for at, name in enumerate(self.names)
        ]
        who = ", ".join(counts) if several else count(len(self.people.candidates), "candidate")
        busy: Counter[str] = Counter()
        for interview in self.interviews(minutes):
            busy.update(dict.fromkeys(interview.members, interview.minutes))
        hours = [format_minutes(each) for each in sorted(set(busy.values()))] or [format_minutes(0)]
        each = f"{hours[0]} to {hours[-1]}" if len(hours) > 1 else hours[0]
        return f"{who}; {each} of interviews for each panel member."

    def _left_out(self) -> Iterator[str]:
        for at, name in enumerate(self.names):
            kit = self.kit(at)
            if kit.left_out:
                asked = sum(1 for _ in kit.role.questions())
                yield (
                    f"{name}: {asked} of {count(asked + len(kit.left_out), 'question')} fit into "
                    f"{self.style.kit_minutes} minutes."
                )
            if kit.left_out_must_asks:
                yield (
                    f"{name}: “{kit.left_out_must_asks[0].text[:60]}” must be asked and does not fit; choose a longer "
                    "kit or share the questions out."
                )
            if kit.unasked:
                yield f"{name}: nothing is asked about {join_words([f'“{item.outcome}”' for item in kit.unasked])}."

    def _repeated_exercise(self) -> Iterator[str]:
        times = len(self.people.panel)
        exercise = any(each.is_exercise for at in range(len(self.roles)) for _, each in self.kit(at).role.questions())
        if self.style.kind is RoundKind.EACH and times > 1 and exercise:
            yield (
                f"Each candidate hears every question and does the exercise {times} times. Share the questions out, or "
                "sit together, and it is once."
            )


@lru_cache(maxsize=64)
def _kit(role: Role, minutes: int) -> KitChoice:
    return kit_for(role, minutes)


@lru_cache(maxsize=64)
def _shares(role: Role, members: int, core: bool) -> tuple[Role, ...]:  # noqa: FBT001 - a key of the cache
    return share_questions(role, members, core=core)


def find_role(said: str, names: Sequence[str]) -> int | None:
    """Return the place of a role, as a person wrote it, among the names of roles, or None.

    It is the one with that name, or else the only one whose name contains it or is contained in it.
    """
    wanted = fold_case(said)
    folded = [fold_case(name) for name in names]
    if wanted in folded:
        return folded.index(wanted)
    near = [at for at, name in enumerate(folded) if wanted and (wanted in name or name in wanted)]
    return near[0] if len(near) == 1 else None


def format_minutes(minutes: int) -> str:
    """Return a length of time in hours and minutes: `4 h 10`, `50 min`."""
    hours, rest = divmod(minutes, _HOUR)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"
