"""The chain of a role as a matrix: each accountability with its metrics, questions and support, and the gaps by name."""

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.metrics.model import Timing
from workbench.roles.expectations import expectation_sentence, metric_of
from workbench.roles.model import Accountability, Expectation, Question, Role
from workbench.roles.review.findings import Finding
from workbench.roles.texts import place_of

COLUMNS = ("leading", "lagging", "question", "support")


@dataclass(frozen=True, slots=True)
class Cell:
    """One part of the chain: its items, or the name of the gap with the place where it is filled.

    `findings` are what the review says about the items.
    """

    column: str
    items: tuple[str, ...]
    gap: str
    place: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One accountability with its four cells, in the order of `COLUMNS`."""

    key: str
    outcome: str
    cells: tuple[Cell, ...]

    @property
    def complete(self) -> bool:
        """Say whether no part of this chain is missing."""
        return not any(cell.gap for cell in self.cells)


def traceability(role: Role, findings: Iterable[Finding] = ()) -> tuple[Row, ...]:
    """Lay out every accountability against leading metric, lagging metric, question and support.

    An expectation whose metric the catalogue does not know stands in neither column: nobody can say when it tells.
    """
    known = tuple(findings)
    return tuple(Row(item.key, item.outcome, _cells(role, item, known)) for item in role.accountabilities)


def _cells(role: Role, item: Accountability, findings: tuple[Finding, ...]) -> tuple[Cell, ...]:
    return (
        _timed(role, item, Timing.LEADING, findings),
        _timed(role, item, Timing.LAGGING, findings),
        _asked(item, findings),
        _supported(item, findings),
    )


def _timed(role: Role, item: Accountability, timing: Timing, findings: tuple[Finding, ...]) -> Cell:
    of_timing = tuple(
        part for part in item.expectations if (metric := metric_of(part)) is not None and metric.timing is timing
    )
    said = tuple(expectation_sentence(part, role.currency) for part in of_timing)
    gap = "" if said else f"No {timing.value} metric yet"
    return Cell(timing.value, said, gap, place_of(item, "expectations"), _about(item, of_timing, findings))


def _asked(item: Accountability, findings: tuple[Finding, ...]) -> Cell:
    written = tuple(part for part in item.questions if part.text.strip())
    gap = "" if written else "No question yet"
    return Cell(
        "question",
        tuple(part.text for part in written),
        gap,
        place_of(item, "questions"),
        _about(item, written, findings),
    )


def _supported(item: Accountability, findings: tuple[Finding, ...]) -> Cell:
    helps = item.supports
    named = {
        "Behaviours": helps.behaviours,
        "Motivators": helps.motivators,
        "Skills": helps.skills,
        "Capacities": helps.capacities,
        "Rewards": helps.rewards,
    }
    said = tuple(f"{name}: {len(lines)}" for name, lines in named.items() if lines)
    place = place_of(item, "supports")
    about = tuple(finding for finding in findings if finding.place == place)
    return Cell("support", said, "" if said else "No support yet", place, about)


def _about(
    item: Accountability, parts: tuple[Expectation | Question, ...], findings: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    places = {place_of(item, part) for part in parts}
    return tuple(finding for finding in findings if finding.place in places)
