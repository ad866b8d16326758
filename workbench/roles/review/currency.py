"""The rule about money in text: every amount of a role is in the role's currency."""

import re
from collections.abc import Iterator

from workbench.core.findings import Finding, Level
from workbench.core.text.currencies import CURRENCY_CODE, CURRENCY_SIGN, currency_name, currency_signs
from workbench.roles.model import Role
from workbench.roles.texts import texts

_SIGN = f"{CURRENCY_SIGN}|{CURRENCY_CODE}"
_NUMBER = r"\d(?:[\d.,\u00a0\u202f]{0,20}\d)?"
_AMOUNT = re.compile(
    rf"(?<![A-Za-z])(?P<before>{_SIGN})\s?{_NUMBER}|(?<![A-Za-z0-9]){_NUMBER}\s?(?P<after>{_SIGN})(?![A-Za-z])"
)


def one_currency(role: Role) -> Iterator[Finding]:
    """Yield a finding for each amount in a text that is written in another currency than the role's.

    An amount in words ("ten thousand euros") is not found, and "$" counts for every currency that is written so at home.
    """
    signs = currency_signs(role.currency)
    for place, text in texts(role):
        for amount in _AMOUNT.finditer(text):
            if (amount["before"] or amount["after"]) not in signs:
                yield Finding(
                    "other currency",
                    Level.ADVICE,
                    place,
                    f"“{amount[0]}” is not in {currency_name(role.currency)}, the currency of this role.",
                    f"Write the amount in {role.currency}, or without an amount.",
                    "article 1: one record feeds everything",
                )
