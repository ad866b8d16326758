"""Measure the arithmetic of targets beside scipy in the same run; print a table and write results/metrics.json."""

import json
import platform
import random
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from workbench.metrics.planning.calendar import DEFAULT_RAMP
from workbench.metrics.planning.cascade import Branch, cascade
from workbench.metrics.planning.confidence import Evidence, Goal, find_opportunities
from workbench.metrics.planning.deals import DealSizes
from workbench.metrics.planning.funnel import back_solve, parse_stage
from workbench.metrics.planning.planner import PlanInputs, build_plan
from workbench.metrics.signals.attribution import Factor, attribute
from workbench.metrics.signals.signal import detect_signal

RESULTS = Path(__file__).resolve().parent / "results" / "metrics.json"
RATE = Decimal("0.22")
CHAIN = [parse_stage(name, Decimal(share)) for name, share in (("win", "0.22"), ("meeting-to-opportunity", "0.35"))]
CHAIN.append(parse_stage("call-to-meeting", Decimal("0.03")))
QUOTA = Goal(quota=1_000_000, deal=45_000, cv=Decimal("0.8"))

Row = tuple[str, float, float | None]  # name, seconds, maximum seconds


def best(work: Callable[[], object], times: int, rounds: int = 5) -> float:
    """Return the processor seconds of one call: the best of several rounds, so that other load does not count."""
    found = []
    for _ in range(rounds):
        start = time.process_time()
        for _ in range(times):
            work()
        found.append((time.process_time() - start) / times)
    return min(found)


def tree(people: int = 10_000, a_team: int = 10) -> Branch:
    """Build a tree of `people` in teams of ten, teams of teams, and so on."""
    level = [Branch(f"p{number}", 1 + number % 7) for number in range(people)]
    height = 0
    while len(level) > 1:
        height += 1
        teams = [level[start : start + a_team] for start in range(0, len(level), a_team)]
        level = [Branch(f"t{height}.{place}", 1, tuple(team)) for place, team in enumerate(teams)]
    return level[0]


def charts(people: int, weeks: int = 52) -> None:
    """Check the weeks of many people, each against their first 26."""
    chance = random.Random(20261122)  # noqa: S311 - numbers to judge, no secret
    for _ in range(people):
        points = [max(0, round(chance.gauss(20, 4))) for _ in range(26 + weeks)]
        detect_signal(points[:26], points[26:])


def page() -> None:
    """Compute one planner page: funnel, confidence with evidence, curve with interval, tornado, weeks."""
    # As for a page that is not cached.
    DealSizes.of_gamma_size.cache_clear()
    stages = (("opportunities", Evidence(11, 50)), ("meetings", Decimal("0.35")), ("calls", Decimal("0.03")))
    build_plan(
        PlanInputs(
            1_000_000,
            45_000,
            stages,
            date(2027, 1, 4),
            12,
            Decimal("0.8"),
            "US",
            60,
            DEFAULT_RAMP,
            Decimal(8),
            people=2,
        )
    )


def measure() -> list[Row]:
    """Measure everything once."""
    six = [Factor(f"factor {place}", 10 + place, Fraction(97 + place, 9)) for place in range(6)]
    crowd = tree()
    rows: list[Row] = [
        ("back-solve, four steps", best(lambda: back_solve(1_000_000, 45_000, CHAIN, 48, 228), 500), 1e-4),
        ("target search: wins", best(lambda: find_opportunities(Goal(wins=23), RATE), 300), 5e-3),
        ("target search: deals of different sizes", best(lambda: find_opportunities(QUOTA, RATE), 50), 5e-3),
        ("target search: uncertain rate", best(lambda: find_opportunities(Goal(wins=23), Evidence(11, 50)), 100), 5e-3),
        ("figures of one planner page", best(page, 3), 6e-2),
        ("gap over six factors", best(lambda: attribute(six), 200), 5e-3),
        ("10,000 people x 6 metrics cascaded", best(lambda: [cascade(10**9, crowd) for _ in range(6)], 1, 2), 1.0),
        ("10,000 people x 52 weeks checked", best(lambda: charts(1_000), 1, 2) * 10, 10.0),
    ]
    return rows


def compare_with_scipy() -> dict[str, float]:
    """Run the same searches with scipy; return the seconds of each and the largest difference of a probability."""
    from scipy import stats  # noqa: PLC0415 - an oracle that only this script needs

    cases = [(wins, rate, p) for wins in (3, 8, 23, 60, 200) for rate in (0.1, 0.22, 0.4) for p in (0.5, 0.8, 0.95)]
    searches = [(Goal(wins=wins), Decimal(str(rate)), Decimal(str(p))) for wins, rate, p in cases]
    answers = [find_opportunities(*case) for case in searches]
    theirs = [int(stats.nbinom.ppf(p, wins, rate)) + wins for wins, rate, p in cases]
    gaps = [
        abs(float(answer.chance) - stats.binom.sf(wins - 1, answer.opportunities, rate))
        for answer, (wins, rate, _) in zip(answers, cases, strict=True)
    ]
    return {
        "ours": best(lambda: [find_opportunities(*case) for case in searches], 2) / len(cases),
        "scipy": best(lambda: [stats.nbinom.ppf(p, wins, rate) + wins for wins, rate, p in cases], 2) / len(cases),
        "scipy_with_its_chance": best(
            lambda: [stats.binom.sf(w - 1, stats.nbinom.ppf(p, w, rate) + w, rate) for w, rate, p in cases], 2
        )
        / len(cases),
        "largest_difference": max(gaps),
        "different_answers": sum(one.opportunities != other for one, other in zip(answers, theirs, strict=True)),
    }


def main() -> int:
    """Print the table and write the JSON; return 1 if something is too slow or differs from scipy."""
    rows, other = measure(), compare_with_scipy()
    print(f"{'what':<40}{'ms':>12}{'allowed ms':>14}")
    for what, seconds, allowed in rows:
        print(f"{what:<40}{seconds * 1e3:>12.4f}{'' if allowed is None else f'{allowed * 1e3:>14.1f}'}")
    print(f"\nprobability search, mean of 45: ours {other['ours'] * 1e6:.0f} us, scipy {other['scipy'] * 1e6:.0f} us")
    print(f"scipy with the probability of its answer: {other['scipy_with_its_chance'] * 1e6:.0f} us")
    print(f"largest difference {other['largest_difference']:.1e}, different answers {other['different_answers']:.0f}")
    RESULTS.parent.mkdir(exist_ok=True)
    results = {"python": platform.python_version(), "seconds": {row[0]: row[1] for row in rows}, "scipy": other}
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", "utf-8")
    slow = [row for row in rows if row[2] is not None and row[1] > row[2]]
    wrong = other["ours"] > 2 * other["scipy"] or other["largest_difference"] > 1e-9 or other["different_answers"] > 0
    return 1 if slow or wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
