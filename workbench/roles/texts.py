"""Every free text of a role with the place where it is written."""

from collections.abc import Iterator

from workbench.roles.fields import reviewed_texts
from workbench.roles.model import Accountability, Expectation, Question, Role


def place_of(item: Accountability, part: Expectation | Question | str = "") -> str:
    """Return the place of an accountability, of one of its pages or lists ("outcome", "questions"), or of an expectation or question in it."""
    base = f"accountabilities/{item.key}"
    if isinstance(part, str):
        return f"{base}/{part}" if part else base
    return f"{base}/{'questions' if isinstance(part, Question) else 'expectations'}/{part.key}"


def texts(role: Role) -> Iterator[tuple[str, str]]:
    """Yield the place and text of every free text of a role; empty texts are left out.

    Anchors are left out, because they quote candidates, whose words are not ours to judge.
    """
    for place, text in _all(role):
        if text:
            yield place, text


def _all(role: Role) -> Iterator[tuple[str, str]]:
    for value in (role, role.purpose, *role.duties, *role.qualifications, *role.neighbours, role.pay, role.conditions):
        yield from ((each.page, text) for each, text in reviewed_texts(value))
    for item in role.accountabilities:
        yield from _of(item)


def _of(item: Accountability) -> Iterator[tuple[str, str]]:
    for value in (item, item.supports):
        yield from ((place_of(item, each.page), text) for each, text in reviewed_texts(value))
    parts: tuple[Expectation | Question, ...] = (*item.expectations, *item.questions)
    for part in parts:
        yield from ((place_of(item, part), text) for _, text in reviewed_texts(part))
