"""Numbers in a real browser: a question beside the field, one click that answers it, and the number in words."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.support.browser.walker import adapt, wait_saved


def open_bookings(page: Page) -> None:
    """Open the target in bookings of an adapted role."""
    slug = adapt(page, "account-executive-mid-market")
    page.goto(f"/roles/{slug}/targets")
    page.get_by_role("rowheader", name="Bookings").first.get_by_role("link").click()
    expect(page.get_by_label("Number", exact=True)).to_be_visible()


def test_a_number_with_two_meanings_is_asked_back_and_answered_with_one_click(visit: Visit):
    page = visit("/library")
    open_bookings(page)
    address, number, said = page.url, page.get_by_label("Number", exact=True), page.locator("#value-said")
    number.fill("450.000")
    expect(said).to_contain_text("Do you mean 450 or 450,000?")
    expect(number).to_have_attribute("aria-invalid", "true")
    said.get_by_role("button", name="450,000").click()
    expect(said).to_contain_text("four hundred and fifty thousand US dollars")
    expect(number).to_have_value("450000")
    expect(number).not_to_have_attribute("aria-invalid", "true")
    expect(number).to_be_focused()
    wait_saved(page)
    assert page.url == address
    expect(page.locator("#sentence")).to_contain_text("$450,000")


def test_the_question_is_answered_without_scripts_too(visit: Visit):
    page = visit("/library", java_script_enabled=False)
    open_bookings(page)
    page.get_by_label("Number", exact=True).fill("450.000")
    page.get_by_role("button", name="Save and continue").last.click()
    page.get_by_role("button", name="450,000").click()
    page.messages.clear()  # the browser notes that the page with the question was answered with 422
    expect(page.get_by_label("Number", exact=True)).to_have_value("450,000")
    expect(page.locator("#value-said")).to_contain_text("four hundred and fifty thousand US dollars")
