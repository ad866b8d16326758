"""A leader's first ten minutes, by keyboard alone: from the first page to a published edition with its PDFs open."""

import logging
import re
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.documents import pdfs
from tests.journeys.conftest import Visit
from tests.support.browser.running_workbench import Running
from tests.support.browser.walker import tab_to

_log = logging.getLogger(__name__)
MAX_CLICKS = 40
ROLE = "Inbound Sales Development Representative"
NEED = "Enquiries wait two days today, and the best of them buy elsewhere."


@dataclass
class Walker:
    """Somebody at the keyboard: `clicks` counts what a mouse would have clicked."""

    page: Page
    clicks: list[str] = field(default_factory=list)

    def press(self, target: Locator) -> None:
        """Reach a link or button with Tab and press Enter."""
        words = target.evaluate("it => it.innerText || it.labels?.[0]?.innerText || it.name")
        tab_to(self.page, target)
        self.see_focus(target)
        self.page.keyboard.press("Enter")
        self.clicks.append(str(words))

    def tick(self, box: Locator) -> None:
        """Reach a box with Tab and tick it."""
        tab_to(self.page, box)
        self.page.keyboard.press("Space")
        expect(box).to_be_checked()
        self.clicks.append("tick")

    def follow(self, name: str, address: str) -> None:
        """Follow a link or press a button that is called so, and wait for the page that it leads to."""
        self.press(self.page.get_by_role("link", name=name).or_(self.page.get_by_role("button", name=name)).first)
        self.page.wait_for_url(re.compile(address))

    def write(self, label: str, text: str) -> None:
        """Go to a field, put other words into it and wait until they are saved."""
        target = self.page.get_by_label(label, exact=True)
        tab_to(self.page, target)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        self.clicks.append(label)

    def choose(self, label: str) -> None:
        """Choose one of a group of switches: Tab leads to the one that is chosen, arrows to its neighbours."""
        wanted = self.page.get_by_label(label, exact=True)
        chosen = self.page.locator(f"input[name='{wanted.get_attribute('name')}']:checked")
        tab_to(self.page, chosen)
        for _ in range(5):
            if wanted.is_checked():
                break
            self.page.keyboard.press("ArrowUp")
        expect(wanted).to_be_checked()
        self.clicks.append(label)

    def see_focus(self, target: Locator) -> None:
        """Check that the eye can follow the keyboard. The outline must be drawn, and not under anything."""
        style = target.evaluate("it => [getComputedStyle(it).outlineStyle, getComputedStyle(it).outlineWidth]")
        assert style[0] != "none"
        assert float(style[1].removesuffix("px")) >= 2
        seen = target.evaluate(
            """it => {
                const box = it.getBoundingClientRect();
                const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 12));
                return top === it || it.contains(top) || top.contains(it);
            }"""
        )
        assert seen, "something lies over what has the focus"


def publish_a_library_role(walker: Walker) -> None:
    """Walk the path as the README says it."""
    page = walker.page
    walker.follow("Start a role", r"/roles/new$")
    walker.press(page.get_by_role("button", name=f"Adapt this role {ROLE}"))
    page.wait_for_url(re.compile(r"/roles/inbound[\w-]+$"))
    walker.follow("Title and place", r"/seat$")
    walker.write("Department", "Commercial")
    walker.follow("Save and continue", r"/summary$")
    walker.follow("Back to the task list", r"/roles/inbound[\w-]+$")
    walker.follow("Why the company needs it", r"/purpose/why-needed$")
    walker.write("Your answer", NEED)
    walker.follow("Save and continue", r"/purpose/contribution$")
    walker.follow("Back to the task list", r"/roles/inbound[\w-]+$")
    walker.follow("Add, order or remove accountabilities", r"/accountabilities$")
    walker.press(page.locator("#items h2 a").first)
    page.wait_for_url(re.compile(r"/accountabilities/[\w-]+$"))
    walker.press(page.locator(".item-lines a", has_text="Change").first)
    page.wait_for_url(re.compile(r"/expectations/[\w-]+$"))
    walker.write("Number", "35")
    walker.follow("Save and continue", r"/accountabilities/[\w-]+$")
    walker.follow("Back to the accountabilities", r"/accountabilities$")
    walker.follow("Back to the task list", r"/roles/inbound[\w-]+$")
    walker.follow("Pay", r"/pay$")
    walker.write("From", "52,000")
    walker.write("To", "64,000")
    walker.follow("Save and continue", r"/conditions$")
    walker.follow("Back to the task list", r"/roles/inbound[\w-]+$")
    walker.follow("Check your answers and publish", r"/check$")
    expect(page.get_by_text(NEED)).to_be_visible()
    walker.tick(page.locator("#unconfirmed"))
    walker.follow("Publish", r"/editions/inbound[\w-]+/1$")


def read_pdf(walker: Walker, folder: Path, link: str) -> str:
    """Press the link to a PDF, wait for it where it is still being printed, and give its words."""
    page = walker.page
    target = page.get_by_role("link", name=link)
    address = str(target.get_attribute("href"))
    walker.press(target)
    file = folder / f"{link}.pdf"
    for _ in range(480):
        answer = page.request.get(address)
        if answer.headers["content-type"] == "application/pdf":
            break
        assert "<h1>Printing" in answer.text()
        page.wait_for_timeout(500)
    file.write_bytes(answer.body())
    texts = pdfs.words(file)
    assert texts
    code = edition_code(page)
    for number, text in enumerate(texts, 1):
        assert "Edition 1" in text, f"page {number} does not name its edition"
        assert code in text, f"page {number} does not show its edition code"
        assert "DRAFT" not in text
    return "\n".join(texts)


def edition_code(page: Page) -> str:
    """Return the edition code on the page of the edition."""
    slug, number = re.search(r"/editions/([\w-]+)/(\d+)", page.url).groups()
    fresh = page.context.new_page()
    fresh.goto(f"/editions/{slug}/{number}")
    code = fresh.locator("section", has_text="Is a paper from this edition?").locator("strong").inner_text()
    fresh.close()
    assert re.fullmatch(r"[0-9a-f]{8}", code)
    return code


def test_a_leader_publishes_and_prints_by_keyboard_in_forty_clicks(visit: Visit, tmp_path: Path, server: Running):
    page = visit("/", accept_downloads=True)
    walker = Walker(page)
    publish_a_library_role(walker)
    edition = page.url
    described = read_pdf(walker, tmp_path, "PDF of the position description")
    beside = Walker(visit(edition, accept_downloads=True))  # the first window may be opening its PDF just now
    measured = read_pdf(beside, tmp_path, "PDF of the starter metrics sheet")
    assert ROLE in described.replace("\r\n", " ").replace("\n", " ")
    assert "52,000" in described
    assert "35" in measured
    clicks = walker.clicks + beside.clicks
    _log.info("%s clicks: %s", len(clicks), ", ".join(clicks))
    assert len(clicks) <= MAX_CLICKS
