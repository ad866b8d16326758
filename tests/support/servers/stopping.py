"""Stop a process for a while: a signal alone returns before every thread has stopped."""

import os
import signal
import time
from pathlib import Path

PATIENCE = 240.0  # seconds, also on a busy machine


def stop(process: int, *, group: bool = False) -> None:
    """Send SIGSTOP to a process or its group, and wait until each of its threads has stopped, also those at the disk."""
    (os.killpg if group else os.kill)(process, signal.SIGSTOP)
    end = time.monotonic() + PATIENCE
    while not all(_has_stopped(thread) for thread in Path(f"/proc/{process}/task").iterdir()):
        assert time.monotonic() < end, f"process {process} does not stop"
        time.sleep(0.005)


def _has_stopped(thread: Path) -> bool:
    try:
        state = (thread / "stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True  # it has ended meanwhile
    return state in {"T", "t", "X", "Z"}  # stopped, or ended
