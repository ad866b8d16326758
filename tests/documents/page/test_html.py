"""The page: strict, escaped, softened, and with running words that no title can break out of."""

from dataclasses import replace

import pytest
import tinycss2
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from tests.support.make import SAMPLE, document
from workbench.core.text.translation import ENGLISH
from workbench.documents.model import Document, Paper, PressFailed
from workbench.documents.page.html import (
    environment,
    find_asset,
    footer_text,
    logo_files,
    margin_style,
    render_html,
    style_sheet,
    template_dir,
)


def test_every_template_of_ours_compiles():
    ours = environment(template_dir())
    names = ours.list_templates(extensions=["html"])
    assert names
    for name in names:
        ours.get_template(name)


def test_text_is_printed_as_text_whatever_it_contains():
    page = render_html(document("<script>alert(1)</script> {{ 7 * 7 }} </p><style>*{}</style>"), Paper.A4, SAMPLE)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 * 7 }} &lt;/p&gt;&lt;style&gt;" in page
    assert "<script" not in page


def test_long_words_are_softened_wherever_they_are_printed():
    page = render_html(document("x" * 200, title="y" * 200), Paper.A4, SAMPLE)
    assert "x" * 61 not in page
    assert "y" * 61 not in page


def test_a_foot_takes_two_lines_and_keeps_what_tells_one_document_from_another():
    short = footer_text(document(title="Interview kit"), ENGLISH)
    assert short.split("\u00a0\u00b7 ") == ["Northwind", "Interview kit", "Edition 3", "a1b2c3d4"]
    for title in ("Regional Sales Manager " * 9, "\u4f1a\u793e" * 90):
        footer = footer_text(document(title=title), ENGLISH)
        assert len(footer) < 175
        assert footer.startswith(f"Northwind\u00a0\u00b7 {title[:40]}")
        assert footer.endswith("\u2026\u00a0\u00b7 Edition 3\u00a0\u00b7 a1b2c3d4")
    assert len(footer_text(replace(document(title="Closer " * 30), large=True), ENGLISH)) < 120


def test_a_name_that_is_not_there_is_an_error():
    with pytest.raises(UndefinedError):
        render_html(replace(document(), data={}), Paper.A4, SAMPLE)


def test_nothing_prints_as_none():
    with pytest.raises(TypeError):
        render_html(document(edition=None), Paper.A4, SAMPLE)  # type: ignore[arg-type]


def test_the_running_words_say_whose_document_and_which_state_it_is():
    words = margin_style(document(title="Interview kit", draft=True), Paper.A4)
    for part in ("Northwind", "Interview kit", "Edition 3", "a1b2c3d4", "DRAFT"):
        assert part in words
    assert "DRAFT" not in margin_style(document(), Paper.A4)


@pytest.mark.slow("prints hostile titles")
@given(st.text(max_size=80))
def test_no_title_breaks_out_of_the_running_words(title: str):
    rules = tinycss2.parse_stylesheet(margin_style(document(title=title), Paper.A4))
    assert [rule.type for rule in rules] == ["at-rule"]
    inner = [rule for rule in tinycss2.parse_blocks_contents(rules[0].content) if rule.type != "whitespace"]
    assert [rule.type for rule in inner] == ["at-rule"]
    declarations = tinycss2.parse_blocks_contents(inner[0].content, skip_whitespace=True)
    assert [(rule.type, rule.name) for rule in declarations] == [("declaration", "content")]
    assert [token.type for token in declarations[0].value if token.type != "whitespace"] == ["string"]


def test_a_sheet_knows_its_paper():
    assert "210.0mm 297.0mm" in style_sheet(Paper.A4, SAMPLE)
    assert "215.9mm 279.4mm" in style_sheet(Paper.LETTER, SAMPLE)


@pytest.mark.parametrize(
    "url",
    [
        "asset:fonts/../../app.py",
        "asset:fonts/%2e%2e/x.ttf",
        "asset:fonts/",
        "asset:fonts/nothing.ttf",
        "asset:logos/" + "0" * 64,
        "ASSET:fonts/SourceSans3-Regular.ttf",
        "asset:fonts/SourceSans3-Regular.ttf\n",
        "asset:fonts/SourceSans3-Regular.ttf?x",
        "file:///etc/passwd",
        "data:text/css,*{}",
    ],
)
def test_only_what_is_named_exactly_is_served(url: str):
    assert find_asset(url, {"1" * 64: b"x"}) is None


def test_house_fonts_and_given_marks_are_served():
    assert find_asset("asset:fonts/SourceSans3-Regular.ttf", {})[1] == "font/ttf"
    assert find_asset("asset:logos/" + "1" * 64, {"1" * 64: b"x"}) == (b"x", "image/png")


def test_a_mark_must_be_the_one_that_is_stamped():
    stamped: Document = document(logo="0" * 64)
    with pytest.raises(PressFailed, match="logo"):
        logo_files(stamped, b"another picture")
    with pytest.raises(PressFailed, match="logo"):
        logo_files(stamped, None)
    assert logo_files(document(), None) == {}
