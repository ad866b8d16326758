"""How pages tell times: in the zone that a person chose, else in the company's."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import g
from markupsafe import Markup

from workbench.accounts.tables import company_zone
from workbench.accounts.web import current_person_or_none
from workbench.core.text import zones
from workbench.core.text.translation import ENGLISH
from workbench.core.web.app import Workbench
from workbench.core.web.session import session


def set_up(app: Workbench) -> None:
    """Give every template the filters for times, and the page's foot the zone that they were told in."""
    app.jinja_env.filters.update(moment=moment, clock=clock, day=day)
    app.context_processor(_for_templates)


def zone() -> ZoneInfo:
    """Give the time zone of this request: the person's own, else the company's, which strangers are told times in too."""
    if "zone" not in g:
        person = current_person_or_none()
        g.zone = ZoneInfo((person and person.zone) or company_zone(session()))
    found: ZoneInfo = g.zone
    return found


def moment(at: datetime, *, exact: bool = False) -> Markup:
    """Say a moment: `22 November 2026, 14:05`; `exact` names the zone too, for what ends or reaches people elsewhere."""
    return _told(at, zones.exact_moment(at, zone()) if exact else zones.moment(at, zone()))


def clock(at: datetime) -> Markup:
    """Say the time of day: `14:05:09`."""
    return _told(at, f"{at.astimezone(zone()):%H:%M:%S}")


def day(at: date) -> str:
    """Say a day: `22 November 2026`; of a moment, the day that it was where it is read."""
    return _told(at, ENGLISH.day(at.astimezone(zone()))) if isinstance(at, datetime) else ENGLISH.day(at)


def _told(at: datetime, words: str) -> Markup:
    g.told_in = zone()
    return Markup('<time datetime="{}">{}</time>').format(zones.instant(at), words)


def _for_templates() -> dict[str, Any]:
    def times_of() -> str:
        """Say the place whose time this page has told so far; nothing on a page without times."""
        return zones.place_of(g.told_in.key) if "told_in" in g else ""

    return {"times_of": times_of}
