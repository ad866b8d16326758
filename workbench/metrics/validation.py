"""Validate numbers and report invalid ones: a message for the user and the name of the field."""

from decimal import Decimal
from fractions import Fraction

Number = int | Fraction | Decimal

MAX_DIGITS = 15
MAX_COUNT = 10**MAX_DIGITS


class InvalidInput(ValueError):
    """A number that cannot be used; `field` names the input, `message` is a sentence for the user."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


def to_fraction(field: str, value: object) -> Fraction:
    """Convert an int, Fraction or Decimal to an exact Fraction.

    Raises InvalidInput for floats (0.1 is not a tenth), for text, for NaN and infinity, and beyond 10**15 either way.
    """
    if isinstance(value, bool) or not isinstance(value, int | Fraction | Decimal):
        raise InvalidInput(field, "Enter an exact number: a whole number, a fraction or a decimal.")
    if isinstance(value, Decimal) and not value.is_finite():
        raise InvalidInput(field, "This is not a finite number.")
    if isinstance(value, Decimal) and value and not -MAX_DIGITS <= value.adjusted() <= MAX_DIGITS:
        raise InvalidInput(field, "This number is too large or too small to plan with.")
    number = Fraction(value)
    above, below = abs(number.numerator), number.denominator
    if above > MAX_COUNT * below or 0 < above * MAX_COUNT < below:
        raise InvalidInput(field, "This number is too large or too small to plan with.")
    return number


def to_positive(field: str, value: object) -> Fraction:
    """Convert a number above zero. Raises InvalidInput."""
    number = to_fraction(field, value)
    if number <= 0:
        raise InvalidInput(field, "This has to be more than zero.")
    return number


def to_non_negative(field: str, value: object) -> Fraction:
    """Convert a number of zero or more. Raises InvalidInput."""
    number = to_fraction(field, value)
    if number < 0:
        raise InvalidInput(field, "This cannot be less than zero.")
    return number


def to_rate(field: str, value: object) -> Fraction:
    """Convert a rate above 0 and up to 1 (100 %). Raises InvalidInput."""
    number = to_fraction(field, value)
    if number <= 0:
        raise InvalidInput(field, "A rate of zero or less never reaches the target; enter a rate above 0%.")
    if number > 1:
        raise InvalidInput(field, "A rate cannot be over 100%.")
    return number


def to_probability(field: str, value: object) -> Fraction:
    """Convert a probability strictly between 0 and 1. Raises InvalidInput."""
    number = to_fraction(field, value)
    if not 0 < number < 1:
        raise InvalidInput(
            field, "Enter a share above 0% and below 100%: nothing is quite impossible or quite certain."
        )
    return number


def to_int(field: str, value: object, min_value: int = 0, max_value: int = MAX_COUNT) -> int:
    """Convert a whole number from `min_value` to `max_value`. Raises InvalidInput."""
    number = to_fraction(field, value)
    if number.denominator != 1:
        raise InvalidInput(field, "Enter a whole number.")
    if number < min_value:
        raise InvalidInput(field, f"This has to be {min_value:,} or more.")
    if number > max_value:
        raise InvalidInput(field, f"This has to be {max_value:,} or less.")
    return int(number)
