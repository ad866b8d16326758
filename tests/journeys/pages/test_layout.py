"""The measure of boxes finds what it is for: tiny pages with one flaw each, and one without."""

import pytest
from playwright.sync_api import Browser

from tests.support.browser.layout import layout_flaws

STYLE = "<style>* { margin: 0; font: 16px/1.5 sans-serif } {{ rules }}</style>"
SOUND = "<h1>Targets</h1><p>All <strong>numbers</strong> of a role.</p><label>Find <input></label><button>Save</button>"


def flaws(browser: Browser, body: str, rules: str = "") -> list[str]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_content(STYLE.replace("{{ rules }}", rules) + body)
    found = layout_flaws(page, (320, 1280))
    assert page.viewport_size == {"width": 1280, "height": 900}
    page.close()
    return found


def test_a_sound_page_has_no_flaw(browser: Browser):
    assert flaws(browser, SOUND) == []


@pytest.mark.parametrize(
    ("body", "rules", "words"),
    [
        ("<p>Above</p><p class='up'>Below</p>", ".up { margin-top: -20px }", "<p> “Above” overlaps"),
        ("<p>Name</p><input class='up'>", ".up { position: relative; top: -20px }", "overlaps <p> “Name”"),
        ("<p class='cut'>A long sentence that nobody can read to its end</p>",
         ".cut { width: 90px; overflow: hidden; white-space: nowrap }", "is cut"),
        ("<button>Print these packets</button>", "button { width: 60px; white-space: nowrap }", "is cut"),
        ("<p>" + "M" * 200 + "</p>", "", "wide, with"),
    ],
)  # fmt: skip
def test_a_flaw_of_each_kind_is_found(browser: Browser, body: str, rules: str, words: str):
    assert any(words in flaw for flaw in flaws(browser, body, rules))


def test_a_flaw_at_one_width_names_the_width(browser: Browser):
    only_narrow = "@media (max-width: 400px) { .up { margin-top: -20px } }"
    assert [flaw[:6] for flaw in flaws(browser, "<p>Above</p><p class='up'>Below</p>", only_narrow)] == ["at 320"]


def test_what_only_readers_of_the_screen_read_overlaps_nothing(browser: Browser):
    hidden = ".hidden { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden }"
    assert flaws(browser, f"{SOUND}<p class='hidden'>Sorted by the newest</p>", hidden) == []


def test_a_row_that_opens_may_end_its_line_early_and_nothing_else_may(browser: Browser):
    rules = "span { display: block; width: 90px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis }"
    row = "<span>How did you win the last customer?</span>"
    assert flaws(browser, f"<details><summary>{row}</summary>All of it.</details>", rules) == []
    assert [flaw[-6:] for flaw in flaws(browser, f"<p>{row}</p>", rules)] == ["is cut", "is cut"]
