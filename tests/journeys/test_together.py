"""Two people in one draft: what one writes arrives in the other's open page, and never under the other's cursor."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.support.browser.walker import adapt, wait_saved

NEWS = "() => document.getElementById('now').dispatchEvent(new Event('ask'))"


def hear(page: Page) -> None:
    """Let a page ask at once what others have changed, instead of in some seconds."""
    page.evaluate(NEWS)


def test_what_another_person_writes_arrives_without_reload_and_not_under_the_cursor(visit: Visit):
    maya = visit("/library")
    slug = adapt(maya)
    maya.goto(f"/roles/{slug}/people")
    maya.locator("#person").select_option(label="Tom Okafor, Leader")
    maya.locator("#level").select_option(label="Read, comment and edit")
    maya.get_by_role("button", name="Share", exact=True).click()
    expect(maya.locator(".note")).to_contain_text("is shared with Tom Okafor")
    tom = visit("/")
    tom.locator("#example-person").select_option(label="Tom Okafor, leader")
    tom.get_by_role("button", name="Switch").click()
    tom.goto(f"/roles/{slug}/seat")
    expect(tom.locator("#department")).to_be_visible()
    maya.goto(f"/roles/{slug}/seat")
    expect(maya.locator("#now")).to_contain_text("Tom Okafor is on this page")

    maya.locator("#department").fill("Mid-market sales")
    wait_saved(maya)
    tom.locator("#reports_to").focus()
    hear(tom)
    expect(tom.locator("#now")).to_contain_text("Maya Lindqvist changed this page")
    expect(tom.locator("#department")).to_have_value("Mid-market sales")
    expect(tom.locator("#now")).to_contain_text("It is shown here now")

    tom.locator("#reports_to").fill("Regional manager")
    wait_saved(tom)
    maya.locator("#reports_to").focus()
    hear(maya)
    expect(maya.locator("#now")).to_contain_text("Tom Okafor changed this page")
    expect(maya.locator("#reports_to")).not_to_have_value("Regional manager")
