"""Convert plain data into frozen values and back; every fault is named with its path, all at once."""

import difflib
import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from enum import Enum, StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from cattrs import Converter
from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError, IterableValidationError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from workbench.core.digests import sha256_of_text
from workbench.core.text.encodings import read_text_file
from workbench.core.text.numbers import AmbiguousNumber, UnreadableNumber, read_number
from workbench.core.text.words import clean, join_words

T = TypeVar("T")

# The largest number that sums, worksheets and printed figures all represent exactly.
_MAX_DIGITS, _MAX_PLACES = 15, 6


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with data that was read: where (`accountabilities[2].value`) and what."""

    path: str
    message: str


class InvalidData(ValueError):
    """Data that is not a value of the expected kind; `faults` names everything that is wrong with it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{fault.path}: {fault.message}" for fault in faults))
        self.faults = faults


class _Wrong(ValueError):
    """A scalar that does not fit; its text is written for the reader."""


def structure(kind: type[T], data: object) -> T:
    """Convert plain data (from TOML or JSON) into a frozen value of `kind`.

    Text is brought into the stored alphabet. Unknown keys, missing keys and wrong kinds are all collected. A kind with a
    static method `upgrade` is built from what that returns for the data, so that data of an older schema is still read.
    Raise InvalidData.
    """
    try:
        return _converter().structure(data, kind)
    except (ClassValidationError, IterableValidationError) as error:
        raise InvalidData(tuple(_faults(error, ""))) from None
    except (ValueError, TypeError) as error:
        raise InvalidData((Fault("", _sentence(error)),)) from None


def unstructure(value: object) -> Any:
    """Convert a frozen value into plain JSON data: decimals as text, dates as ISO text, empty defaults left out."""
    return _converter().unstructure(value)


def canonical_json(value: object) -> str:
    """Return a value as JSON in the one form that is hashed: sorted keys, no spaces, no escaped letters."""
    return json.dumps(unstructure(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(value: object) -> str:
    """Return the sha256 of a value's canonical JSON, as 64 hexadecimal digits."""
    return sha256_of_text(canonical_json(value))


def read_toml(kind: type[T], path: Path) -> T:
    """Read one TOML file as a value of `kind`. Raise InvalidData, also for a file that is no TOML or no Unicode text."""
    return structure(kind, load_toml(path))


def load_toml(path: Path) -> dict[str, Any]:
    """Read one TOML file as plain data, its numbers exact.

    The file is UTF-8 or UTF-16, with or without a byte order mark. Raise InvalidData for a file that is no TOML or no
    Unicode text, and for a number such as 300.000, by which people in half of
    the world mean thousands.
    """
    try:
        return tomllib.loads(read_text_file(path), parse_float=_typed_decimal)
    except _Wrong as error:
        raise InvalidData((Fault("", str(error)),)) from None
    except tomllib.TOMLDecodeError as error:
        raise InvalidData((Fault("", f"this is not valid TOML: {error}"),)) from None
    except UnicodeError:
        raise InvalidData((Fault("", "this file is not UTF-8 text"),)) from None


@cache
def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=True, omit_if_default=True)
    converter.register_structure_hook_func(is_dataclass, _value_hook(converter))
    for kind, hook in (
        (str, _text),
        (bool, _truth),
        (int, _integer),
        (Decimal, _decimal),
        (date, _date),
        (time, _time),
    ):
        converter.register_structure_hook(kind, hook)
    # StrEnum too: hooks go by base class, and its first base is str.
    for choice in (Enum, StrEnum):
        converter.register_structure_hook(choice, _choice)
    converter.register_unstructure_hook(Decimal, _plain_decimal)
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_unstructure_hook(time, lambda at: at.isoformat("minutes"))
    converter.register_unstructure_hook_factory(
        is_dataclass, lambda kind: make_dict_unstructure_fn(kind, converter, _cattrs_omit_if_default=True)
    )
    return converter


def _value_hook(converter: Converter) -> Callable[[Any, Any], Any]:
    hooks: dict[Any, Callable[[Any, Any], Any]] = {}

    def hook(data: Any, kind: Any) -> Any:
        if not isinstance(data, Mapping):
            raise _Wrong(f"expected a table of {kind.__name__}, found {_name_of(data)}")
        if hasattr(kind, "upgrade"):
            data = kind.upgrade(data)
        if kind not in hooks:
            hooks[kind] = make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True)
        return hooks[kind](data, kind)

    return hook


def _text(data: Any, _: Any) -> str:
    if not isinstance(data, str):
        raise _Wrong(f"expected text, found {_name_of(data)}")
    return clean(data)


def _truth(data: Any, _: Any) -> bool:
    if not isinstance(data, bool):
        raise _Wrong(f"expected true or false, found {_name_of(data)}")
    return data


def _integer(data: Any, _: Any) -> int:
    if isinstance(data, bool) or not isinstance(data, int):
        raise _Wrong(f"expected a whole number, found {_name_of(data)}")
    return data


def _decimal(data: Any, _: Any) -> Decimal:
    if isinstance(data, bool) or not isinstance(data, str | int | Decimal):
        raise _Wrong(f"expected a number, found {_name_of(data)}")
    try:
        number = Decimal(data)
    except InvalidOperation:
        raise _Wrong(f"expected a number, found “{data}”") from None
    if isinstance(data, str) and number.is_finite() and _plain_decimal(number) != data:
        # not as stored data has it, so a person wrote it
        number = _typed_decimal(data)
    if not number.is_finite():
        raise _Wrong("expected a number that is not infinite")
    if number.adjusted() >= _MAX_DIGITS or number.as_tuple().exponent < -_MAX_PLACES:  # type: ignore[operator]
        raise _Wrong(f"expected a number of at most {_MAX_DIGITS} digits and {_MAX_PLACES} decimal places")
    return number


def _typed_decimal(text: str) -> Decimal:
    """Return a decimal that a person wrote in a file; the reader of numbers refuses one with two meanings."""
    try:
        read_number(text)
    except AmbiguousNumber as question:
        choice = join_words([reading.text for reading in question.readings], "or")
        raise _Wrong(f"“{text}” has two meanings; write {choice}") from None
    except UnreadableNumber:
        pass  # an exponent, which a person did not mean as thousands
    return Decimal(text)


def _date(data: Any, _: Any) -> date:
    if isinstance(data, date):
        return data
    try:
        return date.fromisoformat(data)
    except (TypeError, ValueError):
        raise _Wrong(f"expected a date such as 2027-03-31, found {_name_of(data)}") from None


def _time(data: Any, _: Any) -> time:
    if isinstance(data, time):
        return data
    try:
        return time.fromisoformat(data)
    except (TypeError, ValueError):
        raise _Wrong(f"expected a time such as 09:00, found {_name_of(data)}") from None


def _choice(data: Any, kind: Any) -> Any:
    try:
        return kind(data)
    except ValueError:
        choices = [f"“{member.value}”" for member in kind]
        raise _Wrong(f"expected {join_words(choices, 'or')}, found {_name_of(data)}") from None


def _plain_decimal(number: Decimal) -> str:
    """Return 8, 8.0 and 8E0 in one form, so that equal numbers have equal digests."""
    return format(number.normalize(), "f") if number else "0"


def _name_of(data: Any) -> str:
    if isinstance(data, str):
        return f"“{data[:40]}”"
    return {Mapping: "a table", dict: "a table", list: "a list", bool: "true or false"}.get(type(data), repr(data)[:40])


def _faults(error: BaseException, path: str) -> list[Fault]:
    if isinstance(error, ForbiddenExtraKeysError):
        return [Fault(_join(path, key), _unknown_key_sentence(key, error.cl)) for key in sorted(error.extra_fields)]
    if not isinstance(error, ClassValidationError | IterableValidationError):
        return [Fault(path, _sentence(error))]
    found: list[Fault] = []
    with_notes, without_notes = error.group_exceptions()
    for inner, note in with_notes:
        if isinstance(error, ClassValidationError):
            inner_path = _join(path, note.name)  # type: ignore[union-attr]
        else:
            inner_path = f"{path}[{note.index}]"
        found += _faults(inner, inner_path)
    for inner in without_notes:
        found += _faults(inner, path)
    return found


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _unknown_key_sentence(key: str, kind: Any) -> str:
    names = [field.name for field in fields(kind)]
    matches = difflib.get_close_matches(key, names, n=1)
    return (
        f"there is no such key; did you mean “{matches[0]}”?" if matches else f"there is no such key in {kind.__name__}"
    )


def _sentence(error: BaseException) -> str:
    if isinstance(error, _Wrong):
        return str(error)
    if isinstance(error, KeyError):
        return "this is missing"
    if isinstance(error, TypeError):
        return "this is of the wrong kind"
    return str(error) or "this does not fit"
