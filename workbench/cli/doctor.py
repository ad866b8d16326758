"""The command that checks this machine and shows how to fix missing or broken parts."""

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from workbench.cli.output import console, format_option, write_json

if TYPE_CHECKING:
    from workbench.doctor import CheckResult

_MARKS = {"fine": ("✓", "green"), "note": ("!", "yellow"), "broken": ("✗", "bold red")}


@click.command("doctor")
@format_option
def doctor_command(form: str) -> None:
    """Check this machine and show how to fix its problems; exit code 1 if something is broken."""
    from workbench import doctor

    found = doctor.run_checks()
    if form == "json":
        write_json([asdict(finding) for finding in found])
    else:
        _print(found)
    sys.exit(1 if any(finding.state is doctor.CheckState.BROKEN for finding in found) else 0)


def _print(found: "tuple[CheckResult, ...]") -> None:
    from rich.text import Text

    out = console()
    for finding in found:
        mark, style = _MARKS[finding.state]
        out.print(Text.assemble((mark, style), f" {finding.part:<12} {finding.message}"), soft_wrap=True)
        if finding.remedy:
            out.print(Text(f"{'':15}{finding.remedy}"), soft_wrap=True)
