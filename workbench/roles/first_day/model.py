"""The steps of a company's first day, and which of them are done."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from workbench.accounts.model import Company


class StepName(StrEnum):
    """The steps in their order."""

    COMPANY = "company"
    LETTERHEAD = "letterhead"
    PEOPLE = "people"
    ROLE = "role"


TITLES = {
    StepName.COMPANY: "Your company",
    StepName.LETTERHEAD: "Logo and letterhead",
    StepName.PEOPLE: "The people who write with you",
    StepName.ROLE: "The first role",
}


@dataclass(frozen=True, slots=True)
class SetupStep:
    """One step: its title, whether it is done, and whether the company can do without it."""

    name: StepName
    title: str
    done: bool
    optional: bool = False


@dataclass(frozen=True, slots=True)
class FirstDay:
    """How far a company is: whether there is a leader, at least an invited one, and whether there is a role."""

    company: Company
    has_writer: bool
    has_role: bool

    @property
    def steps(self) -> tuple[SetupStep, ...]:
        """Return the steps in their order."""
        return tuple(self._steps())

    def _steps(self) -> Iterator[SetupStep]:
        company = self.company
        done = {
            StepName.COMPANY: bool(company.name),
            StepName.LETTERHEAD: bool(company.logo or company.letterhead),
            StepName.PEOPLE: self.has_writer,
            StepName.ROLE: self.has_role,
        }
        for name, title in TITLES.items():
            yield SetupStep(name, title, done[name], optional=name is StepName.LETTERHEAD)

    @property
    def done(self) -> int:
        """Return how many steps are done."""
        return sum(step.done for step in self.steps)

    @property
    def finished(self) -> bool:
        """Return whether every step is done that the company cannot do without."""
        return all(step.done or step.optional for step in self.steps)

    def current(self, asked: str) -> StepName:
        """Return the step to show: the requested step, otherwise the first that is not done."""
        if asked in set(StepName):
            return StepName(asked)
        return next((step.name for step in self.steps if not step.done), StepName.ROLE)
