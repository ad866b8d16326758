"""Commands for planning: work back from a target, its probability, and fair shares of a total."""

import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

from workbench.cli import signal
from workbench.cli.output import format_option, print_table, write_json
from workbench.cli.params import (
    AMOUNT,
    NAMED_NUMBER,
    NAMED_RATE,
    NUMBER,
    NUMBER_LIST,
    RATE,
    WholeNumberParam,
    format_number,
    report_invalid_input,
    to_json_data,
)

if TYPE_CHECKING:
    from workbench.metrics.planning.confidence import Evidence, Goal
    from workbench.metrics.planning.funnel import FunnelPlan, Stage

DAYS_A_WEEK = 5


@click.group("plan")
def plan_command() -> None:
    """Work back from a target to the week, and other calculations.

    Numbers are exact: write 1,000,000 or 1m or 1/3, and rates as 22% or 11/50. In JSON, fractions are text ("11/50").
    """


plan_command.add_command(signal.signal_command)
plan_command.add_command(signal.attribute_command)


@plan_command.command("back-solve")
@click.option("--target", type=AMOUNT, required=True, help="Revenue target.")
@click.option("--deal", type=AMOUNT, required=True, help="Average size of a deal, in the same currency.")
@click.option(
    "--stage",
    "stages",
    type=NAMED_RATE,
    multiple=True,
    required=True,
    help="Rate of a stage, starting with the win rate: win=22%.",
)
@click.option("--weeks", type=NUMBER, help="Number of weeks.")
@click.option("--calendar", help="Country for the working days, such as US.")
@click.option("--year", type=WholeNumberParam(), help="Year of the calendar. [default: this one]")
@click.option("--capacity", type=NAMED_NUMBER, multiple=True, help="What one person can do in a week: meetings=8.")
@click.option(
    "--people", type=WholeNumberParam(), default=1, show_default=True, help="Number of people who share the work."
)
@format_option
def back_solve_command(
    target: Fraction,
    deal: Fraction,
    stages: Sequence[tuple[str, Fraction]],
    weeks: Fraction | None,
    calendar: str | None,
    year: int | None,
    capacity: Sequence[tuple[str, Fraction]],
    people: int,
    form: str,
) -> None:
    """Work back from revenue to each kind of work; exit code 1 if that is more than the people can do."""
    from workbench.metrics.planning.funnel import back_solve

    with report_invalid_input():
        days = _count_working_days(calendar, year)
        time = weeks if weeks is not None else days and Fraction(days, DAYS_A_WEEK)
        plan = back_solve(target, deal, _parse_stages(stages), time, days, dict(capacity), people)
    if form == "json":
        write_json({"working_days": days, "feasible": plan.feasible, **to_json_data(plan)})
    else:
        _show_plan(plan)
    sys.exit(0 if plan.feasible else 1)


@plan_command.command("confidence")
@click.option("--wins", type=WholeNumberParam(), help="Deals to win.")
@click.option("--quota", type=AMOUNT, help="Or money to bring in,")
@click.option("--deal", type=AMOUNT, help="from deals of this average size,")
@click.option("--cv", type=NUMBER, default="0", help="whose sizes vary by this share of the average (0.8 is usual).")
@click.option("--rate", type=RATE, help="Win rate,")
@click.option("--evidence", help="or the evidence for it: 11/50 is 11 won of 50 decided.")
@click.option("--confidence", type=RATE, default="80%", show_default=True, help="Required confidence.")
@click.option("--won", type=AMOUNT, help="Already won, in deals or in money.")
@click.option("--left", type=WholeNumberParam(), help="Opportunities still open: shows how likely they make the goal.")
@format_option
def confidence_command(
    wins: int | None,
    quota: Fraction | None,
    deal: Fraction | None,
    cv: Fraction,
    rate: Fraction | None,
    evidence: str | None,
    confidence: Fraction,
    won: Fraction | None,
    left: int | None,
    form: str,
) -> None:
    """Show how many opportunities a goal needs for the confidence you want, or how likely the open ones make it."""
    from workbench.metrics.planning import confidence as sure

    if (wins is None) == (quota is None):
        raise click.UsageError("Use either --wins or --quota.")
    if (rate is None) == (evidence is None):
        raise click.UsageError("Use either --rate or --evidence.")
    with report_invalid_input():
        goal: Goal = sure.Goal(wins, quota, deal, cv)
        share = rate if rate is not None else _parse_evidence(evidence or "")
        goal = goal if won is None else sure.subtract_won(goal, won)
        if left is not None:
            answer: dict[str, Any] = {
                "opportunities": left,
                "chance": to_json_data(sure.probability_of_goal(goal, left, share)),
            }
        else:
            answer = to_json_data(sure.find_opportunities(goal, share, confidence))
    _show_answer(answer, form)


@plan_command.command("apportion")
@click.argument("total", type=NUMBER)
@click.option("--weights", type=NUMBER_LIST, required=True, help="Weights separated by commas: 20,19,22.")
@click.option(
    "--unit", type=WholeNumberParam(), default=1, show_default=True, help="Round each part to a multiple of this."
)
@format_option
def apportion_command(total: Fraction, weights: tuple[Fraction, ...], unit: int, form: str) -> None:
    """Split a whole TOTAL by weights so that the parts sum to it exactly."""
    from workbench.metrics.planning.calendar import apportion
    from workbench.metrics.validation import to_int

    with report_invalid_input():
        parts = apportion(to_int("total", total), weights, unit)
    if form == "json":
        write_json({"total": sum(parts), "parts": list(parts)})
    else:
        print_table(
            ("weight", "part"),
            ((format_number(weight), f"{part:,}") for weight, part in zip(weights, parts, strict=True)),
        )


def _parse_stages(pairs: Sequence[tuple[str, Fraction]]) -> tuple["Stage", ...]:
    from workbench.metrics.planning.funnel import parse_stage

    return tuple(parse_stage(name, share) for name, share in pairs)


def _count_working_days(country: str | None, year: int | None) -> int | None:
    from workbench.core.clock import now
    from workbench.metrics.planning.calendar import list_working_days

    if country is None and year is None:
        return None
    # In a terminal, the year of the machine's own zone.
    calendar_year = year or now().astimezone().year
    if not 1950 <= calendar_year <= 2100:
        raise click.BadParameter("Plan for a year from 1950 to 2100.", param_hint="--year")
    return len(list_working_days(date(calendar_year, 1, 1), date(calendar_year, 12, 31), country or ""))


def _parse_evidence(text: str) -> "Evidence":
    from workbench.core.text.numbers import AmbiguousNumber, NumberKind, UnreadableNumber, Wanted, read_number
    from workbench.metrics.planning.confidence import Evidence

    won, _, of = text.partition("/")
    try:
        return Evidence(*(int(read_number(part, Wanted(NumberKind.WHOLE))) for part in (won, of)))
    except AmbiguousNumber as question:
        raise click.BadParameter(str(question), param_hint="--evidence") from None
    except UnreadableNumber:
        raise click.BadParameter("Write how many were won out of how many: 11/50.", param_hint="--evidence") from None


def _show_plan(plan: "FunnelPlan") -> None:
    rows = (
        (step.name, f"{step.needed:,}", _number_or_dash(step.per_week), _number_or_dash(step.per_day))
        for step in plan.steps
    )
    print_table(("step", "needed", "a week", "a working day"), rows)
    for shortfall in plan.shortfalls:
        click.echo(f"\n{shortfall.sentence}")
    if not plan.feasible:
        click.echo(f"The available capacity brings in {format_number(plan.reachable)}.")


def _show_answer(answer: dict[str, Any], form: str) -> None:
    if form == "json":
        write_json(answer)
        return
    figures = {
        name: value if isinstance(value, int) else _percent(value)
        for name, value in answer.items()
        if value is not None
    }
    print_table(("what", "how much"), ((name.replace("_", " "), value) for name, value in figures.items()))


def _percent(share: str) -> str:
    return f"{Decimal(share) * 100:.1f} %"


def _number_or_dash(number: int | None) -> str:
    return "–" if number is None else f"{number:,}"
