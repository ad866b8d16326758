"""What the commands share: how they find a role, print a table, write JSON, and leave with the right exit code."""

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

as_format = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="For people or for machines.",
)


class Refused(click.ClickException):
    """Work that cannot be done although the command was used rightly: exit code 1, one plain sentence."""


def console(*, stderr: bool = False) -> "Console":
    """Give the terminal; where the output is no terminal it is 200 wide and plain."""
    from rich.console import Console

    made = Console(stderr=stderr, highlight=False)
    return made if made.is_terminal else Console(stderr=stderr, highlight=False, width=200, no_color=True)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> None:
    """Print rows as a table with a line under its head; text is shown as it stands, never read as mark-up."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(title=title or None, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False, show_edge=False)
    for place, name in enumerate(columns):
        made.add_column(name, overflow="fold", no_wrap=place == 0)
    for row in rows:
        made.add_row(*(Text(str(cell)) for cell in row))
    console().print(made)


def write_json(value: Any) -> None:
    """Write plain data as JSON, two spaces deep, with real letters."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def save(content: bytes, output: Path | None) -> None:
    """Write bytes to a file, or to the standard output for `-`. Raises Refused where the place cannot be written."""
    if output is None or str(output) == "-":
        click.echo(content, nl=False)
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        raise unwritable(output, error) from None


def unwritable(place: Path, error: OSError) -> Refused:
    """Say why a place cannot be written, and what to do where its disk is full."""
    from workbench.core.storage.disk import means_disk_full

    if means_disk_full(error):
        return Refused(f"There is no room left on the disk of {place}. Make some, and run the same line again.")
    return Refused(f"{place} cannot be written: {error.strerror or error}.")


def role_at(name: str) -> "Role":
    """Read a role from a TOML file, or from the library by name.

    Raises click.BadParameter for a name that is neither, Refused for a file that is no role.
    """
    from workbench.core.shape import InvalidData, read_toml
    from workbench.roles.model import Role

    place = role_file(name)
    try:
        return read_toml(Role, place)
    except InvalidData as error:
        refuse_invalid_data(place, error)
    except OSError as error:
        raise click.BadParameter(f"{name} cannot be read: {error.strerror or error}.") from None


def role_file(name: str) -> Path:
    """Find the file that a name on the command line means: a path first, then a name of the library.

    Raises click.BadParameter with the nearest name of the library.
    """
    from workbench.places import data_dir

    place = Path(name)
    if place.is_file():
        return place
    shelf = {path.stem: path for path in data_dir("role_library").glob("*.toml")}
    if name in shelf:
        return shelf[name]
    near = difflib.get_close_matches(place.stem, list(shelf), n=1)
    hint = f"Did you mean “{near[0]}”?" if near else "See `workbench library list`."
    raise click.BadParameter(f"There is no role “{name}” in the library, and no such file. {hint}")


def refuse_invalid_data(name: Path, error: "InvalidData") -> NoReturn:
    """Say every fault of a file, a line each. Raises Refused."""
    lines = [f"{name}: {fault.path + ': ' if fault.path else ''}{fault.message}" for fault in error.faults]
    raise Refused("this is not a role that can be read.\n" + "\n".join(lines))
