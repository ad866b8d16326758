"""Find an example in the library for each question, from the role nearest to the draft."""

from dataclasses import dataclass
from typing import Any

from workbench.roles import library
from workbench.roles.expectations import expectation_sentence
from workbench.roles.model import Accountability, Expectation, Role
from workbench.roles.path.forms import At, RoleForm
from workbench.roles.path.steps import RoleStep

SWITCHED_ON = "y"  # what a checked box sends


@dataclass(frozen=True, slots=True)
class ExampleAnswer:
    """One text of an example, and what it puts into the fields of the page, as a person would type it."""

    label: str
    text: str
    typed: dict[str, str]


@dataclass(frozen=True, slots=True)
class Example:
    """What another role, called `title`, answers to the same question."""

    title: str
    name: str
    answers: tuple[ExampleAnswer, ...]

    def button(self, answer: ExampleAnswer) -> str:
        """Return what the button sends that uses an answer: `use:account-manager/2`."""
        return f"use:{self.name}/{self.answers.index(answer)}"

    @property
    def answer_texts(self) -> tuple[tuple[str, str], ...]:
        """Return the answers as (label, text) pairs."""
        return tuple((answer.label, answer.text) for answer in self.answers)


def find_example(source: str, role: Role, step: RoleStep, at: At) -> Example | None:
    """Find the answer of the nearest library role to this question.

    The library role that a draft started from has the same answers, so another one is shown.
    """
    for name, other in library.list_nearest(role):
        if name == source:
            continue
        if example := _example_in(name, other, role, step, at):
            return example
    return None


def example_of(name: str, role: Role, step: RoleStep, at: At) -> Example | None:
    """Return the answer of one library role to this question, or None where it has none."""
    other = library.library(role.currency).get(name)
    return _example_in(name, other, role, step, at) if other else None


def show_beside_fields(form: RoleForm, example: Example, *, empty_only: bool = False) -> None:
    """Attach to each field, or to each that is empty, the example that is drawn beside it."""
    if "rows" in form:
        return
    for answer in example.answers:
        field = form[next(iter(answer.typed))]
        if not (empty_only and field.data):
            field.example = (example, answer)


def use_answer(form: RoleForm, answer: ExampleAnswer) -> None:
    """Write one answer of an example into a form: into its fields, or into a new row before the empty one at the end."""
    if "rows" in form:
        rows = form["rows"]
        last = rows.entries.pop() if rows.entries and not any(rows.entries[-1].data.values()) else None
        rows.append_entry(answer.typed)
        if last is not None:
            rows.append_entry({})
        return
    for name, typed in answer.typed.items():
        field = form[name]
        field.raw_data, field.errors = [typed], []
        field.process_formdata([typed])


def answer_texts(role: Role, step: RoleStep, at: At) -> tuple[tuple[str, str], ...]:
    """Return a role's answers at a step as (label, text) pairs, without empty ones."""
    data = step.form.read(role, at)
    return tuple(field_texts(step.form(formdata=None, data=data), data))


def _example_in(name: str, other: Role, role: Role, step: RoleStep, at: At) -> Example | None:
    place = _same_place(other, role, at)
    if place and step.name == "exercise":
        place = _exercise_place(other, place)
    answers = _example_answers(other, step, place) if place else ()
    return Example(other.title, name, answers) if answers else None


def _example_answers(other: Role, step: RoleStep, place: At) -> tuple[ExampleAnswer, ...]:
    """Return the texts that are worth using: an expectation as its sentence, no switches."""
    data = step.form.read(other, place)
    form = step.form(formdata=None, data=data)
    if "rows" in form:
        return tuple(_row_answer(entry) for entry in form["rows"] if any(entry.data.values()))
    if step.name == "expectation":
        expectation = other.accountability(place.accountability).expectation(place.item)
        return _expectation_answers(expectation, form, other.currency)
    texts = [(name, pair) for name in data for pair in field_texts(form, {name: data[name]})]
    return tuple(
        ExampleAnswer(label, text, {name: _typed(form[name])})
        for name, (label, text) in texts
        if text not in ("Yes", "No")
    )


def _row_answer(entry: Any) -> ExampleAnswer:
    """Return one row of a list as an answer."""
    typed = {name: (SWITCHED_ON if value is True else value or "") for name, value in entry.data.items()}
    texts = [value for value in entry.data.values() if isinstance(value, str)]
    return ExampleAnswer("", ": ".join(texts), typed)


def _expectation_answers(expectation: Expectation, form: RoleForm, currency: str) -> tuple[ExampleAnswer, ...]:
    """Return a target as one answer that fills several fields; the number is left to the person who sets it."""
    target = ("metric", "comparator", "period", "due", "qualifier")
    return (
        ExampleAnswer("", expectation_sentence(expectation, currency), {name: _typed(form[name]) for name in target}),
        ExampleAnswer("Read from", expectation.source, {"source": expectation.source}),
        ExampleAnswer("We will", expectation.we_will, {"we_will": expectation.we_will}),
    )


def _typed(field: Any) -> str:
    """Return the value of a field as a person would type it."""
    return str(field.data or "") if hasattr(field, "choices") else str(field._value())  # noqa: SLF001 - WTForms has no other name for it


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


def _exercise_place(other: Role, place: At) -> At | None:
    """Return the place of the exercise of another role, in the matching accountability where it has one there."""
    found = [(item, question) for item, question in other.questions() if question.exercise.written]
    found.sort(key=lambda pair: pair[0].key != place.accountability)
    return At(found[0][0].key, found[0][1].key) if found else None


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
                (
                    field.label.text,
                    ", ".join(each.label for each in field.iter_choices() if each.selected and each.value),
                )
            )
        else:
            texts.append((field.label.text, field._value()))  # noqa: SLF001 - WTForms has no other name for it
    return [(label, text) for label, text in texts if text]
