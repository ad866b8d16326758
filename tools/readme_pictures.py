"""Take the pictures of the README's first ten minutes, on the real workbench with its example company.

Run it after the look of a page on that path has changed: `.venv/bin/python tools/readme_pictures.py`.
"""

import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.journeys.running import Running  # noqa: E402 - the checkout is on the path from here on

PICTURES = ROOT / "docs" / "pictures"
WIDTH = 880
COLOURS = 96
ROLE = "Account Executive, Mid-market"


def main() -> None:
    """Walk the path once and keep a small picture of each stop."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is not installed; ./dev test installs it.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        house = Running(Path(folder))
        house.start()
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        try:
            page = browser.new_page(base_url=house.site, viewport={"width": 1180, "height": 800})
            _walk(page)
        finally:
            browser.close()
            house.stop()


def _walk(page: Page) -> None:
    page.goto("/roles/new")
    _keep(page, "1-start")
    page.get_by_role("button", name=f"Adapt this role {ROLE}").click()
    tasks = page.url
    page.goto(f"{tasks}/purpose/need")
    expect(page.locator("#preview")).to_have_js_property("complete", True)
    _keep(page, "2-question")
    page.goto(f"{tasks}/chain")
    _keep(page, "3-chain")
    page.goto(f"{tasks}/check#review")
    page.get_by_role("button", name="Publish this edition").click()
    _keep(page, "4-edition")


def _keep(page: Page, name: str) -> None:
    """Store what the window shows as a small PNG with few colours."""
    page.wait_for_load_state("networkidle")
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    small = shot.resize((WIDTH, shot.height * WIDTH // shot.width), Image.Resampling.LANCZOS)
    small.quantize(COLOURS, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
