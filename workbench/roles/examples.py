"""An example from the library beside each question, taken from a role near the one that is being written."""

from dataclasses import dataclass
from typing import Any

from workbench.roles import library
from workbench.roles.forms import At, StepForm
from workbench.roles.model import Accountability, Role
from workbench.roles.steps import Step


@dataclass(frozen=True, slots=True)
class Example:
    """What another role says to the same question: (label, text) pairs from the role called `title`."""

    title: str
    name: str
    said: tuple[tuple[str, str], ...]


def example(taken: str, role: Role, step: Step, at: At) -> Example | None:
    """Find what a library role near this one answers here.

    The role a draft was taken from says the same as the draft, so another one is shown: first one that meets the
    market in the same way.
    """
    others = [(name, other) for name, other in library.library().items() if name != taken]
    others.sort(key=lambda pair: pair[1].motion != role.motion)
    for name, other in others:
        there = _same_place(other, role, at)
        answer = said(other, step, there) if there else ()
        if answer:
            return Example(other.title, name, answer)
    return None


def said(role: Role, step: Step, at: At) -> tuple[tuple[str, str], ...]:
    """Put what a role answers at a step into words: (label, text) pairs, without those that are empty."""
    data = step.form.read(role, at)
    return tuple(words(step.form(formdata=None, data=data), data))


def _same_place(other: Role, role: Role, at: At) -> At | None:
    """Point at the accountability of the other role that stands at the same place in its list."""
    if not at.accountability:
        return At()
    mine = role.accountability(at.accountability)
    theirs = _twin(other, role.accountabilities.index(mine))
    if not at.item:
        return At(theirs.key)
    keys = [e.key for e in mine.expectations]
    items = theirs.expectations if at.item in keys else theirs.questions
    return At(theirs.key, items[0].key) if items else None


def _twin(other: Role, place: int) -> Accountability:
    return other.accountabilities[place % len(other.accountabilities)]


def words(form: StepForm, data: dict[str, Any]) -> list[tuple[str, str]]:
    """Put a form's present values into words: labels and text, rows as lines; switches say nothing here."""
    words: list[tuple[str, str]] = []
    for name, value in data.items():
        field = form[name]
        if name == "rows":
            rows = [" - ".join(v for v in row.values() if isinstance(v, str)) for row in value if row]
            words.append(("", "\n".join(rows[:5])))
        elif isinstance(value, tuple):
            words.append((field.label.text, "\n".join(value)))
        elif isinstance(value, str) and value:
            shown = (
                next((c.label for c in field.iter_choices() if c.selected), value)
                if hasattr(field, "choices")
                else value
            )
            words.append((field.label.text, shown))
    return [(label, text) for label, text in words if text]
