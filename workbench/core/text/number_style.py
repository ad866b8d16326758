"""How a country writes numbers: its decimal sign and the sign between thousands, from the Unicode CLDR as Babel reads it."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

MAX_PLACES = 6


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """The decimal sign, the sign between groups of digits, and the sizes of the last group and of the groups before it."""

    decimal: str = "."
    group: str = ","
    sizes: tuple[int, int] = (3, 3)


ENGLISH_STYLE = NumberStyle()


@cache
def number_style(country: str) -> NumberStyle:
    """Return how numbers are written in a country, in the official language that most people there speak.

    A country without such a language, or that is not known, has the English style.
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - Babel takes 30 ms to import, and not every command needs it
    from babel.languages import get_territory_language_info  # noqa: PLC0415 - see above

    languages = get_territory_language_info(country)
    official = [
        code for code, facts in languages.items() if facts["official_status"] in ("official", "de_facto_official")
    ]
    for language in sorted(official, key=lambda code: -float(languages[code]["population_percent"] or 0)):
        try:
            locale = Locale.parse(f"{language}_{country}")
        except (UnknownLocaleError, ValueError):
            continue
        signs = locale.number_symbols["latn"]
        return NumberStyle(signs["decimal"], signs["group"], locale.decimal_formats[None].grouping)
    return ENGLISH_STYLE


def write_number(value: Decimal, style: NumberStyle = ENGLISH_STYLE, min_places: int = 0) -> str:
    """Return a number in the style of a country, as the reader of numbers reads it there without asking.

    A number that is not whole has at least `min_places` digits behind its decimal sign.
    """
    whole, places = _parts(value)
    places = places and places.ljust(min_places, "0")
    last, others = style.sizes
    groups = [whole[-last:]]
    rest = whole[:-last]
    while rest:
        groups.insert(0, rest[-others:])
        rest = rest[:-others]
    # In 1.234 the point could stand between thousands; in 1.2340 it cannot.
    if len(places) == 3 and len(groups) == 1 and whole != "0":
        places += "0"
    sign = "-" if value < 0 else ""
    return sign + style.group.join(groups) + (style.decimal + places if places else "")


def plain_number(value: Decimal) -> str:
    """Return a number without groups, which every country reads alike: `45000`, `12.5`."""
    whole, places = _parts(value)
    if len(places) == 3 and whole != "0":
        places += "0"
    return ("-" if value < 0 else "") + whole + (f".{places}" if places else "")


def _parts(value: Decimal) -> tuple[str, str]:
    """Return the digits before and behind the decimal sign, without needless zeros."""
    whole, _, places = format(abs(value), "f").partition(".")
    return whole, places.rstrip("0")
