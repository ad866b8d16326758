"""Commands about metrics: the starter metrics of a role, and the catalogue they are taken from."""

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.cli.output import Refused, as_format, role_at, save, table, write_json

if TYPE_CHECKING:
    from workbench.metrics.model import Metric

CATALOGUE = "catalogue"


class RoleOrCatalogue(click.Group):
    """`metrics catalogue [CODE]` is a command of its own; any other word is a role, also an option before it."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take the first word as the command only where it is one."""
        if args and args[0] == CATALOGUE:
            return super().resolve_command(ctx, args)
        return None, of_role, args

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Hand options of a role's sheet on to it, wherever they stand; only `--help` alone is ours."""
        if args and args[0] not in {CATALOGUE, *ctx.help_option_names}:
            args = ["--", *args]
        return super().parse_args(ctx, args)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Tell both ways of use."""
        return ["ROLE-OR-FILE [--format table|json|csv|xlsx] [-o FILE]", "| catalogue [CODE]"]


@click.group("metrics", cls=RoleOrCatalogue)
def metrics_command() -> None:
    """Give the starter metrics of a role, one row a metric; or look into the catalogue.

    A role file of your own that is called `catalogue` is named with its path: ./catalogue.toml
    """


@metrics_command.command("of", hidden=True)
@click.argument("role", metavar="ROLE-OR-FILE")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv", "xlsx"]),
    default="table",
    show_default=True,
    help="For people, machines, or a spreadsheet.",
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; - for the standard output."
)
def of_role(role: str, form: str, output: Path | None) -> None:
    """Give one row a metric: what it belongs to, when it tells, target, period and source."""
    value = role_at(role)
    if form == "xlsx" and output is None:
        raise click.UsageError("A workbook is no text: name a file with -o FILE.xlsx.")
    from workbench.roles.documents import exports

    rows = exports.rows(value)
    if form == "table":
        table(exports.COLUMNS, (tuple(row.values()) for row in rows), title=value.title)
    elif form == "json" and output is None:
        write_json(rows)
    else:
        content = {"json": exports.json_bytes, "csv": exports.csv_bytes, "xlsx": exports.xlsx_bytes}[form](value)
        save(content, output)


@metrics_command.command(CATALOGUE)
@click.argument("code", required=False)
@as_format
def catalogue_command(code: str | None, form: str) -> None:
    """List the metrics that targets are taken from, or tell all about the one with this CODE.

    Where there is a database, the company's own metrics are among them; a retired one is told, but not listed.
    """
    from workbench.core.shape import InvalidData, unstructure

    try:
        metrics = _in_force(retired=code is not None)
    except InvalidData as error:
        raise Refused(f"The catalogue cannot be read; run `workbench library check`. {error.faults[0].path}") from None
    if code is None:
        if form == "json":
            write_json([unstructure(metric) for metric in metrics.values()])
        else:
            columns = ("code", "name", "timing", "unit", "usual cadence", "meaning")
            table(columns, ((m.code, m.name, m.timing, m.unit, m.cadence, m.meaning) for m in metrics.values()))
        return
    if code not in metrics:
        near = difflib.get_close_matches(code, list(metrics), n=1)
        hint = f"Did you mean “{near[0]}”?" if near else "See `workbench metrics catalogue`."
        raise click.BadParameter(f"The catalogue has no metric “{code}”. {hint}")
    if form == "json":
        write_json(unstructure(metrics[code]))
    else:
        table(("", metrics[code].name), _facts(metrics[code]))


def _in_force(*, retired: bool) -> "Mapping[str, Metric]":
    """Give the shipped metrics, and where there is a database the company's own. Raises Refused, InvalidData."""
    from workbench.settings import has_database

    if not has_database():
        from workbench.metrics.catalogue import catalogue

        return catalogue()
    from sqlalchemy.exc import SQLAlchemyError

    from workbench.cli.admin import writing
    from workbench.roles.own_metrics.tables import in_force

    try:
        with writing("read") as session:
            return in_force(session, retired=retired)
    except SQLAlchemyError as error:
        fault = str(error).splitlines()[0]
        raise Refused(f"The company's own metrics cannot be read; run `workbench db upgrade`. {fault}") from None


def _facts(metric: "Metric") -> list[tuple[str, Any]]:
    facts = [
        ("code", metric.code),
        ("meaning", metric.meaning),
        ("numerator", metric.numerator),
        ("denominator", metric.denominator),
        ("counts only", metric.filter),
        ("unit", metric.unit),
        ("good is", metric.direction),
        ("timing", f"{metric.timing}: {metric.why}"),
        ("usual cadence", metric.cadence),
        ("within reach of", metric.remit),
        ("confused with", metric.confused_with),
        ("kept honest by", ", ".join(metric.kept_honest_by)),
        *((source.system, source.field) for source in metric.sources),
    ]
    return [(name, value) for name, value in facts if value]
