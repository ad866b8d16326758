"""Show beside the inputs of a form which promises in them are not confirmed."""

from collections.abc import Iterable

from wtforms import Field

from workbench.roles.model import Role
from workbench.roles.promises.model import PROMISE_FIELDS, is_sample


def show_samples(form: Iterable[Field], role: Role) -> None:
    """Attach to each input for promises how many of its lines are samples of the library."""
    for field in form:
        if field.name in PROMISE_FIELDS:
            field.samples = sum(is_sample(role, line) for line in lines_of(field))


def lines_of(field: Field) -> tuple[str, ...]:
    """Return the promises in an input: each of its lines, or its one text."""
    data = field.data or ""
    return (data,) if isinstance(data, str) else tuple(data)
