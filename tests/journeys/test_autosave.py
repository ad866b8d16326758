"""Nobody's words are lost: saving while typing, a killed server, a server that is away, and two tabs on one draft."""

import logging
import time
from contextlib import suppress

import pytest
from playwright.sync_api import Page, Request, expect

from tests.journeys.conftest import Visit
from tests.support.browser.running_workbench import Running
from tests.support.browser.walker import adapt, sign_out, soon, wait_saved, without_news, written

_log = logging.getLogger(__name__)
NEED = "While the seat is empty, enquiries wait for days and the best of them go elsewhere."
KEY = 45  # milliseconds between two keys of somebody who never pauses


@pytest.fixture
def home(visit: Visit) -> Page:
    return visit("/library")


class Saves:
    """How long the answers to what a page saves take, from now on."""

    def __init__(self, page: Page) -> None:
        self.begun: dict[Request, float] = {}
        self.took = [0.0]
        page.on("request", self._sent)
        page.on("requestfinished", self._answered)

    def slowest(self) -> float:
        """Give the seconds of the slowest answer, or of one that is still to come."""
        return max(*self.took, *(time.monotonic() - begun for begun in self.begun.values()), 0)

    def _sent(self, request: Request) -> None:
        if "autosave=1" in request.url:
            self.begun[request] = time.monotonic()

    def _answered(self, request: Request) -> None:
        with suppress(KeyError):
            self.took.append(time.monotonic() - self.begun.pop(request))


def test_what_is_typed_is_saved_without_a_button(home: Page):
    slug = adapt(home)
    home.goto(f"/roles/{slug}/purpose/why-needed")
    home.locator("#answer").fill(NEED)
    wait_saved(home)
    home.reload()
    assert home.locator("#answer").input_value() == NEED


def test_a_draft_survives_a_killed_server(home: Page, server: Running):
    slug = adapt(home)
    home.goto(f"/roles/{slug}/purpose/why-needed")
    home.locator("#answer").fill("")
    home.locator("#answer").press_sequentially(NEED, delay=10)
    wait_saved(home)
    server.kill()
    home.messages.clear()
    server.start()
    assert written(home, slug, "purpose/why-needed", "answer") == NEED
    home.messages.clear()


def test_somebody_who_never_pauses_loses_less_than_a_second_of_typing(home: Page, server: Running):
    slug = adapt(home)
    home.goto(f"/roles/{slug}/purpose/why-needed")
    home.locator("#answer").fill("")
    wait_saved(home)
    words = "word " * 20
    saves = Saves(home)
    begun = time.monotonic()
    home.locator("#answer").press_sequentially(words, delay=KEY)
    spent = time.monotonic() - begun
    slowest = saves.slowest()
    server.kill()
    home.messages.clear()
    server.start()
    kept = written(home, slug, "purpose/why-needed", "answer")
    rate = len(words) / spent
    lost = (len(words.strip()) - len(kept)) / rate
    _log.info("Typed %.1f s without a pause, killed at the last key: %.2f s of typing lost", spent, lost)
    assert words.startswith(kept)
    slowness = max(1, spent * 1000 / (KEY * len(words)))  # of the machine, as its own typing shows it
    assert lost < slowness + slowest, "a second of typing, and what the server takes to answer"
    wait_saved(home)
    assert written(home, slug, "purpose/why-needed", "answer") == words.strip(), (
        "the open page saves the rest by itself"
    )
    home.messages.clear()


def test_a_page_saves_by_itself_when_the_server_is_back(home: Page, server: Running):
    slug = adapt(home)
    home.goto(f"/roles/{slug}/summary")
    home.locator("#role-summary").fill("Said before the server went.")
    wait_saved(home)
    server.kill()
    home.locator("#role-summary").press_sequentially(" Said while it was away.")
    expect(home.locator("#saved")).to_contain_text("Not saved yet")
    expect(home.locator("#saved")).to_have_attribute("aria-live", "polite")
    time.sleep(2)
    server.start()
    begun = time.monotonic()
    wait_saved(home)
    _log.info("Saved %.2f s after the server took connections again", time.monotonic() - begun)
    assert written(home, slug, "summary", "summary") == "Said before the server went. Said while it was away."
    home.messages.clear()


def test_a_button_pressed_while_the_server_is_away_waits_until_the_words_are_kept(home: Page, server: Running):
    slug = adapt(home)
    home.goto(f"/roles/{slug}/purpose/why-needed")
    server.kill()
    home.locator("#answer").fill(NEED)
    home.get_by_role("button", name="Save and continue").click()
    expect(home.locator("#saved")).to_contain_text("Not saved yet")
    assert home.locator("#answer").input_value() == NEED
    server.start()
    home.wait_for_url(f"**/roles/{slug}/purpose/contribution")
    assert written(home, slug, "purpose/why-needed", "answer") == NEED
    home.messages.clear()


def test_the_last_words_before_a_link_is_followed_are_kept(home: Page):
    slug = adapt(home)
    home.goto(f"/roles/{slug}/purpose/why-needed")
    home.locator("#answer").fill(NEED)
    home.get_by_role("link", name="Back to the task list").click()
    home.wait_for_url(f"**/roles/{slug}")
    soon(lambda: written(home, slug, "purpose/why-needed", "answer"), NEED)


def test_a_quick_enter_goes_on_and_shows_a_whole_page(home: Page):
    slug = adapt(home)
    home.goto(f"/roles/{slug}/seat")
    home.locator("#department").fill("Commercial")
    home.route("**/seat?autosave=1", lambda route: (time.sleep(0.3), route.continue_()))
    home.locator("#department").press("Enter")
    home.wait_for_url(f"**/roles/{slug}/summary")
    expect(home.get_by_role("heading", level=1)).to_be_visible()
    assert written(home, slug, "seat", "department") == "Commercial"


def test_signing_in_again_in_another_tab_saves_what_was_typed_meanwhile(home: Page):
    slug = adapt(home)
    home.goto(f"/roles/{slug}/purpose/why-needed")
    other = home.context.new_page()
    other.goto("/")
    sign_out(other)
    other.wait_for_url("**/sign-in")
    home.locator("#answer").fill(NEED)
    expect(home.locator("#saved")).to_contain_text("you are signed out")
    home.context.clear_cookies()
    other.goto("/")
    wait_saved(home)
    assert written(home, slug, "purpose/why-needed", "answer") == NEED
    home.messages.clear()


def test_two_tabs_on_one_part_show_both_texts_and_lose_neither(home: Page):
    slug = adapt(home)
    home.goto(f"/roles/{slug}/purpose/why-needed")
    second = without_news(home.context.new_page())
    second.goto(f"/roles/{slug}/purpose/why-needed")
    home.locator("#answer").fill("Mine: nobody answers enquiries today.")
    wait_saved(home)
    second.locator("#answer").fill("Yours: the best enquiries go elsewhere.")
    expect(second.locator("#saved")).to_contain_text("changed this part")
    assert written(home, slug, "purpose/why-needed", "answer") == "Mine: nobody answers enquiries today."
    with second.expect_response(lambda answer: answer.request.is_navigation_request()) as answered:
        second.get_by_role("button", name="Save and continue").click()
    assert answered.value.status == 409
    expect(second.get_by_role("heading", level=1)).to_have_text("You changed this part in another tab")
    expect(second.locator("blockquote")).to_have_text("Mine: nobody answers enquiries today.")
    expect(second.locator("#answer")).to_have_value("Yours: the best enquiries go elsewhere.")
    both = "Nobody answers enquiries today, and the best go elsewhere."
    second.locator("#answer").fill(both)
    second.get_by_role("button", name="Save").click()
    second.wait_for_url(f"**/roles/{slug}/purpose/contribution")
    assert written(home, slug, "purpose/why-needed", "answer") == both
    home.locator("#answer").press_sequentially(" And more.")
    expect(home.locator("#saved")).to_contain_text("changed this part")
    assert written(home, slug, "purpose/why-needed", "answer") == both
    home.messages.clear()


def test_two_tabs_on_different_parts_never_clash(home: Page):
    slug = adapt(home)
    home.goto(f"/roles/{slug}/purpose/why-needed")
    second = home.context.new_page()
    second.goto(f"/roles/{slug}/summary")
    for turn in range(5):
        home.locator("#answer").fill(f"The need, {turn}.")
        second.locator("#role-summary").fill(f"The summary, {turn}.")
    wait_saved(home)
    wait_saved(second)
    assert written(home, slug, "purpose/why-needed", "answer") == "The need, 4."
    assert written(home, slug, "summary", "summary") == "The summary, 4."


def test_a_row_that_is_removed_right_after_typing_stays_removed(home: Page):
    slug = adapt(home)
    home.goto(f"/roles/{slug}/hard-parts")
    before = home.locator("#rows textarea").evaluate_all("all => all.map(it => it.value)")
    home.locator("#rows textarea").nth(1).fill("The second one, said anew.")
    home.get_by_role("button", name="Remove number 1").click()
    wait_saved(home)
    home.reload()
    after = home.locator("#rows textarea").evaluate_all("all => all.map(it => it.value)")
    assert after == ["The second one, said anew.", *before[2:]]


def test_two_tabs_on_one_list_show_every_row_of_both(home: Page):
    slug = adapt(home)
    home.goto(f"/roles/{slug}/duties")
    second = without_news(home.context.new_page())
    second.goto(f"/roles/{slug}/duties")
    home.locator("#rows textarea").first.fill("Mine: answer each enquiry within the hour.")
    wait_saved(home)
    mine = [text for text in home.locator("#rows textarea").evaluate_all("all => all.map(it => it.value)") if text]
    second.locator("#rows textarea").last.fill("Yours: hand over with a note.")
    expect(second.locator("#saved")).to_contain_text("changed this part")
    second.get_by_role("button", name="Save and continue").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("You changed this part in another tab")
    theirs = second.locator("blockquote").inner_text()
    assert all(text in theirs for text in mine)
    expect(second.locator("[name$=-text]").last).to_have_value("Yours: hand over with a note.")
    second.locator("[name$=-text]").first.fill(mine[0])
    second.get_by_role("button", name="Save").click()
    second.wait_for_url(f"**/roles/{slug}/qualifications")
    home.reload()
    kept = [text for text in home.locator("#rows textarea").evaluate_all("all => all.map(it => it.value)") if text]
    assert kept == [*mine, "Yours: hand over with a note."]
