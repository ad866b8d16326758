"""The key of a document: one digest of exactly what its bytes depend on."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import meta

from workbench.documents import capture, filters, fragment, model, page, press, tags
from workbench.documents.model import Document, Paper
from workbench.documents.page import environment, sheet, template_dir
from workbench.documents.press import engine
from workbench.places import font_dir


def key(document: Document, paper: Paper, folder: Path | None = None) -> str:
    """Give the sha256 of everything that decides a document's bytes, as 64 hexadecimal digits.

    These are its value with every field, the paper, its template with all that it includes, the print sheets, the
    house fonts, our code between value and page, and the versions of the engine. Raises TypeError for data that is
    not a plain frozen value.
    """
    folder = folder or template_dir()
    parts = {
        "document": exact(document),
        "paper": paper.value,
        "templates": _templates(folder, document.template),
        "sheet": _sha(sheet(paper, folder).encode()),
        "fonts": _fonts(),
        "code": _code(),
        "engine": dict(engine()),
    }
    return _sha(json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode())


def exact(value: object) -> Any:
    """Write a value as JSON data that differs whenever the value does: kinds are named, no default is left out."""
    if is_dataclass(value) and not isinstance(value, type):
        kind = type(value)
        named = {field.name: exact(getattr(value, field.name)) for field in fields(value)}
        return {"=": f"{kind.__module__}.{kind.__qualname__}", **named}
    if isinstance(value, Enum):
        return {"=": type(value).__qualname__, "value": exact(value.value)}
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal | Fraction | date):
        return {"=": type(value).__qualname__, "value": str(value)}
    if isinstance(value, Mapping):
        return {"map": sorted([[exact(name), exact(inner)] for name, inner in value.items()], key=json.dumps)}
    if isinstance(value, tuple):
        return [exact(inner) for inner in value]
    raise TypeError(f"a document is made of frozen values, not of {type(value).__name__}")


def _templates(folder: Path, name: str) -> dict[str, str]:
    """Give the digest of a template and of each one that it extends, imports or includes."""
    found: dict[str, str] = {}
    wanted = [name]
    while wanted:
        source = folder.joinpath(at := wanted.pop()).read_bytes()
        found[at] = _sha(source)
        wanted += [other for other in _named(folder, source) if other not in found]
    return found


@cache
def _named(folder: Path, source: bytes) -> tuple[str, ...]:
    named = tuple(meta.find_referenced_templates(environment(folder).parse(source.decode())))
    if None in named:
        raise TypeError("a print template names the templates that it includes in plain text")
    return tuple(other for other in named if other is not None)


@cache
def _fonts() -> dict[str, str]:
    return {file.name: _sha(file.read_bytes()) for file in sorted(font_dir().glob("*.ttf"))}


@cache
def _code() -> str:
    """Give the digest of our code between a value and what is kept of it, so that a mended filter prints anew."""
    return _sha(
        b"".join(
            Path(str(module.__file__)).read_bytes() for module in (capture, filters, fragment, model, page, press, tags)
        )
    )


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
