"""The only reader of the clock, so that a test can set the time."""

import time
from datetime import UTC, date, datetime, tzinfo


def now() -> datetime:
    """Return the present moment, aware, in UTC, truncated to whole milliseconds."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def today(zone: tzinfo) -> date:
    """Return the present date in a time zone."""
    return now().astimezone(zone).date()


class Throttle:
    """Allows an action at once, and then again only when so many seconds have passed since the last time."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.last: float | None = None

    def ready(self, *, force: bool = False) -> bool:
        """Return whether the action may be done now (`force`: in any case), and count it as done."""
        moment = time.monotonic()
        if not force and self.last is not None and moment - self.last < self.seconds:
            return False
        self.last = moment
        return True
