"""Numbers in words, so that a person sees at once how a number was read: `three hundred thousand`."""

from decimal import Decimal

from workbench.core.text.number_style import write_number

MAX_WORDS = 7  # a longer number is read faster in digits
_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ((10**9, "billion"), (10**6, "million"), (10**3, "thousand"), (10**2, "hundred"))


def spell(number: Decimal) -> str:
    """Return a number in words; one with a fraction, or of more than seven words, in digits: `22.5`, `123,456`."""
    if number % 1 or abs(number) >= 10**12:
        return write_number(number)
    words = ("minus " if number < 0 else "") + _whole(int(abs(number)))
    return words if len(words.replace("-", " ").split()) <= MAX_WORDS else write_number(number)


def say(number: Decimal, singular: str = "", plural: str = "") -> str:
    """Return a number in words with what it counts: `three hundred thousand euros`, `one day`."""
    return f"{spell(number)} {singular if number == 1 else plural or singular}".strip()


def _whole(number: int) -> str:
    for size, name in _SCALES:
        if number >= size:
            rest = number % size
            joint = " and " if 0 < rest < 100 else " " if rest else ""
            return f"{_whole(number // size)} {name}{joint}{_whole(rest) if rest else ''}"
    if number < 20:
        return _SMALL[number]
    return _TENS[number // 10] + (f"-{_SMALL[number % 10]}" if number % 10 else "")
