"""A metric of the company's own, and the filters of the list of metrics."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from workbench.core.shape import read_toml
from workbench.metrics.model import Metric
from workbench.places import data_dir


@dataclass(frozen=True, slots=True)
class OwnMetric:
    """A metric that the company added, with the id of its owner; a retired one is no longer offered."""

    metric: Metric
    owner_id: int
    version: int
    retired: bool


@dataclass(frozen=True, slots=True)
class MetricStage:
    """A stage of selling, with the codes of the metrics that belong to it."""

    name: str
    metrics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MetricStages:
    """The stages of selling, as they are in the file."""

    about: str
    stages: tuple[MetricStage, ...]


@dataclass(frozen=True, slots=True)
class MetricFilter:
    """Which metrics the list shows: those of a stage, of a unit, and of a role, whose metrics are `codes`; each may be left out."""

    stage: str = ""
    unit: str = ""
    role: str = ""
    codes: Collection[str] = ()

    def keeps(self, metric: Metric) -> bool:
        """Return whether a metric passes every filter."""
        in_stage = not self.stage or any(
            each.name == self.stage and metric.code in each.metrics for each in load_stages()
        )
        return in_stage and self.unit in ("", metric.unit.value) and (not self.role or metric.code in self.codes)

    @property
    def is_set(self) -> bool:
        """Return whether any filter is chosen."""
        return bool(self.stage or self.unit or self.role)


@cache
def load_stages() -> tuple[MetricStage, ...]:
    """Load the stages of selling in their order. Raises InvalidData."""
    return read_toml(MetricStages, data_dir("role_library") / "wording" / "stages.toml").stages
