"""Checks before a view runs: no request from another site, no larger body than allowed, and the view's policy."""

import re

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden

from workbench.core.web.options import options_of, request_options
from workbench.core.web.session import SAFE_METHODS

# Browsers read `/\host` and `/\t/host` as another site.
_SAFE_PATH = re.compile(r"/(?![/\\])[^\s\\]*")


def enforce(app: Flask) -> None:
    """Check each view's policy; call it after the person of a request is identified."""
    app.before_request(_check_policy)


def refuse_other_sites() -> None:
    """Refuse a write that comes from another site, and set the largest body that the view accepts. Raise Forbidden."""
    if request.method not in SAFE_METHODS and request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}:
        raise Forbidden("This was sent from another website, so we did nothing with it.")
    if size := request_options().max_body_size:
        request.max_content_length = size


def safe_redirect_path(path: str, default: str) -> str:
    """Return the path to go on to that a request names, if it is one of this site; else `default`."""
    return path if path.isprintable() and _SAFE_PATH.fullmatch(path) else default


def _check_policy() -> ResponseReturnValue | None:
    if request.endpoint is None:
        # The router has its own answer: 404, 405 or a redirect.
        return None
    policy = options_of(current_app.view_functions[request.endpoint]).policy
    if policy is None:
        raise Forbidden
    return policy()
