"""The rules that keep printing safe, fast and readable by machines, as a lint of our templates and sheets."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import tinycss2

from workbench.documents.model import Paper
from workbench.documents.page.html import style_sheet, template_dir

BANNED_TAGS = {
    "style": "styles belong in a print style sheet, which is parsed once",
    "link": "the press gives the sheet",
    "script": "paper runs no script",
    "iframe": "paper has no frames",
    "object": "the press serves no objects",
    "font": "looks belong in a print style sheet",
}
BANNED_VALUES = {
    ("overflow-wrap", "anywhere"): "makes layout quadratic; break-word does the same",
    ("word-break", "break-word"): "makes layout quadratic; overflow-wrap: break-word does the same",
    ("word-wrap", "anywhere"): "makes layout quadratic",
    ("display", "flex"): "a flex row costs 2.4 times a table row, and nested flex has no bound",
    ("display", "inline-flex"): "nested flex has no bound",
    ("display", "grid"): "a grid row costs 1.5 times a table row",
    ("display", "inline-grid"): "a grid row costs 1.5 times a table row",
    ("table-layout", "auto"): "the engine lays every cell out twice",
    ("border-collapse", "collapse"): "resolving shared borders costs a tenth of the page",
    ("font-variant-numeric", "tabular-nums"): "the engine loses memory with each text",
}
BANNED_PROPERTIES = {
    "columns": "nested columns have no bound",
    "column-count": "nested columns have no bound",
    "column-width": "nested columns have no bound",
    "font-kerning": "the engine loses memory with each text",
    "font-feature-settings": "the engine loses memory with each text",
    "string-set": "the preview engine does not know it; running words come from the press",
}
HEADINGS = ("h1", "h2", "h3")


def template_faults(source: str) -> Iterator[str]:
    """Name what a print template does that it must not."""
    for match in re.finditer(r"\|\s*safe\b|\bMarkup\b|{%-?\s*autoescape", source):
        yield f"{match.group()}: every text is escaped"
    source = re.sub(r"{#.*?#}", "", source, flags=re.DOTALL)
    for match in re.finditer(r"<(\w+)([^>]*?)/?>", source, re.DOTALL):
        tag, attributes = match[1].lower(), match[2]
        if tag in BANNED_TAGS:
            yield f"<{tag}>: {BANNED_TAGS[tag]}"
        if re.search(r"\sstyle\s*=", attributes):
            yield f"<{tag} style>: looks belong in a print style sheet"
        if tag == "th" and not re.search(r'\sscope="(row|col|rowgroup|colgroup)"', attributes):
            yield "<th> without scope: a screen reader cannot tell what it heads"
        if tag == "img" and not re.search(r"\salt=", attributes):
            yield "<img> without alt"
        after = source[match.end() :].lstrip()
        if tag == "table" and not re.match(r"(<caption.*?</caption>\s*)?<colgroup", after, re.DOTALL):
            yield "<table> without <colgroup>: a fixed table needs its widths"
        if tag == "svg" and not re.match(r"<title\b[^>]*>\s*\S", after):
            yield "<svg> without <title>: a screen reader has no title for it"


def sheet_faults(source: str) -> Iterator[str]:
    """Name what a print sheet does that it must not, and what it lacks."""
    declared: list[tuple[str, str, str]] = list(_declarations(source))
    for selector, name, value in declared:
        if name in BANNED_PROPERTIES and value not in {"auto", "normal", "none"}:
            yield f"{selector} {{ {name} }}: {BANNED_PROPERTIES[name]}"
        for word in re.findall(r"[\w-]+", value):
            if (name, word) in BANNED_VALUES:
                yield f"{selector} {{ {name}: {word} }}: {BANNED_VALUES[name, word]}"
        for url in re.findall(r"url\(\s*[\"']?([^)\"']*)", value):
            if not url.startswith("asset:fonts/"):
                yield f"{selector} asks for {url}, which is not served"


def sheet_gaps(source: str) -> Iterator[str]:
    """Name what every print sheet must say and this one does not."""
    declared = list(_declarations(source))

    def says(element: str, name: str, value: str) -> bool:
        ends = [
            selector.strip().split()[-1]
            for rule, at, setting in declared
            if (at, setting) == (name, value)
            for selector in rule.split(",")
        ]
        return element in ends

    for element, name, value in (
        ("table", "table-layout", "fixed"),
        ("table", "width", "100%"),
        *((heading, "break-after", "avoid") for heading in HEADINGS),
    ):
        if not says(element, name, value):
            yield f"{element} lacks {name}: {value}"


def _declarations(source: str) -> Iterator[tuple[str, str, str]]:
    def walk(rules: list[object], around: str) -> Iterator[tuple[str, str, str]]:
        for rule in rules:
            if rule.type == "error":
                yield around, "error", rule.message
            elif rule.type == "declaration":
                yield around, rule.lower_name, tinycss2.serialize(rule.value).strip().lower()
            elif rule.type in {"qualified-rule", "at-rule"} and rule.content is not None:
                name = f"@{rule.at_keyword}" if rule.type == "at-rule" else ""
                selector = (name + tinycss2.serialize(rule.prelude)).strip()
                inner = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
                yield from walk(inner, f"{around} {selector}".strip())

    yield from walk(tinycss2.parse_stylesheet(source, skip_comments=True, skip_whitespace=True), "")


def our_templates() -> list[Path]:
    return sorted(template_dir().glob("*.html"))


def our_sheet() -> str:
    return style_sheet(Paper.A4)


@pytest.mark.parametrize("file", our_templates(), ids=lambda file: file.name)
def test_our_templates_keep_the_rules(file: Path):
    assert list(template_faults(file.read_text("utf-8"))) == []


def test_our_sheets_keep_the_rules():
    assert list(sheet_faults(our_sheet())) == []
    assert list(sheet_gaps(our_sheet())) == []


def test_our_templates_nest_no_table_in_a_table():
    for file in our_templates():
        tags = re.findall(r"</?table\b", file.read_text("utf-8"))
        assert all(one != other for one, other in pairwise(tags)), file.name


@pytest.mark.parametrize(
    "planted",
    [
        "<p>{{ text|safe }}</p>",
        "<p>{{ text | safe }}</p>",
        "{% autoescape false %}{{ text }}{% endautoescape %}",
        "<style>p { color: red }</style>",
        '<p style="color: red">',
        '<p class="a" style="{{ width }}">',
        "<table><tr><td>a</td></tr></table>",
        '<table class="rows">\n<thead>',
        "<th>What</th>",
        '<th class="scope">What</th>',
        '<svg viewBox="0 0 9 9"><rect/></svg>',
        '<img src="{{ mark }}">',
        '<link rel="stylesheet" href="x.css">',
        "<script>1</script>",
    ],
)
def test_a_planted_fault_in_a_template_is_found(planted: str):
    assert list(template_faults(planted))


@pytest.mark.parametrize(
    "sound",
    [
        '<table class="rows">\n<colgroup><col></colgroup><tr><th scope="row">a</th></tr></table>',
        "<table><caption>a</caption><colgroup>{% for x in y %}<col>{% endfor %}</colgroup>",
        '<svg viewBox="0 0 9 9"><title>{{ title }}</title></svg>',
        '<img src="{{ stamp.logo|logo_url }}" alt="">',
        "{# <style> is not for us #}<p>{{ text }}</p>",
    ],
)
def test_a_sound_template_has_no_fault(sound: str):
    assert list(template_faults(sound)) == []


@pytest.mark.parametrize(
    "planted",
    [
        "td { overflow-wrap: anywhere }",
        "td { word-break: break-word !important }",
        ".row { display: flex }",
        ".row { display: inline-flex }",
        "@media print { .row { display: grid } }",
        "main { columns: 2 }",
        "main { column-count: 3 }",
        "table { table-layout: auto }",
        "table { border-collapse: collapse }",
        "td { font-variant-numeric: tabular-nums lining-nums }",
        "p { font-kerning: normal; font-kerning: none; font-feature-settings: 'tnum' }",
        "h1 { string-set: title content() }",
        "p { background: url(https://example.invalid/a.png) }",
        "p { background: url('data:image/png;base64,aaaa') }",
        "@font-face { font-family: x; src: url(x.ttf) }",
        ".a { .b { display: flex } }",
    ],
)
def test_a_planted_fault_in_a_sheet_is_found(planted: str):
    assert list(sheet_faults(planted))


@pytest.mark.parametrize("lacking", ["break-after: avoid", "table-layout: fixed"])
def test_a_missing_rule_is_found(lacking: str):
    assert list(sheet_gaps(our_sheet().replace(lacking, "")))


def test_a_sound_sheet_has_no_fault():
    sound = (
        "h1, h2, h3 { break-after: avoid } table { table-layout: fixed; width: 100% } p { overflow-wrap: break-word }"
    )
    assert list(sheet_faults(sound)) == []
    assert list(sheet_gaps(sound)) == []
