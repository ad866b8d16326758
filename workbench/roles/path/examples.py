"""Find an example in the library for each question, from a role similar to the draft."""

from dataclasses import dataclass
from typing import Any

from workbench.roles import library
from workbench.roles.expectations import expectation_sentence
from workbench.roles.model import Accountability, Role
from workbench.roles.path.forms import At, RoleForm
from workbench.roles.path.steps import RoleStep


@dataclass(frozen=True, slots=True)
class Example:
    """Another role's answer to the same question: (label, text) pairs from the role called `title`."""

    title: str
    name: str
    answer_texts: tuple[tuple[str, str], ...]


def find_example(source: str, role: Role, step: RoleStep, at: At) -> Example | None:
    """Find the answer of the nearest library role to this question.

    The library role that a draft started from has the same answers, so another one is shown.
    """
    for name, other in library.list_nearest(role):
        if name == source:
            continue
        place = _same_place(other, role, at)
        answer = _example_texts(other, step, place) if place else ()
        if answer:
            return Example(other.title, name, answer)
    return None


def answer_texts(role: Role, step: RoleStep, at: At) -> tuple[tuple[str, str], ...]:
    """Return a role's answers at a step as (label, text) pairs, without empty ones."""
    data = step.form.read(role, at)
    return tuple(field_texts(step.form(formdata=None, data=data), data))


def _example_texts(other: Role, step: RoleStep, place: At) -> tuple[tuple[str, str], ...]:
    """Return the texts that are worth copying: an expectation as its sentence, no switches."""
    if step.name == "expectation":
        expectation = other.accountability(place.accountability).expectation(place.item)
        texts = (("", expectation_sentence(expectation, other.currency)), ("Read from", expectation.source))
        return (*texts, ("We will", expectation.we_will))
    return tuple((label, text) for label, text in answer_texts(other, step, place) if text not in ("Yes", "No"))


def _same_place(other: Role, role: Role, at: At) -> At | None:
    """Return the place of the matching accountability in the other role."""
    if not at.accountability:
        return At()
    mine = role.accountability(at.accountability)
    theirs = _matching_accountability(other, mine, role.accountabilities.index(mine))
    if not at.item:
        return At(theirs.key)
    keys = [e.key for e in mine.expectations]
    items = theirs.expectations if at.item in keys else theirs.questions
    return At(theirs.key, items[0].key) if items else None


def _matching_accountability(other: Role, mine: Accountability, place: int) -> Accountability:
    """Find the accountability that owns the same function, or the one at the same place in the list."""
    same = [item for item in other.accountabilities if item.function == mine.function]
    return same[0] if same else other.accountabilities[place % len(other.accountabilities)]


def field_texts(form: RoleForm, data: dict[str, Any]) -> list[tuple[str, str]]:
    """Return a form's present values as (label, text) pairs: numbers, choices, rows as lines, and switches."""
    texts: list[tuple[str, str]] = []
    for name, value in data.items():
        field = form[name]
        if name == "rows":
            rows = [": ".join(part for part in row.values() if isinstance(part, str)) for row in value if row]
            texts.append(("", "\n".join(rows)))
        elif isinstance(value, bool):
            texts.append((field.label.text, "Yes" if value else "No"))
        elif hasattr(field, "choices"):
            texts.append(
                (field.label.text, next((c.label for c in field.iter_choices() if c.selected and c.value), ""))
            )
        else:
            texts.append((field.label.text, field._value()))  # noqa: SLF001 - WTForms has no other name for it
    return [(label, text) for label, text in texts if text]
