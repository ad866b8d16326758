"""Places in a worker's work where a test lets it stand still, and the patience to wait until it stands there."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 240  # seconds in which whatever must happen has happened, also on a busy machine


@dataclass(frozen=True)
class Gate:
    """A place in a worker's work where the first who comes by stands still until the test lets it go on."""

    folder: Path
    number: int
    point: str

    def _file(self, state: str) -> Path:
        return self.folder / f"{self.number}.{self.point}.{state}"

    def arm(self, *words: str) -> "Gate":
        """Be there for the first worker who comes by with all these words."""
        self._file("draft").write_text("|".join(words))
        self._file("draft").rename(self._file("armed"))
        return self

    def reached(self) -> int:
        """Wait until a worker stands here, and tell its process id."""
        wait_for(self._file("at").exists)
        return int(self._file("at").read_text())

    def open(self) -> None:
        """Let whoever stands here go on."""
        self._file("open").touch()


def stand_still(folder: Path, point: str, words: str) -> None:
    """Stop at an armed gate of this name whose words are among ours (worker)."""
    for armed in sorted(folder.glob(f"*.{point}.armed")):
        with suppress(FileNotFoundError):
            if not set(armed.read_text().split("|")) <= set(words.split("|")):
                continue
            ours = armed.with_suffix(".ours")
            armed.rename(ours)  # one of us gets it
            ours.write_text(str(os.getpid()))
            ours.rename(armed.with_suffix(".at"))  # whole, or not there
            while not armed.with_suffix(".open").exists():
                time.sleep(0.01)


def wait_for(reached: Callable[[], object]) -> None:
    """Wait until something is true, and not for ever."""
    until = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < until, "this took too long"
        time.sleep(0.02)
