"""The dates of a document: when it was published, from when it is valid, and who approved it."""

from workbench.core.text.translation import Translator, gettext_noop
from workbench.documents.model import Stamp

INTERNAL = gettext_noop("Internal: not for candidates")


def dates_line(stamp: Stamp, translator: Translator) -> str:
    """Return the dates in a sentence each: `Published 30 November 2026. Valid from 1 January 2027.`; empty without dates."""
    gettext, day = translator.gettext, translator.day
    lines = []
    if stamp.dated:
        dated = day(stamp.dated)
        lines.append(gettext("Changed {day}.", day=dated) if stamp.draft else gettext("Published {day}.", day=dated))
    if stamp.valid_from:
        lines.append(gettext("Valid from {day}.", day=day(stamp.valid_from)))
    if stamp.approved_by:
        lines.append(gettext("Approved by {names}.", names=", ".join(stamp.approved_by)))
    return " ".join(lines)


def head_mark(stamp: Stamp, translator: Translator) -> str:
    """Return the mark at the top of each page: that it is a draft, that it is internal, both, or nothing."""
    marks = (translator.gettext("DRAFT") if stamp.draft else "", translator.gettext(INTERNAL) if stamp.internal else "")
    return "\u00a0· ".join(filter(None, marks))
