"""The country of a request's company, which decides how typed numbers are read and shown."""

from collections.abc import Callable
from typing import cast

from flask import current_app, g, has_request_context

from workbench.core.text.number_style import ENGLISH_STYLE, NumberStyle, number_style

_KEY = "country_of_company"


def set_country_reader(extensions: dict[str, object], read: Callable[[], str]) -> None:
    """Name the function that returns the country of the company of a request, for the extensions of an application."""
    extensions[_KEY] = read


def request_style() -> NumberStyle:
    """Return how the company of this request writes numbers; in English style outside of a request.

    The company is asked for once in a request.
    """
    if not has_request_context() or _KEY not in current_app.extensions:
        return ENGLISH_STYLE
    if "number_style" not in g:
        g.number_style = number_style(current_app.extensions[_KEY]())
    return cast("NumberStyle", g.number_style)
