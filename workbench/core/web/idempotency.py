"""Each write carries an operation id: a repeat receives the first answer and changes nothing."""

from flask import Flask, g, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from workbench.core.digests import sha256
from workbench.core.text.words import clean
from workbench.core.web.options import request_options
from workbench.core.web.session import SAFE_METHODS, actor, roll_back, session
from workbench.core.web.tables import Operation, StoredAnswer, begin_operation, digest_of_fields, finish_operation

AUTOSAVE_HEADER = "X-Autosave"
MAX_OP_ID = 64  # characters
NO_CONTENT = 204


def set_up(app: Flask) -> None:
    """Answer repeated writes from the first answer; call it last, for the write's transaction begins here."""
    app.before_request(_prepare)
    app.before_request(_answer_repeat)


def store_answer(answer: Response) -> None:
    """Store the answer to this request beside its change, where the request is an operation."""
    operation: Operation | None = g.get("operation")
    if operation and is_autosave():
        finish_operation(session(), operation, StoredAnswer(NO_CONTENT))
    elif operation:
        body = "" if answer.location or answer.direct_passthrough else answer.get_data(as_text=True)
        finish_operation(session(), operation, StoredAnswer(answer.status_code, answer.location or "", body))


def is_autosave() -> bool:
    """Return whether this request saves while its person types.

    There is one every few hundred milliseconds, so only the digest of its fields is stored: a repeat is answered
    with 204, which leaves the page as it is.
    """
    return AUTOSAVE_HEADER in request.headers


def _prepare() -> None:
    prepare = request_options().prepare
    if prepare:
        g.prepared = prepare()


def _answer_repeat() -> ResponseReturnValue | None:
    op_id = clean(request.form.get("op_id", "")) if request.method not in SAFE_METHODS else ""
    if not op_id or len(op_id) > MAX_OP_ID or not actor() or request.endpoint is None:
        return None
    operation = Operation(op_id, actor(), digest_of_fields(_fields()))
    answer = begin_operation(session(), operation)
    if answer is None:
        g.operation = operation
        return None
    roll_back()
    return redirect(answer.location, answer.status) if answer.location else (answer.body, answer.status)


def _fields() -> list[tuple[str, str]]:
    parts = [("path", request.full_path)]
    parts += [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    for name, file in request.files.items(multi=True):
        parts.append((name, sha256(file.stream.read())))
        file.stream.seek(0)
    return parts
