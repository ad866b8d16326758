"""Commands for metrics: the starter metrics of a role, and the catalogue."""

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.cli.output import CommandFailed, format_option, print_table, read_role, write_json, write_output

if TYPE_CHECKING:
    from workbench.metrics.model import Metric

CATALOGUE = "catalogue"


class RoleOrCatalogue(click.Group):
    """A group in which `metrics catalogue [CODE]` is a command and any other word is a role, also after options."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command for the first word, or the command for a role."""
        if args and args[0] == CATALOGUE:
            return super().resolve_command(ctx, args)
        return None, metrics_of_role, args

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Pass options on to the command for a role, wherever they are; only `--help` alone belongs to the group."""
        if args and args[0] not in {CATALOGUE, *ctx.help_option_names}:
            args = ["--", *args]
        return super().parse_args(ctx, args)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return both usages."""
        return ["ROLE-OR-FILE [--format table|json|csv|xlsx] [-o FILE]", "| catalogue [CODE]"]


@click.group("metrics", cls=RoleOrCatalogue)
def metrics_command() -> None:
    """Show the starter metrics of a role, one row per metric; or look up the catalogue.

    If your own role file is called `catalogue`, name it with its path: ./catalogue.toml
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
def metrics_of_role(role: str, form: str, output: Path | None) -> None:
    """Show one row per metric: what it belongs to, leading or lagging, target, period and source."""
    value = read_role(role)
    if form == "xlsx" and output is None:
        raise click.UsageError("A workbook is not text: name a file with -o FILE.xlsx.")
    from workbench.roles.documents import exports

    rows = exports.rows(value)
    if form == "table":
        print_table(exports.COLUMNS, (tuple(row.values()) for row in rows), title=value.title)
    elif form == "json" and output is None:
        write_json(rows)
    else:
        content = {"json": exports.json_bytes, "csv": exports.csv_bytes, "xlsx": exports.xlsx_bytes}[form](value)
        write_output(content, output)


@metrics_command.command(CATALOGUE)
@click.argument("code", required=False)
@format_option
def catalogue_command(code: str | None, form: str) -> None:
    """List the metrics of the catalogue, or show the metric with this CODE.

    If there is a database, the company's own metrics are included; a retired one is shown, but not listed.
    """
    from workbench.core.shape import InvalidData, unstructure

    try:
        metrics = _current_metrics(retired=code is not None)
    except InvalidData as error:
        raise CommandFailed(
            f"The catalogue cannot be read; run `workbench library check`. {error.faults[0].path}"
        ) from None
    if code is None:
        if form == "json":
            write_json([unstructure(metric) for metric in metrics.values()])
        else:
            columns = ("code", "name", "timing", "unit", "usual cadence", "meaning")
            print_table(columns, ((m.code, m.name, m.timing, m.unit, m.cadence, m.meaning) for m in metrics.values()))
        return
    if code not in metrics:
        matches = difflib.get_close_matches(code, list(metrics), n=1)
        hint = f"Did you mean “{matches[0]}”?" if matches else "See `workbench metrics catalogue`."
        raise click.BadParameter(f"The catalogue has no metric “{code}”. {hint}")
    if form == "json":
        write_json(unstructure(metrics[code]))
    else:
        print_table(("", metrics[code].name), _describe_metric(metrics[code]))


def _current_metrics(*, retired: bool) -> "Mapping[str, Metric]":
    """Return the shipped metrics and, if there is a database, the company's own. Raises CommandFailed, InvalidData."""
    from workbench.settings import has_database

    if not has_database():
        from workbench.metrics.catalogue import catalogue

        return catalogue()
    from sqlalchemy.exc import SQLAlchemyError

    from workbench.cli.admin import open_session
    from workbench.roles.own_metrics.tables import list_all_metrics

    try:
        with open_session("read") as session:
            return list_all_metrics(session, retired=retired)
    except SQLAlchemyError as error:
        fault = str(error).splitlines()[0]
        raise CommandFailed(f"The company's own metrics cannot be read; run `workbench db upgrade`. {fault}") from None


def _describe_metric(metric: "Metric") -> list[tuple[str, Any]]:
    lines = [
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
    return [(name, value) for name, value in lines if value]
