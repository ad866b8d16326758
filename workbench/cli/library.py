"""Commands about the ready-made roles: list them, hold files to the standard, show one."""

import sys
import textwrap
from pathlib import Path

import click

from workbench.cli.output import Refused, as_format, role_at, role_file, table, write_json
from workbench.core.shape import Fault, InvalidData, unstructure
from workbench.core.text.words import count
from workbench.roles.model import Expectation, Role


@click.group("library")
def library_command() -> None:
    """List, check and show the ready-made roles."""


@library_command.command("list")
@as_format
def list_roles(form: str) -> None:
    """List the roles of the library with what each one is made of."""
    from workbench.roles import library

    try:
        roles = library.library()
    except InvalidData as error:
        raise Refused(f"The library cannot be read; run `workbench library check`. {error.faults[0].path}") from None
    if form == "json":
        write_json([_summary(name, role) for name, role in roles.items()])
        return
    columns = ("role", "title", "department", "motion", "accountabilities", "expectations", "questions")
    table(columns, (tuple(_summary(name, role).values()) for name, role in roles.items()))


@library_command.command("check")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_format
def check(files: tuple[Path, ...], form: str) -> None:
    """Hold role files to the library's standard (all of the library and its catalogue when none is named)."""
    from workbench.roles import library

    found = list(library.check(files))
    if not files:
        found += _catalogue_faults(found)
    if form == "json":
        write_json([{"file": _shown(path), "path": fault.path, "message": fault.message} for path, fault in found])
    else:
        for path, fault in found:
            click.echo(": ".join(part for part in (_shown(path), fault.path, fault.message) if part))
        looked_at = len(files or library.files())
        ending = count(len(found), "fault") if found else "no faults"
        click.echo(f"{count(looked_at, 'role file')} checked: {ending}.", err=bool(found))
    sys.exit(1 if found else 0)


@library_command.command("show")
@click.argument("role")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "toml"]),
    default="text",
    show_default=True,
    help="What to write.",
)
def show(role: str, form: str) -> None:
    """Show one role; `--format toml` gives the file itself, to begin one of your own from."""
    if form == "toml":
        click.echo(role_file(role).read_text("utf-8"), nl=False)
        return
    found = role_at(role)
    if form == "json":
        write_json(unstructure(found))
        return
    _show_role(found)


def _summary(name: str, role: Role) -> dict[str, str | int]:
    return {
        "role": name,
        "title": role.title,
        "department": role.department,
        "motion": role.motion.value if role.motion else "",
        "accountabilities": len(role.accountabilities),
        "expectations": sum(1 for _ in role.expectations()),
        "questions": sum(1 for _ in role.questions()),
    }


def _catalogue_faults(found: list[tuple[Path, Fault]]) -> list[tuple[Path, Fault]]:
    """Look through the metric catalogue too; a file that could not even be read has been told already."""
    from workbench.metrics.catalogue import check_catalogue
    from workbench.places import data_dir

    folder = data_dir("role_library") / "metrics"
    told = {fault for _, fault in found}
    return [(folder, fault) for fault in check_catalogue() if fault not in told]


def _shown(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path)


def _show_role(role: Role) -> None:
    facts = (role.department, role.reports_to and f"reports to {role.reports_to}", role.motion and role.motion.value)
    click.echo(f"{role.title}\n{' · '.join(fact for fact in facts if fact)}\n")
    _say(role.summary)
    for number, item in enumerate(role.accountabilities, 1):
        click.echo(f"\n{number}. {item.outcome}")
        _say(f"{item.function}, {item.scope}; {item.share} % of the time", 3)
        for expectation in item.expectations:
            _say(f"- {_target(expectation, role)}", 3)
        _say(f"- {count(len(item.questions), 'interview question')}", 3)
    if role.hard_parts:
        click.echo("\nHard parts")
        for line in role.hard_parts:
            _say(f"- {line}", 3)


def _say(text: str, indent: int = 0) -> None:
    space = " " * indent
    hang = space + ("  " if text.startswith("- ") else "")
    click.echo(textwrap.fill(text, 100, initial_indent=space, subsequent_indent=hang))


def _target(item: Expectation, role: Role) -> str:
    from workbench.roles.expectations import expectation_sentence, metric_of

    metric = metric_of(item)
    if metric is None:
        return f"{item.metric} (not in the catalogue)"
    said = expectation_sentence(item, role.currency)
    return f"{said} ({metric.timing.value}, {item.basis.value})"
