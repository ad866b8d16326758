"""Forms put valid answers into the role and leave alone what was not asked, not sent or not valid."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from tests.support import make
from workbench.core.text.currencies import to_minor
from workbench.core.web.app import Workbench
from workbench.metrics.catalogue import catalogue
from workbench.metrics.model import Timing
from workbench.roles.fields import field_of
from workbench.roles.model import Basis, Duty, Motion, Pay, Purpose, Role
from workbench.roles.path import forms, item_forms, row_forms
from workbench.roles.path.forms import At

NORTH, HELD = At("north"), At("north", "north-held")


def write_form(
    app: Workbench, kind: type[forms.RoleForm], at: At, data: dict[str, Any], role: Role | None = None
) -> Role:
    """Send fields to a form and write it into a role, whether all of them are valid or not."""
    with app.test_request_context("/", method="POST", data=MultiDict(data)):
        value = role or make.role()
        form = kind(meta={"csrf": False, "currency": value.currency})
        form.validate()
        return form.write(value, at)


def test_a_wrong_field_keeps_its_old_value_and_the_others_are_taken(app: Workbench):
    role = write_form(app, item_forms.OwnershipForm, NORTH, {"share": "most", "function": "renewals", "scope": "All"})
    item = role.accountability("north")
    assert (item.share, item.function, item.scope) == (20, "renewals", "All")


def test_a_field_that_was_not_sent_keeps_its_value_and_a_switch_that_was_not_sent_is_off(app: Workbench):
    item = write_form(app, item_forms.OwnershipForm, NORTH, {"scope": "All"}).accountability("north")
    assert (item.function, item.reason, item.share, item.essential) == (
        "new-customers-north",
        "The position exists to do this.",
        20,
        False,
    )


def test_an_emptied_field_is_empty(app: Workbench):
    item = write_form(app, item_forms.SupportsForm, NORTH, {"behaviours": " \n ", "skills": "One\nTwo"}).accountability(
        "north"
    )
    assert (item.supports.behaviours, item.supports.skills) == ((), ("One", "Two"))
    assert item.supports.rewards == ("Told at the team meeting",)


def test_only_the_accountability_that_was_asked_about_changes(app: Workbench):
    role = write_form(app, item_forms.OutcomeForm, NORTH, {"outcome": "Another"})
    assert role.accountabilities[1:] == make.role().accountabilities[1:]
    assert replace(role, accountabilities=()) == replace(make.role(), accountabilities=())


def test_the_motion_may_be_left_open(app: Workbench):
    assert write_form(app, forms.SeatForm, At(), {"motion": "partner"}).motion is Motion.PARTNER
    assert write_form(app, forms.SeatForm, At(), {"motion": ""}).motion is None
    assert write_form(app, forms.SeatForm, At(), {"motion": "fisher"}).motion is Motion.HUNTER


@pytest.mark.parametrize("part", ["overall", "outcomes", "leading", "why_needed", "contribution"])
def test_each_of_the_five_answers_has_its_own_form(app: Workbench, part: str):
    role = write_form(app, forms.purpose_form(field_of(Purpose, part)), At(), {"answer": "Because."})
    assert role == make.role(purpose=replace(make.role().purpose, **{part: "Because."}))


def test_a_due_date_that_is_no_day_is_refused_with_an_example(app: Workbench):
    with app.test_request_context("/", method="POST", data={"due": "1.12.2026"}):
        form = item_forms.ExpectationForm(meta={"csrf": False})
        form.validate()
        assert list(form.due.errors) == ["Enter a day such as 2026-12-01; “1.12.2026” is not one."]


def test_the_unit_of_an_expectation_is_that_of_its_metric(app: Workbench):
    for code, metric in catalogue().items():
        role = write_form(app, item_forms.ExpectationForm, HELD, {"metric": code, "value": "1.50"})
        changed = role.accountability("north").expectations[0]
        assert (changed.metric, changed.unit, changed.value) == (code, metric.unit, Decimal("1.50"))


def test_an_expectation_without_a_metric_has_no_unit(app: Workbench):
    changed = write_form(app, item_forms.ExpectationForm, HELD, {"metric": ""}).accountability("north").expectations[0]
    assert (changed.metric, changed.unit) == ("", None)


def test_an_expectation_keeps_what_is_not_valid(app: Workbench):
    data = {
        "metric": "nothing",
        "value": "x",
        "period": "century",
        "due": "31 June",
        "basis": "rumour",
        "source": "CRM",
    }
    changed = write_form(app, item_forms.ExpectationForm, HELD, data).accountability("north").expectations[0]
    assert changed == replace(make.role().accountability("north").expectations[0], source="CRM")
    assert changed.basis is not Basis.PLANNER


def test_leading_metrics_come_first_and_each_stands_once(app: Workbench):
    with app.test_request_context("/"):
        codes = [choice.value for choice in item_forms.ExpectationForm(formdata=None).metric.iter_choices()]
    assert codes[0] == ""
    assert sorted(codes[1:]) == sorted(catalogue())
    timings = [catalogue()[code].timing for code in codes[1:]]
    assert timings == sorted(timings, key=lambda timing: timing is Timing.LAGGING)


@pytest.mark.parametrize("kind", [item_forms.ExpectationForm, item_forms.QuestionForm])
def test_a_part_that_is_not_there_is_not_written(app: Workbench, kind: type[forms.RoleForm]):
    with pytest.raises(KeyError):
        write_form(app, kind, At("north", "nothing"), {"minutes": "5"})


def test_empty_rows_are_dropped_and_the_rest_keeps_its_order(app: Workbench):
    data = {
        "rows-0-text": "",
        "rows-1-text": "Second",
        "rows-1-essential": "y",
        "rows-3-text": "Fourth",
        "rows-4-essential": "y",
    }
    assert write_form(app, row_forms.DutiesForm, At(), data).duties == (Duty("Second"), Duty("Fourth", essential=False))


def test_no_rows_at_all_are_no_wish_to_remove_all(app: Workbench):
    role = make.role(duties=(Duty("Stays"),))
    assert write_form(app, row_forms.DutiesForm, At(), {}, role).duties == (Duty("Stays"),)
    assert write_form(app, row_forms.DutiesForm, At(), {"rows-0-text": ""}, role).duties == ()


def test_a_row_of_which_only_a_part_was_sent_is_whole(app: Workbench):
    (neighbour,) = write_form(app, row_forms.NeighboursForm, At(), {"rows-0-seat": "Account manager"}).neighbours
    assert (neighbour.seat, neighbour.owns) == ("Account manager", "")


def test_rows_with_a_fault_change_none(app: Workbench):
    role = make.role(duties=(Duty("Stays"),))
    data = {"rows-0-text": "Fine", "rows-1-text": "x" * 301}
    assert write_form(app, row_forms.DutiesForm, At(), data, role) == role


def test_forty_rows_can_be_drawn_with_an_empty_one_below(app: Workbench):
    role = make.role(hard_parts=tuple(f"Part {at}" for at in range(row_forms.MAX_ROWS)))
    with app.test_request_context("/"):
        form = row_forms.HardPartsForm(formdata=None, data=row_forms.HardPartsForm.read(role, At()))
        assert len(form.rows) == row_forms.MAX_ROWS + 1


@pytest.mark.parametrize(
    ("act", "place", "order"),
    [
        ("up", 1, "bac"),
        ("down", 1, "acb"),
        ("remove", 0, "bc"),
        ("up", 0, "abc"),
        ("down", 2, "abc"),
        ("remove", 3, "abc"),
        ("remove", -1, "abc"),
        ("stay", 1, "abc"),
    ],
)
def test_a_row_is_moved_or_removed_by_its_button(app: Workbench, act: str, place: int, order: str):
    with app.test_request_context("/"):
        form = row_forms.HardPartsForm(formdata=None, data={"rows": [{"text": text} for text in "abc"]})
        form.arrange(act, place)
        assert "".join(row["text"] for row in form.rows.data) == order


PAID = make.role(currency="USD", pay=Pay(minimum=65_000_50, maximum=85_000_00, released=True))


@pytest.mark.parametrize(
    ("currency", "amount", "minor"),
    [("JPY", "6,500,000", 6_500_000), ("KWD", "1250.125", 1_250_125), ("NOK", "650 000", 650_000_00)],
)
def test_pay_is_stored_in_the_minor_units_of_its_currency(app: Workbench, currency: str, amount: str, minor: int):
    before = replace(PAID, currency=currency)
    role = write_form(app, forms.PayForm, At(), {"minimum": amount, "maximum": amount}, before)
    assert (role.currency, role.pay.minimum, role.pay.maximum) == (currency, minor, minor)
    assert to_minor(forms.PayForm.read(role, At())["minimum"], currency) == minor


def test_amounts_that_do_not_fit_the_currency_of_the_role_leave_the_pay_as_it_was(app: Workbench):
    paid = replace(PAID, currency="JPY")
    with app.test_request_context("/", method="POST", data=MultiDict({"minimum": "65,000.50", "released": "y"})):
        form = forms.PayForm(meta={"csrf": False, "currency": "JPY"}, data=forms.PayForm.read(paid, At()))
        assert not form.validate()
        assert form.minimum.errors == ["Enter an amount without decimal places, as JPY is counted."]
        assert form.write(paid, At()).pay == paid.pay


def test_a_list_that_was_pasted_from_a_word_processor_becomes_rows(app: Workbench):
    text = "1.\tLead each pursuit.\n\n2) Keep the calendar.\n•\tSit beside writers.\no\tTurn plans into promises.\n- Say thanks."
    duties = write_form(app, row_forms.DutiesForm, At(), {"rows-0-text": text, "rows-0-essential": "y"}).duties
    texts = (
        "Lead each pursuit.",
        "Keep the calendar.",
        "Sit beside writers.",
        "Turn plans into promises.",
        "Say thanks.",
    )
    assert duties == tuple(Duty(each, essential=True) for each in texts)


def test_rows_that_were_pasted_from_a_spreadsheet_keep_their_columns(app: Workbench):
    text = "Account Manager\tRenewals\nSales Engineer\tThe technical win"
    role = write_form(app, row_forms.NeighboursForm, At(), {"rows-0-seat": text, "rows-0-owns": ""})
    assert [(each.seat, each.owns) for each in role.neighbours] == [
        ("Account Manager", "Renewals"),
        ("Sales Engineer", "The technical win"),
    ]


def test_a_pasted_list_that_is_too_long_is_kept_on_the_page_and_not_in_the_role(app: Workbench):
    text = "\n".join(f"Duty {number}" for number in range(row_forms.MAX_ROWS + 1))
    assert write_form(app, row_forms.DutiesForm, At(), {"rows-0-text": text}) == make.role()
    with app.test_request_context("/", method="POST", data=MultiDict({"rows-0-text": text})):
        assert len(row_forms.DutiesForm(meta={"csrf": False}).rows) == row_forms.MAX_ROWS + 1
