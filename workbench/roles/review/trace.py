"""The chain of a role as a matrix: each accountability with its metrics, questions and support, and the gaps by name."""

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.core.findings import Finding
from workbench.metrics.model import Timing
from workbench.roles.expectations import expectation_sentence, metric_of
from workbench.roles.fields import SUPPORTS
from workbench.roles.model import Accountability, Expectation, Question, Role
from workbench.roles.texts import place_of

COLUMNS = ("leading", "lagging", "question", "support")


@dataclass(frozen=True, slots=True)
class TraceCell:
    """One part of the chain: its items, or the name of the gap with the place where it is filled.

    `findings` are the findings of the review about the items.
    """

    column: str
    items: tuple[str, ...]
    gap: str
    place: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class TraceRow:
    """One accountability with its four cells, in the order of `COLUMNS`."""

    key: str
    outcome: str
    cells: tuple[TraceCell, ...]

    @property
    def complete(self) -> bool:
        """Return whether no part of this chain is missing."""
        return not any(cell.gap for cell in self.cells)


def traceability(role: Role, findings: Iterable[Finding] = ()) -> tuple[TraceRow, ...]:
    """Return every accountability with its leading metric, lagging metric, question and support.

    An expectation with an unknown metric is in neither column, because its timing is unknown.
    """
    all_findings = tuple(findings)
    return tuple(TraceRow(item.key, item.outcome, _cells(role, item, all_findings)) for item in role.accountabilities)


def _cells(role: Role, item: Accountability, findings: tuple[Finding, ...]) -> tuple[TraceCell, ...]:
    return (
        _metric_cell(role, item, Timing.LEADING, findings),
        _metric_cell(role, item, Timing.LAGGING, findings),
        _question_cell(item, findings),
        _support_cell(item, findings),
    )


def _metric_cell(role: Role, item: Accountability, timing: Timing, findings: tuple[Finding, ...]) -> TraceCell:
    of_timing = tuple(
        part for part in item.expectations if (metric := metric_of(part)) is not None and metric.timing is timing
    )
    sentences = tuple(expectation_sentence(part, role.currency) for part in of_timing)
    gap = "" if sentences else f"No {timing.value} metric yet"
    return TraceCell(
        timing.value, sentences, gap, place_of(item, "expectations"), _findings_about(item, of_timing, findings)
    )


def _question_cell(item: Accountability, findings: tuple[Finding, ...]) -> TraceCell:
    questions = tuple(part for part in item.questions if part.text.strip())
    gap = "" if questions else "No question yet"
    return TraceCell(
        "question",
        tuple(part.text for part in questions),
        gap,
        place_of(item, "questions"),
        _findings_about(item, questions, findings),
    )


def _support_cell(item: Accountability, findings: tuple[Finding, ...]) -> TraceCell:
    counts = ((each.label, len(getattr(item.supports, each.name))) for each in SUPPORTS)
    texts = tuple(f"{label}: {number}" for label, number in counts if number)
    place = place_of(item, "supports")
    about = tuple(finding for finding in findings if finding.place == place)
    return TraceCell("support", texts, "" if texts else "No support yet", place, about)


def _findings_about(
    item: Accountability, parts: tuple[Expectation | Question, ...], findings: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    places = {place_of(item, part) for part in parts}
    return tuple(finding for finding in findings if finding.place in places)
