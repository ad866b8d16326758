"""Templates are given values, never rows: a check of everything that a page's template receives."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from flask import Flask, before_render_template
from jinja2 import Template
from wtforms import Form

from workbench.core.db import Base


class RowInTemplate(AssertionError):
    """A template was given a database row, or a value that holds one."""


def refuse_rows(app: Flask) -> None:
    """Make each rendering of a page's template fail that is given a database row."""

    def check(sender: Flask, template: Template, context: dict[str, Any], **other: object) -> None:
        given = {name: value for name, value in context.items() if name not in ("g", "request", "session", "config")}
        for path in find_rows(given):
            raise RowInTemplate(f"{template.name} is given a row as {path}")

    before_render_template.connect(check, app, weak=False)


def find_rows(value: object, path: str = "", depth: int = 6) -> Iterator[str]:
    """Yield where a row is: `draft`, `entries[3].edition`; at most six levels deep."""
    if isinstance(value, Base):
        yield path
    elif depth:
        for name, inner in _inside(value):
            yield from find_rows(inner, f"{path}{name}" if path else name.removeprefix("."), depth - 1)


def _inside(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        yield from ((f".{key}", inner) for key, inner in value.items())
    elif isinstance(value, list | tuple | set | frozenset):
        yield from ((f"[{place}]", inner) for place, inner in enumerate(value))
    elif is_dataclass(value) and not isinstance(value, type):
        yield from ((f".{field.name}", getattr(value, field.name)) for field in fields(value))
    elif isinstance(value, Form):
        yield from ((f".{name}", inner) for name, inner in vars(value).items() if not name.startswith("_"))
