"""Shared parts of the commands: find a role, print a table, write JSON, and end with the right exit code."""

import difflib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from rich.console import Console

    from workbench.core.shape import InvalidData
    from workbench.roles.model import Role

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="For people or for machines.",
)


class CommandFailed(click.ClickException):
    """A failure of a command that was used correctly: exit code 1 and one plain sentence."""


def console(*, stderr: bool = False) -> "Console":
    """Return the terminal; output that is not a terminal is plain and 200 columns wide."""
    from rich.console import Console

    terminal = Console(stderr=stderr, highlight=False)
    return terminal if terminal.is_terminal else Console(stderr=stderr, highlight=False, width=200, no_color=True)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> None:
    """Print rows as a table with a line under its header; text is printed literally, never parsed as markup."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title or None, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False, show_edge=False)
    for index, name in enumerate(columns):
        table.add_column(name, overflow="fold", no_wrap=index == 0)
    for row in rows:
        table.add_row(*(Text(str(cell)) for cell in row))
    console().print(table)


def write_json(value: Any) -> None:
    """Write data as JSON with an indent of two and without escaping non-ASCII letters."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def write_output(content: bytes, output: Path | None) -> None:
    """Write bytes to a file, or to the standard output for `-`. Raises CommandFailed if the file cannot be written."""
    if output is None or str(output) == "-":
        click.echo(content, nl=False)
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        raise build_write_error(output, error) from None


def build_write_error(path: Path, error: OSError) -> CommandFailed:
    """Return the error for a path that cannot be written, with advice if the disk is full."""
    from workbench.core.storage.disk import means_disk_full

    if means_disk_full(error):
        return CommandFailed(f"The disk of {path} is full. Free some space, and run the same command again.")
    return CommandFailed(f"{path} cannot be written: {error.strerror or error}.")


def read_role(name: str) -> "Role":
    """Read a role from a TOML file, or from the library by name, whose promises are samples; its notes go to standard error.

    Raises click.BadParameter for an unknown name, CommandFailed for a file that is not a role.
    """
    from workbench.core.shape import InvalidData
    from workbench.roles.files.model import read_role_file
    from workbench.roles.library import library_promises
    from workbench.roles.model import Role
    from workbench.roles.promises.model import keep_samples

    file = find_role_file(name)
    try:
        found = read_role_file(file)
    except InvalidData as error:
        fail_invalid_role(file, error)
    except OSError as error:
        raise click.BadParameter(f"{name} cannot be read: {error.strerror or error}.") from None
    for note in found.notes:
        click.echo(f"{file.name}: {note}", err=True)
    return keep_samples(Role(found.role.title), found.role, lambda: library_promises(found.role.currency))


def find_role_file(name: str) -> Path:
    """Find the file for a name on the command line: a path first, then a name of the library.

    Raise click.BadParameter with the closest name of the library.
    """
    from workbench.places import data_dir

    path = Path(name)
    if path.is_file():
        return path
    files = {file.stem: file for file in data_dir("role_library").glob("*.toml")}
    if name in files:
        return files[name]
    matches = difflib.get_close_matches(path.stem, list(files), n=1)
    hint = f"Did you mean “{matches[0]}”?" if matches else "See `workbench library list`."
    raise click.BadParameter(f"There is no role “{name}” in the library, and no such file. {hint}")


def fail_invalid_role(name: Path, error: "InvalidData") -> NoReturn:
    """Raise CommandFailed with every fault of a file, one per line."""
    lines = [f"{name}: {fault.path + ': ' if fault.path else ''}{fault.message}" for fault in error.faults]
    raise CommandFailed("This is not a valid role file.\n" + "\n".join(lines))


def name_contradictions(role: "Role", title: str = "") -> bool:
    """Name on standard error what cannot be true in a role, and return whether there is anything; `title` goes first."""
    from workbench.roles.review.rules import find_contradictions, review

    found = find_contradictions(review(role))
    for finding in found:
        place = f"{title}, {finding.place}" if title else finding.place
        click.echo(f"Check {place}: {finding.reason} {finding.suggestion}", err=True)
    return bool(found)
