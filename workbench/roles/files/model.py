"""Read a role from a TOML file: its pay in whole units of the currency, or in cents where the file is an older one.

An amount inside a text is written `{money:25000}` in the file, and becomes `$25,000`, `€25,000` or `NOK 25,000` here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from workbench.core.shape import Fault, InvalidData, load_toml, structure
from workbench.core.text.currencies import DEFAULT_CURRENCY, minor_digits, to_minor
from workbench.core.text.translation import ENGLISH
from workbench.core.text.words import list_items
from workbench.roles.currency.model import format_pay_range
from workbench.roles.fields import FIELDS, FieldKind
from workbench.roles.model import Duty, Qualification, Role

T = TypeVar("T")

# `schema = 3` in a file: amounts are whole units of the currency. Stored roles count minor units and have a number of their own.
FILE_SCHEMA = 3
_AMOUNT = re.compile(r"\{money:([0-9]{1,12})\}")
_ENDS = ("minimum", "maximum")


@dataclass(frozen=True, slots=True)
class RoleFile:
    """The role of a file, with notes for its author: its pay may be meant in another unit."""

    role: Role
    notes: tuple[str, ...] = ()


def read_role_file(path: Path, currency: str = DEFAULT_CURRENCY) -> RoleFile:
    """Read a role from a TOML file; a file that names no currency is read in `currency`.

    With `schema = 3` the ends of the pay are whole units of the currency; a file without it counts minor units, and a
    note says how they were read. Raises InvalidData, OSError.
    """
    data = dict(load_toml(path))
    schema = data.pop("schema", None)
    data = {"currency": currency, **Role.upgrade(data)}
    faults = [*_schema_faults(schema)]
    if schema == FILE_SCHEMA:
        data["pay"] = _pay_in_minor_units(data.get("pay", {}), str(data["currency"]), faults)
    try:
        role = clean_part(structure(Role, write_amounts(data, str(data["currency"]))))
    except InvalidData as error:
        raise InvalidData((*faults, *error.faults)) from None
    if faults:
        raise InvalidData(tuple(faults))
    return RoleFile(role, () if schema == FILE_SCHEMA else _notes(role))


def read_role(path: Path, currency: str = DEFAULT_CURRENCY) -> Role:
    """Read the role of a TOML file, without notes; see `read_role_file`."""
    return read_role_file(path, currency).role


def write_amounts(data: Any, currency: str) -> Any:
    """Return plain data with the amounts in its texts written in a currency."""
    if isinstance(data, str):
        return _AMOUNT.sub(lambda match: ENGLISH.money(Decimal(match[1]), currency), data)
    if isinstance(data, list):
        return [write_amounts(each, currency) for each in data]
    if isinstance(data, dict):
        return {name: write_amounts(each, currency) for name, each in data.items()}
    return data


def clean_part(part: T) -> T:
    """Return a role or a part of it with its lines and rows as the forms store them.

    A line is one line, and a list has one item a line, without the bullets and numbers of a pasted list.
    """
    changes: dict[str, Any] = {}
    for each in FIELDS[type(part)]:
        value = getattr(part, each.name)
        match each.kind:
            case FieldKind.LINE:
                changes[each.name] = " ".join(value.split())
            case FieldKind.LINES:
                changes[each.name] = list_items("\n".join(value))
            case FieldKind.PART if type(value) in FIELDS:
                changes[each.name] = clean_part(value)
            case FieldKind.PARTS:
                changes[each.name] = tuple(clean_part(row) for item in value for row in _split_rows(item))
    return replace(part, **changes)  # type: ignore[type-var]


def _split_rows(item: Any) -> tuple[Any, ...]:
    """Return a duty or qualification of several lines as one for each line; any other part is one."""
    if not isinstance(item, Duty | Qualification):
        return (item,)
    return tuple(replace(item, text=text) for text in list_items(item.text)) or (item,)


def _schema_faults(schema: object) -> tuple[Fault, ...]:
    if schema is None or (isinstance(schema, int) and schema in range(1, FILE_SCHEMA + 1) and schema is not True):
        return ()
    return (Fault("schema", f"expected {FILE_SCHEMA} or a smaller number, found {schema}"),)


def _pay_in_minor_units(pay: Any, currency: str, faults: list[Fault]) -> Any:
    """Return the plain data of a pay with its ends in minor units; an end that its currency cannot express is a fault."""
    if not isinstance(pay, Mapping):
        return pay
    converted = dict(pay)
    for name in _ENDS:
        amount = converted.get(name)
        if isinstance(amount, int | Decimal) and not isinstance(amount, bool):
            try:
                converted[name] = to_minor(Decimal(amount), currency)
            except ValueError as error:
                faults.append(Fault(f"pay.{name}", str(error)))
                del converted[name]
    return converted


def _notes(role: Role) -> tuple[str, ...]:
    if (role.pay.minimum is None and role.pay.maximum is None) or not minor_digits(role.currency):
        return ()
    amount = format_pay_range(role.pay, role.currency)
    understood = f"The pay is read as {amount}, because a file without “schema = {FILE_SCHEMA}” counts cents."
    return (f"{understood} If you mean whole amounts, write schema = {FILE_SCHEMA} in its first line.",)
