"""The pages of errors: what happened, who can do something about it, and that nothing is lost."""

from flask import Flask, Response, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import BadRequest, Conflict, HTTPException, NotFound, SecurityError, ServiceUnavailable

from workbench.core.db import NotFoundError, is_key_conflict
from workbench.core.storage.disk import means_disk_full
from workbench.core.web.session import SAFE_METHODS, roll_back

_FILES_UNREACHABLE = (
    "The place where printed documents and packets are stored is not answering right now. Nothing is lost: wait a moment "
    "and try again."
)
_OUT_OF_RANGE = "A number or a character in this form cannot be stored. Go back and check what you typed."
_KEY_CONFLICT = "Another person stored something of the same name at the same moment. Go back and send it again."
# The statuses after which the same form can be sent again.
_TRANSIENT = frozenset({503, 507})
# The fields of a form by name, in their order.
SentFields = list[tuple[str, str]]


class StaleVersion(Conflict):
    """Another person changed the thing since this form was drawn; nothing of the request is stored."""

    description = "Another person changed this page after you opened it."


class KeyConflict(Conflict):
    """Another person stored a thing of the same name in the same moment; nothing of the request is stored."""

    description = "Another person has just stored something with the same name. Go back and send it again."


class DiskFull(HTTPException):
    """The disk is full, so nothing of this request is stored."""

    code = 507
    description = "There is no room left on the disk."


def set_up(app: Flask) -> None:
    """Register the handlers of errors."""
    app.register_error_handler(HTTPException, error_page)
    app.register_error_handler(NotFoundError, lambda _: error_page(NotFound()))
    app.register_error_handler(StaleDataError, lambda _: error_page(StaleVersion()))
    app.register_error_handler(IntegrityError, _key_conflict)
    app.register_error_handler(OperationalError, database_unreachable)
    app.register_error_handler(OSError, _disk_full)
    app.register_error_handler(DataError, _value_out_of_range)
    app.register_error_handler(OverflowError, _value_out_of_range)
    app.before_request(_refuse_nul)


def error_page(error: HTTPException) -> ResponseReturnValue:
    """Return the page of an error."""
    if error.code is None or error.code < 400:
        return error
    # With a foreign host name there is no address to link to.
    if isinstance(error, SecurityError):
        return Response("This host name is not served here.\n", error.code, mimetype="text/plain")
    roll_back()
    # A page about an internal error does not query the database.
    g.database_up = error.code < 500
    kind = "csrf" if isinstance(error, CSRFError) else str(error.code)
    own_words = error.description if error.description != type(error).description else ""
    sent = _resendable_fields() if error.code in _TRANSIENT else None
    page = render_template("errors.html", kind=kind, code=error.code, own_words=own_words or "", sent=sent)
    answer = current_app.make_response((page, error.code))
    answer.headers.extend((name, value) for name, value in error.get_headers() if name in {"Retry-After", "Allow"})
    return answer


def files_unreachable(error: OSError) -> ResponseReturnValue:
    """Answer that stored documents cannot be reached, which passes soon: 503; or that the disk is full: 507."""
    if means_disk_full(error):
        return _disk_full(error)
    current_app.logger.error("The files cannot be reached: %s", error)
    return error_page(ServiceUnavailable(_FILES_UNREACHABLE))


def database_unreachable(error: OperationalError) -> ResponseReturnValue:
    """Answer that the database cannot be reached: 503; or that the disk is full: 507."""
    if means_disk_full(error):
        return _disk_full(error)
    current_app.logger.error("The database did not answer: %s", error.orig)
    return error_page(ServiceUnavailable())


def _key_conflict(error: IntegrityError) -> ResponseReturnValue:
    """Answer that another person stored a thing of the same name just now: 409. Raise the error again otherwise."""
    if not is_key_conflict(error):
        raise error
    current_app.logger.warning("Two writes had one key: %s", error.orig)
    return error_page(KeyConflict(_KEY_CONFLICT))


def _refuse_nul() -> None:
    """Answer 404 to an address with a NUL, which no name contains and PostgreSQL refuses."""
    if "\0" in request.path:
        raise NotFound


def _value_out_of_range(error: Exception) -> ResponseReturnValue:
    """Answer that a value of the request is none that the database can hold: 404 for an address, 400 for a form."""
    current_app.logger.warning("A value is out of the database's range: %s", error)
    return error_page(NotFound() if request.method in SAFE_METHODS else BadRequest(_OUT_OF_RANGE))


def _disk_full(error: Exception) -> ResponseReturnValue:
    """Answer that the disk is full: 507. Raise the error again where it is another one."""
    if not means_disk_full(error):
        raise error
    current_app.logger.error("The disk is full: %s", getattr(error, "orig", error))
    return error_page(DiskFull())


def _resendable_fields() -> SentFields | None:
    """Return the sent fields, so that the page of an error can offer to send them again; None where it must not.

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
