"""The rule about promises that came from the library and are not confirmed."""

from collections.abc import Iterator

from workbench.core.findings import Finding, Level
from workbench.roles.model import Role
from workbench.roles.promises.model import unconfirmed

SAMPLE_PROMISE = "sample promise"
_SUGGESTION = "Confirm what the company will keep, and change or remove the rest."


def sample_promises(role: Role) -> Iterator[Finding]:
    """Yield a finding for each promise that is not confirmed."""
    for each in unconfirmed(role):
        reason = f"Nobody has confirmed “{each.text.strip()}”: it is a sample of the library."
        source = "article 2: a goal comes with the strategies and tactics to reach it"
        yield Finding(SAMPLE_PROMISE, Level.ADVICE, each.place, reason, _SUGGESTION, source)
