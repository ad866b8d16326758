"""What people do on pages of the path: start a role, type, wait for it to be saved, and go on by keyboard."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

SAVED = re.compile(r"^Saved at \d\d:\d\d:\d\d")


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
    """Wait until the page says that all is saved."""
    expect(page.locator("#saved")).to_have_text(SAVED)


def tab_to(page: Page, target: Locator, most: int = 120) -> int:
    """Press Tab until the target has the focus, as somebody without a mouse would; give how often."""
    expect(target).to_be_visible()
    for pressed in range(most):
        if target.evaluate("it => it === document.activeElement"):
            return pressed
        page.keyboard.press("Tab")
    raise AssertionError(f"{most} tabs do not lead to {target}")


def first_line(text: Any) -> str:
    """Give the first line of a text, without what stands around it."""
    return str(text).strip().splitlines()[0]
