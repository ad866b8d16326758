"""Let axe read a page on a screen and on a telephone, and its colours in light and dark on both."""

import json
from functools import cache
from typing import Literal

from playwright.sync_api import Page

from tests.support.browser.running_workbench import ROOT

# Only the code of an element is printed; to find a selector for each takes axe half of its time.
ALL_RULES = {"resultTypes": ["violations", "incomplete"], "selectors": False}
COLOURS = {**ALL_RULES, "runOnly": ["color-contrast", "link-in-text-block"]}
READINGS: tuple[tuple[int, Literal["light", "dark"], dict[str, object]], ...] = (
    (1280, "light", ALL_RULES),
    (1280, "dark", COLOURS),
    (320, "dark", ALL_RULES),
    (320, "light", COLOURS),
)
# What axe cannot decide, and why it is right: it sees no colour behind the words of a drawing, nor behind a heading
# over several columns of a paper, and an empty cell of a table may say that nothing is there.
UNDECIDED = (
    ("color-contrast", "<text "),
    ("color-contrast", 'scope="rowgroup"'),
    ("th-has-data-cells", 'class="fit"'),
    ("th-has-data-cells", 'class="targets"'),
)
# What sticks to an edge of the window covers what lies under it until somebody scrolls, and axe does not scroll.
NOTHING_STICKS = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('.top, .bar, .next-bar, .undo-line, .desk > aside { position: static !important }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""


@cache
def _code() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


def found_by_axe(page: Page, name: str) -> list[str]:
    """List what is wrong with the page, or undecided, at each reading; the page is loaded once, under its strict policy."""
    before = page.viewport_size
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(_code())
    page.evaluate(NOTHING_STICKS)
    found = []
    for width, scheme, options in READINGS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        told = page.evaluate(f"axe.run(document, {json.dumps(options)})")
        told["incomplete"] = [
            it for it in told["incomplete"] if not all(_undecided(it["id"], node) for node in it["nodes"])
        ]
        for kind in ("violations", "incomplete"):
            found += [
                f"{name}, {width} {scheme}, {kind}: {it['id']}: {node['html'][:160]} {node['failureSummary'] or ''}"
                for it in told[kind]
                for node in it["nodes"][:3]
            ]
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    if before:
        page.set_viewport_size(before)
    return found


def _undecided(rule: str, node: dict[str, str]) -> bool:
    """Return whether axe leaves this finding to a person."""
    return any(rule == known and mark in node["html"] for known, mark in UNDECIDED)
