"""Markup is found where it was pasted, and signs that people write are left alone."""

import pytest

from workbench.language.markup import find_markup
from workbench.language.model import WordingRule


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<b>Early</b> and complete", ["<b>", "</b>"]),
        ("Early<br/>and<BR>late", ["<br/>", "<BR>"]),
        ('<span style="color: red">Early</span>', ['<span style="color: red">', "</span>"]),
        ("and&nbsp;complete &#65; &#x41;", ["&nbsp;", "&#65;", "&#x41;"]),
        ("**Buyer first** - asks", ["**Buyer first**"]),
        ("__Buyer first__", ["__Buyer first__"]),
        ("See [the page](https://e.test)", ["[the page](https://e.test)"]),
        ("Intro\n## Duties", ["##"]),
    ],
)
def test_markup_is_found_with_its_words_and_place(text: str, words: list[str]):
    found = find_markup(text)

    assert [remark.words for remark in found] == words
    assert all(remark.rule is WordingRule.MARKUP and remark.reason and remark.suggestion for remark in found)
    assert all(text[remark.start : remark.end].strip() == remark.words for remark in found)


@pytest.mark.parametrize(
    "text",
    [
        "R&D; P&L", "a < b and b > c", "5 * 4 ** 2", "#1 in the region", "C# and .NET", "<company> and <name>", "[sic]",
        "snake_case__name", "f(x)[0](y z)", "AT&T", "", "* a line", "Q&A;",
    ],
)  # fmt: skip
def test_what_people_write_is_no_markup(text: str):
    assert find_markup(text) == ()
