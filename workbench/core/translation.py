"""The built-in text of a document in its language, and how that language writes numbers, money, days and lists.

English text is its own key and needs no catalogue. Every other language has a catalogue in `templates/words` (gettext's
format, one file each): a file that is added there is a language that can be chosen. Numbers, money, days, lists and
plural rules are those of the Unicode CLDR, read by Babel.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from workbench.core.currencies import currency_symbol, minor_digits
from workbench.places import data_dir

if TYPE_CHECKING:
    from babel import Locale
    from babel.numbers import NumberPattern

LANGUAGES: Mapping[str, str] = {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español"}

# English documents are read on both sides of the Atlantic: the day comes before the name of the month, which no country
# misreads, a minus is the sign and not a hyphen, and no comma precedes the "and" of a list.
_ENGLISH_DAY = "d MMMM y"
_ENGLISH_NUMBER = "#,##0.###;\u2212#,##0.###"
_ENGLISH_PERCENT = "#,##0.###%;\u2212#,##0.###%"
_ENGLISH_MONEY = "¤#,##0.00;\u2212¤#,##0.00"
_ENGLISH_LIST = "en_001"
_SOUNDS_LIKE_I = re.compile(r"h?[ií](?![aeoáéó])", re.IGNORECASE)  # Spanish writes "e" for "y" before this sound


@dataclass(frozen=True, slots=True)
class Words:
    """The built-in text of one language: `say("Reports to")`, `say("{n} or more", n="22 %")`."""

    language: str
    known: Mapping[str, str]

    def __call__(self, text: str, **values: object) -> str:
        """Return a built-in text with values in its places; text that has no translation stays English."""
        translated = self.known.get(text, text)
        return translated.format(**values) if values else translated

    def markup(self, text: str, **values: object) -> Markup:
        """Return a built-in text for a page: its own markup stays markup, the values are escaped."""
        translated = Markup(self.known.get(text, text))  # noqa: S704 - ours, from the template or the catalogue
        return translated.format(**values) if values else translated

    def day(self, value: date) -> str:
        """Return a date in words: `22 November 2026`."""
        from babel.dates import format_date  # noqa: PLC0415 - Babel takes 30 ms to import, and not every command needs it

        written = format_date(value, _ENGLISH_DAY if self.language == "en" else "long", locale=self.locale)
        # The CLDR has no ordinal for the first day of a month, which French writes.
        return written.replace("1", "1er", 1) if self.language == "fr" and value.day == 1 else written

    def number(self, value: Decimal | int) -> str:
        """Return an exact number with its thousands apart and no needless zeros: `1,250`, `0.5`."""
        from babel.numbers import format_decimal  # noqa: PLC0415 - see above

        pattern = _ENGLISH_NUMBER if self.language == "en" else None
        return str(format_decimal(_plain(Decimal(value)), pattern, self.locale, decimal_quantization=False))

    def money(self, amount: Decimal, currency: str) -> str:
        """Return an amount, given in whole units of its currency: `$120,000`, `€1,250.50`, `KWD 0.125`.

        A whole amount has no decimal places, any other as many as its currency, or more where it would be rounded.
        """
        from babel.numbers import format_currency  # noqa: PLC0415 - see above

        places = max(minor_digits(currency), -_exponent(_plain(amount))) if amount % 1 else 0
        pattern = _money_pattern(self.language, currency, places)
        return str(format_currency(amount, currency, pattern, self.locale, currency_digits=False))

    def percent(self, value: Decimal | int) -> str:
        """Return a share, given as 22 for 22 %."""
        from babel.numbers import format_percent  # noqa: PLC0415 - see above

        pattern = _ENGLISH_PERCENT if self.language == "en" else None
        return str(format_percent(Decimal(value) / 100, pattern, self.locale, decimal_quantization=False))

    def join(self, parts: tuple[str, ...] | list[str]) -> str:
        """Return parts as a sentence lists them: `a`, `a and b`, `a, b and c`."""
        from babel.lists import format_list  # noqa: PLC0415 - see above

        written = format_list(parts, locale=_ENGLISH_LIST if self.language == "en" else self.locale)
        if self.language == "es" and len(parts) > 1 and _SOUNDS_LIKE_I.match(parts[-1]):
            return f"{written.removesuffix(f' y {parts[-1]}')} e {parts[-1]}"
        return written

    @property
    def locale(self) -> "Locale":
        """Return Babel's rules of the language."""
        return _locale(self.language)


def house(text: str) -> str:
    """Return a built-in text unchanged; this marks it for the catalogues where it is written but translated later."""
    return text


@cache
def words(language: str = "en") -> Words:
    """Return the built-in text of a language. Raises KeyError for one that has no catalogue."""
    if language not in LANGUAGES:
        raise KeyError(language)
    return Words(language, {} if language == "en" else _read(catalogue_file(language)))


ENGLISH = words()


def catalogue_file(language: str) -> Path:
    """Return the path of a language's catalogue."""
    return data_dir("templates") / "words" / f"{language}.po"


def catalogue_digest(language: str) -> str:
    """Return the sha256 of a language's catalogue, which decides the words of a document; empty for English."""
    return "" if language == "en" else sha256(catalogue_file(language).read_bytes()).hexdigest()


def _read(file: Path) -> dict[str, str]:
    from babel.messages.pofile import read_po  # noqa: PLC0415 - see above

    with file.open("rb") as opened:
        return {str(entry.id): str(entry.string) for entry in read_po(opened) if entry.id and entry.string}


@cache
def _locale(language: str) -> "Locale":
    from babel import Locale  # noqa: PLC0415 - see above

    return Locale.parse(language)


@cache
def _money_pattern(language: str, currency: str, places: int) -> "NumberPattern":
    """Return the pattern of an amount; a symbol of letters is kept apart from the digits, as the CLDR asks for."""
    from babel.numbers import parse_pattern  # noqa: PLC0415 - see above

    pattern = _ENGLISH_MONEY if language == "en" else _locale(language).currency_formats["standard"].pattern
    symbol = currency_symbol(currency, language)
    if symbol[-1].isalpha():
        pattern = re.sub(r"¤(?=[#0])", "¤\u00a0", pattern)
    if symbol[0].isalpha():
        pattern = re.sub(r"(?<=0)¤", "\u00a0¤", pattern)
    return parse_pattern(pattern.replace("0.00", f"0.{'0' * places}" if places else "0"))


def _plain(value: Decimal) -> Decimal:
    """Return a number without needless zeros behind its point, and without an exponent: 5E+1 as 50."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _exponent(value: Decimal) -> int:
    """Return the exponent of a finite number: -2 for 0.25."""
    return int(value.as_tuple().exponent)
