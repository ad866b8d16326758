"""The application: the commit rule, static files and headers."""

from functools import cache
from pathlib import Path

from flask import Flask, Response, current_app, g, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from workbench import places
from workbench.core.db import Mode
from workbench.core.digests import sha256
from workbench.core.forms.form import new_op_id
from workbench.core.jobs.tables import Notify
from workbench.core.text.browsers import browser_words
from workbench.core.text.translation import ENGLISH
from workbench.core.text.words import count
from workbench.core.web import errors, idempotency
from workbench.core.web.card_tables import label_cells
from workbench.core.web.options import public
from workbench.core.web.policy import refuse_other_sites
from workbench.core.web.session import Work, close, maker, makers_of, roll_back, session
from workbench.settings import Settings

MEGABYTE = 1_000_000
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Workbench(Flask):
    """Flask with the commit rule: an answer below 400 commits, every other answer rolls back."""

    def dispatch_request(self) -> ResponseReturnValue:
        """Answer the request, then commit or roll back; what fails in the commit is answered as an error."""
        answer = self.make_response(super().dispatch_request())
        if answer.status_code >= 400:
            roll_back()
        elif "session" in g:
            idempotency.store_answer(answer)
            session().commit()
        return answer


def asset(name: str) -> str:
    """Return the address of a static file with the digest of its bytes, so that browsers may keep it for a year."""
    return url_for("static", filename=name, v=_digest_of_file(places.static_dir() / name))


@cache
def stylesheets() -> tuple[str, ...]:
    """Return the names of the style sheets of all pages, in the order in which they are loaded."""
    folder = places.static_dir() / "look"
    return tuple(f"look/{path.name}" for path in sorted(folder.glob("*.css")))


def connect(app: Workbench, engine: Engine, notify: Notify, settings: Settings | None = None) -> None:
    """Add the sessions of a database to the app."""
    app.extensions["workbench"] = makers_of(engine, notify, settings)


def set_up(app: Workbench) -> None:
    """Add the commit rule, headers and error pages to the app; capabilities add their blueprints afterwards."""
    app.config.update(
        MAX_CONTENT_LENGTH=MEGABYTE,
        MAX_FORM_MEMORY_SIZE=MEGABYTE,
        MAX_FORM_PARTS=2000,
        # As long as the session: a page that was open over lunch can still be saved.
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.before_request(refuse_other_sites)
    CSRFProtect(app)
    app.add_url_rule("/static/<path:filename>", "static", public(_static))
    # A PDF has no icon, so the browser requests this one.
    app.add_url_rule("/favicon.ico", "favicon", public(lambda: _static("mark.svg")))
    app.jinja_env.globals.update(asset=asset, new_op_id=new_op_id, stylesheets=stylesheets)
    app.jinja_env.filters.update(
        number=ENGLISH.number, quantity=count, label_cells=label_cells, browser_words=browser_words
    )
    app.after_request(_finish)
    app.teardown_request(close)
    errors.set_up(app)


def _finish(answer: Response) -> Response:
    answer = _write_after_response(answer, g.pop("after_response", []))
    for name, value in _HEADERS.items():
        answer.headers.setdefault(name, value)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        answer.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if request.endpoint != "static" and "Cache-Control" not in answer.headers:
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _write_after_response(answer: Response, deferred: list[tuple[Work, bool]]) -> Response:
    """Run the deferred writes; return the answer, or an error where a required write failed."""
    if not deferred:
        return answer
    roll_back()
    try:
        with maker(Mode.WRITE).begin() as own:
            for work, _ in deferred:
                work(own)
    except OperationalError as error:
        if answer.status_code < 500 and any(required for _, required in deferred):
            return current_app.make_response(errors.database_unreachable(error))
        current_app.logger.warning("A fact about a request was not stored: %s", error.orig)
    return answer


def _static(filename: str) -> ResponseReturnValue:
    """Send one of our own style sheets, scripts or fonts."""
    answer = send_from_directory(places.static_dir(), filename)
    if request.args.get("v"):
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


@cache
def _digest_of_file(path: Path) -> str:
    return sha256(path.read_bytes())[:12] if path.is_file() else ""
