"""Collect the built-in texts from templates, code and metrics, and update the catalogue of each language."""

import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment
from jinja2.ext import extract_from_ast

from workbench.core.translation import LANGUAGES, catalogue_file

ROOT = Path(__file__).resolve().parent.parent
# A fixed date, so that the same texts give the same file.
CREATED = datetime(2026, 11, 22, tzinfo=UTC)


def collect_texts() -> dict[str, list[tuple[str, int]]]:
    """Return each built-in text with the places that use it, in the order of templates, code and metrics."""
    found: dict[str, list[tuple[str, int]]] = {}
    for text, place in (*_in_templates(), *_in_code(), *_in_metrics()):
        found.setdefault(text, []).append(place)
    return found


def _in_templates() -> Iterator[tuple[str, tuple[str, int]]]:
    environment = Environment(autoescape=True)
    for file in sorted((ROOT / "templates" / "documents").glob("*.html")):
        tree = environment.parse(file.read_text("utf-8"))
        for line, _, text in extract_from_ast(tree, ("say",)):
            yield _first_text(text), (_relative_path(file), line)


def _in_code() -> Iterator[tuple[str, tuple[str, int]]]:
    for file in sorted((ROOT / "workbench").rglob("*.py")):
        for line, _, text, _ in extract_python(BytesIO(file.read_bytes()), {"say": None, "house": None}, (), {}):
            if first := _first_text(text):
                yield first, (_relative_path(file), line)


def _in_metrics() -> Iterator[tuple[str, tuple[str, int]]]:
    for file in sorted((ROOT / "role_library" / "metrics").glob("*.toml")):
        metric = tomllib.loads(file.read_text("utf-8"))
        for name in ("name", "phrase", "phrase_one"):
            if metric.get(name):
                yield metric[name], (_relative_path(file), 1)


def _first_text(text: object) -> str:
    """Return the first argument of a call, which is the text."""
    first = text[0] if isinstance(text, tuple) else text
    return first if isinstance(first, str) else ""


def _relative_path(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def update(language: str, texts: dict[str, list[tuple[str, int]]]) -> int:
    """Rewrite the catalogue of a language with every text. Return how many have no translation yet."""
    file = catalogue_file(language)
    known = {}
    if file.exists():
        with file.open("rb") as opened:
            known = {entry.id: entry.string for entry in read_po(opened) if entry.id}
    header = f"# The house words of printed documents: {LANGUAGES[language]}."
    catalogue = Catalog(language, header_comment=header, fuzzy=False, creation_date=CREATED, revision_date=CREATED)
    for text, places in texts.items():
        catalogue.add(text, known.get(text, ""), locations=[(name, 0) for name, _ in places])
    buffer = BytesIO()
    write_po(buffer, catalogue, width=0, include_lineno=False)
    file.write_bytes(buffer.getvalue())
    return sum(not known.get(text) for text in texts)


if __name__ == "__main__":
    texts = collect_texts()
    for language in LANGUAGES:
        if language != "en":
            sys.stdout.write(f"{language}: {len(texts)} texts, {update(language, texts)} to translate\n")
