"""Exact numbers on the command line: how they are written, how they are told, and how a refusal is said."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import click


class Exact(click.ParamType[Fraction]):
    """A number as people write it, taken exactly: 1,000,000 or 0.22 or 22% or 11/50."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        """Read the number; the command is refused with the words that were no number."""
        if isinstance(value, Fraction):
            return value
        text = str(value).strip().replace(",", "").replace("_", "")
        try:
            return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
        except (ValueError, ZeroDivisionError):
            return self.fail(f"“{value}” is no number; write 1000000, 0.22, 22% or 11/50.", param, ctx)


class Listed(click.ParamType[tuple[Fraction, ...]]):
    """Several exact numbers with commas between them: 20,19,22."""

    name = "numbers"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[Fraction, ...]:
        """Read each number."""
        if isinstance(value, tuple):
            return value
        return tuple(EXACT.convert(part, param, ctx) for part in str(value).split(","))


class Named(click.ParamType[tuple[str, Fraction]]):
    """A name and its number: win=22%."""

    name = "name=number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Fraction]:
        """Read the name and the number."""
        if isinstance(value, tuple):
            return value
        name, equals, number = str(value).partition("=")
        if not equals or not name.strip():
            self.fail(f"“{value}” has no name and number; write win=22%.", param, ctx)
        return name.strip(), EXACT.convert(number, param, ctx)


EXACT, LISTED, NAMED = Exact(), Listed(), Named()


def plain(value: object) -> Any:
    """Turn an answer into JSON data: whole numbers stay numbers, fractions become "11/50", decimals their digits."""
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return value


@contextmanager
def plain_refusal() -> Iterator[None]:
    """Turn a figure that no answer can be worked out from into wrong use: code 2, the field and one sentence."""
    from workbench.metrics.validation import InvalidInput

    try:
        yield
    except InvalidInput as error:
        raise click.BadParameter(error.message, param_hint=error.field) from None


def told(value: Fraction) -> str:
    """Say a number: whole as it is, otherwise to two places."""
    return f"{value.numerator:,}" if value.denominator == 1 else f"{float(value):,.2f}"
