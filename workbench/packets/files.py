"""The files of finished print runs: where a worker puts them, and where a web server finds them."""

from pathlib import Path

from workbench.settings import Settings


def place(settings: Settings) -> Path:
    """Give the folder in which each finished run has its own."""
    return settings.folder / "packets"


def find(settings: Settings, folder: str, name: str) -> Path | None:
    """Find a file of a finished run by the name of the run's folder and its own."""
    file = place(settings) / folder / name
    return file if file.is_file() else None
