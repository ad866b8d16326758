"""What a view demands beside its route: a policy, limits, a larger body, and work to do before its write begins."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from flask import current_app, g, request
from flask.typing import ResponseReturnValue
from limits import RateLimitItem

View = TypeVar("View", bound=Callable[..., Any])
_ATTRIBUTE = "view_options"


class Policy(Protocol):
    """Checks the person of this request: None admits the person, any other value is the answer instead."""

    def __call__(self) -> ResponseReturnValue | None:
        """Check the person of this request."""


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries in such a time (`5 per minute`) for each key."""

    item: RateLimitItem
    key: Callable[[], str]
    methods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ViewOptions:
    """The options of one view; a view without a policy answers 403 to every person."""

    policy: Policy | None = None
    limits: tuple[Limit, ...] = ()
    max_body_size: int | None = None
    prepare: Callable[[], object] | None = None


def options_of(view: object) -> ViewOptions:
    """Return the options of a view."""
    found = getattr(view, _ATTRIBUTE, None)
    return found if isinstance(found, ViewOptions) else ViewOptions()


def request_options() -> ViewOptions:
    """Return the options of the view that answers this request."""
    return options_of(current_app.view_functions.get(request.endpoint or ""))


def with_options(view: View, **changes: Any) -> View:
    """Change some options of a view, and return the view."""
    setattr(view, _ATTRIBUTE, replace(options_of(view), **changes))
    return view


def with_policy(view: View, policy: Policy) -> View:
    """Set the policy of a view."""
    return with_options(view, policy=policy)


def public(view: View) -> View:
    """Allow every visitor to use a view, signed in or not."""
    return with_policy(view, lambda: None)


def max_body_size(size: int) -> Callable[[View], View]:
    """Allow a view to receive a body of up to `size` bytes, for files."""
    return lambda view: with_options(view, max_body_size=size)


def before_write(prepare: Callable[[], object]) -> Callable[[View], View]:
    """Run the slow part of a view before its write begins, because no other request can write during it.

    It runs after the view's policy, without a session of its own; the view reads its result by `preparation()`.
    """
    return lambda view: with_options(view, prepare=prepare)


def preparation() -> Any:
    """Return the result of what the view of this request did before its write began."""
    return g.prepared
