"""Find metrics by their words, by what people call them, and in spite of typing errors."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from workbench.core.shape import read_toml
from workbench.core.text.near_words import Term, contains, correct, fold_words, list_words, read_terms
from workbench.metrics.catalogue import catalogue
from workbench.metrics.model import Metric
from workbench.places import data_dir


@dataclass(frozen=True, slots=True)
class Synonym:
    """Other names for something, and the codes of the metrics that answer it."""

    names: tuple[str, ...]
    metrics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """The other names of metrics, as they are in the file."""

    about: str
    terms: tuple[Synonym, ...]


@cache
def synonyms() -> Synonyms:
    """Load the other names of metrics. Raises InvalidData."""
    return read_toml(Synonyms, data_dir("role_library") / "wording" / "synonyms.toml")


def find_metrics(metrics: Iterable[Metric], search: str) -> list[Metric]:
    """Return the metrics that contain every word of a search, by name; where none does, those with words near to it."""
    candidates = sorted(metrics, key=lambda metric: metric.name.lower())
    terms = read_terms(search)
    found = match_metrics(candidates, terms)
    return found or match_metrics(candidates, correct(terms, list_metric_words(candidates)))


def match_metrics(metrics: Iterable[Metric], terms: tuple[Term, ...]) -> list[Metric]:
    """Return the metrics that contain every term in their texts or their other names."""
    return [metric for metric in metrics if contains(_folded(metric), terms)]


def list_metric_words(metrics: Iterable[Metric]) -> set[str]:
    """Return every word that finds a metric."""
    return {word for metric in metrics for word in _folded(metric).split()}


def _folded(metric: Metric) -> str:
    shipped = catalogue().get(metric.code) == metric
    return _fold_shipped(metric.code) if shipped else _fold(metric)


@cache
def _fold_shipped(code: str) -> str:
    return _fold(catalogue()[code])


def _fold(metric: Metric) -> str:
    texts = (metric.code.replace("_", " "), metric.name, metric.meaning, metric.numerator, metric.denominator)
    names = [name for each in synonyms().terms if metric.code in each.metrics for name in each.names]
    joined = [part for name in names if len(list_words(name)) > 1 for part in ("".join(list_words(name)),)]
    return fold_words(" ".join((*texts, metric.confused_with, *names, *joined)))
