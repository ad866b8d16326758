"""Take the pictures of the guide to writing a role together, on the real workbench with its example company.

Run it after one of these pages has changed its look: `.venv/bin/python tools/guide_screens.py`.
"""

import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.support.browser.running_workbench import Running  # noqa: E402 - the checkout is on the path from here on

PICTURES = ROOT / "docs" / "guide" / "pictures"
ROLE = "account-executive-mid-market"
WIDTH, HEIGHT = 900, 620
SHOWN = 720  # pixels of the width in the guide
COLOURS = 24
COLLEAGUE, HR = "Tom Okafor", "Grace Chen"


def main() -> None:
    """Walk the pages once and store a small picture of each."""
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is not installed; ./dev test installs it.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        workbench = Running(Path(folder))
        workbench.start()
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        try:
            page = browser.new_page(base_url=workbench.site, viewport={"width": WIDTH, "height": HEIGHT})
            role = _start(page)
            _share(page, role)
            _comment(page, role)
            _approve(page, role)
            _set_targets(page, role)
            _change_currency(page, role)
            page.goto(f"{role}/targets")
            page.locator("tr.target [name$=-value]").first.fill("9")
            page.get_by_role("button", name="Save and continue").click()
            page.wait_for_url(role)
            page.goto(f"{role}/history")
            _store(page, "history")
        finally:
            browser.close()
            workbench.stop()


def _start(page: Page) -> str:
    page.goto(f"/library/{ROLE}")
    page.get_by_role("button", name="Adapt this role").click()
    page.wait_for_url("**/roles/*")
    return page.url


def _share(page: Page, role: str) -> None:
    page.goto(f"{role}/people")
    page.locator("#person").select_option(label=f"{COLLEAGUE}, Leader")
    page.get_by_label("What may they do?").select_option("edit")
    page.get_by_role("button", name="Share", exact=True).click()
    page.locator("main > .note").wait_for()
    _store(page, "sharing")


def _comment(page: Page, role: str) -> None:
    page.goto(f"{role}/comments/summary")
    page.locator("#comment-text").fill("@Tom is this still how we would say it?")
    text = page.locator("main blockquote").first.inner_text()
    page.locator("#comment-suggestion").fill(text.replace("in one territory", "in the north"))
    page.get_by_role("button", name="Comment", exact=True).click()
    page.locator("main > .note").wait_for()
    page.goto(f"{role}/comments")
    _store(page, "comments")
    page.get_by_role("button", name="Accept").click()
    page.locator("main > .note").wait_for()


def _approve(page: Page, role: str) -> None:
    page.goto(f"{role}/approval")
    page.get_by_label(HR).check()
    page.get_by_label(COLLEAGUE).check()
    page.get_by_label("How many of them must agree?").fill("2")
    page.get_by_label("What should they look at?").fill("The targets, please.")
    page.evaluate("scrollTo(0, 120)")
    _store(page, "approval")


def _set_targets(page: Page, role: str) -> None:
    page.set_viewport_size({"width": 1180, "height": 780})
    page.goto(f"{role}/targets")
    cells = page.locator("tr.target [name$=-value]")
    cells.nth(1).fill("300.000")
    page.get_by_role("button", name="300,000", exact=False).wait_for()
    _store(page, "targets")
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})


def _change_currency(page: Page, role: str) -> None:
    page.goto(f"{role}/currency")
    page.locator("#currency").select_option("EUR")
    page.get_by_label("Convert").check()
    page.locator("#rate").fill("0.9")
    page.get_by_role("button", name="Show what would change").click()
    page.get_by_role("heading", name="What changes").scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, document.querySelector('main section').offsetTop - 240)")
    _store(page, "currency")


def _store(page: Page, name: str) -> None:
    """Store the visible part of the page, without the bar of the example company, as a small PNG with few colours."""
    page.evaluate("document.querySelector('.example-bar').remove()")
    page.wait_for_load_state("networkidle")
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    small = shot.resize((SHOWN, shot.height * SHOWN // shot.width), Image.Resampling.LANCZOS)
    file = PICTURES / f"{name}.png"
    small.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    print(f"{file.name}: {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
