"""The words that several rules share: remarks on wording, and accountabilities quoted in a sentence."""

from workbench.language.model import Remark
from workbench.roles.model import Accountability


def format_remark(remark: Remark) -> str:
    """Return a remark on wording as one sentence: the words, then the reason."""
    return f"“{remark.words}”: {remark.reason[0].lower()}{remark.reason[1:]}"


def quote_outcome(item: Accountability) -> str:
    """Return the outcome of an accountability in quotation marks, shortened where it is long."""
    text = item.outcome.strip()
    if not text:
        return "This accountability"
    return f"“{text if len(text) <= 60 else text[:57].rstrip() + '…'}”"
