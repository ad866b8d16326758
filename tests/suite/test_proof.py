"""The proof-reading client refuses bad pages: the first of its structure, and one like a page that was proved before."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.proof import PageClient, PageFlaw, proofread
from tests.support.structure import Proved, structure
from workbench.accounts.model import Person

PAGE = "<!doctype html><html lang=en><head><title>A - W</title></head><body><h1>A</h1>{}</body></html>"
QUOTED = PAGE.replace("lang=en", 'lang="en"')
# Each breaks a page that has a paragraph, a table, a list and a form, by one change of its text.
BREAKS = {
    "a tag that is never closed": ("<li>one</li>", "<li><b>one</li>"),
    "an end without a beginning": ("<li>one</li>", "<li>one</i></li>"),
    "a section in a paragraph": ("Words</p>", "<section></section></p>"),
    "a paragraph between the rows": ("<tbody><tr>", "<tbody><p>words</p><tr>"),
    "an attribute twice": ('<p class="x"', '<p class="x" class="y"'),
    "an attribute twice under the same value": ('<p class="x"', '<p class="x" class="x"'),
    "a sign that is not escaped": ("Words</p>", "R&D &copy Words</p>"),
    "a number of no character": ("Words</p>", "&#0; Words</p>"),
    "a control character": ("Words</p>", "\x01Words</p>"),
    "a tag in a value that ends early": ('class="x"', 'class="x"y"'),
    "a lonely sign of a tag": ("Words</p>", "1 <2 Words</p>"),
    "a field that shows, in a table": ('type="hidden"', 'type="text"'),
    "a form in a form": ("<li>one</li>", '<li><form method="get" action="/b"></form></li>'),
    "a closed tag that cannot be": ("<li>one</li>", "<li>one<div/></li>"),
    "a comment that is none": ("<li>one</li>", "<li>one<!x></li>"),
    "an end with a value": ("</ul>", '</ul class="x">'),
    "something after the page": ("</html>", "</html><p>Words</p>"),
}
RICH = QUOTED.format(
    '<form method="get" action="/a"><p class="x">Words</p>'
    '<table><tbody><input type="hidden" name="a" value="1"><tr><td>1</td></tr></tbody></table>'
    "<ul><li>one</li></ul></form>"
)
SOUND = RICH.replace('<input type="hidden" name="a" value="1">', "")


@pytest.fixture(autouse=True)
def nothing_proved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr(Proved, "folder", tmp_path)
    monkeypatch.setattr(Proved, "known", set())


@pytest.mark.parametrize(
    "flaw",
    [
        "<h1>B</h1>",
        "<p id=x></p><p id=x></p>",
        "<input name=a>",
        "<form method=post action=/a></form>",
        "<form action=''></form>",
        "<p style='color:red'>x</p>",
        "<a href='#nowhere'>x</a>",
        "<p><div></p>",
        "<img src=a.png>",
        "<button></button>",
        "<label for=nobody>x</label>",
        "<p onclick='x()'>x</p>",
        "<script>x()</script>",
    ],
)
def test_the_client_finds_what_is_wrong(flaw: str):
    proofread(PAGE.format(""))
    with pytest.raises(PageFlaw):
        proofread(PAGE.format(flaw))


def test_the_title_begins_with_the_heading():
    with pytest.raises(PageFlaw, match="does not begin"):
        proofread(PAGE.replace("<h1>A", "<h1>Z").format(""))


@pytest.mark.parametrize("name", [name for name in BREAKS if name != "a field that shows, in a table"])
def test_bad_html_is_refused_after_a_good_page_was_proved(name: str):
    good, (old, new) = SOUND, BREAKS[name]
    proofread(good)
    assert Proved.has(structure(good))
    assert old in good
    for _ in range(2):
        with pytest.raises(PageFlaw, match="line 1"):
            proofread(good.replace(old, new, 1))


def test_the_kind_of_a_field_belongs_to_the_structure():
    old, new = BREAKS["a field that shows, in a table"]
    assert structure(RICH) != structure(RICH.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id="b"', 'id="a"', "2 elements have the id “a”"),
        ('for="b"', 'for="c"', "points at “c”"),
        ('<label for="b">B</label>', '<label for="b"> </label>', "has no label"),
        ("<title>A", "<title>Z", "does not begin"),
        ('href="#a"', 'href="#z"', "points at “z”"),
        (">Go<", "> <", "has no words"),
        ("Words. More.", "Words here.More of them", "no space between"),
        ('lang="en"', 'lang=""', "no language"),
        ('action="/a"', 'action=""', "no action"),
    ],
)
def test_texts_and_values_are_checked_on_each_page_of_a_proved_structure(old: str, new: str, told: str):
    page = QUOTED.format(
        '<p id="a">Words. More.</p><a href="#a">Go</a><form method="get" action="/a">'
        '<label for="b">B</label><input id="b" name="b"></form>'
    )
    proofread(page)
    changed = page.replace(old, new, 1)
    assert Proved.has(structure(page))
    with pytest.raises(PageFlaw, match=told):
        proofread(changed)


def test_pages_that_differ_in_words_alone_have_one_structure(leader: PageClient, people: dict[str, Person]):
    one, other = leader.get("/library").text, leader.get("/library").text
    assert structure(one) == structure(other.replace("Role", "Rôle &amp; more")) != ""
    assert Proved.has(structure(one))
    assert structure(one) != structure(one.replace("<main", "<main hidden", 1))


def test_a_structure_with_errors_is_never_proved():
    bad = QUOTED.format("<p><section></section></p>")
    for _ in range(2):
        with pytest.raises(PageFlaw):
            proofread(bad)
    assert not Proved.has(structure(bad))


def test_what_one_process_proved_another_knows(monkeypatch: pytest.MonkeyPatch):
    proofread(SOUND)
    monkeypatch.setattr(Proved, "known", set())
    assert Proved.has(structure(SOUND))
    assert not Proved.has(structure(RICH))
