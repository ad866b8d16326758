"""The key: it changes with everything that changes the print, and with nothing else."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.make import SAMPLE, Part, document
from workbench.documents.model import Document, Paper
from workbench.documents.press import press
from workbench.documents.store import keys
from workbench.documents.store.keys import canonical, key

ROOT = Path(__file__).resolve().parents[3]


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Other:
    name: str
    text: str


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    shutil.copytree(SAMPLE, tmp_path / "t", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    (tmp_path / "t" / "outer.html").write_text('{% import "macros.html" as m %}{% include "inner.html" %}')
    (tmp_path / "t" / "inner.html").write_text("Words.")
    (tmp_path / "t" / "macros.html").write_text("{% macro a() %}a{% endmacro %}")
    return tmp_path / "t"


def changed(**values: object) -> Document:
    return replace(document("A text"), **values)


@pytest.mark.parametrize(
    "other",
    [
        document("A text."),
        document("A text", title="B"),
        document("A text", draft=True),
        document("A text", company="B"),
        document("A text", edition="Edition 4"),
        document("A text", digest="0" * 64),
        document("A text", logo="0" * 64),
        changed(language="de"),
        changed(kind="other"),
        changed(data={"parts": (Other("Part 1", "A text"),)}),
        changed(data={"parts": (Part("Part 1", "A text"), Part("", ""))}),
    ],
)
def test_another_value_has_another_key(other: Document):
    assert key(other, Paper.A4, SAMPLE) != key(document("A text"), Paper.A4, SAMPLE)


def test_another_paper_has_another_key():
    assert key(document(), Paper.A4, SAMPLE) != key(document(), Paper.LETTER, SAMPLE)


@pytest.mark.parametrize("name", ["outer.html", "inner.html", "macros.html", "print/10-sample.css", "faces.css"])
def test_a_change_of_any_file_it_is_made_with_gives_another_key(templates: Path, name: str):
    outer = changed(template="outer.html")
    before = key(outer, Paper.A4, templates)
    file = templates / name
    file.write_text(file.read_text() + "\n")
    assert key(outer, Paper.A4, templates) != before


def test_a_change_of_another_template_gives_the_same_key(templates: Path):
    before = key(document(), Paper.A4, templates)
    (templates / "inner.html").write_text("Other words.")
    assert key(document(), Paper.A4, templates) == before


def test_many_keys_are_those_of_each_document():
    many = [document("A"), changed(template="filled.html"), document("B"), document("A")]
    assert keys.keys(many, Paper.A4, folder=SAMPLE) == tuple(key(each, Paper.A4, SAMPLE) for each in many)
    assert len(set(keys.keys(many, Paper.A4, folder=SAMPLE))) == 3
    both = tuple(key(each, paper, SAMPLE) for each in many for paper in Paper)
    assert keys.keys(many, *Paper, folder=SAMPLE) == both


def test_a_template_whose_parts_cannot_be_known_is_refused(templates: Path):
    (templates / "outer.html").write_text("{% include data.name %}")
    with pytest.raises(TypeError, match="plain text"):
        key(changed(template="outer.html"), Paper.A4, templates)


def test_another_engine_gives_another_key(monkeypatch: pytest.MonkeyPatch):
    before = key(document(), Paper.A4, SAMPLE)
    monkeypatch.setattr(keys, "engine_versions", lambda: press.engine_versions() | {"pango": "9.9.9"})
    assert key(document(), Paper.A4, SAMPLE) != before


def test_the_key_is_the_same_in_every_process():
    source = (
        "from tests.support.make import SAMPLE, document; from workbench.documents.store.keys import key;"
        "from workbench.documents.model import Paper; print(key(document('A'), Paper.A4, SAMPLE))"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", source],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout.strip()
        for seed in ("0", "77")
    }
    assert seen == {key(document("A"), Paper.A4, SAMPLE)}


@pytest.mark.parametrize("value", [1.5, [1], {1}, object(), b"x", {"a": [1]}])
def test_a_value_that_can_change_or_is_not_exact_has_no_key(value: object):
    with pytest.raises(TypeError, match="frozen"):
        canonical(value)


LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=5),
    st.decimals(),
    st.dates(),
    st.fractions(),
    st.just(Colour.RED),
)
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3).map(tuple), max_leaves=6)


def same(one: object, other: object) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and str(one) == str(other)


@given(VALUES, VALUES)
def test_two_values_are_written_alike_only_if_they_are_the_same(one: object, other: object):
    assert (json.dumps(canonical(one)) == json.dumps(canonical(other))) == same(one, other)


def test_the_order_of_a_mapping_does_not_matter():
    assert canonical({"a": Decimal("1.0"), "b": date(2026, 1, 1)}) == canonical(
        {"b": date(2026, 1, 1), "a": Decimal("1.0")}
    )
    assert canonical({"a": Fraction(1, 2)}) != canonical({"a": Decimal("0.5")})
