"""Axe finds what it is for, in each reading: tiny pages with one flaw each, and one without."""

import pytest
from playwright.sync_api import Browser

from tests.support.browser.axe import found_by_axe

PAGE = """<!doctype html><html lang="en"><head><title>Targets</title><style>
body {{ color: #222; background: #fff }} .top {{ position: sticky; top: 0 }}
@media (prefers-color-scheme: dark) {{ body {{ color: #eee; background: #111 }} .faint {{ color: #222 }} }}
@media (max-width: 400px) {{ .narrow {{ color: #ccc }} }}
</style></head><body><header class="top">Role Workbench</header><main><h1>Targets</h1>{}</main></body></html>"""


def readings(browser: Browser, body: str) -> set[str]:
    """Return in which readings something was found."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_content(PAGE.format(body))
    found = found_by_axe(page, "A page")
    assert page.viewport_size == {"width": 1280, "height": 900}
    page.close()
    return {it.split(", ")[1] for it in found}


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ("<p>All numbers</p>", set()),
        ("<input>", {"1280 light", "320 dark"}),
        ("<p class='faint'>All numbers</p>", {"1280 dark", "320 dark"}),
        ("<p class='narrow'>All numbers</p>", {"320 light"}),
    ],
    ids=["sound", "a field without a label", "faint in the dark", "faint on a telephone"],
)
def test_a_flaw_is_found_in_the_readings_that_have_it(browser: Browser, body: str, where: set[str]):
    assert readings(browser, body) == where
