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
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from workbench.core.digests import sha256
from workbench.core.text.currencies import currency_symbol, minor_digits
from workbench.places import data_dir

if TYPE_CHECKING:
    from babel import Locale
    from babel.numbers import NumberPattern

# Separates a context from its text, as in gettext's own files.
CONTEXT_END = "\x04"
INSIDE_A_SENTENCE = "inside a sentence"
# The plural categories of the CLDR, in the order of a catalogue's forms.
PLURAL_CATEGORIES = ("zero", "one", "two", "few", "many", "other")

# English documents are read on both sides of the Atlantic: the day comes before the name of the month, which no country
# misreads, a minus is the sign and not a hyphen, and no comma precedes the "and" of a list.
_ENGLISH_DAY = "d MMMM y"
_ENGLISH_NUMBER = "#,##0.###;\u2212#,##0.###"
_ENGLISH_PERCENT = "#,##0.###%;\u2212#,##0.###%"
_ENGLISH_MONEY = "¤#,##0.00;\u2212¤#,##0.00"
_COMPACT_FROM = 10_000
_ENGLISH_LIST = "en_001"
# Spanish writes "e" for "y" before this sound.
_SOUNDS_LIKE_I = re.compile(r"h?[ií](?![aeoáéó])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Translator:
    """One language: its built-in text, and how it writes numbers, money, days and lists.

    `translations` holds the translated texts by English text: one of a plain text, one for each plural form of a text that
    counts, which is found under its singular.
    """

    language: str
    translations: Mapping[str, tuple[str, ...]]

    def gettext(self, text: str, **values: object) -> str:
        """Return a built-in text with values in its places; text that has no translation stays English."""
        translated = self.translations.get(text, (text,))[0]
        return translated.format(**values) if values else translated

    def pgettext(self, context: str, text: str) -> str:
        """Return a built-in text as it is written in a context; text that has no translation there stays as it is."""
        return self.translations.get(f"{context}{CONTEXT_END}{text}", (text,))[0]

    def markup(self, text: str, **values: object) -> Markup:
        """Return a built-in text for a page: its own markup stays markup, the values are escaped."""
        return _markup(self.gettext(text), values)

    def ngettext(self, singular: str, plural: str, number: Decimal | int | None, **values: object) -> str:
        """Return the form of a built-in text that goes with a number; None is a number that is not known yet."""
        forms = self.translations.get(singular)
        if forms is None:
            translated = singular if plural_form("en", number) == 0 else plural
        else:
            translated = forms[plural_form(self.language, number)]
        return translated.format(**values) if values else translated

    def ngettext_markup(self, singular: str, plural: str, number: Decimal | int, **values: object) -> Markup:
        """Return the form of a built-in text that goes with a number, for a page."""
        return _markup(self.ngettext(singular, plural, number), values)

    def day(self, value: date) -> str:
        """Return a date in words: `22 November 2026`."""
        from babel.dates import format_date  # noqa: PLC0415 - Babel takes 30 ms to import, and not every command needs it

        text = format_date(value, _ENGLISH_DAY if self.language == "en" else "long", locale=self.locale)
        # The CLDR has no ordinal for the first day of a month, which French writes.
        return text.replace("1", "1er", 1) if self.language == "fr" and value.day == 1 else text

    def number(self, value: Decimal | int) -> str:
        """Return an exact number with its thousands apart and no needless zeros: `1,250`, `0.5`."""
        from babel.numbers import format_decimal  # noqa: PLC0415 - see above

        pattern = _ENGLISH_NUMBER if self.language == "en" else None
        return str(format_decimal(_plain(Decimal(value)), pattern, self.locale, decimal_quantization=False))

    def compact(self, value: Decimal) -> str:
        """Return a number with at most three digits and one decimal place, where the language can: `12`, `83.3K`, `2.5M`."""
        from babel.numbers import format_compact_decimal  # noqa: PLC0415 - see above

        if abs(value) < _COMPACT_FROM:
            return self.number(value)
        text = str(format_compact_decimal(value, format_type="short", locale=self.locale, fraction_digits=1))
        return self.number(value) if text.isdecimal() else text  # German has no short thousand

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

        text = format_list(parts, locale=_ENGLISH_LIST if self.language == "en" else self.locale)
        if self.language == "es" and len(parts) > 1 and _SOUNDS_LIKE_I.match(parts[-1]):
            return f"{text.removesuffix(f' y {parts[-1]}')} e {parts[-1]}"
        return text

    @property
    def locale(self) -> "Locale":
        """Return Babel's rules of the language."""
        return _locale(self.language)


ENGLISH = Translator("en", {})


def gettext_noop(text: str) -> str:
    """Return a built-in text unchanged; this marks it for the catalogues where it is written but translated later."""
    return text


def ngettext_noop(singular: str, plural: str) -> tuple[str, str]:
    """Return both forms of a text that counts; this marks them for the catalogues where they are translated later."""
    return singular, plural


@cache
def language_codes() -> tuple[str, ...]:
    """Return the languages in which documents can be printed: English, and every one with a catalogue."""
    return "en", *sorted(file.stem for file in catalogue_file("en").parent.glob("*.po"))


@cache
def language_name(language: str) -> str:
    """Return the name of a language in itself: `Deutsch`, `Français`."""
    name = str(_locale(language).display_name)
    return name[:1].upper() + name[1:]


def language_choices() -> list[tuple[str, str]]:
    """Return the choices of a language field as (code, name)."""
    return [(language, language_name(language)) for language in language_codes()]


@cache
def load_translator(language: str = "en") -> Translator:
    """Return the built-in text of a language. Raise KeyError for a language without a catalogue."""
    if language == "en":
        return ENGLISH
    if language not in language_codes():
        raise KeyError(language)
    return Translator(language, _read(catalogue_file(language)))


def catalogue_file(language: str) -> Path:
    """Return the path of a language's catalogue."""
    return data_dir("templates") / "words" / f"{language}.po"


def catalogue_digest(language: str) -> str:
    """Return the sha256 of a language's catalogue, which decides the words of a document; empty for English."""
    return "" if language == "en" else sha256(catalogue_file(language).read_bytes())


def _markup(text: str, values: Mapping[str, object]) -> Markup:
    trusted = Markup(text)  # noqa: S704 - ours, from the template or the catalogue
    return trusted.format(**values) if values else trusted


def plural_categories(language: str) -> tuple[str, ...]:
    """Return the plural categories of a language, in the order in which a catalogue holds its forms."""
    used = _locale(language).plural_form.tags | {"other"}
    return tuple(category for category in PLURAL_CATEGORIES if category in used)


def plural_form(language: str, number: Decimal | int | None) -> int:
    """Return which plural form of a catalogue goes with a number, counted from 0; the last one where it is not known.

    The rules are the CLDR's, which unlike gettext's own also cover fractions: French says "1,5 jour".
    """
    categories = plural_categories(language)
    if number is None:
        return len(categories) - 1
    return categories.index(_locale(language).plural_form(abs(_plain(Decimal(number)))))


def _read(file: Path) -> dict[str, tuple[str, ...]]:
    """Read a catalogue. Raises ValueError where a text that counts lacks one of the language's plural forms."""
    from babel.messages.pofile import read_po  # noqa: PLC0415 - see above

    form_count = len(plural_categories(file.stem))
    texts = {}
    with file.open("rb") as stream:
        for entry in read_po(stream, locale=file.stem):
            singular = entry.id if isinstance(entry.id, str) else entry.id[0]
            forms = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
            if entry.pluralizable and any(forms) and (len(forms) != form_count or not all(forms)):
                raise ValueError(f"{file.name}: “{singular}” needs {form_count} plural forms")
            if singular and any(forms):
                texts[f"{entry.context}{CONTEXT_END}{singular}" if entry.context else singular] = forms
    return texts


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
