"""Every target of the library reads as a person would say it; the list is in tests/golden for a reader of two languages."""

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from workbench.core.text.translation import load_translator
from workbench.roles.expectations import expectation_sentence
from workbench.roles.library import library

APPROVED = Path(__file__).resolve().parents[1] / "golden" / "sentences.txt"
# Words that said something else than was meant: a period that ran into the clause before it, or a doubled limit.
GLUED = re.compile(r"\b(at at|in in|to to|within within)\b|\b(you|arranged|set|win) each \w+$|  | ,|\{")


def sentences() -> Iterator[str]:
    """Yield each target in English and in German, where the qualifier, which somebody typed, is in brackets."""
    german = load_translator("de")
    for name, role in library().items():
        yield f"== {name} =="
        for _, each in role.expectations():
            yield expectation_sentence(each, role.currency)
            qualifier = f"[{each.qualifier}]" if each.qualifier else ""
            yield "    " + expectation_sentence(replace(each, qualifier=qualifier), role.currency, german)


def test_the_golden_list_of_sentences_is_as_it_was_approved():
    text = "\n".join(sentences()) + "\n"
    if os.environ.get("GOLDEN") == "approve":
        APPROVED.write_text(text, "utf-8")
    assert text == APPROVED.read_text("utf-8"), "run ./dev golden, and read what has changed"


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_no_sentence_is_glued_together(language: str):
    translator = load_translator(language)
    for name, role in library().items():
        for _, each in role.expectations():
            sentence = expectation_sentence(each, role.currency, translator)
            assert not GLUED.search(sentence), (name, sentence)
            assert sentence[0].isupper()
            assert not sentence.endswith(".")
