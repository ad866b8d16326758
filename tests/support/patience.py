"""Patience on a busy machine: the time limits of the product are ten times as long in tests as for people."""

from typing import Any

from workbench.documents.press.form_reader import FormReader
from workbench.documents.press.preview import Preview
from workbench.documents.press.warm import WarmPress
from workbench.packets.returned import views as returned
from workbench.packets.run import tasks
from workbench.packets.run import views as runs

TIMES = 10


def lengthen_limits() -> None:
    """Lengthen the limits of this process after which less is answered; a test of a limit sets one of its own."""
    for engine in (WarmPress, Preview, FormReader):
        _lengthen_default(engine.__init__, "seconds")
    runs._COUNTING_SECONDS *= TIMES
    returned.SECONDS *= TIMES
    tasks.SLICE_SECONDS *= TIMES


def _lengthen_default(function: Any, name: str) -> None:
    defaults = function.__defaults__
    names = function.__code__.co_varnames[: function.__code__.co_argcount][-len(defaults) :]
    values = zip(names, defaults, strict=True)
    function.__defaults__ = tuple(value * TIMES if each == name else value for each, value in values)
