"""Times on pages: in the time zone that a person chose, else in the company's."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import g
from markupsafe import Markup

from workbench.accounts.tables import company_zone
from workbench.accounts.web import current_person_or_none
from workbench.core.clock import now
from workbench.core.text import zones
from workbench.core.text.translation import ENGLISH
from workbench.core.web.app import Workbench
from workbench.core.web.session import session


def set_up(app: Workbench) -> None:
    """Add the filters for times to the templates, and the zone that they were shown in to the footer."""
    app.jinja_env.filters.update(moment=moment, recent=recent, clock=clock, day=day)
    app.context_processor(_for_templates)


def zone() -> ZoneInfo:
    """Return the time zone of this request: the person's own, else the company's, also for visitors."""
    if "zone" not in g:
        person = current_person_or_none()
        g.zone = ZoneInfo((person and person.zone) or company_zone(session()))
    found: ZoneInfo = g.zone
    return found


def moment(at: datetime, *, exact: bool = False) -> Markup:
    """Return a moment in words: `22 November 2026, 14:05`; `exact` adds the zone, for a time that people elsewhere read."""
    return _time_tag(at, zones.exact_moment(at, zone()) if exact else zones.moment(at, zone()))


def recent(at: datetime, *, inside: bool = False) -> Markup:
    """Return a moment as people say it: `Today, 14:05`, `Yesterday` or `3 March`; `inside` a sentence: `today, 14:05`.

    A pointer on it shows the exact moment.
    """
    words = zones.recent_moment(at, zone(), now())
    words = words[0].lower() + words[1:] if inside else words
    return _time_tag(at, words, zones.exact_moment(at, zone()))


def clock(at: datetime) -> Markup:
    """Return the time of day: `14:05:09`."""
    return _time_tag(at, f"{at.astimezone(zone()):%H:%M:%S}")


def day(at: date) -> str:
    """Return a day in words: `22 November 2026`; of a moment, its day in the zone of this request."""
    return _time_tag(at, ENGLISH.day(at.astimezone(zone()))) if isinstance(at, datetime) else ENGLISH.day(at)


def _time_tag(at: datetime, words: str, exact: str = "") -> Markup:
    g.page_zone = zone()
    if exact:
        return Markup('<time datetime="{}" title="{}">{}</time>').format(zones.instant(at), exact, words)
    return Markup('<time datetime="{}">{}</time>').format(zones.instant(at), words)


def _for_templates() -> dict[str, Any]:
    def times_of() -> str:
        """Return the place whose time this page has shown so far; empty on a page without times."""
        return zones.place_of(g.page_zone.key) if "page_zone" in g else ""

    return {"times_of": times_of}
