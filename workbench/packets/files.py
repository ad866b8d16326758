"""The files of finished print runs: where a worker puts them, and where a web server finds them."""

import shutil
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path

from workbench.core.clock import now
from workbench.settings import Settings

_HOUR = 3600


def place(settings: Settings) -> Path:
    """Give the folder in which each finished run has its own."""
    return settings.folder / "packets"


def find(settings: Settings, folder: str, name: str) -> Path | None:
    """Find a file of a finished run by the name of the run's folder and its own."""
    file = place(settings) / folder / name
    return file if file.is_file() else None


def remove(settings: Settings, run: int) -> None:
    """Remove the files of a run, and what a killed worker left of it."""
    for folder in (*place(settings).glob(f"{run}-*"), *place(settings).glob(f".{run}-*")):
        _remove(folder)


def sweep(settings: Settings, known: AbstractSet[str], *, dry: bool = False) -> int:
    """Remove the folders that no run knows and that are more than an hour old, and say how many that were."""
    old = now().timestamp() - _HOUR
    left = [folder for folder in place(settings).glob("*-*") if folder.name not in known and _since(folder) < old]
    if not dry:
        for folder in left:
            _remove(folder)
    return len(left)


def _since(folder: Path) -> float:
    """Tell when a folder was written; one that another machine removed meanwhile was written just now."""
    try:
        return folder.stat().st_mtime
    except FileNotFoundError:
        return now().timestamp()


def _remove(folder: Path) -> None:
    with suppress(FileNotFoundError):  # another machine does the same
        shutil.rmtree(folder)
