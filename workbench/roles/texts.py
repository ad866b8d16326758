"""Every free text of a role with the place where it is written."""

from collections.abc import Iterator

from workbench.roles.model import Accountability, Expectation, Question, Role


def place_of(item: Accountability, part: Expectation | Question | str = "") -> str:
    """Return the place of an accountability, of one of its pages or lists ("outcome", "questions"), or of an expectation or question in it."""
    home = f"accountabilities/{item.key}"
    if isinstance(part, str):
        return f"{home}/{part}" if part else home
    return f"{home}/{'questions' if isinstance(part, Question) else 'expectations'}/{part.key}"


def texts(role: Role) -> Iterator[tuple[str, str]]:
    """Yield the place and text of every free text of a role; empty texts are left out.

    Anchors are left out, because they quote candidates, whose words are not ours to judge.
    """
    for place, found in _all(role):
        if found:
            yield place, found


def _all(role: Role) -> Iterator[tuple[str, str]]:
    yield "seat", role.title
    yield "summary", role.summary
    for part in ("overall", "outcomes", "leading", "need", "forward"):
        yield f"purpose/{part}", getattr(role.purpose, part)
    for item in role.accountabilities:
        yield from _of(item)
    yield from (("duties", duty.text) for duty in role.duties)
    yield from (("qualifications", qualification.text) for qualification in role.qualifications)
    yield from (("hard-parts", part) for part in role.hard_parts)
    yield from (("neighbours", neighbour.owns) for neighbour in role.neighbours)
    yield from (("pay", text) for text in (role.pay.variable, role.pay.benefits))
    conditions = role.conditions
    named = (conditions.place, conditions.hours, conditions.travel, conditions.physical, conditions.other)
    yield from (("conditions", text) for text in named)


def _of(item: Accountability) -> Iterator[tuple[str, str]]:
    yield from ((place_of(item, "outcome"), text) for text in (item.outcome, item.success_factor))
    yield from ((place_of(item, "ownership"), text) for text in (item.scope, item.reason))
    helps = item.supports
    slots = (helps.behaviours, helps.motivators, helps.skills, helps.capacities, helps.rewards)
    yield from ((place_of(item, "supports"), text) for slot in slots for text in slot)
    for expectation in item.expectations:
        said = (expectation.qualifier, expectation.source, expectation.we_will)
        yield from ((place_of(item, expectation), text) for text in said)
    for question in item.questions:
        yield from ((place_of(item, question), text) for text in (question.text, *question.probes, question.good))
