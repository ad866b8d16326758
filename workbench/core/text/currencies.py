"""The currencies of the Unicode CLDR, read by Babel: codes, names, symbols, and amounts in minor units."""

import re
from decimal import Decimal
from functools import cache

DEFAULT_CURRENCY = "USD"
COMMON_CURRENCIES = ("USD", "EUR", "GBP", "CAD", "AUD", "CHF", "SEK", "NOK", "DKK", "PLN", "JPY", "INR")
COMMON, ALL = "Common", "All currencies"
# How a currency is written beside a number: a sign, which may have letters before it (`CA$`), or the code of a common one.
# The other codes are left out, because TOP, ALL and CUP are also words.
CURRENCY_SIGN = r"[A-Z]{0,3}[$£¥฿\u20a0-\u20cf]"
CURRENCY_CODE = "|".join(COMMON_CURRENCIES)


@cache
def currency_codes() -> tuple[str, ...]:
    """Return the ISO 4217 codes of all currencies that are legal tender somewhere today, in alphabetical order."""
    from babel.core import get_global  # noqa: PLC0415 - Babel takes 30 ms to import, and not every command needs it

    uses = (use for territory in get_global("territory_currencies").values() for use in territory)
    return tuple(sorted({code for code, _, end, tender in uses if tender and end is None}))


def is_currency(code: str) -> bool:
    """Return whether a code names a currency that Babel knows, including a currency that is no longer in use."""
    from babel import Locale  # noqa: PLC0415 - see above

    return code in Locale("en").currencies


@cache
def currency_name(code: str, language: str = "en") -> str:
    """Return the name of a currency in a language: `Norwegian Krone`; the code itself where it has no name."""
    from babel.numbers import get_currency_name  # noqa: PLC0415 - see above

    return str(get_currency_name(code, locale=language))


@cache
def currency_symbol(code: str, language: str = "en") -> str:
    """Return the symbol that a language writes for a currency: `$`, `CA$`; the code itself where it has no symbol."""
    from babel.numbers import get_currency_symbol  # noqa: PLC0415 - see above

    return str(get_currency_symbol(code, locale=language))


@cache
def minor_digits(code: str) -> int:
    """Return the number of decimal places of a currency: 2 for USD, 0 for JPY, 3 for KWD."""
    from babel.numbers import get_currency_precision  # noqa: PLC0415 - see above

    return int(get_currency_precision(code))


@cache
def currency_noun(code: str, number: Decimal | int = 2) -> str:
    """Return the name of a currency as a sentence counts it: `euros`, `US dollars`, for one `euro`."""
    from babel.numbers import get_currency_name  # noqa: PLC0415 - see above

    return str(get_currency_name(code, count=number, locale="en"))


@cache
def usual_currency(country: str) -> str:
    """Return the code of the currency that is money in a country today, or an empty string where none is known."""
    from babel.numbers import get_territory_currencies  # noqa: PLC0415 - takes 30 ms to import

    return next(iter(get_territory_currencies(country)), "")


def from_minor(minor: int, code: str) -> Decimal:
    """Convert an amount in minor units (cents) into whole units of its currency."""
    return Decimal(minor).scaleb(-minor_digits(code))


def to_minor(amount: Decimal, code: str) -> int:
    """Convert an amount in whole units of its currency into minor units.

    Raises ValueError with a sentence for the user where the amount has more decimal places than the currency.
    """
    digits = minor_digits(code)
    minor = amount.scaleb(digits)
    if minor != minor.to_integral_value():
        allowed = f"with at most {digits} decimal places" if digits else "without decimal places"
        raise ValueError(f"Enter an amount {allowed}, as {code} is counted.")
    return int(minor)


def currency_label(code: str) -> str:
    """Return a currency as a choice shows it: `NOK – Norwegian Krone`."""
    return f"{code} – {currency_name(code)}"


@cache
def currency_choices() -> tuple[tuple[str, str, str], ...]:
    """Return the choices of a currency field as (code, label, group): the common ones first, then all by code."""
    others = [code for code in currency_codes() if code not in COMMON_CURRENCIES]
    grouped = ((COMMON, COMMON_CURRENCIES), (ALL, others))
    return tuple((code, currency_label(code), group) for group, codes in grouped for code in codes)


@cache
def currency_signs(code: str) -> frozenset[str]:
    """Return everything that is written for a currency: its code, and its symbols where it is legal tender.

    `CAD` is written `CA$` abroad and `$` in Canada.
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - see above
    from babel.core import get_global  # noqa: PLC0415 - see above
    from babel.languages import get_official_languages  # noqa: PLC0415 - see above

    signs = {code, *(currency_symbol(code, language) for language in ("en", "de", "fr", "es"))}
    for territory, uses in get_global("territory_currencies").items():
        if any(used == code and tender and end is None for used, _, end, tender in uses):
            for language in ("en", *get_official_languages(territory, de_facto=True)):
                try:
                    signs.add(Locale.parse(f"{language}_{territory}").currency_symbols.get(code, code))
                except UnknownLocaleError:
                    continue
    return frozenset(signs)


# What people write for a currency beside what the CLDR has for it.
_MORE_SIGNS = {"CHF": ("Fr", "SFr", "Fr.–"), "INR": ("Rs",), "SEK": ("SKr",), "NOK": ("NKr",), "DKK": ("DKr",)}
_ANY_SIGN = re.compile(CURRENCY_SIGN)


def is_sign_of(sign: str, code: str) -> bool:
    """Return whether a sign, a code or a word ("euros") beside a number means this currency."""
    return bool(code) and _bare_sign(sign) in _typed_signs(code)


def looks_like_currency(sign: str) -> bool:
    """Return whether a sign, a code or a word beside a number means any common currency."""
    if _ANY_SIGN.fullmatch(sign) or is_currency(sign.upper()):
        return True
    return any(is_sign_of(sign, code) for code in COMMON_CURRENCIES)


@cache
def _typed_signs(code: str) -> frozenset[str]:
    """Return everything that people type for a currency, without capitals and full stops."""
    signs = {*currency_signs(code), *_MORE_SIGNS.get(code, ())}
    if "$" in currency_symbol(code):
        signs.add(f"{code[:2]}$")
    names = [currency_noun(code, number) for number in (1, 2)]
    signs.update(names, (name.rsplit(" ", 1)[-1] for name in names))
    return frozenset(map(_bare_sign, signs))


def _bare_sign(sign: str) -> str:
    return sign.casefold().strip(". \u00a0\u200e\u200f")
