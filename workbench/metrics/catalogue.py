"""Read and check the catalogue of metrics from the files of the role library."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from workbench.core.shape import Fault, InvalidData, read_toml
from workbench.metrics.model import Metric, Remit, Unit
from workbench.places import data_dir

SYSTEMS = ("Salesforce", "HubSpot", "CSV")

_CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
LENGTHS = (Unit.HOURS, Unit.DAYS, Unit.MONTHS)  # units of a length of time
_RATIO_UNITS = (Unit.PERCENT, Unit.TIMES, Unit.POINTS)
_COMPANY_RESULTS = re.compile(
    r"\bnet[ _](profit|income|margin)\b|\bebit(da)?\b|\bshare[ _]price\b|\bcash[ _]?flow\b", re.IGNORECASE
)


@cache
def catalogue() -> Mapping[str, Metric]:
    """Return every metric that ships with the product by its code, sorted by code.

    Raises InvalidData for an invalid file.
    """
    metrics, faults = read_folder(data_dir("role_library") / "metrics")
    if faults:
        raise InvalidData(faults)
    return MappingProxyType(metrics)


def read_folder(folder: Path) -> tuple[dict[str, Metric], tuple[Fault, ...]]:
    """Read a folder of metric files; return the metrics and the faults, each with its file and key."""
    metrics: dict[str, Metric] = {}
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            metric = read_toml(Metric, path)
        except InvalidData as error:
            faults += [Fault(f"{path.name}: {fault.path}", fault.message) for fault in error.faults]
            continue
        if metric.code != path.stem:
            faults.append(Fault(f"{path.name}: code", f"the file name differs from its code “{metric.code}”"))
        metrics[metric.code] = metric
    return metrics, tuple(faults)


def check_catalogue(folder: Path | None = None) -> tuple[Fault, ...]:
    """Check the metrics that ship with the product, or those of another folder, and return every fault."""
    metrics, faults = read_folder(folder or data_dir("role_library") / "metrics")
    found = [fault for metric in metrics.values() for fault in check_metric(metric, metrics)]
    return (*faults, *found)


def check_metric(metric: Metric, metrics: Mapping[str, Metric]) -> tuple[Fault, ...]:
    """Check one metric and return its faults; a company's own metric passes the same checks."""
    found = (
        *_check_name(metric),
        *_check_formula(metric),
        *_check_phrase("phrase", metric.phrase, metric.unit),
        *(_check_phrase("phrase_one", metric.phrase_one, metric.unit) if metric.phrase_one else ()),
        *_check_links(metric, metrics),
    )
    return tuple(Fault(f"{metric.code}: {path}", message) for path, message in found)


def _check_name(metric: Metric) -> list[tuple[str, str]]:
    found = []
    if not _CODE.fullmatch(metric.code):
        found.append(("code", "use 2 to 40 small letters, digits and underscores, beginning with a letter"))
    needed = ("name", "meaning", "numerator", "why")
    return found + [(field, "this is missing") for field in needed if not getattr(metric, field).strip()]


def _check_formula(metric: Metric) -> list[tuple[str, str]]:
    found = []
    if metric.unit in _RATIO_UNITS and not metric.denominator.strip():
        found.append(("denominator", "a ratio needs the number that it is divided by"))
    text = f"{metric.code} {metric.name} {metric.numerator}"
    if metric.remit is Remit.SEAT and _COMPANY_RESULTS.search(text):
        found.append(("remit", "no single person can steer this; revenue, gross profit and gross margin it can"))
    return found


def _check_phrase(field: str, phrase: str, unit: Unit) -> list[tuple[str, str]]:
    slots = Counter(re.findall(r"\{[^}]*\}?", phrase))
    if slots["{n}"] + slots["{within}"] != 1 or slots["{of}"] > 1 or slots.keys() - {"{n}", "{within}", "{of}"}:
        return [
            (field, "the phrase needs {n} exactly once, where the number stands; {of} is the place of its qualifier")
        ]
    if "{within}" in slots and unit not in LENGTHS:
        return [(field, "{within} is for hours, days and months; use {n}")]
    if unit not in (Unit.PERCENT, Unit.POINTS) and re.search(r"\b(at|within) \{n\}", phrase):
        return [(field, "“at at least” reads badly; put the number elsewhere in the phrase")]
    return []


def _check_links(metric: Metric, metrics: Mapping[str, Metric]) -> list[tuple[str, str]]:
    found = []
    present = [source.system for source in metric.sources]
    found += [("sources", f"there is no source for {system}") for system in SYSTEMS if system not in present]
    for index, code in enumerate(metric.kept_honest_by):
        if code not in metrics or code == metric.code:
            found.append((f"kept_honest_by[{index}]", f"there is no other metric “{code}”"))
    if not metric.kept_honest_by:
        found.append(("kept_honest_by", "name a metric of quality that keeps this one honest"))
    return found
