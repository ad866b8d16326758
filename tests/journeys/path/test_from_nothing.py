"""A role of one's own from nothing to an edition, with the examples and the library drawer: its actions and page loads are counted."""

import logging
import re
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Visit
from tests.support.browser.walker import wait_saved

_log = logging.getLogger(__name__)
MAX_ACTIONS, MAX_LOADS = 60, 12
ANSWERS = {
    "overall": "Turn mid-sized companies in Ireland into customers who would sign again a year later.",
    "outcomes": "New customers in Ireland, the pipeline they come from, and a forecast that holds.",
    "leading": "In week six, two people in each live deal call back, and one of them signs contracts.",
    "why-needed": "Irish companies ask us for a price today, and nobody in the country visits them.",
    "contribution": "Each first contract in Ireland gives the account managers a customer to grow.",
}


@dataclass
class Counter:
    """A person at the mouse: `actions` counts clicks and fields that are filled in, `loads` the pages that are loaded."""

    page: Page
    actions: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.loads.append(self.page.url)
        self.page.on("load", lambda page: self.loads.append(page.url))

    def click(self, target: Locator, address: str = "") -> None:
        """Click something, and wait for the page that it leads to."""
        self.actions.append(target.inner_text())
        target.click()
        if address:
            self.page.wait_for_url(re.compile(address))
            self.page.wait_for_load_state()

    def fill(self, label: str, text: str) -> None:
        """Fill in a field."""
        self.actions.append(label)
        self.page.get_by_label(label, exact=True).fill(text)


def answer_the_five_questions(person: Counter) -> None:
    """Use the example at each question, and change it to the words of this role."""
    page = person.page
    following = [*ANSWERS, ""][1:]
    for text, onward in zip(ANSWERS.values(), following, strict=True):
        box = page.get_by_label("Your answer", exact=True)
        person.click(page.get_by_role("button", name="Use this"))
        expect(box).not_to_have_value("")
        person.fill("Your answer", text)
        wait_saved(page)
        address = rf"/purpose/{onward}$" if onward else "/accountabilities$"
        person.click(page.get_by_role("button", name="Save and continue"), address)


def take_four_accountabilities(person: Counter) -> list[str]:
    """Add the four nearest accountabilities of the library in the drawer, and return their outcomes."""
    page = person.page
    person.click(page.get_by_role("link", name="Add from the library"))
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_label("Search")).to_be_focused()
    taken = []
    for _ in range(4):
        taken.append(drawer.locator(".parts h2").first.inner_text())
        person.click(drawer.get_by_role("button", name="Add").first)
        expect(drawer.get_by_role("status")).to_have_text(f"Added: {taken[-1]}")
        expect(drawer.locator(".parts h2").first).not_to_have_text(taken[-1])
    person.click(drawer.get_by_role("button", name="Close", exact=True))
    expect(page.locator("#items h2")).to_have_text(taken)
    return taken


def test_a_role_of_ones_own_is_published_in_sixty_actions_and_twelve_page_loads(visit: Visit):
    page = visit("/")
    person = Counter(page)
    person.click(page.get_by_role("link", name="Start a role").first, r"/roles/new$")
    person.fill("Title of the role", "Account Executive, Ireland")
    person.click(page.get_by_role("button", name="Start").first, r"/roles/account-executive-ireland[\w-]*$")
    person.click(page.get_by_role("link", name="Start with the purpose"), r"/purpose/overall$")
    answer_the_five_questions(person)
    taken = take_four_accountabilities(person)
    person.click(page.get_by_text("All parts"))
    person.click(page.get_by_role("link", name="Check and publish").first, r"/check$")
    for text in (*ANSWERS.values(), *taken):
        expect(page.get_by_text(text).first).to_be_visible()
    person.click(page.locator("#unconfirmed"))
    person.click(page.get_by_role("button", name="Publish").first, r"/editions/account-executive-ireland[\w-]*/1$")
    assert len(person.actions) <= MAX_ACTIONS, person.actions
    assert len(person.loads) <= MAX_LOADS, person.loads
    _log.info("%s actions, %s page loads", len(person.actions), len(person.loads))
