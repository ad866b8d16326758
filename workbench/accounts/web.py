"""The person of a request: identify, sign in and sign out, and the checks `needs` and `require` of a view."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from flask import current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from workbench.accounts import example, tables
from workbench.accounts.model import KIND_WORDS, Person, Thing
from workbench.accounts.permissions import Act, may, may_sometimes
from workbench.accounts.tables import PersonRow, SessionRow
from workbench.core.clock import now
from workbench.core.db import NotFoundError, database_file
from workbench.core.links import new_token
from workbench.core.web.app import Workbench
from workbench.core.web.options import with_policy
from workbench.core.web.session import SAFE_METHODS, after_response, database_up, read_session, session
from workbench.settings import Settings

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One entry of the main navigation, for people who may do `act` to some `thing`."""

    text: str
    endpoint: str
    act: Act
    thing: str


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """An entry of the main navigation on this page."""

    text: str
    url: str
    is_current: bool


def me() -> Person:
    """Return the person of this request. Raise Forbidden for a visitor who is not signed in."""
    person = current_person_or_none()
    if person is None:
        raise Forbidden
    return person


def current_person_or_none() -> Person | None:
    """Return the person of this request, or None for a visitor who is not signed in."""
    return cast("Person | None", g.get("person"))


def needs(act: Act, kind: str) -> Callable[[View], View]:
    """Allow a view only to people who may do `act` to some thing of this kind, if only to their own.

    A view about one thing then calls `require()` for that thing.
    """

    def policy() -> ResponseReturnValue | None:
        person = current_person_or_none()
        if person is None:
            return _to_sign_in()
        if not may_sometimes(person, act, kind):
            raise Forbidden
        return None

    return lambda view: with_policy(view, policy)


def require(act: Act, thing: Thing) -> None:
    """Check that the person may do this to this thing. Raise NotFoundError, so that no one learns what exists."""
    if not may(me(), act, thing):
        raise NotFoundError


def my_session() -> int:
    """Return the number of the session of this request; 0 on the very first visit to the example."""
    return cast("int", g.get("session_row_id", 0))


def sqlite_file() -> Path | None:
    """Return the SQLite file of this process, or None for a server."""
    return cast("Path | None", current_app.extensions["database_file"])


def settings() -> Settings:
    """Return the settings of this installation."""
    return cast("Settings", current_app.extensions["settings"])


def connect(app: Workbench, configured: Settings, engine: Engine) -> None:
    """Add the settings of this installation and the file of its database to the app."""
    app.extensions["settings"] = configured
    app.extensions["database_file"] = database_file(engine)


def set_up(app: Workbench) -> None:
    """Identify the person before each request, and add them to the templates."""
    app.extensions["navigation"] = []
    app.before_request(_identify)
    app.after_request(_set_cookie)
    app.context_processor(_for_templates)


def add_navigation(app: Workbench, items: Iterable[NavigationItem]) -> None:
    """Add a capability's entries at the end of the main navigation."""
    app.extensions["navigation"] += items


def sign_in(person: Person) -> None:
    """Start a new session for a person in this browser; the old session of the same browser ends.

    A token from before the sign-in is worth nothing afterwards, so an attacker cannot plant one.
    """
    before = g.get("session_row_id")
    token = new_token()
    browser = request.headers.get("User-Agent", "")

    def write(own: Any) -> None:
        if before is not None:
            tables.revoke(own, before)
        tables.open_session(own, person.id, token, browser)

    after_response(write)
    g.person, g.actor, g.token = person, str(person.id), token


def sign_out() -> None:
    """Delete the browser's cookie; the caller revokes its session."""
    g.person, g.actor, g.token = None, "", ""


def _identify() -> None:
    g.person, g.actor = None, ""
    if request.endpoint == "static":
        return
    token = request.cookies.get(_cookie_name(), "")
    with read_session() as own:
        found = tables.find_session(own, token) if token else None
        if found is None:
            leader = example.first_person(own, settings(), sqlite_file()) if request.method in SAFE_METHODS else None
        else:
            _recognise(*found)
    if found is None and leader is not None:
        sign_in(leader)


def _recognise(row: SessionRow, person_row: PersonRow) -> None:
    g.person, g.actor, g.session_row_id = person_row.freeze(), str(person_row.id), row.id
    if row.seen_at + tables.SEEN_INTERVAL < now():
        after_response(lambda own: tables.record_use(own, row.id), required=False)


def _to_sign_in() -> ResponseReturnValue:
    if request.method not in SAFE_METHODS or request.headers.get("HX-Request"):
        raise Forbidden("You are signed out. Sign in in a second tab, then come back to this page and send it again.")
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)


def _cookie_name() -> str:
    return "__Host-workbench" if settings().secure else "workbench"


def _set_cookie(answer: Response) -> Response:
    token: str | None = g.get("token")
    if token is None:
        return answer
    options: dict[str, Any] = {"path": "/", "httponly": True, "samesite": "Lax", "secure": settings().secure}
    if token:
        answer.set_cookie(_cookie_name(), token, max_age=int(tables.SESSION_LENGTH.total_seconds()), **options)
    else:
        answer.delete_cookie(_cookie_name(), **options)
    return answer


def _for_templates() -> dict[str, Any]:
    person = current_person_or_none()
    return {
        "me": person,
        "navigation": _navigation(person),
        "example_people": _example_people,
        "kind_words": KIND_WORDS,
        "may": _may,
    }


def _may(act: str, thing: Thing | str, owner: int | None = None) -> bool:
    """Return whether the person of this request may do an act to a thing, or to any of a kind that `owner` owns."""
    person = current_person_or_none()
    return person is not None and may(person, act, thing if isinstance(thing, Thing) else Thing(thing, owner))


def _example_people() -> list[Person]:
    """Return the people as whom the example company may be looked at; an answer without a head does not ask for them."""
    asked = current_person_or_none() and database_up()
    return example.people(session(), settings(), sqlite_file()) if asked else []


def _navigation(person: Person | None) -> list[NavigationLink]:
    if person is None:
        return []
    items: list[NavigationItem] = current_app.extensions["navigation"]
    links = [(item.text, url_for(item.endpoint)) for item in items if may_sometimes(person, item.act, item.thing)]
    return [NavigationLink(text, url, _is_current_page(url)) for text, url in links]


def _is_current_page(url: str) -> bool:
    return request.path == url or (url != "/" and request.path.startswith(f"{url}/"))
