"""The one kind of refusal in this library: a sentence for the reader and the name of the field it belongs to."""

from decimal import Decimal
from fractions import Fraction

Number = int | Fraction | Decimal

MAX_DIGITS = 15
MAX_COUNT = 10**MAX_DIGITS


class InvalidInput(ValueError):
    """A figure that no answer can be worked out from; `field` says where it was given, `sentence` what is wrong."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


def to_fraction(field: str, value: object) -> Fraction:
    """Take an int, Fraction or Decimal as an exact Fraction.

    Raises InvalidInput for floats (0.1 is not a tenth), for text, for NaN and infinity, and beyond 10**15 either way.
    """
    if isinstance(value, bool) or not isinstance(value, int | Fraction | Decimal):
        raise InvalidInput(field, "Give an exact number here: a whole number, a fraction or a decimal.")
    if isinstance(value, Decimal) and not value.is_finite():
        raise InvalidInput(field, "This is not a number that can be counted with.")
    if isinstance(value, Decimal) and value and not -MAX_DIGITS <= value.adjusted() <= MAX_DIGITS:
        raise InvalidInput(field, "This number is too large or too small to plan with.")
    number = Fraction(value)
    above, below = abs(number.numerator), number.denominator
    if above > MAX_COUNT * below or 0 < above * MAX_COUNT < below:
        raise InvalidInput(field, "This number is too large or too small to plan with.")
    return number


def to_positive(field: str, value: object) -> Fraction:
    """Take a number above zero. Raises InvalidInput."""
    number = to_fraction(field, value)
    if number <= 0:
        raise InvalidInput(field, "This has to be more than zero.")
    return number


def to_non_negative(field: str, value: object) -> Fraction:
    """Take a number of zero or more. Raises InvalidInput."""
    number = to_fraction(field, value)
    if number < 0:
        raise InvalidInput(field, "This cannot be less than zero.")
    return number


def to_rate(field: str, value: object) -> Fraction:
    """Take a rate above 0 and up to 1 (100 %). Raises InvalidInput."""
    number = to_fraction(field, value)
    if number <= 0:
        raise InvalidInput(field, "A rate of zero or less never gets there; give a rate above 0%.")
    if number > 1:
        raise InvalidInput(field, "A rate cannot be over 100%.")
    return number


def to_probability(field: str, value: object) -> Fraction:
    """Take a probability strictly between 0 and 1. Raises InvalidInput."""
    number = to_fraction(field, value)
    if not 0 < number < 1:
        raise InvalidInput(
            field, "Give a share between 0% and 100%, without the ends: nothing is quite impossible or sure."
        )
    return number


def to_int(field: str, value: object, least: int = 0, most: int = MAX_COUNT) -> int:
    """Take a whole number from `least` to `most`. Raises InvalidInput."""
    number = to_fraction(field, value)
    if number.denominator != 1:
        raise InvalidInput(field, "Give a whole number here.")
    if number < least:
        raise InvalidInput(field, f"This has to be {least:,} or more.")
    if number > most:
        raise InvalidInput(field, f"This has to be {most:,} or less.")
    return int(number)
