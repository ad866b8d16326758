"""Find quantities in a sentence: money, percent, times, and counts in figures or words; exact, never a float."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from workbench.core.text.currencies import CURRENCY_CODE, CURRENCY_SIGN
from workbench.language.cadence import find_cadences
from workbench.language.phrases import tokenize
from workbench.language.wording import measures


class QuantityKind(StrEnum):
    """The kind of a quantity."""

    MONEY = "money"
    PERCENT = "percent"
    TIMES = "times"
    DURATION = "duration"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A measured number in a text: its exact value, its kind and its position."""

    value: Decimal
    sort: QuantityKind
    start: int
    end: int


_ONES = {
    word: Decimal(number)
    for number, word in enumerate(
        (
            *(
                "zero",
                "one",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
            ),
            *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
        )
    )
}
_TENS = {
    word: Decimal(10 * number)
    for number, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)
}
_OTHERS = {"dozen": Decimal(12), "hundred": Decimal(100), "thousand": Decimal(1000), "twice": Decimal(2)}
_SCALES = {
    "k": Decimal(1000), "thousand": Decimal(1000), "m": Decimal(10**6), "million": Decimal(10**6),
    "bn": Decimal(10**9), "billion": Decimal(10**9), "dozen": Decimal(12), "hundred": Decimal(100),
}  # fmt: skip

_MONEY_WORDS = frozenset(("dollar", "dollars", "euro", "euros", "pound", "pounds", *CURRENCY_CODE.lower().split("|")))
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORDED = rf"(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(list(_ONES)[1:10])}))?|{'|'.join(_ONES)}"
_SCALED = rf"(?P<number>{_NUMBER}|{_WORDED})(?:\ ?(?P<scale>k|m|bn)\b|[ -](?P<word>hundred|thousand|million|billion|dozen)\b)?"
_QUANTITY = re.compile(
    rf"""(?<![\w.,/:-])(?P<symbol>{CURRENCY_SIGN}[\ \u00a0]?|(?:{CURRENCY_CODE})[\ \u00a0])?(?:{_SCALED}|(?P<other>{"|".join(_OTHERS)})|half)
    (?P<after>\ ?%|\ percent\b|\ per\ cent\b|\ percentage\ points?\b|\ points?\b|\ ?pp\b|\ ?[x×](?!\w)|\ times\b
      |\ ?(?:dollars?|euros?|pounds?|{CURRENCY_CODE})\b|[ -]?(?:minutes?|mins?|hours?|hrs?)\b|\ {{kind}}(?:hours?|days?|weeks?|months?)\b)?
    """.replace("{kind}", r"(?:(?:working|business|selling|calendar)\ )?"),
    re.IGNORECASE | re.VERBOSE,
)
_NOT_MEASURED = re.compile(
    r"\b24/7(?:/365)?\b|\b\d+:\d+s?\b|\b\d+-(?:day|week|month|quarter|year|step|stage|page|person|way|tier)\b"
    r"|\b\d+(?:st|nd|rd|th)\b|\bzero tolerance\b|\bhalf[- ](?:year|hearted)\w*|\b(?:19|20)\d\d\b(?=\s*(?:[.,;)]|$))"
    r"|\b\d+-to-\d+\b|\b(?:one|1)[- ](?:to|on)[- ](?:one|1)s?\b|\b(?:first|second|other|better) half\b|\bin half\b"
    r"|\b(?:no|any|some|every|each|this|that|which|the|another)[ -]one\b|\bone (?:of|another)\b",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"\b(?:within|in|after|under) (?:an?|one|\d+|[a-z]+) (?:\w+ )?(?:minute|hour|day|week)s?\b", re.IGNORECASE
)


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """List the measured numbers of a text, in order.

    Left out are numbers that only name something ("stage 3", "Q3", "24/7", "90-day plan", "first", 2027), that belong
    to a date or a recurrence ("every two weeks"), and "one" as a pronoun ("one named owner").
    """
    masked = _mask_other_numbers(text)
    return tuple(quantity for found in _QUANTITY.finditer(masked) for quantity in _read_quantity(masked, found))


def _mask_other_numbers(text: str) -> str:
    """Overwrite numbers that measure nothing, so that all other characters keep their positions."""
    spans = [found.span() for found in _NOT_MEASURED.finditer(text)]
    spans += [(when.start, when.end) for when in find_cadences(text) if not _LENGTH.fullmatch(when.words)]
    letters = list(text)
    for start, end in spans:
        letters[start:end] = "_" * (end - start)
    return "".join(letters)


def _read_quantity(text: str, found: re.Match[str]) -> Iterator[Quantity]:
    words, symbol, after = found.group(0), found["symbol"], (found["after"] or "").strip(" -").lower()
    before = tokenize(text[max(0, found.start() - 30) : found.start()])
    rest = text[found.end() : found.end() + 80]
    is_label = bool(before) and before[-1].text in measures().labels and not symbol and not after
    if is_label or (words.lower().strip() == "one" and not _is_followed_by_countable(rest)):
        return
    if words.lower() == "half" and not re.match(r" (?:of|an?|the|all|our|its)\b", rest):
        return
    yield Quantity(_parse_value(found), _kind_of(symbol or "", after), found.start(), found.end())


def _is_followed_by_countable(rest: str) -> bool:
    """Return whether a countable noun follows "one" before the next preposition: "one first meeting"."""
    for token in tokenize(rest)[:4]:
        if token.opens and token.start > 1:
            return False
        if token.text in measures().countable or token.text.rstrip("s") in measures().countable:
            return True
        if token.text in {"per", "for", "of", "in", "on", "at", "each", "every", "a", "an", "the", "who", "that", "to"}:
            return False
    return False


def _parse_value(found: re.Match[str]) -> Decimal:
    if found["other"]:
        return _OTHERS[found["other"].lower()]
    if not found["number"]:
        return Decimal("0.5")
    scale = _SCALES[(found["scale"] or found["word"] or "").lower()] if found["scale"] or found["word"] else Decimal(1)
    return _parse_number(found["number"].lower()) * scale


def _parse_number(number: str) -> Decimal:
    if number[0].isdigit():
        return Decimal(number.replace(",", ""))
    values = _ONES | _TENS
    return sum((values[part] for part in re.split(r"[- ]", number)), Decimal())


def _kind_of(symbol: str, after: str) -> QuantityKind:
    if symbol or after in _MONEY_WORDS:
        return QuantityKind.MONEY
    if after.startswith(("%", "per", "point", "pp")):
        return QuantityKind.PERCENT
    if after in {"x", "×", "times"}:
        return QuantityKind.TIMES
    return QuantityKind.DURATION if after else QuantityKind.COUNT
