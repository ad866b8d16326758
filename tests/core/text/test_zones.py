"""A moment told in the time of a place: days of the change, half hours, the date line, and never two moments alike."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.core.text.translation import ENGLISH
from workbench.core.text.zones import exact_moment, instant, moment, place_of, places, recent_moment

NAMES = [name for name, _, _ in places()]
MONTHS = [ENGLISH.day(datetime(2000, month, 1, tzinfo=UTC)).split()[1] for month in range(1, 13)]
EXACT = re.compile(r"(\d+) (\w+) (\d{4}), (\d\d):(\d\d) .*?UTC(?:([+\u2212])(\d+)(?::(\d\d))?)?\)?")


def read(words: str) -> datetime:
    """Read a moment back as somebody far away does, by nothing but its words."""
    found = EXACT.fullmatch(words)
    assert found, words
    day, month, year, hour, minute, sign, hours, minutes = found.groups()
    away = timedelta(hours=int(hours or 0), minutes=int(minutes or 0)) * (-1 if sign == "\u2212" else 1)
    told = datetime(int(year), MONTHS.index(month) + 1, int(day), int(hour), int(minute), tzinfo=UTC)
    return told - away


@settings(deadline=None)  # the first one reads a file of the zone
@given(
    st.timedeltas(timedelta(0), timedelta(days=40_000)).map(lambda since: datetime(1990, 1, 1, tzinfo=UTC) + since),
    st.sampled_from(NAMES),
)
def test_what_is_told_exactly_is_read_back_as_the_same_minute_wherever_it_is_told(at: datetime, name: str):
    assert read(exact_moment(at, ZoneInfo(name))) == at.replace(second=0, microsecond=0)


@settings(deadline=None)
@given(st.datetimes(timezones=st.just(UTC)))
def test_what_is_written_for_programs_is_the_instant_itself(at: datetime):
    at = at.replace(microsecond=at.microsecond // 1000 * 1000)
    assert datetime.fromisoformat(instant(at)) == at


@pytest.mark.parametrize(
    ("zone", "at", "told"),
    [
        ("UTC", "2026-11-22T13:05", "22 November 2026, 13:05 UTC"),
        ("Europe/Berlin", "2026-11-22T13:05", "22 November 2026, 14:05 CET (UTC+1)"),
        ("Europe/London", "2026-11-22T13:05", "22 November 2026, 13:05 GMT (UTC+0)"),
        ("America/New_York", "2026-11-22T04:59", "21 November 2026, 23:59 EST (UTC\u22125)"),
        ("Asia/Singapore", "2026-11-22T16:00", "23 November 2026, 00:00 UTC+8"),
        ("Asia/Kolkata", "2026-11-22T18:29", "22 November 2026, 23:59 IST (UTC+5:30)"),
        ("Asia/Kathmandu", "2026-11-22T13:05", "22 November 2026, 18:50 UTC+5:45"),
        ("America/St_Johns", "2026-11-22T13:05", "22 November 2026, 09:35 NST (UTC\u22123:30)"),
        ("Pacific/Kiritimati", "2026-12-31T10:00", "1 January 2027, 00:00 UTC+14"),
        ("Pacific/Pago_Pago", "2027-01-01T10:59", "31 December 2026, 23:59 SST (UTC\u221211)"),
        # the last minute of summer, the hour that comes twice, and the hour that never was
        ("Europe/Berlin", "2026-10-25T00:59", "25 October 2026, 02:59 CEST (UTC+2)"),
        ("Europe/Berlin", "2026-10-25T01:59", "25 October 2026, 02:59 CET (UTC+1)"),
        ("Europe/Berlin", "2026-03-29T00:59", "29 March 2026, 01:59 CET (UTC+1)"),
        ("Europe/Berlin", "2026-03-29T01:00", "29 March 2026, 03:00 CEST (UTC+2)"),
        ("Australia/Lord_Howe", "2026-04-04T15:00", "5 April 2026, 01:30 UTC+10:30"),
    ],
)
def test_a_moment_is_told_as_the_clocks_of_the_place_show_it(zone: str, at: str, told: str):
    given = datetime.fromisoformat(f"{at}+00:00")
    assert exact_moment(given, ZoneInfo(zone)) == told
    assert told.startswith(moment(given, ZoneInfo(zone)))


def test_every_place_that_is_offered_is_a_zone_that_can_be_kept_and_read():
    assert NAMES[0] == "UTC"
    assert len(NAMES) == len(set(NAMES)) > 400
    assert {"Europe/Berlin", "America/New_York", "Asia/Singapore", "Pacific/Kiritimati"} <= set(NAMES)
    assert max(map(len, NAMES)) <= 40
    assert all(ZoneInfo(name).key == name for name in NAMES)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("UTC", "UTC"),
        ("America/New_York", "New York"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires, Argentina"),
        ("America/Port-au-Prince", "Port-au-Prince"),
    ],
)
def test_a_zone_is_named_by_its_place(name: str, place: str):
    assert place_of(name) == place


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 3, 4, 9, 5, tzinfo=UTC), "Today, 10:05"),
        (datetime(2026, 3, 3, 22, 59, tzinfo=UTC), "Yesterday"),
        (datetime(2026, 3, 2, 22, 59, tzinfo=UTC), "2 March"),
        (datetime(2025, 12, 31, 23, 30, tzinfo=UTC), "1 January"),
        (datetime(2025, 12, 31, 22, 30, tzinfo=UTC), "31 December 2025"),
    ],
)
def test_a_recent_moment_is_said_by_the_day_of_its_reader(at: datetime, words: str):
    assert recent_moment(at, ZoneInfo("Europe/Berlin"), datetime(2026, 3, 4, 12, tzinfo=UTC)) == words
