"""The command that says what is missing on this machine, and how to mend it."""

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from workbench.cli.output import as_format, console, write_json

if TYPE_CHECKING:
    from workbench.doctor import Finding

_MARKS = {"fine": ("✓", "green"), "note": ("!", "yellow"), "broken": ("✗", "bold red")}


@click.command("doctor")
@as_format
def doctor_command(form: str) -> None:
    """Say what is missing, and how to mend it; exit code 1 where something is broken."""
    from workbench import doctor

    found = doctor.examine()
    if form == "json":
        write_json([asdict(finding) for finding in found])
    else:
        _print(found)
    sys.exit(1 if any(finding.state is doctor.State.BROKEN for finding in found) else 0)


def _print(found: "tuple[Finding, ...]") -> None:
    from rich.text import Text

    out = console()
    for finding in found:
        mark, style = _MARKS[finding.state]
        out.print(Text.assemble((mark, style), f" {finding.part:<12} {finding.words}"), soft_wrap=True)
        if finding.remedy:
            out.print(Text(f"{'':15}{finding.remedy}"), soft_wrap=True)
