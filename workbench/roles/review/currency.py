"""The rule about money in text: every amount of a role is in the role's currency."""

from collections.abc import Iterator

from workbench.core.findings import Finding, Level
from workbench.core.text.currencies import currency_name, currency_signs
from workbench.roles.currency.model import AMOUNT
from workbench.roles.model import Role
from workbench.roles.texts import texts


def one_currency(role: Role) -> Iterator[Finding]:
    """Yield a finding for each amount in a text that is written in another currency than the role's.

    An amount in words ("ten thousand euros") is not found, and "$" counts for every currency that is written so at home.
    """
    signs = currency_signs(role.currency)
    for place, text in texts(role):
        for amount in AMOUNT.finditer(text):
            if (amount["before"] or amount["after"]) not in signs:
                yield Finding(
                    "other currency",
                    Level.ADVICE,
                    place,
                    f"“{amount[0]}” is not in {currency_name(role.currency)}, the currency of this role.",
                    f"Write the amount in {role.currency}, or without an amount.",
                    "article 1: one record feeds everything",
                )
