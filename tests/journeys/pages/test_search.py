"""A slash leads from any page to the search, and the search to the very place, in spite of a typing error."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Visit


def test_a_slash_a_mistyped_word_and_a_click_lead_to_the_place(visit: Visit):
    page = visit("/metrics")
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("territry pipline")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=territry+pipline")
    expect(page.get_by_role("status").first).to_contain_text("these have")
    page.get_by_role("link", name="Build a territory pipeline that covers this quarter and the next").first.click()
    page.wait_for_url(re.compile(r"/roles/[\w-]+/accountabilities/\w+"))
    expect(page.get_by_role("main")).to_contain_text("Build a territory pipeline")
