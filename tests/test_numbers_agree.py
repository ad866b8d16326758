"""Every input for a number, on pages and on the command line, reads what people type in the same way."""

import importlib
import pkgutil
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import click
import pytest
import wtforms
from werkzeug.datastructures import MultiDict
from wtforms.fields.core import UnboundField

import workbench
from workbench.cli import commands
from workbench.cli.params import (
    NamedNumberParam,
    NumberListParam,
    NumberParam,
    WholeNumberParam,
)
from workbench.cli.signal import ActualsParam
from workbench.core.forms.fields import AskingField, NumberField
from workbench.core.forms.form import VersionField
from workbench.core.text.numbers import NumberKind
from workbench.roles.planner.fields import ShareField

# What is typed, and its number; None where the reader asks back or refuses.
TYPED = {
    "300.000": None,
    "300,000": 300_000,
    "300 000": 300_000,
    "1'000'000": 1_000_000,
    "1,000": 1_000,
    "1.5m": 1_500_000,
    "60k": 60_000,
    "٣": 3,
    "85,00,0": None,
    "much": None,
}
OTHER_NUMBERS = (wtforms.IntegerField, wtforms.DecimalField, wtforms.FloatField, wtforms.IntegerRangeField)


def modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(workbench.__path__, "workbench."):
        if found.name.endswith(("forms", "fields", "views")):
            yield importlib.import_module(found.name)


def fields() -> list[tuple[str, UnboundField]]:
    found = {}
    for module in modules():
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, wtforms.Form):
                for name, field in vars(kind).items():
                    if isinstance(field, UnboundField):
                        found[f"{kind.__module__}.{kind.__qualname__}.{name}"] = field
    return sorted(found.items())


FIELDS = fields()
NUMBERS = [each for each in FIELDS if issubclass(each[1].field_class, NumberField)]


def typed(field: UnboundField, text: str) -> Any:
    form = type("OneForm", (wtforms.Form,), {"it": field})(MultiDict({"it": text}))
    form.validate()
    return form.it


def test_no_form_reads_numbers_in_a_way_of_its_own():
    others = [name for name, field in FIELDS if issubclass(field.field_class, OTHER_NUMBERS)]
    assert [name for name in others if not name.endswith("PageForm.version")] == []
    assert len(NUMBERS) > 15
    assert issubclass(ShareField, AskingField)
    assert VersionField.widget.input_type == "hidden"


@pytest.mark.parametrize("field", [field for _, field in NUMBERS], ids=[name for name, _ in NUMBERS])
def test_every_field_reads_what_is_typed_alike(field: UnboundField):
    for text, number in TYPED.items():
        it = typed(field, text)
        kind, high = it.wanted.kind, it.wanted.max_value
        if number is None:
            assert it.errors, text
            assert it.data is None
        elif high is not None and number > high:
            assert it.errors[0].startswith(("Enter a whole number", "Enter a number of at most")), text
        else:
            assert it.data == number, text
        assert it._value() == text, "what was typed stays"
        assert bool(it.readings) == (text == "300.000"), (kind, text)


def test_a_share_reads_the_same_percentages_as_every_field_for_one():
    for text, share in {"22,5 %": "0.225", "22.5": "0.225", "0.22": None, "1/2": "0.5", "much": None}.items():
        it = typed(ShareField("Share"), text)
        assert (it.read is None) == (share is None)
        if share and text != "1/2":
            assert it.read == Decimal(share)


def options() -> Iterator[tuple[str, click.Parameter]]:
    def walk(command: click.Command, path: str) -> Iterator[tuple[str, click.Parameter]]:
        for each in command.params:
            yield f"{path} {each.name}", each
        if isinstance(command, click.Group):
            for name in command.list_commands(click.Context(command)):
                child = command.get_command(click.Context(command), name)
                assert child is not None
                yield from walk(child, f"{path} {name}")

    return walk(commands, "workbench")


OPTIONS = list(options())
OWN = (NumberParam, NumberListParam, NamedNumberParam, ActualsParam)


def test_no_option_reads_numbers_in_a_way_of_its_own():
    plain = (click.types.IntParamType, click.types.FloatParamType)
    assert [name for name, each in OPTIONS if isinstance(each.type, plain) and not each.count] == []
    assert sum(isinstance(each.type, OWN) for _, each in OPTIONS) > 20


@pytest.mark.parametrize(
    "option", [each for _, each in OPTIONS if isinstance(each.type, NumberParam)], ids=lambda each: each.name
)
def test_every_option_reads_what_is_typed_alike(option: click.Parameter):
    whole = option.type.wanted.max_value if isinstance(option.type, WholeNumberParam) else None
    per = 100 if option.type.kind is NumberKind.PERCENT else 1
    for text, number in TYPED.items():
        if number is None or (whole is not None and number > whole):
            with pytest.raises(click.BadParameter):
                option.type.convert(text, option, None)
        else:
            assert option.type.convert(text, option, None) * per == number
