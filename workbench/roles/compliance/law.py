"""The laws that ship with the product, the rules that a role is under, and what the review says about them."""

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from workbench.core.findings import Finding, Level
from workbench.core.shape import read_toml
from workbench.places import data_dir
from workbench.roles.compliance.model import AppliedRule, Jurisdiction, find_missing, find_rules
from workbench.roles.model import Role

ORDER = ("us", "us-ca", "us-co", "us-il", "us-ny", "us-wa", "uk", "eu", "de", "fr", "es")


@cache
def jurisdictions() -> Mapping[str, Jurisdiction]:
    """Return every jurisdiction by its code, which is the name of its file. Raises InvalidData for an invalid file."""
    folder = data_dir("role_library") / "law"
    return MappingProxyType({code: read_toml(Jurisdiction, folder / f"{code}.toml") for code in ORDER})


def rules_of(role: Role) -> tuple[AppliedRule, ...]:
    """Return the rules that a role is under."""
    return find_rules(role, jurisdictions())


def law_of_place(role: Role) -> Iterator[Finding]:
    """Yield a finding for each rule of a chosen jurisdiction that something is missing for."""
    for each, place, what in find_missing(role, rules_of(role)):
        reason = f"{what}. {each.jurisdiction.name}: {each.rule.asks}"
        suggestion = (
            "Add it, or take the jurisdiction off the page of conditions. This reminds you; it is no legal advice."
        )
        yield Finding("law", Level.ADVICE, place, reason, suggestion, each.rule.law)
