"""Each field of a role is described once, and every reader of the description knows all of them."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, get_args, get_type_hints

import pytest

from tests.support import make
from workbench.core.web.app import Workbench
from workbench.metrics.model import Period, Unit
from workbench.roles import model
from workbench.roles.currency.forms import CurrencyForm
from workbench.roles.editions.compare import compare
from workbench.roles.exercises.forms import ExerciseForm
from workbench.roles.fields import FIELDS, FieldKind, RoleField, reviewed_texts
from workbench.roles.library import faults
from workbench.roles.model import (
    Accountability,
    Anchors,
    Conditions,
    Expectation,
    Pay,
    Purpose,
    Question,
    Role,
    Supports,
)
from workbench.roles.path.forms import ConditionsForm, PayForm, SeatForm, SummaryForm, purpose_form
from workbench.roles.path.item_forms import ExpectationForm, OutcomeForm, OwnershipForm, QuestionForm, SupportsForm
from workbench.roles.path.row_forms import DutiesForm, HardPartsForm, NeighboursForm, QualificationsForm, RowsForm
from workbench.roles.path.steps import ACCOUNTABILITY_STEPS, PATH, SECTIONS
from workbench.roles.position.documents import position_annex, position_description
from workbench.roles.texts import texts


def row_of(form: type[RowsForm]) -> type:
    """Return the form of one row of a list."""
    (row,) = form.rows.args[0].args
    return row


DESCRIBED = [(kind, each) for kind, described in FIELDS.items() for each in described]
FORMS = {
    Role: (SeatForm, SummaryForm, PayForm, ConditionsForm),
    Pay: (PayForm,),
    Conditions: (ConditionsForm,),
    model.Administration: (ConditionsForm,),
    Accountability: (OutcomeForm, OwnershipForm),
    Supports: (SupportsForm,),
    Expectation: (ExpectationForm,),
    Question: (QuestionForm,),
    Anchors: (QuestionForm,),
    model.Exercise: (ExerciseForm,),
    model.Duty: (row_of(DutiesForm),),
    model.Qualification: (row_of(QualificationsForm),),
    model.Neighbour: (row_of(NeighboursForm),),
}


def name_of(pair: object) -> str:
    return getattr(pair, "__name__", getattr(pair, "name", ""))


def classes_of_the_model() -> set[type]:
    """Find every dataclass that a role is made of, by the types of its fields."""
    found: set[type] = set()

    def visit(kind: Any) -> None:
        if is_dataclass(kind) and kind.__module__ == model.__name__ and kind not in found:
            found.add(kind)
            for hint in get_type_hints(kind).values():
                visit(hint)
        for inner in get_args(kind):
            visit(inner)

    visit(Role)
    return found


def test_every_field_of_the_model_is_described_once():
    assert set(FIELDS) == classes_of_the_model()
    for kind, described in FIELDS.items():
        assert sorted(each.name for each in described) == sorted(each.name for each in fields(kind)), kind


@pytest.mark.parametrize(("kind", "each"), DESCRIBED, ids=name_of)
def test_every_page_of_a_field_is_one_of_the_guided_path(kind: type, each: RoleField):
    pages = {step.name for step in ACCOUNTABILITY_STEPS} | set(PATH.steps) | {section.name for section in SECTIONS}
    pages |= {"expectation", "question", "expectations", "questions", "exercise", "currency"}
    assert each.page in pages or (not each.page and kind in (Accountability, Expectation, Question, Role))


@pytest.mark.parametrize(("kind", "each"), DESCRIBED, ids=name_of)
def test_a_form_asks_for_each_field_by_its_prompt_and_keeps_its_length(app: Workbench, kind: type, each: RoleField):
    # An answer about the purpose has a page of its own (below); parts and hard parts are written in rows.
    if not each.prompt or kind is Purpose or each.kind in (FieldKind.PART, FieldKind.PARTS):
        return
    with app.test_request_context("/"):
        if each.name == "hard_parts":
            inputs = [row_of(HardPartsForm)().text]
        elif each.name == "currency":
            inputs = [CurrencyForm("USD").currency]
        else:
            inputs = [form()[each.name] for form in FORMS[kind] if hasattr(form, each.name)]
        assert [found.label.text for found in inputs] == [each.prompt]
        assert not each.max_length or inputs[0].max_length == each.max_length


@pytest.mark.parametrize("each", FIELDS[Purpose], ids=name_of)
def test_each_answer_about_the_purpose_has_a_page_under_its_prompt_and_keeps_its_length(
    app: Workbench, each: RoleField
):
    step = PATH.steps[each.page]
    assert step.question == each.prompt
    with app.test_request_context("/"):
        assert step.form().answer.max_length == each.max_length
        assert purpose_form(replace(each, max_length=77))().answer.max_length == 77


def whole_role() -> Role:
    """Build a role in which every text field contains text."""
    item = make.accountability("north")
    expectation, lagging = item.expectations
    first = replace(
        item,
        expectations=(replace(expectation, qualifier="with a budget holder", planner_query="goal=100"), lagging),
        questions=tuple(replace(each, exercise=make.exercise()) for each in item.questions),
    )
    return make.role(
        accountabilities=(first, make.accountability("south"), make.accountability("west")),
        conditions=Conditions(
            place="Leeds",
            hours="40 a week",
            travel="Two days a month",
            physical="Carries a demo case",
            other="A dog in the office",
        ),
        hard_parts=("Many calls end in a no.",),
        duties=(model.Duty("Visits customers"),),
        qualifications=(model.Qualification("Sold software before"),),
        neighbours=(model.Neighbour("Account manager", "renewals"),),
        pay=Pay(50_000_00, 60_000_00, variable="A tenth", benefits="Pension", released=True, told_when="Before"),
        administration=model.Administration("S-12", "7", cost_centre="4100"),
    )


@pytest.mark.parametrize(("kind", "each"), DESCRIBED, ids=name_of)
def test_every_text_field_of_the_sample_role_contains_text(kind: type, each: RoleField):
    if each.kind in (FieldKind.LINE, FieldKind.TEXT, FieldKind.LINES):
        assert getattr(first_of(whole_role(), kind), each.name)


def with_value(role: Role, kind: type, name: str, value: object) -> Role:
    """Return the role with another value in a field of the first part of a kind."""

    def changed(part: object) -> object:
        if isinstance(part, kind):
            return replace(part, **{name: value})  # type: ignore[type-var]
        for each in fields(part):  # type: ignore[arg-type]
            inside = getattr(part, each.name)
            if isinstance(inside, tuple) and inside and is_dataclass(inside[0]):
                after: object = (changed(inside[0]), *inside[1:])
            elif is_dataclass(inside):
                after = changed(inside)
            else:
                continue
            if after != inside:
                return replace(part, **{each.name: after})  # type: ignore[type-var]
        return part

    result = changed(role)
    assert isinstance(result, Role)
    return result


def first_of(role: Role, kind: type) -> Any:
    """Find the first part of a kind in a role."""
    waiting: list[Any] = [role]
    while waiting:
        part = waiting.pop(0)
        if isinstance(part, kind):
            return part
        if isinstance(part, tuple):
            waiting += part
        elif is_dataclass(part):
            waiting += [getattr(part, each.name) for each in fields(part)]
    raise LookupError(kind)


def another(value: Any, each: RoleField) -> object:
    """Return another value for a field than its present one."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, Enum):
        return next(other for other in type(value) if other is not value)
    empty = {
        "motion": model.Motion.LEAD,
        "value": Decimal(7),
        "period": Period.YEAR,
        "unit": Unit.COUNT,
        "due": date(2027, 1, 31),
        "currency": "NOK",
        "metric": "calls",
    }
    if each.name in empty:
        return empty[each.name]
    if isinstance(value, int):
        return value + 1
    return ("Another line",) if isinstance(value, tuple) else "Another text"


@pytest.mark.parametrize(("kind", "each"), DESCRIBED, ids=name_of)
def test_the_comparison_shows_a_change_of_each_field(kind: type, each: RoleField):
    if each.kind in (FieldKind.PART, FieldKind.PARTS):
        return
    role = whole_role()
    changed = with_value(role, kind, each.name, another(getattr(first_of(role, kind), each.name), each))
    assert changed != role
    assert compare(role, changed)


@pytest.mark.parametrize(("kind", "each"), DESCRIBED, ids=name_of)
def test_the_wording_rules_read_each_reviewed_text(kind: type, each: RoleField):
    marked = "Zebra" if each.kind is not FieldKind.LINES else ("Zebra",)
    if each.kind not in (FieldKind.LINE, FieldKind.TEXT, FieldKind.LINES) or each.name == "planner_query":
        return
    role = with_value(whole_role(), kind, each.name, marked)
    found = [place for place, text in texts(role) if text == "Zebra"]
    assert bool(found) is each.reviewed
    assert not found or each.page.rpartition("/")[2] in found[0] or kind in (Expectation, Question)
    assert ("Zebra" in [text for _, text in reviewed_texts(first_of(role, kind))]) is each.reviewed


@pytest.mark.parametrize(("kind", "each"), DESCRIBED, ids=name_of)
def test_the_library_check_names_each_required_field_that_is_empty(kind: type, each: RoleField):
    if each.required:
        empty: object = () if each.kind is FieldKind.LINES else ""
        paths = [fault.path for fault in faults(with_value(whole_role(), kind, each.name, empty), {})]
        assert any(path.endswith(each.name) for path in paths)


@pytest.mark.parametrize(("kind", "each"), DESCRIBED, ids=name_of)
def test_the_position_description_or_its_annex_prints_each_field_that_says_so(kind: type, each: RoleField):
    if each.document_label and kind is not Question:
        marked = ("Zebra",) if each.kind is FieldKind.LINES else "Zebra"
        role = with_value(whole_role(), kind, each.name, marked)
        printed = [build(role, make.stamp()).blocks for build in (position_description, position_annex)]
        assert "Zebra" in repr(printed)
