"""Commands that judge numbers: pattern or occasional miss, and which factor made a gap."""

import sys
from fractions import Fraction
from typing import Any

import click

from workbench.cli.output import as_format, table, write_json
from workbench.cli.params import EXACT, LISTED, plain, plain_refusal, told

UNKNOWN = "?"


class Actuals(click.ParamType[tuple[Fraction | None, ...]]):
    """Exact numbers with commas between them, and a question mark for one that is not known."""

    name = "numbers"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Fraction | None, ...]:
        """Read each number."""
        if isinstance(value, tuple):
            return value
        parts = (part.strip() for part in str(value).split(","))
        return tuple(None if part == UNKNOWN else EXACT.convert(part, param, ctx) for part in parts)


@click.command("signal")
@click.option("--baseline", type=LISTED, required=True, help="Points before, 12 at least: 12,14,11,13, and so on.")
@click.option("--points", type=LISTED, required=True, help="New points to judge.")
@click.option("--above", is_flag=True, help="High is bad (days in a stage); otherwise low is bad.")
@click.option("--counts", is_flag=True, help="Small counts of events: watch their sum where no lower limit exists.")
@as_format
def signal_command(
    baseline: tuple[Fraction, ...], points: tuple[Fraction, ...], form: str, *, above: bool, counts: bool
) -> None:
    """Say whether new points are a pattern or an occasional miss; exit code 1 where they are a pattern."""
    from workbench.metrics.signals.signal import Side, SignalState, detect_signal

    with plain_refusal():
        verdict = detect_signal(baseline, points, side=Side.ABOVE if above else Side.BELOW, counts=counts)
    if form == "json":
        write_json(plain(verdict))
    else:
        click.echo(verdict.sentence)
        if verdict.limits:
            shown = (("average", verdict.limits.centre), ("from", verdict.limits.lower), ("to", verdict.limits.upper))
            click.echo("Usual: " + ", ".join(f"{name} {told(value)}" for name, value in shown))
    sys.exit(1 if verdict.state is SignalState.PATTERN else 0)


@click.command("attribute")
@click.option("--planned", type=LISTED, required=True, help="Factors of the plan: 60,1/2,1/4,40000.")
@click.option("--actual", type=Actuals(), required=True, help="The same factors as they came; ? for one not known.")
@click.option("--names", help="Names of the factors, with commas.")
@as_format
def attribute_command(
    planned: tuple[Fraction, ...], actual: tuple[Fraction | None, ...], names: str | None, form: str
) -> None:
    """Split the gap between plan and actual over their factors; the parts sum to it exactly."""
    from workbench.metrics.signals.attribution import Factor, attribute

    called = (
        [name.strip() for name in names.split(",")] if names else [f"factor {n}" for n in range(1, len(planned) + 1)]
    )
    if not len(planned) == len(actual) == len(called):
        raise click.UsageError("Give as many actual factors (and names) as planned ones.")
    with plain_refusal():
        gap = attribute([Factor(*each) for each in zip(called, planned, actual, strict=True)])
    if form == "json":
        write_json({**plain(gap), "gap": plain(gap.size), "largest": gap.largest.name})
        return
    table(
        ("factor", "planned", "actual", "effect"),
        ((p.name, told(p.planned), told(p.actual), told(p.effect)) for p in gap.parts),
    )
    click.echo(f"\nPlanned {told(gap.planned)}, actual {told(gap.actual)}, gap {told(gap.size)}.")
