"""A turn comes at once, and then again only after its time."""

import pytest

from workbench.core import clock
from workbench.core.clock import Throttle


def test_a_turn_comes_at_once_and_again_only_after_its_time(monkeypatch: pytest.MonkeyPatch):
    moment = 3.0  # less than the time between two turns: a machine may have started a moment ago
    monkeypatch.setattr(clock.time, "monotonic", lambda: moment)
    turn = Throttle(10)
    assert (turn.ready(), turn.ready()) == (True, False)
    moment += 9.9
    assert not turn.ready()
    moment += 0.1
    assert (turn.ready(), turn.ready()) == (True, False)


def test_a_turn_taken_anyway_is_counted_from_then_on(monkeypatch: pytest.MonkeyPatch):
    moment = 0.0
    monkeypatch.setattr(clock.time, "monotonic", lambda: moment)
    turn = Throttle(10)
    turn.ready()
    moment = 6.0
    assert turn.ready(force=True)
    moment = 12.0
    assert not turn.ready()
