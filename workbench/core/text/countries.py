"""The countries of ISO 3166 and Kosovo, each with public holidays, named by the Unicode CLDR as Babel reads it."""

import unicodedata
from functools import cache


@cache
def country_codes() -> frozenset[str]:
    """Return the two-letter codes of the countries that the `holidays` package has a calendar for."""
    from holidays.registry import COUNTRIES  # noqa: PLC0415 - takes 0.2 s to import, and not every command needs it

    return frozenset(names[1] for names in COUNTRIES.values())


@cache
def country_name(code: str, language: str = "en") -> str:
    """Return the name of a country in a language: `Austria`, `Österreich`. Raises KeyError for an unknown code."""
    from babel import Locale  # noqa: PLC0415 - takes 30 ms to import

    return str(Locale.parse(language).territories[code])


@cache
def country_choices() -> tuple[tuple[str, str], ...]:
    """Return the choices of a country field as (code, name), in the alphabetical order of the names."""
    return tuple(sorted(((code, country_name(code)) for code in country_codes()), key=lambda each: _bare(each[1])))


def likely_country(language: str) -> str:
    """Return the code of the country that most speakers of a language live in: `DE` for German, `SE` for Swedish."""
    from babel.core import get_global  # noqa: PLC0415 - see above

    return str(get_global("likely_subtags")[language]).rsplit("_", 1)[-1]


def _bare(name: str) -> str:
    """Return a name without accents, so that the Åland Islands are found between Afghanistan and Albania."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
