"""The user guide: one page for each idea, one picture on it, plain words, and links that lead somewhere."""

import re
from pathlib import Path

import pytest
from PIL import Image

GUIDE = Path(__file__).resolve().parents[1] / "docs" / "guide"
PAGES = sorted(page for page in GUIDE.glob("*.md") if page.name != "README.md")
MAX_WORDS = 420


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_has_one_picture_that_says_what_it_shows(page: Path):
    found = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", page.read_text("utf-8"))
    assert len(found) == 1
    words, place = found[0]
    assert len(words) > 40
    picture = GUIDE / place
    assert picture.stem == page.stem
    assert picture.stat().st_size <= 60_000
    with Image.open(picture) as opened:
        assert opened.width >= 500


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_is_short_and_plain(page: Path):
    text = page.read_text("utf-8")
    assert len(text.split()) <= MAX_WORDS
    assert not re.search("[Ͱ-Ͽ]", text), "a Greek letter"
    for word in ("sigma", "standard deviation", "binomial", "Shapley", "Poisson", "p-value", "KPI"):
        assert word.lower() not in text.lower(), word
    assert "**In the workbench.**" in text


def test_the_first_page_leads_to_every_other_and_every_link_leads_somewhere():
    listed = re.findall(r"\]\(([^)]+\.md)\)", (GUIDE / "README.md").read_text("utf-8"))
    assert {page.name for page in PAGES} <= set(listed)
    for page in GUIDE.glob("*.md"):
        for place in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
            assert (GUIDE / place).exists(), f"{page.name} leads to {place}"


def test_every_picture_stands_on_a_page():
    assert {picture.stem for picture in (GUIDE / "pictures").glob("*.png")} == {page.stem for page in PAGES}
