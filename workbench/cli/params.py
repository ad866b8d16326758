"""Exact numbers on the command line: parse them, print them, and report invalid ones."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import click

from workbench.core.text.numbers import AmbiguousNumber, NumberKind, UnreadableNumber, Wanted, read_exact
from workbench.core.text.translation import language_codes


class NumberParam(click.ParamType[Fraction]):
    """An exact number as people write it: 1,000,000 or 1.5m or 0.8 or 1/3; the percent sign of 80% divides by a hundred."""

    name = "number"
    kind = NumberKind.PLAIN

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        """Read the number as every page does; fail with the sentence that a page shows beside its field."""
        if isinstance(value, Fraction):
            return value
        text = str(value)
        kind = NumberKind.PERCENT if self.kind is NumberKind.PLAIN and text.rstrip().endswith("%") else self.kind
        number = self.read(text, Wanted(kind), param, ctx)
        return number / 100 if kind is NumberKind.PERCENT else number

    def read(self, text: str, wanted: Wanted, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        """Return what a text says; fail where it says nothing, or two things."""
        try:
            return read_exact(text, wanted)
        except AmbiguousNumber as question:
            choice = " or ".join(reading.text.replace(" %", "%") for reading in question.readings)
            return self.fail(f"{question} Write {choice}.", param, ctx)
        except UnreadableNumber as error:
            return self.fail(str(error), param, ctx)


class AmountParam(NumberParam):
    """An amount of money in whichever currency the calculation is in: 1,000,000 or $1m."""

    name = "amount"
    kind = NumberKind.MONEY


class RateParam(NumberParam):
    """A rate: 22% or 22 or 11/50."""

    name = "rate"
    kind = NumberKind.PERCENT


class WholeNumberParam(NumberParam):
    """A whole number from `min_value` to `max_value`; its value is an int."""

    name = "number"

    def __init__(self, min_value: int = 0, max_value: int | None = None) -> None:
        self.wanted = Wanted(NumberKind.WHOLE, min_value=min_value, max_value=max_value)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # type: ignore[override]
        """Read the whole number; fail with the sentence that a page shows beside its field."""
        return value if isinstance(value, int) else int(self.read(str(value), self.wanted, param, ctx))


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

    def __init__(self, number: NumberParam, example: str) -> None:
        self.number, self.example = number, example

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Fraction]:
        """Parse the name and the number."""
        if isinstance(value, tuple):
            return value
        name, equals, number = str(value).partition("=")
        if not equals or not name.strip():
            self.fail(f"“{value}” has no name and number; write {self.example}.", param, ctx)
        return name.strip(), self.number.convert(number, param, ctx)


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


NUMBER, AMOUNT, RATE, NUMBER_LIST = NumberParam(), AmountParam(), RateParam(), NumberListParam()
NAMED_NUMBER, NAMED_RATE = NamedNumberParam(NUMBER, "meetings=8"), NamedNumberParam(RATE, "win=22%")


def add_document_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say how a document is printed to a command: fillable, large, paper, language."""
    paper, language = click.Choice(["a4", "letter"]), click.Choice(language_codes())
    own_text = "Language of headings and labels; the role's own text stays as written."
    options = (
        click.option("--fillable", is_flag=True, help="Make PDF forms to type into, instead of lines to write on."),
        click.option("--large", is_flag=True, help="Set everything in 18 point, for readers with low vision."),
        click.option("--paper", type=paper, default="a4", show_default=True, help="Paper size."),
        click.option("--language", type=language, default="en", show_default=True, help=own_text),
    )
    for option in reversed(options):
        command = option(command)
    return command


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
