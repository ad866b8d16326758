"""A metric of the company's own."""

from dataclasses import dataclass

from workbench.metrics.model import Metric


@dataclass(frozen=True, slots=True)
class OwnMetric:
    """A metric that the company added, with the id of its owner; a retired one is no longer offered."""

    metric: Metric
    owner_id: int
    version: int
    retired: bool
