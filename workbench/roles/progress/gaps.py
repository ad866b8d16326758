"""The gaps between a draft and an honest edition: the lines of the card on the task list and on the check page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbench.core.findings import Finding, Level
from workbench.core.text.words import count
from workbench.roles.progress.model import PartState, RolePart, is_begun
from workbench.roles.promises.model import PROMISES
from workbench.roles.promises.rules import SAMPLE_PROMISE

TARGETS, CHECK = "targets", "check"
SHOWN = 4  # findings with a line of their own; the rest share one
# These have a line of their own on the card, or are said by the state of a part.
_COUNTED = frozenset({"placeholder", "not agreed", "support", SAMPLE_PROMISE})


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """One line of the card: the words of the gap and of its button, and the place that the button leads to.

    `stops` says whether the gap has to be closed or answered before publishing; the others are named, so that an
    edition with open numbers is not taken for finished.
    """

    words: str
    cure: str
    place: str
    stops: bool = False


@dataclass(frozen=True, slots=True)
class Readiness:
    """Everything between a draft and its next edition, the gaps that stop it first."""

    is_begun: bool
    gaps: tuple[OpenPoint, ...]
    stops: int

    @property
    def headline(self) -> str:
        """Return the one sentence that a busy reader takes away."""
        if not self.is_begun:
            return "Nothing is written yet"
        if self.stops:
            return f"{count(self.stops, 'thing', 'things')} to close before you publish"
        if self.gaps:
            return f"It can be published, and {count(len(self.gaps), 'point', 'points')} would still be open"
        return "Every part is yours and every number is agreed"


def find_readiness(parts: tuple[RolePart, ...], findings: Iterable[Finding]) -> Readiness:
    """Return the gaps between a draft and an honest edition; a draft without a word has only a first step."""
    if not is_begun(parts):
        return Readiness(is_begun=False, gaps=(), stops=0)
    all_findings = tuple(findings)
    stopping = [finding for finding in all_findings if finding.level is not Level.ADVICE]
    gaps = (*_stopping_gaps(stopping), *_honesty_gaps(parts, all_findings))
    return Readiness(is_begun=True, gaps=gaps, stops=len(stopping))


def _stopping_gaps(stopping: list[Finding]) -> Iterator[OpenPoint]:
    shown = stopping if len(stopping) <= SHOWN else stopping[: SHOWN - 1]
    for finding in shown:
        yield OpenPoint(finding.reason, "Fix", finding.place, stops=True)
    if rest := len(stopping) - len(shown):
        yield OpenPoint(f"{count(rest, 'more gap', 'more gaps')} like these", "See all", CHECK, stops=True)


def _honesty_gaps(parts: tuple[RolePart, ...], findings: tuple[Finding, ...]) -> Iterator[OpenPoint]:
    numbers = sum(part.numbers - part.agreed_numbers for part in parts)
    if numbers:
        verb = "is" if numbers == 1 else "are"
        yield OpenPoint(f"{count(numbers, 'number', 'numbers')} {verb} not agreed", "Agree them", TARGETS)
    samples = sum(finding.rule == SAMPLE_PROMISE for finding in findings)
    if samples:
        verb = "promises nobody has" if samples > 1 else "promise nobody has"
        yield OpenPoint(f"{samples} {verb} confirmed", "Confirm", PROMISES)
    if any(part.place == "pay" and part.state is PartState.EMPTY for part in parts):
        yield OpenPoint("The pay range is empty", "Fill in", "pay")
    supports = [finding for finding in findings if finding.rule == "support"]
    if supports:
        what = count(len(supports), "accountability does", "accountabilities do")
        yield OpenPoint(f"{what} not say what helps a person achieve it", "Fill in", supports[0].place)
    from_library = [part for part in parts if part.state is PartState.LIBRARY]
    if from_library:
        what = count(len(from_library), "part is", "parts are")
        yield OpenPoint(f"{what} from the library, not yet yours", "Look", from_library[0].place)
    remarks = sum(finding.level is Level.ADVICE and finding.rule not in _COUNTED for finding in findings)
    if remarks:
        yield OpenPoint(f"{count(remarks, 'remark', 'remarks')} on the text", "Read", f"{CHECK}#advice")
