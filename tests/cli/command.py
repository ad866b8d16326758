"""Run the command line in this process, as a person or a script does."""

import os
from pathlib import Path

from click.testing import CliRunner, Result

from workbench.cli import commands

ROLE = "sales-engineer"


def workbench(*arguments: str, code: int = 0, **options: str) -> Result:
    result = CliRunner().invoke(commands, arguments, **options)
    assert result.exit_code == code, result.output + repr(result.exception)
    return result


def copy_of_a_role(place: Path, **changes: str) -> Path:
    text = workbench("library", "show", ROLE, "--format", "toml").stdout
    for before, after in changes.items():
        text = text.replace(before, after)
    place.write_text(text, "utf-8")
    return place


def environ() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUNBUFFERED": "1"}
