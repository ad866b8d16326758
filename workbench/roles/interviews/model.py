"""The minutes of an interview, the questions of a shorter kit, and the questions shared out among a panel."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from workbench.roles.model import Accountability, Question, Role

GREETING_MINUTES = 3
CLOSING_MINUTES = 10  # the candidate's own questions
KIT_LENGTHS = (45, 60, 90)
CORE_QUESTIONS = 2
_STEP = 5
_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_NUMBERS = {word: number for number, word in enumerate(_WORDS.split(), 1)} | {
    "twenty-five": 25,
    "thirty": 30,
    "forty": 40,
    "forty-five": 45,
}
_NUMBER = rf"(\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_MINUTES = re.compile(
    rf"\b{_NUMBER}(?: more| further)?[ -](?:minutes?|minuten?|minutos?)\b"
    rf"|\b(?:and|after|plus|then|in) {_NUMBER}(?= (?:of|to|for|what)\b|[.,;])",
    re.IGNORECASE,
)


def question_minutes(questions: Iterable[Question]) -> int:
    """Return the minutes of some questions; those of one question are for its answer and its probes."""
    return sum(question.minutes for question in questions)


def minutes_of(questions: Iterable[Question]) -> int:
    """Return the minutes of an interview: the greeting, its questions and the candidate's own, rounded up to five.

    An interview without questions has no length of its own: 0.
    """
    minutes = question_minutes(questions)
    return -(-(GREETING_MINUTES + minutes + CLOSING_MINUTES) // _STEP) * _STEP if minutes else 0


def interview_minutes(role: Role) -> int:
    """Return the minutes of an interview with all questions of a role."""
    return minutes_of(question for _, question in role.questions())


def text_minutes(text: str) -> int:
    """Return the sum of the minutes in the words of a question: 25 for “fifteen minutes after ten of reading”.

    A number without the word “minutes” counts in a sentence where that word is: “Take three minutes to prepare and
    seven to call”. Numbers are read as digits, or as English words.
    """
    total = 0
    for sentence in re.split(r"(?<=[.!?:;])\s", text):
        if re.search(r"\bminut", sentence, re.IGNORECASE):
            numbers = (found[1] or found[2] for found in _MINUTES.finditer(sentence))
            total += sum(int(number) if number.isdigit() else _NUMBERS[number.lower()] for number in numbers)
    return total


@dataclass(frozen=True, slots=True)
class KitChoice:
    """The questions that were chosen for an interview, as the role with those alone, and the others.

    `unasked` are the accountabilities that have questions and none in this interview.
    """

    role: Role
    left_out: tuple[Question, ...] = ()
    unasked: tuple[Accountability, ...] = ()

    @property
    def minutes(self) -> int:
        """Return the minutes of the interview."""
        return interview_minutes(self.role)

    @property
    def left_out_must_asks(self) -> tuple[Question, ...]:
        """Return the questions that must be asked and did not fit."""
        return tuple(question for question in self.left_out if question.must_ask)


def kit_for(role: Role, minutes: int) -> KitChoice:
    """Return the questions of a role that fit into an interview of `minutes`, in their order; 0 is without a limit.

    First comes one question about each accountability, the shorter ones first, of those that must be asked where one
    fits; then the other questions that must be asked, then the rest in the order of the role.
    """
    if not minutes or interview_minutes(role) <= minutes:
        return KitChoice(role)
    questions = tuple(role.questions())
    must_ask = [(item, question) for item, question in questions if question.must_ask]
    free = minutes - GREETING_MINUTES - CLOSING_MINUTES
    chosen: set[str] = set()
    asked: set[str] = set()
    for pairs, once in (
        (_by_minutes(must_ask), True),
        (_by_minutes(questions), True),
        (must_ask, False),
        (questions, False),
    ):
        for item, question in pairs:
            if question.key not in chosen and question.minutes <= free and not (once and item.key in asked):
                chosen.add(question.key)
                asked.add(item.key)
                free -= question.minutes
    return choose_questions(role, chosen)


def choose_questions(role: Role, keys: Collection[str]) -> KitChoice:
    """Return some of the questions of a role as the choice for an interview."""
    chosen = with_questions(role, keys)
    return KitChoice(
        chosen,
        tuple(question for _, question in role.questions() if question.key not in keys),
        tuple(
            item
            for item, kept in zip(role.accountabilities, chosen.accountabilities, strict=True)
            if item.questions and not kept.questions
        ),
    )


def _by_minutes(pairs: Iterable[tuple[Accountability, Question]]) -> list[tuple[Accountability, Question]]:
    return sorted(pairs, key=lambda pair: pair[1].minutes)


def with_questions(role: Role, keys: Collection[str]) -> Role:
    """Return a role with some of its questions alone; its accountabilities stay, so that their numbers do."""
    return replace(
        role,
        accountabilities=tuple(
            replace(item, questions=tuple(each for each in item.questions if each.key in keys))
            for item in role.accountabilities
        ),
    )


def core_questions(role: Role) -> tuple[Question, ...]:
    """Return the two questions that every member of a panel asks where the others are shared out.

    They are the first that must be asked, about two accountabilities where there are two; an exercise is never one,
    because a candidate does it once.
    """
    first = [
        next(
            iter(sorted((each for each in item.questions if not each.is_exercise), key=lambda each: not each.must_ask)),
            None,
        )
        for item in role.accountabilities
    ]
    found = [question for question in first if question]
    return tuple(sorted(found, key=lambda question: not question.must_ask)[:CORE_QUESTIONS])


def share_questions(role: Role, members: int, *, core: bool = False) -> tuple[Role, ...]:
    """Return the role of each member of a panel, with the questions about that member's accountabilities alone.

    The accountabilities are shared out so that the minutes are as equal as possible: the longest goes to the member
    with the least. Where there are more members than accountabilities, the longest are asked about twice. With
    `core`, everyone also asks the core questions.
    """
    shares: list[list[Accountability]] = [[] for _ in range(members)]
    items = sorted(
        (item for item in role.accountabilities if item.questions),
        key=lambda item: question_minutes(item.questions),
        reverse=True,
    )
    for item in items:
        min(shares, key=_share_minutes).append(item)
    if items:
        for at, idle in enumerate([share for share in shares if not share]):
            idle.append(items[at % len(items)])
    shared = {question.key for question in core_questions(role)} if core else set()
    order = {item.key: at for at, item in enumerate(role.accountabilities)}
    shares.sort(key=lambda share: min((order[item.key] for item in share), default=0))
    return tuple(
        with_questions(role, {question.key for item in share for question in item.questions} | shared)
        for share in shares
    )


def _share_minutes(share: Sequence[Accountability]) -> int:
    return sum(question_minutes(item.questions) for item in share)
