"""Commands that plan: from a target back to the week, how sure that makes it, and fair shares of a total."""

import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

from workbench.cli import signal
from workbench.cli.output import as_format, table, write_json
from workbench.cli.params import EXACT, LISTED, NAMED, plain, plain_refusal, told

if TYPE_CHECKING:
    from workbench.metrics.planning.confidence import Evidence, Goal
    from workbench.metrics.planning.funnel import FunnelPlan, Stage

DAYS_A_WEEK = 5


@click.group("plan")
def plan_command() -> None:
    """Work from a target back to the week, and other sums.

    Numbers are exact: write 1,000,000 or 0.22 or 22% or 11/50. In JSON, fractions are text ("11/50").
    """


plan_command.add_command(signal.signal_command)
plan_command.add_command(signal.attribute_command)


@plan_command.command("back-solve")
@click.option("--target", type=EXACT, required=True, help="Revenue wanted.")
@click.option("--deal", type=EXACT, required=True, help="Average size of a deal, in the same currency.")
@click.option(
    "--stage",
    "stages",
    type=NAMED,
    multiple=True,
    required=True,
    help="Rate of a stage, from the win rate back: win=22%.",
)
@click.option("--weeks", type=EXACT, help="Weeks there are.")
@click.option("--calendar", help="Country whose working days count, such as US.")
@click.option("--year", type=int, help="Year of the calendar. [default: this one]")
@click.option("--capacity", type=NAMED, multiple=True, help="What a person can hold in a week: meetings=8.")
@click.option("--people", default=1, show_default=True, help="How many people share the work.")
@as_format
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
    """Work back from revenue to each kind of work; exit code 1 where that is more than people can hold."""
    from workbench.metrics.planning.funnel import back_solve

    with plain_refusal():
        days = _working_days(calendar, year)
        time = weeks if weeks is not None else days and Fraction(days, DAYS_A_WEEK)
        plan = back_solve(target, deal, _stages(stages), time, days, dict(capacity), people)
    if form == "json":
        write_json({"working_days": days, "feasible": plan.feasible, **plain(plan)})
    else:
        _show_plan(plan)
    sys.exit(0 if plan.feasible else 1)


@plan_command.command("confidence")
@click.option("--wins", type=int, help="Deals to win.")
@click.option("--quota", type=EXACT, help="Or money to bring in,")
@click.option("--deal", type=EXACT, help="from deals of this average size,")
@click.option("--cv", type=EXACT, default="0", help="whose spread is this share of their average (0.8 is usual).")
@click.option("--rate", type=EXACT, help="Win rate,")
@click.option("--evidence", help="or what it rests on: 11/50 is 11 won of 50 decided.")
@click.option("--confidence", type=EXACT, default="80%", show_default=True, help="How sure it should be.")
@click.option("--won", type=EXACT, help="Won already, in deals or in money.")
@click.option("--left", type=int, help="Opportunities still to be decided: answers how sure the goal is with them.")
@as_format
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
    """Say how many opportunities make a goal as sure as wanted, or how sure those that are left make it."""
    from workbench.metrics.planning import confidence as sure

    if (wins is None) == (quota is None):
        raise click.UsageError("Give either --wins or --quota.")
    if (rate is None) == (evidence is None):
        raise click.UsageError("Give either --rate or --evidence.")
    with plain_refusal():
        goal: Goal = sure.Goal(wins, quota, deal, cv)
        share = rate if rate is not None else _evidence(evidence or "")
        goal = goal if won is None else sure.remaining_goal(goal, won)
        if left is not None:
            answer: dict[str, Any] = {
                "opportunities": left,
                "chance": plain(sure.probability_of_goal(goal, left, share)),
            }
        else:
            answer = plain(sure.find_opportunities(goal, share, confidence))
    _tell(answer, form)


@plan_command.command("apportion")
@click.argument("total", type=EXACT)
@click.option("--weights", type=LISTED, required=True, help="Weights with commas: 20,19,22.")
@click.option("--unit", type=int, default=1, show_default=True, help="Round each part to a multiple of this.")
@as_format
def apportion_command(total: Fraction, weights: tuple[Fraction, ...], unit: int, form: str) -> None:
    """Split a whole TOTAL by weights so that the parts sum to it exactly."""
    from workbench.metrics.planning.calendar import apportion
    from workbench.metrics.validation import to_int

    with plain_refusal():
        parts = apportion(to_int("total", total), weights, unit)
    if form == "json":
        write_json({"total": sum(parts), "parts": list(parts)})
    else:
        table(("weight", "part"), ((told(weight), f"{part:,}") for weight, part in zip(weights, parts, strict=True)))


def _stages(pairs: Sequence[tuple[str, Fraction]]) -> tuple["Stage", ...]:
    from workbench.metrics.planning.funnel import parse_stage

    return tuple(parse_stage(name, share) for name, share in pairs)


def _working_days(country: str | None, year: int | None) -> int | None:
    from workbench.core.clock import now
    from workbench.metrics.planning.calendar import working_days

    if country is None and year is None:
        return None
    whole_year = year or now().astimezone().year  # in a terminal, the year of the machine's own zone
    if not 1950 <= whole_year <= 2100:
        raise click.BadParameter("Plan for a year from 1950 to 2100.", param_hint="--year")
    return len(working_days(date(whole_year, 1, 1), date(whole_year, 12, 31), country or ""))


def _evidence(text: str) -> "Evidence":
    from workbench.metrics.planning.confidence import Evidence

    won, slash, of = text.partition("/")
    if not slash or not won.strip().isdecimal() or not of.strip().isdecimal():
        raise click.BadParameter("Write how many were won of how many: 11/50.", param_hint="--evidence")
    return Evidence(int(won), int(of))


def _show_plan(plan: "FunnelPlan") -> None:
    rows = ((step.name, f"{step.needed:,}", _or_dash(step.per_week), _or_dash(step.per_day)) for step in plan.steps)
    table(("step", "needed", "a week", "a working day"), rows)
    for shortfall in plan.shortfalls:
        click.echo(f"\n{shortfall.sentence}")
    if not plan.feasible:
        click.echo(f"The available capacity brings in {told(plan.reachable)}.")


def _tell(answer: dict[str, Any], form: str) -> None:
    if form == "json":
        write_json(answer)
        return
    shown = {
        name: value if isinstance(value, int) else _percent(value)
        for name, value in answer.items()
        if value is not None
    }
    table(("what", "how much"), ((name.replace("_", " "), value) for name, value in shown.items()))


def _percent(share: str) -> str:
    return f"{Decimal(share) * 100:.1f} %"


def _or_dash(number: int | None) -> str:
    return "–" if number is None else f"{number:,}"
