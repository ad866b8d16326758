"""Take the pictures of the README, on the real workbench with its example company: the first ten minutes, and a print run.

Run it after a page on that path has changed its look: `.venv/bin/python tools/readme_pictures.py`.
"""

import io
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import FloatRect, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.support.browser.running_workbench import Running  # noqa: E402 - the checkout is on the path from here on

PICTURES = ROOT / "docs" / "pictures"
WIDTH = 880
COLOURS = 96
ROLE = "Account Executive, Mid-market"
OTHER = "sales-engineer"
# Pixels of the screen for each pixel of the page.
SHARP = 2
PANEL = "Ina Vogt\nRaj Rao\nMei Tanaka"
CANDIDATES = "Candidate A\nCandidate B\nCandidate C\nCandidate D"
# The first page with such a line near its top is stored.
HEADINGS = ("INTERVIEW SCHEDULE", "SCORE SHEET")
TOP = 8  # lines
PAGE_WIDTH, PAGE_EDGE = 600, 20
BACKGROUND = "#edeae3"


def main() -> None:
    """Walk the path once and store a small picture of each step."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is not installed; ./dev test installs it.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        workbench = Running(Path(folder))
        workbench.start()
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        try:
            page = browser.new_page(base_url=workbench.site, viewport={"width": 1180, "height": 800})
            _walk(page)
            sharp = browser.new_page(
                base_url=workbench.site, viewport={"width": 740, "height": 800}, device_scale_factor=SHARP
            )
            _print_round(sharp)
        finally:
            browser.close()
            workbench.stop()


def _walk(page: Page) -> None:
    page.goto("/roles/new")
    _store_window(page, "1-start")
    page.get_by_role("button", name=f"Adapt this role {ROLE}").click()
    tasks = page.url
    page.goto(f"{tasks}/purpose/why-needed")
    expect(page.locator("#preview")).to_have_js_property("complete", True)
    _store_window(page, "2-question")
    page.goto(f"{tasks}/chain")
    _store_window(page, "3-chain")
    page.goto(f"{tasks}/check#review")
    page.locator("#unconfirmed").check()
    page.get_by_role("button", name="Publish this edition").click()
    _store_window(page, "4-edition")


def _print_round(page: Page) -> None:
    page.goto(f"/library/{OTHER}")
    page.get_by_role("button", name="Adapt this role").click()
    page.wait_for_url("**/roles/*")
    page.goto(f"{page.url}/check")
    page.locator("#unconfirmed").check()
    page.get_by_role("button", name="Publish this edition").click()
    page.wait_for_url("**/editions/**")

    page.goto("/packets/new")
    for box in page.locator("[name=editions]").all()[:2]:
        box.check()
    page.get_by_label("Panel members").fill(PANEL)
    page.get_by_label("Candidates").fill(CANDIDATES)
    page.locator("#candidates").blur()
    page.mouse.move(0, 0)
    _store_part(page, "5-plan", "h2", "#candidates")
    page.get_by_text("Times on the schedule").click()
    page.get_by_label("Day of the interviews").fill("2026-12-01")
    page.get_by_label("First interview at").fill("09:00")
    page.get_by_role("button", name="Look at the list").click()
    page.wait_for_url("**/packets/*")
    _store_part(page, "6-list", "h1", "[aria-label=Documents]")
    page.get_by_role("button", name="Print these packets").click()
    page.wait_for_function("() => document.querySelector('progress')?.position > 0.4", timeout=120_000)
    _store_part(page, "7-run", "h1", "#run > .row")
    expect(page.get_by_text("Ready: ")).to_be_visible(timeout=240_000)
    with page.expect_download() as download:
        page.get_by_role("link", name=".zip").click()
    _store_pages(download.value.path(), "8-pages")


def _store_pages(packets: Path, name: str) -> None:
    """Store some printed pages of the first packet side by side."""
    with zipfile.ZipFile(packets) as opened, pypdfium2.PdfDocument(opened.read(opened.namelist()[0])) as pdf:
        texts = [page.get_textpage().get_text_range() for page in pdf]
        # The cover lists every document, so the search begins after it.
        tops = [{line.strip() for line in text.splitlines()[:TOP]} for text in texts]
        places = [next(place for place, top in enumerate(tops) if place and each in top) for each in HEADINGS]
        pages = [pdf[place].render(scale=PAGE_WIDTH / pdf[place].get_width()).to_pil() for place in places]
    wide = PAGE_EDGE + sum(leaf.width + PAGE_EDGE for leaf in pages)
    sheet = Image.new("RGB", (wide, max(leaf.height for leaf in pages) + 2 * PAGE_EDGE), BACKGROUND)
    for number, leaf in enumerate(pages):
        sheet.paste(leaf, (PAGE_EDGE + number * (leaf.width + PAGE_EDGE), PAGE_EDGE))
    _store(sheet, name)


def _store_window(page: Page, name: str) -> None:
    """Store the visible part of the page as a small PNG with few colours."""
    page.wait_for_load_state("networkidle")
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    _store(shot.resize((WIDTH, shot.height * WIDTH // shot.width), Image.Resampling.LANCZOS), name)


def _store_part(page: Page, name: str, first: str, last: str) -> None:
    """Store a page from one element to the end of another, as wide as its column."""
    page.evaluate("scrollTo(0, 0)")
    top, end = page.locator(f"main {first}").first.bounding_box(), page.locator(last).last.bounding_box()
    column = page.locator("main").bounding_box()
    if not (top and end and column):
        raise SystemExit(f"{name}: the page does not show {first} and {last}.")
    height = end["y"] + end["height"] - top["y"] + 40
    clip = FloatRect(x=column["x"], y=top["y"] - 16, width=column["width"], height=height)
    _store(Image.open(io.BytesIO(page.screenshot(full_page=True, clip=clip))).convert("RGB"), name)


def _store(picture: Image.Image, name: str) -> None:
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
