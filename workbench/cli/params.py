"""Exact numbers on the command line: parse them, print them, and report invalid ones."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import click


class NumberParam(click.ParamType[Fraction]):
    """An exact number: 1,000,000 or 0.22 or 22% or 11/50."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        """Parse the number; fail with the words that are not a number."""
        if isinstance(value, Fraction):
            return value
        text = str(value).strip().replace(",", "").replace("_", "")
        try:
            return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
        except (ValueError, ZeroDivisionError):
            return self.fail(f"“{value}” is not a number; write 1000000, 0.22, 22% or 11/50.", param, ctx)


class NumberListParam(click.ParamType[tuple[Fraction, ...]]):
    """Several exact numbers separated by commas: 20,19,22."""

    name = "numbers"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[Fraction, ...]:
        """Parse each number."""
        if isinstance(value, tuple):
            return value
        return tuple(NUMBER.convert(part, param, ctx) for part in str(value).split(","))


class NamedNumberParam(click.ParamType[tuple[str, Fraction]]):
    """A name and its number: win=22%."""

    name = "name=number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Fraction]:
        """Parse the name and the number."""
        if isinstance(value, tuple):
            return value
        name, equals, number = str(value).partition("=")
        if not equals or not name.strip():
            self.fail(f"“{value}” has no name and number; write win=22%.", param, ctx)
        return name.strip(), NUMBER.convert(number, param, ctx)


class RenamedOption(click.Option):
    """An option that still accepts its old spelling `old`, which the help text does not show."""

    def __init__(self, *args: Any, old: str, **attributes: Any) -> None:
        self.old = old
        super().__init__(*args, **attributes)
        self.opts.append(old)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the help text of the new spelling."""
        self.opts.remove(self.old)
        try:
            return super().get_help_record(ctx)
        finally:
            self.opts.append(self.old)


NUMBER, NUMBER_LIST, NAMED_NUMBER = NumberParam(), NumberListParam(), NamedNumberParam()


def to_json_data(value: object) -> Any:
    """Convert an answer to JSON data: whole numbers stay numbers, fractions become "11/50", decimals their digits."""
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, tuple | list):
        return [to_json_data(item) for item in value]
    if is_dataclass(value):
        return {field.name: to_json_data(getattr(value, field.name)) for field in fields(value)}
    return value


@contextmanager
def report_invalid_input() -> Iterator[None]:
    """Convert InvalidInput to a usage error: exit code 2, the field and one sentence."""
    from workbench.metrics.validation import InvalidInput

    try:
        yield
    except InvalidInput as error:
        raise click.BadParameter(error.message, param_hint=error.field) from None


def format_number(value: Fraction) -> str:
    """Return a number as text: a whole number as it is, any other with two decimals."""
    return f"{value.numerator:,}" if value.denominator == 1 else f"{float(value):,.2f}"
