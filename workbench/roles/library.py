"""The role library: every TOML file in `role_library/` is a whole role, held to one standard and checked by name.

Its amounts are placeholders without a currency of their own: they are read in the currency of the company that uses the role.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from rapidfuzz import fuzz

from workbench.core.shape import Fault, InvalidData, canonical_json
from workbench.core.text.currencies import DEFAULT_CURRENCY
from workbench.core.text.words import count
from workbench.metrics.catalogue import check_catalogue, read_folder
from workbench.metrics.model import Metric, Timing
from workbench.places import data_dir
from workbench.roles.exercises.model import exercise_faults
from workbench.roles.fields import FIELDS, FieldKind
from workbench.roles.files.model import read_role, read_role_file
from workbench.roles.model import Accountability, Basis, Exercise, Expectation, Question, QuestionKind, Role
from workbench.roles.promises.model import with_samples

METRICS = "metrics"  # the folder of the catalogue inside the library
ORDER = (
    "inbound-sdr",
    "outbound-bdr",
    "account-executive-mid-market",
    "account-executive-enterprise",
    "new-business-hunter",
    "account-manager",
    "customer-success-manager",
    "sales-engineer",
    "channel-manager",
    "demand-lead",
    "sales-manager",
    "vp-sales",
)
MIN_ACCOUNTABILITIES, MAX_ACCOUNTABILITIES = 4, 6
MIN_QUESTIONS = 2
MIN_HARD_PARTS = 3
MAX_MINUTES = 70
EMPTY, NO_LINE = "this is empty", "at least one line is needed"
KEY_SHAPE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
KEY_LENGTHS = range(3, 25)
SAME_MOTION = 30  # points beside the 100 of an equal title


@lru_cache(maxsize=8)
def library(currency: str = DEFAULT_CURRENCY) -> Mapping[str, Role]:
    """Read every role of the library by the name of its file, from the first sales seat to the head of sales.

    All amounts are in `currency`. Files that we do not know by name come last, by name. Raises InvalidData, with the file's
    name in each path.
    """
    roles: dict[str, Role] = {}
    all_faults: list[Fault] = []
    for path in files():
        try:
            roles[path.stem] = with_samples(read_role(path, currency))
        except InvalidData as error:
            all_faults += [Fault(f"{path.name}: {fault.path}", fault.message) for fault in error.faults]
    if all_faults:
        raise InvalidData(tuple(all_faults))
    return MappingProxyType(roles)


@lru_cache(maxsize=8)
def library_promises(currency: str) -> frozenset[str]:
    """Return the text of every promise in the library, with its amounts in a currency."""
    return frozenset(text for role in library(currency).values() for text in role.samples)


def find(name: str, currency: str = DEFAULT_CURRENCY) -> Role:
    """Find one role of the library by the name of its file, without `.toml`. Raises KeyError."""
    return library(currency)[name]


def list_nearest(role: Role) -> list[tuple[str, Role]]:
    """List the roles of the library with their names, in the role's currency, the nearest by title and motion first.

    Titles are compared word by word, so that order, spelling and what only one of them says count little; initials such as
    SDR stand for their title.
    """
    return sorted(library(role.currency).items(), key=lambda pair: -nearness(role, pair[1]))


def nearness(role: Role, other: Role) -> float:
    """Return how near another role is to a role by title and motion: 0 to 130 points."""
    title, other_title = role.title.casefold(), other.title.casefold()
    initials = "".join(word[0] for word in other_title.split())
    words = 100.0 if len(title) > 1 and title in initials else fuzz.token_set_ratio(title, other_title)
    return words + (SAME_MOTION if role.motion and role.motion is other.motion else 0)


def files() -> tuple[Path, ...]:
    """List the role files in the order of the library."""
    rank = {name: place for place, name in enumerate(ORDER)}
    return tuple(sorted(data_dir("role_library").glob("*.toml"), key=lambda path: (rank.get(path.stem, 99), path.stem)))


def check(paths: Iterable[Path] = ()) -> tuple[tuple[Path, Fault], ...]:
    """Check files of the library against its standard; return every fault with its file.

    Without paths the metric catalogue and every role are checked. A path in a folder named `metrics` is read as a
    metric, any other as a role.
    """
    selected = tuple(paths)
    folder = data_dir("role_library") / METRICS
    metrics, _ = read_folder(folder)
    results = [] if selected else list(_metric_faults(folder))
    for path in selected or files():
        if path.parent.name == METRICS:
            results += [fault for fault in _metric_faults(path.parent) if fault[0].name == path.name]
        else:
            results += [(path, fault) for fault in _file_faults(path, metrics)]
    return tuple(results)


def notes(paths: Iterable[Path]) -> tuple[tuple[Path, str], ...]:
    """Return the notes on how role files were understood, each with its file; a file with faults has none."""
    results: list[tuple[Path, str]] = []
    for path in paths:
        with suppress(InvalidData, OSError):
            results += [(path, note) for note in read_role_file(path).notes if path.parent.name != METRICS]
    return tuple(results)


def faults(role: Role, metrics: Mapping[str, Metric]) -> tuple[Fault, ...]:
    """Return every fault of a role against the library's standard, with the path of each place.

    Metric codes, units and timing are looked up in `metrics`.
    """
    return (*_role_faults(role), *_key_faults(role), *_owner_faults(role), *_part_faults(role, metrics))


def _metric_faults(folder: Path) -> Iterator[tuple[Path, Fault]]:
    """Yield each fault of the catalogue with its file, which its path begins with: `calls.toml: unit`, `calls: why`."""
    for fault in check_catalogue(folder):
        name, _, place = fault.path.partition(": ")
        yield folder / f"{name.removesuffix('.toml')}.toml", Fault(place, fault.message)


def _file_faults(path: Path, metrics: Mapping[str, Metric]) -> tuple[Fault, ...]:
    try:
        return faults(read_role(path), metrics)
    except InvalidData as error:
        return error.faults
    except OSError as error:
        return (Fault("", f"this file cannot be read: {error.strerror}"),)


def _role_faults(role: Role) -> Iterator[Fault]:
    yield from _empty("", role)
    yield from _empty("pay", role.pay)
    yield from _empty("purpose", role.purpose)
    for name in ("duties", "qualifications", "neighbours"):
        for place, row in enumerate(getattr(role, name)):
            yield from _empty(f"{name}[{place}]", row)
    if "{money" in canonical_json(role):
        yield Fault("", "an amount in a text is written {money:25000}, in digits alone")
    if role.motion is None:
        yield Fault("motion", "this is missing")
    number = len(role.accountabilities)
    if not MIN_ACCOUNTABILITIES <= number <= MAX_ACCOUNTABILITIES:
        allowed = f"{MIN_ACCOUNTABILITIES} to {MAX_ACCOUNTABILITIES}"
        yield Fault("accountabilities", f"a library role has {allowed} of them, found {number}")
    if len(role.hard_parts) < MIN_HARD_PARTS:
        yield Fault("hard_parts", f"at least {MIN_HARD_PARTS} are needed, found {len(role.hard_parts)}")
    if (shares := sum(item.share for item in role.accountabilities if item.essential)) > 100:
        yield Fault("accountabilities", f"essential shares of time sum to {shares} %, over 100 %")
    if (minutes := sum(question.minutes for _, question in role.questions())) > MAX_MINUTES:
        yield Fault("accountabilities", f"the questions take {minutes} minutes, over {MAX_MINUTES}")
    if role.accountabilities and not any(item.kind is QuestionKind.EXERCISE for _, item in role.questions()):
        yield Fault("accountabilities", "no question is an exercise")


def _key_faults(role: Role) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for path, key in _keys(role):
        if key in seen:
            yield Fault(path, f"the key “{key}” is taken by {seen[key]}")
        elif len(key) not in KEY_LENGTHS or not KEY_SHAPE.fullmatch(key):
            yield Fault(path, f"a key is 3 to 24 small letters, digits and hyphens, found “{key}”")
        seen.setdefault(key, path)


def _keys(role: Role) -> Iterator[tuple[str, str]]:
    for place, item in enumerate(role.accountabilities):
        path = f"accountabilities[{place}]"
        yield f"{path}.key", item.key
        yield from ((f"{path}.expectations[{n}].key", part.key) for n, part in enumerate(item.expectations))
        yield from ((f"{path}.questions[{n}].key", part.key) for n, part in enumerate(item.questions))


def _owner_faults(role: Role) -> Iterator[Fault]:
    owners: dict[tuple[str, str], int] = {}
    for place, item in enumerate(role.accountabilities):
        remit = (item.function, item.scope.casefold())
        if remit in owners:
            yield Fault(f"accountabilities[{place}].function", f"accountabilities[{owners[remit]}] owns the same")
        owners.setdefault(remit, place)


def _part_faults(role: Role, metrics: Mapping[str, Metric]) -> Iterator[Fault]:
    for place, item in enumerate(role.accountabilities):
        path = f"accountabilities[{place}]"
        yield from _accountability_faults(path, item)
        yield from _timing_faults(path, item, metrics)
        for n, expectation in enumerate(item.expectations):
            yield from _expectation_faults(f"{path}.expectations[{n}]", expectation, metrics)
        for n, question in enumerate(item.questions):
            yield from _question_faults(f"{path}.questions[{n}]", question)


def _accountability_faults(path: str, item: Accountability) -> Iterator[Fault]:
    yield from _empty(path, item)
    if item.essential and not item.reason:
        yield Fault(f"{path}.reason", EMPTY)
    if not KEY_SHAPE.fullmatch(item.function):
        yield Fault(f"{path}.function", f"a function is small words joined by hyphens, found “{item.function}”")
    if not 1 <= item.share <= 100:
        yield Fault(f"{path}.share", f"a share of time is 1 to 100 %, found {item.share}")
    yield from _empty(f"{path}.supports", item.supports)
    if len(item.questions) < MIN_QUESTIONS:
        yield Fault(f"{path}.questions", f"at least {count(MIN_QUESTIONS, 'question')}, found {len(item.questions)}")


def _timing_faults(path: str, item: Accountability, metrics: Mapping[str, Metric]) -> Iterator[Fault]:
    if any(part.metric not in metrics for part in item.expectations):
        return  # the unknown code is reported already, and its timing cannot be checked
    timings = {metrics[part.metric].timing for part in item.expectations}
    for timing in Timing:
        if timing not in timings:
            yield Fault(f"{path}.expectations", f"no {timing} metric among them")


def _expectation_faults(path: str, item: Expectation, metrics: Mapping[str, Metric]) -> Iterator[Fault]:
    yield from _empty(path, item)
    if item.value is None:
        yield Fault(f"{path}.value", "this is missing")
    if item.period is None and item.due is None:
        yield Fault(f"{path}.period", "a period or a due date is needed")
    if item.basis is not Basis.PLACEHOLDER:
        yield Fault(f"{path}.basis", f"a value of the library is a placeholder, found “{item.basis}”")
    if item.metric not in metrics:
        yield Fault(f"{path}.metric", f"the catalogue has no metric “{item.metric}”")
    elif item.unit is not metrics[item.metric].unit:
        actual = f"found {item.unit}" if item.unit else "none is given"
        yield Fault(f"{path}.unit", f"{item.metric} is counted in {metrics[item.metric].unit}, {actual}")


def _question_faults(path: str, item: Question) -> Iterator[Fault]:
    yield from _empty(path, item)
    yield from _empty(f"{path}.anchors", item.anchors)
    if item.minutes < 1:
        yield Fault(f"{path}.minutes", f"a question takes a minute or longer, found {item.minutes}")
    if item.is_exercise or item.exercise != Exercise():
        yield from _empty(f"{path}.exercise", item.exercise)
        yield from (Fault(f"{path}.exercise.{name}", fault) for name, fault in exercise_faults(item))


def _empty(path: str, value: object) -> Iterator[Fault]:
    """Yield a fault for each required field of a value that is empty, or that is a list without a line."""
    for each in FIELDS[type(value)]:
        if each.required and not getattr(value, each.name):
            yield Fault(
                f"{path}.{each.name}" if path else each.name, NO_LINE if each.kind is FieldKind.LINES else EMPTY
            )
