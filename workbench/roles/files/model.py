"""Read a role from a TOML file: its pay in whole units of the currency, or in cents where the file is an older one.

An amount inside a text is written `{money:25000}` in the file, and becomes `$25,000`, `€25,000` or `NOK 25,000` here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from workbench.core.shape import Fault, InvalidData, load_toml, structure
from workbench.core.text.currencies import DEFAULT_CURRENCY, minor_digits, to_minor
from workbench.core.text.translation import ENGLISH
from workbench.roles.currency.model import format_pay_range
from workbench.roles.model import Role

# `schema = 3` in a file: amounts are whole units of the currency. Stored roles count minor units and have a number of their own.
FILE_SCHEMA = 3
_AMOUNT = re.compile(r"\{money:([0-9]{1,12})\}")
_ENDS = ("minimum", "maximum")


@dataclass(frozen=True, slots=True)
class RoleFile:
    """A role that was read from a file, with notes on what was understood in another way than a reader may expect."""

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
        role = structure(Role, write_amounts(data, str(data["currency"])))
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
