"""The one reader of numbers: what a person typed as an exact number, or a sentence that says why it is none.

The rules, which hold on every page, on the command line and in every file that people write:

- Digits of every script count, spaces and apostrophes may be between groups, and a currency's sign or code, a percent sign,
  and k, m, bn, thousand, million, lakh or crore are read where people write them: `€300.000,50`, `85 000,00`, `£300k`,
  `CHF 1’000’000.–`, `22,5 %`, `33 1/3 %`, `12,00,000`. A scale may be joined to the sign: `45 TEUR`, `45 T€`, `1,2 MEUR`.
- With a point and a comma, the last of them is the decimal sign. A sign that comes twice is between groups. A sign with
  fewer or more than three digits behind it is the decimal sign, in every country: `1,5` and `1.5` have one meaning.
- A sign with three digits behind it is between groups where the country writes groups so (`300.000` in Germany, `300,000`
  in Britain). Anywhere else both readings are possible: `AmbiguousNumber` asks back with both, and nothing is read.
- Groups have three digits, or two before the last three as in India; anything else is a slip and is refused.
- A percentage below 1 without its sign (`0.22`) may be a share: 22 % or 0.22 % is asked back. `11/50` is 22 %.
- The sign of another currency, a percent sign in an amount, an amount in a plain number, and two numbers are refused.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from workbench.core.text.currencies import currency_noun, is_currency, is_sign_of, looks_like_currency
from workbench.core.text.number_style import ENGLISH_STYLE, MAX_PLACES, NumberStyle, plain_number, write_number
from workbench.core.text.spelling import say, spell
from workbench.core.text.words import clean

MAX_NUMBER = 10**12  # numbers stay below it
_SHOWN = 30  # characters of an input that a message repeats


class NumberKind(StrEnum):
    """What a number is for; ANY is one whose unit is still to be chosen."""

    PLAIN = "plain"
    WHOLE = "whole"
    PERCENT = "percent"
    MONEY = "money"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a field asks for: the kind, the currency of an amount (empty where any is meant), and the ends that are allowed.

    `ends` names the two fields that a range belongs in.
    """

    kind: NumberKind = NumberKind.PLAIN
    currency: str = ""
    min_value: int | None = None
    max_value: int | None = None
    ends: str = ""


class UnreadableNumber(ValueError):
    """A text that is not the number that is wanted; its text is a sentence for the user."""


class AmbiguousNumber(UnreadableNumber):
    """A text with two meanings; `readings` has both, each as a text that has one."""

    def __init__(self, message: str, readings: tuple["Reading", ...]) -> None:
        super().__init__(message)
        self.readings = readings


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a text: its value, the text that says nothing else, and how it is shown, in digits and in words."""

    value: Decimal
    text: str
    shown: str
    words: str


@dataclass(frozen=True, slots=True)
class _Typed:
    """The parts of a text: its digits with their separators, its factor, and the signs around it."""

    digits: str
    factor: int
    negative: bool
    percent: bool
    signs: tuple[str, ...]


_SCALES = {
    "k": 10**3, "tsd": 10**3, "thousand": 10**3, "lakh": 10**5, "lakhs": 10**5, "lac": 10**5, "m": 10**6, "mn": 10**6,
    "mm": 10**6, "mio": 10**6, "mln": 10**6, "million": 10**6, "millions": 10**6, "cr": 10**7, "crore": 10**7,
    "crores": 10**7, "b": 10**9, "bn": 10**9, "mrd": 10**9, "billion": 10**9,
}  # fmt: skip
# The scales that stand before a sign without a space; T is a thousand in German, and before “$” it may be a trillion.
_SIGN_SCALES = {"t": 10**3, "k": 10**3, "m": 10**6}
_PERCENTS = frozenset({"%", "percent", "per cent", "pct"})
_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ´`′＇"), "'")
_DASHES = dict.fromkeys(map(ord, "−–—‐‑‒﹣－"), "-")
_OTHERS = {
    ord("٪"): "%",
    ord("％"): "%",
    ord("﹪"): "%",
    ord("，"): ",",
    ord("．"): ".",
    ord("⁄"): "/",
    ord("،"): ",",
    ord("＄"): "$",
}
_ARABIC_DECIMAL, _ARABIC_GROUP = "٫", "٬"
_CORE = re.compile(r"[.,٫]?[0-9](?:[0-9.,'_٫٬ /]*[0-9])?")
_FRACTION = re.compile(r"(?:([0-9]{1,12}) )?([0-9]{1,9})/([0-9]{1,9})")
_SCALE = re.compile(rf"({'|'.join(sorted(_SCALES, key=len, reverse=True))})(?![^\W\d_])\.?\s*", re.IGNORECASE)
_RANGE = re.compile(
    r"[0-9][^-]*-+[^0-9]*[0-9]|[0-9].*\b(?:to|bis|until|up to|and|à|a)\b.*[0-9]|[0-9] ?\.\.+ ?[^0-9]*[0-9]"
)


def read_number(text: str, wanted: Wanted = Wanted(), style: NumberStyle = ENGLISH_STYLE) -> Decimal:
    """Return the number that a text says, by the rules of this module; percent as 22 for 22 %.

    A fraction that no decimal equals has two places: `33 1/3 %` is 33.33. Raises AmbiguousNumber or UnreadableNumber.
    """
    value = read_exact(text, wanted, style)
    return _decimal(value)


def read_exact(text: str, wanted: Wanted = Wanted(), style: NumberStyle = ENGLISH_STYLE) -> Fraction:
    """Return the number that a text says as an exact fraction. Raises AmbiguousNumber or UnreadableNumber."""
    shown = clean(text)
    typed = _take_apart(shown, wanted, style)
    _check_signs(typed, wanted, style)
    values = [value * typed.factor * (-1 if typed.negative else 1) for value in _readings(typed.digits, style)]
    if not values:
        if "/" in typed.digits:
            raise _no_number(shown, wanted, style)
        raise UnreadableNumber(
            f"“{shown[:_SHOWN]}” has a comma or a point in an unusual place; write it as {_example(wanted, style)}."
        )
    if wanted.kind is NumberKind.WHOLE:
        values = [value for value in values if value.denominator == 1]
    if len(values) == 1 and wanted.kind is NumberKind.PERCENT and not typed.percent and 0 < abs(values[0]) < 1:
        if "/" in typed.digits:
            return values[0] * 100
        raise _ask([values[0] * 100, values[0]], percent=True)
    if len(values) > 1:
        raise _ask(values, percent=typed.percent)
    return _check_size(values, shown, wanted, style)


def _take_apart(shown: str, wanted: Wanted, style: NumberStyle) -> _Typed:
    """Return the parts of a text. Raises UnreadableNumber for a text that has more, or less, than one number."""
    text = _simplify(shown)
    core = _CORE.search(text)
    if core is None or len(text) > 100:
        raise _no_number(shown, wanted, style)
    if _RANGE.search(text):
        raise UnreadableNumber(f"“{shown[:_SHOWN]}” is more than one number. {wanted.ends or 'Type one number here.'}")
    before, digits, after = text[: core.start()].strip(), core[0], text[core.end() :].strip()
    # the point of “Rs.500” belongs to the sign
    if before[-1:].isalpha() and digits[0] == "." and not text[core.start() - 1].isspace():
        digits = digits[1:]
    negative = before.count("-") == 1
    sign = before.replace("-", "", 1).removeprefix("+").strip()
    # Swiss and northern habit: “85'000.–” has no cents
    after = re.sub(r"^[.,] ?-{1,2}", "", after).strip()
    scale = _SCALE.match(after)
    rest = after[scale.end() :].strip() if scale else after
    percent = rest.casefold() in _PERCENTS
    found = [_split_scale(each, wanted.currency) for each in (sign, "" if percent else rest) if each]
    factors = [factor for factor, _ in found if factor > 1] + ([_SCALES[scale[1].lower()]] if scale else [])
    signs = tuple(each for _, each in found)
    known = all(looks_like_currency(each) or is_sign_of(each, wanted.currency) for each in signs)
    if len(factors) > 1 or "-" in sign or not known:
        raise _no_number(shown, wanted, style)
    return _Typed(digits, factors[0] if factors else 1, negative, percent, signs)


def _split_scale(sign: str, currency: str) -> tuple[int, str]:
    """Return the scale that is joined to a sign and the sign without it: a thousand and `EUR` for `TEUR`; 1 without a scale."""
    factor, bare = _SIGN_SCALES.get(sign[:1].lower(), 1), sign[1:].lstrip(". ")
    is_whole = is_currency(sign.upper()) or is_sign_of(sign, currency) or (sign[:1] in "Tt" and "$" in bare)
    is_bare = is_currency(bare.upper()) or (not bare[:1].isalpha() and looks_like_currency(bare))
    joined = is_bare and not is_whole
    return (factor, bare) if factor > 1 and joined else (1, sign)


def _simplify(text: str) -> str:
    """Return a text with the digits, spaces, apostrophes and dashes of all scripts as the plain ones."""
    chars = []
    for char in text.translate(_APOSTROPHES | _DASHES | _OTHERS):
        if char.isdecimal():
            chars.append(str(unicodedata.decimal(char)))
        elif unicodedata.decomposition(char).startswith("<fraction>"):
            share = Fraction(unicodedata.numeric(char)).limit_denominator(10)
            chars.append(f" {share.numerator}/{share.denominator}")
        else:
            chars.append(" " if char.isspace() else char)
    return re.sub(" +", " ", "".join(chars)).strip()


def _check_signs(typed: _Typed, wanted: Wanted, style: NumberStyle) -> None:
    """Refuse signs that do not go with the kind of number. Raises UnreadableNumber with a sentence that says so."""
    example = _example(wanted, style)
    if typed.percent and wanted.kind is NumberKind.MONEY:
        raise UnreadableNumber(f"This is an amount of money; you typed a percentage. Write it as {example}.")
    if typed.percent and wanted.kind in (NumberKind.PLAIN, NumberKind.WHOLE):
        raise UnreadableNumber(f"This is a number and not a percentage. Write it as {example}.")
    if typed.signs and wanted.kind not in (NumberKind.MONEY, NumberKind.ANY):
        name = "a percentage" if wanted.kind is NumberKind.PERCENT else "a number"
        raise UnreadableNumber(f"This is {name}, not an amount of money; leave “{typed.signs[0]}” out.")
    foreign = [sign for sign in typed.signs if wanted.currency and not is_sign_of(sign, wanted.currency)]
    if foreign:
        raise UnreadableNumber(
            f"This amount is in {currency_noun(wanted.currency)}; you typed “{foreign[0]}”. "
            f"Write it in {wanted.currency}, or change the currency first."
        )


def _readings(digits: str, style: NumberStyle) -> list[Fraction]:
    """Return the values that digits with separators may have: none for a slip, two where the country does not decide."""
    if found := _FRACTION.fullmatch(digits):
        whole, above, below = int(found[1] or 0), int(found[2]), int(found[3])
        return [whole + Fraction(above, below)] if below else []
    if "/" in digits:
        return []
    if _ARABIC_DECIMAL in digits or _ARABIC_GROUP in digits:
        return list(_values(digits.replace(_ARABIC_DECIMAL, "."), "."))
    usual, other = style.decimal, "." if style.decimal == "," else ","
    found_values = list(dict.fromkeys([*_values(digits, usual), *_values(digits, other)]))
    if len(found_values) == 2:
        # one separator with three digits behind it: the country decides where it writes groups so
        return found_values[:1] if style.group in digits else sorted(found_values)
    if re.fullmatch(rf"[0-9]{{4,}}\{other}[0-9]{{3}}", digits):
        # “1234,567” where a comma is never decimal: perhaps a comma is missing
        return [*found_values, Fraction(digits.replace(other, ""))]
    return found_values


def _values(digits: str, decimal: str) -> Iterator[Fraction]:
    """Yield the value of digits with a decimal sign, if they are well grouped."""
    whole, sign, places = digits.partition(decimal)
    if sign and not re.fullmatch(r"[0-9]+", places):
        return
    separators = set(re.sub("[0-9]", "", whole))
    group = separators.pop() if separators else ""
    well_grouped = not separators and (
        not group
        or re.fullmatch(rf"[1-9][0-9]{{0,2}}(?:{re.escape(group)}[0-9]{{3}})+", whole)
        or (group == "," and re.fullmatch(r"[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}", whole))
    )
    if well_grouped:
        yield Fraction(f"{whole.replace(group, '') or 0}.{places or 0}")


def _ask(values: list[Fraction], *, percent: bool) -> AmbiguousNumber:
    """Return the question which of two values is meant."""
    unit = " %" if percent else ""
    numbers = [_decimal(value) for value in values]
    readings = tuple(_reading(each, unit) for each in numbers)
    return AmbiguousNumber(f"Do you mean {' or '.join(each.shown for each in readings)}?", readings)


def _reading(value: Decimal, unit: str) -> Reading:
    shown, words = write_number(value), spell(value)
    return Reading(value, plain_number(value) + unit, shown + unit, "" if words == shown else words)


def say_number(value: Decimal, wanted: Wanted) -> str:
    """Return a number in words, with its unit: `three hundred thousand euros`, `22.5 percent`."""
    if wanted.kind is NumberKind.MONEY and wanted.currency:
        return say(value, currency_noun(wanted.currency, 1), currency_noun(wanted.currency))
    return say(value, "percent" if wanted.kind is NumberKind.PERCENT else "")


def _check_size(values: list[Fraction], shown: str, wanted: Wanted, style: NumberStyle) -> Fraction:
    """Return the one value. Raises UnreadableNumber where it is not whole, too large, too exact or outside its ends."""
    if not values:
        raise _no_number(shown, wanted, style)
    (value,) = values
    low, high = wanted.min_value, wanted.max_value
    if wanted.kind is NumberKind.WHOLE and not (low or 0) <= value <= (MAX_NUMBER if high is None else high):
        raise _no_number(shown, wanted, style)
    if low is not None and value < low:
        name = {NumberKind.MONEY: "an amount", NumberKind.PERCENT: "a percentage"}.get(wanted.kind, "a number")
        raise UnreadableNumber(f"Enter {name} of {'zero' if low == 0 else f'{low:,}'} or more.")
    if high is not None and value > high:
        raise UnreadableNumber(f"Enter a number of at most {high:,}.")
    if abs(value) >= MAX_NUMBER:
        raise UnreadableNumber(f"“{shown[:_SHOWN]}” is too large; enter a number below a million millions.")
    if value * 10**MAX_PLACES % 1 and "/" not in _simplify(shown):
        raise UnreadableNumber(f"“{shown[:_SHOWN]}” has more than {MAX_PLACES} decimal places; round it.")
    return value


def _no_number(shown: str, wanted: Wanted, style: NumberStyle) -> UnreadableNumber:
    name = {NumberKind.MONEY: "an amount", NumberKind.PERCENT: "a percentage"}.get(wanted.kind, "a number")
    if wanted.kind is NumberKind.WHOLE:
        ends = "" if wanted.max_value is None else f" from {wanted.min_value or 0:,} to {wanted.max_value:,}"
        return UnreadableNumber(f"Enter a whole number{ends}; “{shown[:20]}” is not one.")
    return UnreadableNumber(f"Enter {name} such as {_example(wanted, style)}; “{shown[:_SHOWN]}” is not one.")


def _example(wanted: Wanted, style: NumberStyle) -> str:
    """Return an example of the number that is wanted, as the country writes it."""
    decimal = write_number(Decimal("22.5"), style)
    return {
        NumberKind.MONEY: f"{write_number(Decimal(65_000), style)} or 65k",
        NumberKind.PERCENT: f"{decimal} for {decimal} %",
        NumberKind.WHOLE: "8",
    }.get(wanted.kind, f"8 or {write_number(Decimal('12.5'), style)}")


def _decimal(value: Fraction) -> Decimal:
    """Return a fraction as a decimal: exactly where it is one of six places, otherwise with two places."""
    scaled = value * 10**MAX_PLACES
    if scaled.denominator == 1:
        return Decimal(int(scaled)).scaleb(-MAX_PLACES).normalize() + 0
    return Decimal(round(value * 100)).scaleb(-2)
