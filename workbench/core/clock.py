"""The only reader of the clock, so that a test can set the time."""

import time
from datetime import UTC, date, datetime, tzinfo


def now() -> datetime:
    """Give the present moment, aware, in UTC, cut to whole milliseconds."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def today(zone: tzinfo) -> date:
    """Give the present date in a time zone: whose day it is decides what is today."""
    return now().astimezone(zone).date()


class Every:
    """A turn that comes at once, and then again only when so many seconds have passed since the last."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.last: float | None = None

    def due(self, *, anyway: bool = False) -> bool:
        """Say whether it is time, or `anyway`; whoever hears yes has had this turn."""
        moment = time.monotonic()
        if not anyway and self.last is not None and moment - self.last < self.seconds:
            return False
        self.last = moment
        return True
