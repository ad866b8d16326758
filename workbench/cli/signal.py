"""Commands that check results: pattern or occasional miss, and which factor caused a gap."""

import sys
from fractions import Fraction
from typing import Any

import click

from workbench.cli.output import format_option, print_table, write_json
from workbench.cli.params import NUMBER, NUMBER_LIST, format_number, report_invalid_input, to_json_data

UNKNOWN = "?"


class ActualsParam(click.ParamType[tuple[Fraction | None, ...]]):
    """Exact numbers separated by commas, with a question mark for an unknown number."""

    name = "numbers"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Fraction | None, ...]:
        """Parse each number."""
        if isinstance(value, tuple):
            return value
        parts = (part.strip() for part in str(value).split(","))
        return tuple(None if part == UNKNOWN else NUMBER.convert(part, param, ctx) for part in parts)


@click.command("signal")
@click.option(
    "--baseline", type=NUMBER_LIST, required=True, help="Earlier points, at least 12: 12,14,11,13, and so on."
)
@click.option("--points", type=NUMBER_LIST, required=True, help="New points to check.")
@click.option("--above", is_flag=True, help="High is bad (days in a stage); otherwise low is bad.")
@click.option("--counts", is_flag=True, help="Small counts of events: watch their sum if no lower limit exists.")
@format_option
def signal_command(
    baseline: tuple[Fraction, ...], points: tuple[Fraction, ...], form: str, *, above: bool, counts: bool
) -> None:
    """Show whether new points are a pattern or an occasional miss; exit code 1 for a pattern."""
    from workbench.metrics.signals.signal import Side, SignalState, detect_signal

    with report_invalid_input():
        verdict = detect_signal(baseline, points, side=Side.ABOVE if above else Side.BELOW, counts=counts)
    if form == "json":
        write_json(to_json_data(verdict))
    else:
        click.echo(verdict.sentence)
        if verdict.limits:
            values = (("average", verdict.limits.centre), ("from", verdict.limits.lower), ("to", verdict.limits.upper))
            click.echo("Usual: " + ", ".join(f"{name} {format_number(value)}" for name, value in values))
    sys.exit(1 if verdict.state is SignalState.PATTERN else 0)


@click.command("attribute")
@click.option("--planned", type=NUMBER_LIST, required=True, help="Factors of the plan: 60,1/2,1/4,40000.")
@click.option("--actual", type=ActualsParam(), required=True, help="The actual factors; ? for an unknown one.")
@click.option("--names", help="Names of the factors, separated by commas.")
@format_option
def attribute_command(
    planned: tuple[Fraction, ...], actual: tuple[Fraction | None, ...], names: str | None, form: str
) -> None:
    """Split the gap between plan and actual over its factors; the parts sum to it exactly."""
    from workbench.metrics.signals.attribution import Factor, attribute

    labels = (
        [name.strip() for name in names.split(",")] if names else [f"factor {n}" for n in range(1, len(planned) + 1)]
    )
    if not len(planned) == len(actual) == len(labels):
        raise click.UsageError("Enter as many actual factors (and names) as planned ones.")
    with report_invalid_input():
        gap = attribute([Factor(*each) for each in zip(labels, planned, actual, strict=True)])
    if form == "json":
        write_json({**to_json_data(gap), "gap": to_json_data(gap.size), "largest": gap.largest.name})
        return
    print_table(
        ("factor", "planned", "actual", "effect"),
        ((p.name, format_number(p.planned), format_number(p.actual), format_number(p.effect)) for p in gap.parts),
    )
    click.echo(
        f"\nPlanned {format_number(gap.planned)}, actual {format_number(gap.actual)}, gap {format_number(gap.size)}."
    )
