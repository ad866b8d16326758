"""Collect the built-in texts from templates, code and metrics, and update the catalogue of each language."""

import re
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from babel.plural import to_gettext
from jinja2 import Environment
from jinja2.ext import extract_from_ast

from workbench.core.text.translation import (
    CONTEXT_END,
    INSIDE_A_SENTENCE,
    catalogue_file,
    language_codes,
    language_name,
    plural_categories,
)

ROOT = Path(__file__).resolve().parent.parent
# A fixed date, so that the same texts give the same file.
CREATED = datetime(2026, 11, 22, tzinfo=UTC)
PLAIN, COUNTED = ("gettext", "gettext_noop"), ("ngettext", "ngettext_noop")


# A text, or the singular and the plural of a text that counts.
Text = str | tuple[str, str]
Place = tuple[str, int]


def collect_texts() -> dict[Text, list[Place]]:
    """Return each built-in text with the places that use it, in the order of templates, code and metrics."""
    found: dict[Text, list[Place]] = {}
    for text, place in (*_in_templates(), *_in_code(), *_in_metrics()):
        found.setdefault(text, []).append(place)
    return found


def _in_templates() -> Iterator[tuple[Text, Place]]:
    environment = Environment(autoescape=True)
    for file in sorted((ROOT / "templates" / "documents").glob("*.html")):
        tree = environment.parse(file.read_text("utf-8"))
        for line, name, arguments in extract_from_ast(tree, (*PLAIN, *COUNTED)):
            if text := _text(name, arguments):
                yield text, (_relative_path(file), line)


def _in_code() -> Iterator[tuple[Text, Place]]:
    for file in sorted((ROOT / "workbench").rglob("*.py")):
        for line, name, arguments, _ in extract_python(
            BytesIO(file.read_bytes()), dict.fromkeys((*PLAIN, *COUNTED)), (), {}
        ):
            if text := _text(name, arguments):
                yield text, (_relative_path(file), line)


def _in_metrics() -> Iterator[tuple[Text, Place]]:
    for file in sorted((ROOT / "role_library" / "metrics").glob("*.toml")):
        metric = tomllib.loads(file.read_text("utf-8"))
        phrase, one = metric["phrase"], metric.get("phrase_one")
        inside = f"{INSIDE_A_SENTENCE}{CONTEXT_END}{metric['name']}"
        for text in (metric["name"], inside, (one, phrase) if one else phrase):
            yield text, (_relative_path(file), 1)


def _text(name: object, arguments: object) -> Text | None:
    """Return the text of a call; None where its arguments are no literal text."""
    values = arguments if isinstance(arguments, tuple) else (arguments,)
    texts = values[: 2 if name in COUNTED else 1]
    if not all(isinstance(each, str) for each in texts):
        return None
    return (texts[0], texts[1]) if name in COUNTED else texts[0]


def _relative_path(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def update(language: str, texts: dict[Text, list[Place]]) -> int:
    """Rewrite the catalogue of a language with every text. Return how many have no translation yet."""
    file = catalogue_file(language)
    translations: dict[Any, Any] = {}
    if file.exists():
        with file.open("rb") as stream:
            translations = {_key(entry): entry.string for entry in read_po(stream) if entry.id}
    header = f"# The built-in text of printed documents: {language_name(language)}."
    catalogue = Catalog(language, header_comment=header, fuzzy=False, creation_date=CREATED, revision_date=CREATED)
    catalogue.mime_headers = [("Plural-Forms", plural_forms(language))]
    empty = ("",) * len(plural_categories(language))
    for text, places in texts.items():
        translation = translations.get(text, empty if isinstance(text, tuple) else "")
        context, _, plain = text.rpartition(CONTEXT_END) if isinstance(text, str) else ("", "", text)
        catalogue.add(plain, translation, locations=[(name, 0) for name, _ in places], context=context or None)
    buffer = BytesIO()
    write_po(buffer, catalogue, width=0, include_lineno=False)
    file.write_bytes(buffer.getvalue())
    return sum(not any(translations.get(text, "")) for text in texts)


def _key(entry: Message) -> Any:
    return f"{entry.context}{CONTEXT_END}{entry.id}" if entry.context else entry.id


def plural_forms(language: str) -> str:
    """Return the `Plural-Forms` header of a catalogue: the CLDR's rule, in gettext's notation.

    The rule may ask for `e`, the exponent of a number written as "1M". Our numbers are written out, and gettext does not
    know it.
    """
    return re.sub(r"\be\b", "0", to_gettext(Locale.parse(language).plural_form)).removesuffix(";")


if __name__ == "__main__":
    texts = collect_texts()
    for language in sys.argv[1:] or language_codes()[1:]:
        sys.stdout.write(f"{language}: {len(texts)} texts, {update(language, texts)} to translate\n")
