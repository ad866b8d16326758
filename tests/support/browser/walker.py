"""What people do on pages of the path: start a role, type, wait for it to be saved, and go on by keyboard."""

import re
import time
from collections.abc import Callable

from playwright.sync_api import Error, Locator, Page, expect

SAVED = re.compile(r"^Saved at \d\d:\d\d:\d\d")


# How many tabs lie between what has the focus and an element, if the order on the page is the order of the tabs.
AHEAD = """target => {
    const seen = it => it.tabIndex >= 0 && !it.disabled && it.checkVisibility({visibilityProperty: true})
        && (it.type !== 'radio' || it.checked || it === target);
    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')];
    const before = all.filter(it => it === target || (seen(it) && it.type !== 'hidden'));
    const here = document.activeElement;
    if (here === target) return 0;
    const past = before.filter(it => here === document.body
        || here.compareDocumentPosition(it) & Node.DOCUMENT_POSITION_FOLLOWING);
    return past.indexOf(target) + 1;
}"""


def adapt(page: Page, name: str = "inbound-sdr") -> str:
    """Start a draft from a library role, and give its slug."""
    page.goto(f"/library/{name}")
    page.get_by_role("button", name="Adapt this role").click()
    page.wait_for_url(re.compile(r"/roles/[^/]+$"))
    return page.url.rpartition("/")[2]


def written(page: Page, slug: str, step: str, name: str) -> str:
    """Give what stands in a field when the page is loaded anew in a second tab."""
    fresh = page.context.new_page()
    fresh.goto(f"/roles/{slug}/{step}")
    value = fresh.locator(f"[name='{name}']").input_value()
    fresh.close()
    return value


def wait_saved(page: Page) -> None:
    """Wait until the page says that all is saved, and says it still when what it had under way is over.

    For a blink it says so when an answer comes to what was typed first, before it tells that more is to be saved.
    """
    line = page.locator("#saved")
    for _ in range(100):
        expect(line).to_have_text(SAVED)
        page.evaluate("() => new Promise(done => setTimeout(done, 100))")
        if SAVED.match(line.inner_text()):
            return
    raise AssertionError("The page never comes to rest.")


def soon(read: Callable[[], object], wanted: object, patience: float = 120.0) -> None:
    """Hold that a page shows something, and wait for it: after a click the next page is at first still empty.

    Playwright waits by itself for one element; lists of them, and values of several fields, are read as they stand.
    """
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            if read() == wanted:
                return
        except Error as error:
            if "context was destroyed" not in str(error):  # the page went away while it was read
                raise
        time.sleep(0.05)
    assert read() == wanted


def tab_to(page: Page, target: Locator, max_tabs: int = 120) -> int:
    """Press Tab until the target has the focus, as somebody without a mouse would; give how often."""
    expect(target).to_be_visible()
    pressed = 0
    while (ahead := target.evaluate(AHEAD)) > 0 and pressed < max_tabs:
        for _ in range(min(ahead, max_tabs - pressed)):
            page.keyboard.press("Tab")
        pressed += ahead
    assert target.evaluate("it => it === document.activeElement"), f"{pressed} tabs do not lead to {target}"
    return pressed


def sign_out(page: Page) -> None:
    """Sign out, in the menu of the head."""
    page.locator(".menu > summary").click()
    page.get_by_role("button", name="Sign out").click()


def without_news(page: Page) -> Page:
    """Return a page that does not hear what other pages change, so that a conflict comes whenever both write."""
    page.route("**/now?*", lambda route: route.fulfill(status=204))
    return page
