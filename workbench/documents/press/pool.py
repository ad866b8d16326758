"""The presses and the previewer of this process; their worker processes end with it."""

import atexit
import threading
from functools import cache

from workbench.documents.press.preview import Preview
from workbench.documents.press.warm import WarmPress


class _ThreadPresses(threading.local):
    """The presses of one thread, by niceness."""

    def __init__(self) -> None:
        self.by_nice: dict[int, WarmPress] = {}


_PRESSES = _ThreadPresses()


def thread_press(nice: int = 0) -> WarmPress:
    """Return the press of this thread, so that two jobs can print at the same time.

    `nice` lowers the priority of its worker process by this many steps.
    """
    presses = _PRESSES.by_nice
    if nice not in presses:
        presses[nice] = WarmPress(nice=nice)
        atexit.register(presses[nice].close)
    return presses[nice]


@cache
def previewer() -> Preview:
    """Return the live preview of this process."""
    preview = Preview()
    atexit.register(preview.close)
    return preview
