"""The only reader of the clock, so that a test can set the time."""

from datetime import UTC, date, datetime


def now() -> datetime:
    """Give the present moment, aware, in UTC, cut to whole milliseconds."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def today() -> date:
    """Give the present date in UTC."""
    return now().date()
