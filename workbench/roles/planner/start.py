"""The figures that a plan starts with: an example, in whose place the role's own numbers stand where it has them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from workbench.core.forms.form import leaves
from workbench.core.text.words import count, join_words
from workbench.metrics.model import Unit
from workbench.metrics.wording import format_figure
from workbench.roles.expectations import metric_of
from workbench.roles.model import Basis, Expectation, Role
from workbench.roles.planner.forms import PlannerForm
from workbench.roles.planner.model import BY_VALUE, RoleFigure, figures_of
from workbench.roles.texts import place_of

STAGE_NAMES = ("opportunities", "meetings", "calls")


@dataclass(frozen=True, slots=True)
class FigureNote:
    """Where a figure in the planner comes from, in words; `settled` when a person has set it."""

    words: str
    settled: bool


def start_figures(example: Mapping[str, Any], role: Role | None) -> dict[str, str]:
    """Return the texts of the fields that a plan starts with; a plan from a role is for twelve months, as the example."""
    form = PlannerForm(None, data=dict(example))
    texts = dict(form.pairs())
    return texts | {figure.name: figure.text for figure in (figures_of(role) if role else ())}


def note_figures(form: PlannerForm, start: Mapping[str, str], role: Role | None) -> dict[str, FigureNote]:
    """Return a note for each figure that decides the numbers of a plan, by the name of its field."""
    started = PlannerForm(MultiDict(start))
    before = {field.name: _value_of(field) for field in leaves(started)}
    from_role = {figure.name: figure for figure in (figures_of(role) if role else ())}
    return {
        field.name: _note(from_role.get(field.name), role)
        if before.get(field.name) == _value_of(field)
        else FigureNote("", settled=True)
        for field in leaves(form)
        if field.name in ("target", "deal", "cycle") or field.name.endswith("-share")
        if _value_of(field) is not None
    }


def _value_of(field: Any) -> Any:
    """Return the number of a figure, or None where there is none."""
    return field.read if hasattr(field, "exactly") else field.data


def _note(figure: RoleFigure | None, role: Role | None) -> FigureNote:
    if figure is None or role is None:
        return FigureNote("An example: type your own.", settled=False)
    expectation, metric = figure.expectation, metric_of(figure.expectation)
    name = metric.name if metric else ""
    number = format_figure(expectation.value, expectation.unit or Unit.COUNT, role.currency)
    words = f"From “{name}” of this role"
    if figure.times > 1 and expectation.period:
        words += f": {figure.times} times {number} a {expectation.period.value}"
    if expectation.basis is Basis.PLACEHOLDER:
        return FigureNote(f"{words}, which is still a placeholder: type your own.", settled=False)
    if expectation.metric == BY_VALUE:
        words += ", which counts amounts; a plan counts deals, so type the rate by number if you know it"
    return FigureNote(f"{words}.", settled=True)


def unsettled_names(form: PlannerForm, notes: Mapping[str, FigureNote], rests_on: tuple[str, ...]) -> list[str]:
    """Return the names of the figures that a number rests on and that no person has set, as the page calls them."""
    labels = {"target": "the target", "deal": "the average deal"}
    labels |= {row["share"].name: f"the rate of {row['name'].data}" for row in form.stages if row["name"].data}
    return [labels[name] for name in rests_on if name in labels and name in notes and not notes[name].settled]


def targets_by_place(role: Role) -> list[tuple[str, Expectation]]:
    """Return each target of a role with its place."""
    return [(place_of(item, expectation), expectation) for item, expectation in role.expectations()]


def written_words(role: Role, written: Sequence[Expectation]) -> str:
    """Return the sentence about the targets that a plan has just changed, with the counts that the table of targets shows."""
    total = count(len(targets_by_place(role)), "target")
    names = join_words([metric.name if (metric := metric_of(each)) else "" for each in written])
    waiting = sum(not each.agreed for each in written)
    rest = "They are agreed already." if not waiting else f"{waiting} of them still to be agreed."
    if len(written) == 1:
        rest = "It is still to be agreed." if waiting else "It is agreed already."
    return f"The planner has written {len(written)} of the {total}: {names}. {rest}"
