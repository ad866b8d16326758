"""How a request is answered: its session, the commit rule, who may ask at all, limits, headers and error pages."""

import hashlib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

from flask import Flask, Response, current_app, g, redirect, render_template, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import Conflict, Forbidden, HTTPException, NotFound, SecurityError, ServiceUnavailable
from werkzeug.wrappers import Response as WsgiResponse

from workbench import places
from workbench.core import jobs, operations
from workbench.core.db import Mode, sessions
from workbench.core.forms import Form, Part, new_op_id
from workbench.core.operations import Answer, Operation
from workbench.core.room import no_room
from workbench.settings import Settings

__all__ = ["Form", "Part", "Stale", "Workbench", "afterwards", "own_path", "public", "session"]

View = TypeVar("View", bound=Callable[..., Any])
Work = Callable[[Session], Any]
Sent = list[tuple[str, str]]  # the fields of a form by name, in their order

_OWN_PATH = re.compile(r"/(?![/\\])[^\s\\]*")  # browsers read `/\host` and `/\t/host` as another site
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
MEGABYTE = 1_000_000
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
_FILES_AWAY = (
    "The place where printed documents and packets lie does not answer just now. Nothing is lost: wait a moment and "
    "try again."
)
_OVER_SOON = frozenset({503, 507})  # statuses after which the same may be sent again
_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Stale(Conflict):
    """Somebody else changed the thing since this form was drawn; nothing of what was sent is stored."""

    description = "Somebody changed this page after you opened it."


class Full(HTTPException):
    """The disk has no room left, so nothing of this request is stored."""

    code = 507
    description = "There is no room left on the disk."


class Policy(Protocol):
    """What a view demands of the person who asks: None lets them in, anything else is the answer instead."""

    def __call__(self) -> ResponseReturnValue | None:
        """Look at the person of this request."""


class Workbench(Flask):
    """Flask with the commit rule: an answer below 400 commits, everything else rolls back."""

    def dispatch_request(self) -> ResponseReturnValue:
        """Answer the request, then commit or roll back; what fails in the commit is answered as an error."""
        answer = self.make_response(super().dispatch_request())
        if answer.status_code >= 400:
            roll_back()
        else:
            _commit(answer)
        return answer


def session() -> Session:
    """Give the database session of this request: a GET can only read, the database itself refuses it to write."""
    if "session" not in g:
        safe = request.method in SAFE_METHODS
        g.session = _makers()["read" if safe else "write"]()
    return cast("Session", g.session)


def afterwards(work: Work, *, needed: bool = True) -> None:
    """Do a small write of its own after this request is answered and its transaction is over, whatever the answer.

    This is for facts about the asking itself: that somebody was seen, printed something, or failed to sign in. Where
    it cannot be written, an answer that needs it is not given.
    """
    g.setdefault("afterwards", []).append((work, needed))


def own_path(wanted: str, otherwise: str) -> str:
    """Give the path that a request names to go on to, if it is one of this site; else `otherwise`."""
    return wanted if wanted.isprintable() and _OWN_PATH.fullmatch(wanted) else otherwise


def public(view: View) -> View:
    """Let everybody see a view, also those who are not signed in."""
    return with_policy(view, lambda: None)


def accepts(most: int) -> Callable[[View], View]:
    """Let a view take a larger body than others, in bytes: one that is sent a file."""

    def marked(view: View) -> View:
        cast("Any", view).most_bytes = most
        return view

    return marked


def before_writing(prepare: Callable[[], object]) -> Callable[[View], View]:
    """Let a view do its slow part before its write begins, for nobody else can write meanwhile; see `prepared`.

    It runs once the view's policy has let the person in, with no session of its own.
    """

    def marked(view: View) -> View:
        cast("Any", view).prepare = prepare
        return view

    return marked


def prepared() -> Any:
    """Give what the view of this request made ready before its write began."""
    return g.prepared


def with_policy(view: View, policy: Policy) -> View:
    """Say what a view demands; one without a policy answers 403 to all."""
    cast("Any", view).policy = policy
    return view


def actor() -> str:
    """Name the person whose operation ids these are, or nothing for a stranger."""
    return str(g.get("actor", ""))


def roll_back() -> None:
    """Undo what this request has written so far."""
    if "session" in g:
        g.session.rollback()


def calm() -> bool:
    """Say whether all is well enough for a page to look things up; not while it tells of a failure of ours."""
    return bool(g.get("calm", True))


def asset(name: str) -> str:
    """Give the address of a static file with the digest of its bytes, so that browsers may keep it for a year."""
    return url_for("static", filename=name, v=_digest_of(places.static_dir() / name))


def set_up(app: Workbench, engine: Engine, bell: jobs.Bell, settings: Settings | None = None) -> None:
    """Give the app its sessions, its limits and its manners; capabilities add their blueprints afterwards."""
    makers = {str(mode): sessions(engine, mode, settings) for mode in (Mode.READ, Mode.WRITE)}
    jobs.listen(makers["write"], bell)
    app.extensions["workbench"] = makers
    app.config.update(
        MAX_CONTENT_LENGTH=MEGABYTE,
        MAX_FORM_MEMORY_SIZE=MEGABYTE,
        MAX_FORM_PARTS=2000,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a page that lay open over lunch still sends its text
    )
    app.before_request(_refuse_other_sites)
    CSRFProtect(app)
    app.add_url_rule("/static/<path:filename>", "static", public(_static))
    app.add_url_rule("/favicon.ico", "favicon", public(lambda: _static("mark.svg")))  # a PDF names no icon of its own
    app.jinja_env.globals.update(asset=asset, new_op_id=new_op_id)
    app.after_request(_finish)
    app.teardown_request(_close)
    app.register_error_handler(HTTPException, _error_page)
    app.register_error_handler(StaleDataError, lambda _: _error_page(Stale()))
    app.register_error_handler(OperationalError, _database_gone)
    app.register_error_handler(OSError, _disk_full)


def reading() -> Session:
    """Give a session that only reads, also while a write is being answered; the caller closes it."""
    return _makers()["read"]()


def guard(app: Workbench) -> None:
    """Check each view's policy; call it after what finds out who is asking."""
    app.before_request(_check_policy)


def absorb(app: Workbench) -> None:
    """Absorb repeated writes; call it last, for the write's transaction begins here."""
    app.before_request(_prepare)
    app.before_request(_absorb_repeats)


def _makers() -> dict[str, sessionmaker[Session]]:
    return cast("dict[str, sessionmaker[Session]]", current_app.extensions["workbench"])


def _commit(answer: WsgiResponse) -> None:
    if "session" not in g:
        return
    operation: Operation | None = g.get("operation")
    if operation:
        body = "" if answer.location or answer.direct_passthrough else answer.get_data(as_text=True)
        operations.conclude(session(), operation, Answer(answer.status_code, answer.location or "", body))
    session().commit()


def _refuse_other_sites() -> None:
    if request.method not in SAFE_METHODS and request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}:
        raise Forbidden("This was sent from another website, so we did nothing with it.")
    most: int | None = getattr(current_app.view_functions.get(request.endpoint or ""), "most_bytes", None)
    if most:
        request.max_content_length = most


def _check_policy() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None  # the router has its own answer: 404, 405 or a redirect
    policy: Policy | None = getattr(current_app.view_functions[request.endpoint], "policy", None)
    if policy is None:
        raise Forbidden
    return policy()


def _prepare() -> None:
    prepare = getattr(current_app.view_functions.get(request.endpoint or ""), "prepare", None)
    if prepare:
        g.prepared = prepare()


def _absorb_repeats() -> ResponseReturnValue | None:
    op_id = request.form.get("op_id", "") if request.method not in SAFE_METHODS else ""
    if not op_id or len(op_id) > 64 or not actor() or request.endpoint is None:
        return None
    operation = Operation(op_id, actor(), operations.digest_of(_sent()))
    answer = operations.begin(session(), operation)
    if answer is None:
        g.operation = operation
        return None
    roll_back()
    return redirect(answer.location, answer.status) if answer.location else (answer.body, answer.status)


def _sent() -> list[tuple[str, str]]:
    parts = [("path", request.full_path)]
    parts += [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    for name, file in request.files.items(multi=True):
        parts.append((name, hashlib.sha256(file.stream.read()).hexdigest()))
        file.stream.seek(0)
    return parts


def _finish(answer: Response) -> Response:
    answer = _noted(answer, g.pop("afterwards", []))
    for name, value in _HEADERS.items():
        answer.headers.setdefault(name, value)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        answer.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if request.endpoint != "static" and "Cache-Control" not in answer.headers:
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _noted(answer: Response, waiting: list[tuple[Work, bool]]) -> Response:
    """Write what was put off until now; give the answer, or an error where a needed note could not be made."""
    if not waiting:
        return answer
    roll_back()
    try:
        with _makers()["write"].begin() as own:
            for work, _ in waiting:
                work(own)
    except OperationalError as error:
        if answer.status_code < 500 and any(needed for _, needed in waiting):
            return current_app.make_response(_database_gone(error))
        current_app.logger.warning("What was to be noted of a request was not: %s", error.orig)
    return answer


def _close(_: BaseException | None) -> None:
    if "session" in g:
        g.pop("session").close()


def _static(filename: str) -> ResponseReturnValue:
    """Send one of our own style sheets, scripts or fonts."""
    answer = send_from_directory(places.static_dir(), filename)
    if request.args.get("v"):
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


@cache
def _digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else ""


def _error_page(error: HTTPException) -> ResponseReturnValue:
    """Say in plain words what happened, whose turn it is, and that nothing was lost that we can keep."""
    if error.code is None or error.code < 400:
        return error
    if isinstance(error, SecurityError):  # a foreign host name: there is no address to link to
        return Response("This address is not ours.\n", error.code, mimetype="text/plain")
    roll_back()
    g.calm = error.code < 500  # a page about a failure asks the database nothing
    kind = "csrf" if isinstance(error, CSRFError) else str(error.code)
    own_words = error.description if error.description != type(error).description else ""
    sent = _to_send_again() if error.code in _OVER_SOON else None
    page = render_template("errors.html", kind=kind, code=error.code, own_words=own_words or "", sent=sent)
    answer = current_app.make_response((page, error.code))
    answer.headers.extend((name, value) for name, value in error.get_headers() if name in {"Retry-After", "Allow"})
    return answer


def _to_send_again() -> Sent | None:
    """Give what was sent, so that the page of an error can offer to send it again; None where it must not or cannot.

    A password is not written into a page, and a browser does not let a page choose files.
    """
    if request.method in SAFE_METHODS:
        return None
    try:
        sent = list(request.form.items(multi=True))
    except (OSError, HTTPException):  # it did not get that far
        return None
    if not sent or request.files or any("password" in name for name, _ in sent):
        return None
    return [(name, value) for name, value in sent if name != "csrf_token"]


def files_away(error: OSError) -> ResponseReturnValue:
    """Answer that what lies printed cannot be reached, which is over soon: 503; or that the disk is full: 507."""
    if no_room(error):
        return _disk_full(error)
    current_app.logger.error("The files cannot be reached: %s", error)
    return _error_page(ServiceUnavailable(_FILES_AWAY))


def _disk_full(error: Exception) -> ResponseReturnValue:
    """Answer that there is no room: 507. Raises what it is given where that is something else."""
    if not no_room(error):
        raise error
    current_app.logger.error("The disk is full: %s", getattr(error, "orig", error))
    return _error_page(Full())


def _database_gone(error: OperationalError) -> ResponseReturnValue:
    if no_room(error):
        return _disk_full(error)
    current_app.logger.error("The database did not answer: %s", error.orig)
    return _error_page(ServiceUnavailable())


def not_found() -> NotFound:
    """Make the one answer to what is not there and to what is not yours."""
    return NotFound()
