"""Times as people read them: stored in UTC, written in the time zone of a place, by the 24-hour clock."""

from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import available_timezones

from workbench.core.text.translation import ENGLISH

# The other names are old short ones, such as EST or Cuba, which repeat a place.
_AREAS = frozenset(
    ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
)


@cache
def places() -> tuple[tuple[str, str, str | None], ...]:
    """Return the time zones of the IANA database by place, as (name, place, area): UTC first, then area by area."""
    names = (name.partition("/") for name in available_timezones())
    found = [(f"{area}/{rest}", place_of(f"{area}/{rest}"), area) for area, _, rest in names if area in _AREAS]
    return ("UTC", "UTC", None), *sorted(found, key=lambda each: (each[2], each[1]))


def place_of(name: str) -> str:
    """Return the place that a time zone is named after: `Buenos Aires, Argentina` of `America/Argentina/Buenos_Aires`."""
    area, *rest = name.replace("_", " ").split("/")
    return ", ".join(reversed(rest)) or area


def moment(at: datetime, zone: tzinfo) -> str:
    """Return a moment in a zone in words: `22 November 2026, 14:05`."""
    local = at.astimezone(zone)
    return f"{ENGLISH.day(local)}, {local:%H:%M}"


def recent_moment(at: datetime, zone: tzinfo, present: datetime) -> str:
    """Return a moment as people say it: `Today, 14:05`, `Yesterday`, `3 March`, or with its year `3 March 2025`."""
    local, today = at.astimezone(zone), present.astimezone(zone)
    days = (today.date() - local.date()).days
    if days == 0:
        return f"Today, {local:%H:%M}"
    if days == 1:
        return "Yesterday"
    return ENGLISH.day(local).removesuffix(f" {today.year}")


def exact_moment(at: datetime, zone: tzinfo) -> str:
    """Return a moment with its zone, so that it is clear everywhere: `22 November 2026, 14:05 CET (UTC+1)`."""
    return f"{moment(at, zone)} {_zone_name(at.astimezone(zone))}"


def instant(at: datetime) -> str:
    """Return a moment for a program, to the millisecond: `2026-11-22T13:05:09.120+00:00`."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def _zone_name(local: datetime) -> str:
    """Return the zone of a local time; where it has no letters of its own, as in Singapore, the offset alone."""
    name, offset = local.tzname() or "", local.utcoffset() or timedelta()
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    sign = "\u2212" if offset < timedelta() else "+"
    utc_offset = f"UTC{sign}{hours}" + (f":{minutes:02}" if minutes else "")
    if name == "UTC":
        return name
    return f"{name} ({utc_offset})" if name.isalpha() else utc_offset
