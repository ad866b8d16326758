"""The key of a document: one digest of everything that its bytes depend on."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import meta

from workbench.core.digests import sha256
from workbench.core.text.translation import catalogue_digest
from workbench.documents.model import Document, Paper
from workbench.documents.page import fonts
from workbench.documents.page.html import environment, style_sheet, template_dir
from workbench.documents.press.press import engine_versions
from workbench.places import font_dir

_ROOM = Path(__file__).resolve().parents[1]
_CODE = (
    *("model", "blocks/inline", "blocks/model"),
    *("page/answers", "page/filters", "page/fonts", "page/html", "page/rtl"),
    *("pdf/accessibility", "pdf/actual_text", "pdf/capture", "pdf/fields", "pdf/fragment", "pdf/objects", "pdf/tags"),
    *("press/press", "press/room"),
)


def key(document: Document, paper: Paper, folder: Path | None = None) -> str:
    """Return the sha256 of everything that decides a document's bytes, as 64 hexadecimal digits.

    It covers the value with every field, the paper, the template with all that it includes, the print style sheets, our
    fonts and those for other scripts, our code between value and page, and the versions of the engine. Raise TypeError
    for data that is not a plain frozen value.
    """
    return keys([document], paper, folder=folder)[0]


def keys(documents: Iterable[Document], *paper_sizes: Paper, folder: Path | None = None) -> tuple[str, ...]:
    """Return the key of each document on each paper size; shared parts are computed once. Raise TypeError like `key`."""
    templates = folder or template_dir()
    sheets = {paper: sha256(style_sheet(paper, templates).encode()) for paper in paper_sizes}
    shared: dict[tuple[str, str, Paper], str] = {}
    digests = []
    for document in documents:
        content = _json(canonical(document))
        content += _other_fonts(content)
        for paper in paper_sizes:
            variant = (document.template, document.language, paper)
            if variant not in shared:
                shared[variant] = _shared(templates, document.template, document.language, sheets[paper])
            digests.append(sha256(f"{shared[variant]}{paper.value}".encode() + content))
    return tuple(digests)


def canonical(value: object) -> Any:
    """Convert a value to JSON data that differs whenever the value does: types are named, no default is left out."""
    if value is None or (isinstance(value, str | int) and not isinstance(value, Enum)):
        return value
    if isinstance(value, tuple):
        return [canonical(inner) for inner in value]
    kind = type(value)
    if is_dataclass(kind):
        name, names = _shape(kind)
        return {name: [canonical(getattr(value, each)) for each in names]}
    if isinstance(value, Enum):
        return {f"={kind.__qualname__}": canonical(value.value)}
    if isinstance(value, Decimal | Fraction | date):
        return {f"={kind.__qualname__}": str(value)}
    if isinstance(value, Mapping):
        return {"map": sorted([[canonical(name), canonical(inner)] for name, inner in value.items()], key=json.dumps)}
    raise TypeError(f"a document is made of frozen values, not of {kind.__name__}")


@cache
def _shape(kind: type) -> tuple[str, tuple[str, ...]]:
    """Return a name for a type that includes the names of its fields, and the fields."""
    names = tuple(field.name for field in fields(kind))
    return f"={kind.__module__}.{kind.__qualname__}({','.join(names)})", names


def _shared(folder: Path, template: str, language: str, print_sheet: str) -> str:
    """Return the digest of everything that documents of one template, language and paper share."""
    parts = {
        "templates": _templates(folder, template),
        "words": catalogue_digest(language),
        "sheet": print_sheet,
        "fonts": _fonts(),
        "code": _code(),
        "engine": dict(engine_versions()),
    }
    return sha256(_json(parts))


def _templates(folder: Path, name: str) -> dict[str, str]:
    """Return the digest of a template and of all that it extends, imports or includes."""
    digests: dict[str, str] = {}
    pending = [name]
    while pending:
        source = folder.joinpath(path := pending.pop()).read_bytes()
        digests[path] = sha256(source)
        pending += [other for other in _find_references(folder, source) if other not in digests]
    return digests


@cache
def _find_references(folder: Path, source: bytes) -> tuple[str, ...]:
    references = tuple(meta.find_referenced_templates(environment(folder).parse(source.decode())))
    if None in references:
        raise TypeError("a print template names the templates that it includes in plain text")
    return tuple(other for other in references if other is not None)


@cache
def _fonts() -> dict[str, str]:
    return {file.name: sha256(file.read_bytes()) for file in sorted(font_dir().glob("*.ttf"))}


def _other_fonts(content: bytes) -> bytes:
    """Return the digests of the fonts that a document needs besides our own; most need none."""
    files = (file for face in fonts.fonts_for(content.decode()) for _, file in face.files)
    return "".join(map(_font, files)).encode()


@cache
def _font(name: str) -> str:
    return sha256(fonts.font_path(name).read_bytes())


@cache
def _code() -> str:
    """Return the digest of our code between a value and its PDF, so that a corrected filter prints documents again."""
    return sha256(b"".join(_ROOM.joinpath(f"{name}.py").read_bytes() for name in _CODE))


def _json(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
