"""The house words of a document in its language: English text is its own name, and a catalogue tells it in others.

English is written by rules of our own and needs no catalogue; the other languages have theirs in `templates/words`
(gettext's format, one file each), and write numbers, money and dates as the CLDR says (by Babel).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup

from workbench.places import data_dir

LANGUAGES: Mapping[str, str] = {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español"}

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CAD": "CA$", "AUD": "A$", "NZD": "NZ$", "INR": "₹"}
_MONTHS = (  # not strftime: printed words do not follow the machine's locale
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_LIKE_I = re.compile(r"h?[ií](?![aeoáéó])", re.IGNORECASE)  # what Spanish does not say "y" before


@dataclass(frozen=True, slots=True)
class Words:
    """How one language says the house words: `say("Reports to")`, `say("{n} or more", n="22 %")`."""

    language: str
    known: Mapping[str, str]

    def __call__(self, text: str, **given: object) -> str:
        """Say a house text, with what is given in its places; text that has no translation stays as it is."""
        said = self.known.get(text, text)
        return said.format(**given) if given else said

    def markup(self, text: str, **given: object) -> Markup:
        """Say a house text inside a page: its own marks stay marks, whatever is given is escaped."""
        said = Markup(self.known.get(text, text))  # noqa: S704 - ours, from the template or the catalogue
        return said.format(**given) if given else said

    def day(self, value: date) -> str:
        """Write a date in words that no country misreads: `22 November 2026`."""
        if self.language == "en":
            return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
        from babel.dates import format_date  # noqa: PLC0415 - half a tenth of a second that English does not need

        said = format_date(value, "long", locale=self.language)
        return said.replace("1", "1er", 1) if self.language == "fr" and value.day == 1 else said  # the CLDR forgets it

    def number(self, value: Decimal | int) -> str:
        """Write an exact number with its thousands apart and no needless zeros: `1,250`, `0.5`."""
        exact = Decimal(value)
        exact = exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()
        if self.language == "en":
            return f"{exact:,f}".replace("-", "\u2212")
        from babel.numbers import format_decimal  # noqa: PLC0415 - the same

        return format_decimal(exact, locale=self.language, decimal_quantization=False)

    def money(self, amount: Decimal, currency: str) -> str:
        """Write an amount in whole units of its currency, with two places where it is not whole: `$120,000`, `€1,250.50`."""
        if self.language == "en":
            minus = "\u2212" if amount < 0 else ""
            sign = _SIGNS.get(currency, f"{currency}\u00a0")
            return f"{minus}{sign}{abs(amount):,.{2 if amount % 1 else 0}f}"
        from babel import Locale  # noqa: PLC0415 - the same
        from babel.numbers import format_currency  # noqa: PLC0415 - the same

        pattern = Locale(self.language).currency_formats["standard"].pattern
        form = pattern if amount % 1 else pattern.replace(".00", "")
        return format_currency(amount, currency, form, self.language, currency_digits=False)

    def percent(self, value: Decimal | int) -> str:
        """Write a share, given as 22 for 22 %."""
        if self.language == "en":
            return f"{self.number(value)}%"
        from babel.numbers import format_percent  # noqa: PLC0415 - the same

        return format_percent(Decimal(value) / 100, locale=self.language, decimal_quantization=False)

    def listed(self, words: tuple[str, ...] | list[str]) -> str:
        """Join words as a sentence does: `a`, `a and b`, `a, b and c`."""
        if len(words) < 2:
            return "".join(words)
        last = self(house("and"))
        if self.language == "es" and _LIKE_I.match(words[-1]):
            last = "e"
        return f"{', '.join(words[:-1])} {last} {words[-1]}"


def house(text: str) -> str:
    """Mark a house text where it is written and said later, so that the catalogues are given it too."""
    return text


@cache
def words(language: str = "en") -> Words:
    """Give the words of a language. Raises KeyError for one that there is not."""
    if language not in LANGUAGES:
        raise KeyError(language)
    return Words(language, {} if language == "en" else _read(catalogue_file(language)))


ENGLISH = words()


def catalogue_file(language: str) -> Path:
    """Give the place of a language's catalogue."""
    return data_dir("templates") / "words" / f"{language}.po"


def catalogue_digest(language: str) -> str:
    """Give the sha256 of a language's catalogue, which decides what a document says; nothing for English."""
    return "" if language == "en" else sha256(catalogue_file(language).read_bytes()).hexdigest()


def _read(file: Path) -> dict[str, str]:
    from babel.messages.pofile import read_po  # noqa: PLC0415 - the same

    with file.open("rb") as opened:
        return {str(entry.id): str(entry.string) for entry in read_po(opened) if entry.id and entry.string}
