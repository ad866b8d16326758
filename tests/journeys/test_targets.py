"""All targets of a role in a real browser: typed down the column, pasted from a spreadsheet, agreed at once, undone."""

import re

from playwright.sync_api import Page, Request, expect

from tests.journeys.conftest import Visit
from tests.support.browser.walker import adapt, soon, wait_saved

ROLE = "account-executive-mid-market"  # fifteen placeholders
MAX_ACTIONS = 20
PASTE = """text => {
    const block = new DataTransfer();
    block.setData("text/plain", text);
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: block, bubbles: true, cancelable: true}));
}"""


def open_targets(page: Page) -> str:
    slug = adapt(page, ROLE)
    page.get_by_role("link", name="All targets in one table").click()
    page.wait_for_url(f"**/roles/{slug}/targets")
    return slug


def numbers(page: Page) -> list[str]:
    return [cell.input_value() for cell in page.locator("tr.target [name$=-value]").all()]


def test_fifteen_placeholders_become_agreed_numbers_on_one_page(visit: Visit):
    page = visit("/library")
    open_targets(page)
    loads: list[str] = []

    def note(request: Request) -> None:
        if request.is_navigation_request():
            loads.append(request.url)

    page.on("request", note)
    expect(page.locator("#agreed")).to_have_text("0 of 15 agreed")
    actions = 1
    page.locator("tr.target [name$=-value]").first.click()
    expect(page.locator("tr.target [name$=-value]").first).to_be_focused()
    for number in range(11, 26):
        page.keyboard.type(str(number))
        page.keyboard.press("Enter")
        actions += 1
    assert numbers(page) == [str(number) for number in range(11, 26)]
    page.get_by_label("Choose all targets").check()
    page.get_by_role("button", name="Mark as agreed").click()
    actions += 2
    expect(page.locator("#agreed")).to_have_text("15 of 15 agreed")
    assert actions <= MAX_ACTIONS
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#agreed")).to_have_text("0 of 15 agreed")
    assert not loads
    page.reload()
    assert numbers(page) == [str(number) for number in range(11, 26)]


def test_a_block_from_a_spreadsheet_fills_the_cells_and_a_bad_cell_stays_as_it_was_typed(visit: Visit):
    page = visit("/library")
    open_targets(page)
    page.locator("tr.target [name$=-value]").first.click()
    page.evaluate(PASTE, "31\tmonth\tin the north\nmany\teach quarter\tin the south\n33\tyearly\t\n")
    expect(page.locator("#saved")).to_have_text(re.compile("but not this: Bookings"))
    soon(lambda: numbers(page)[:3], ["31", "many", "33"])
    expect(page.locator("tr.target [name$=-value]").nth(1)).to_have_attribute("aria-invalid", "true")
    expect(page.locator("tr.target .printed").first).to_have_text(
        re.compile("Each month, create at least 31 opportunities in the north")
    )
    page.locator("tr.target [name$=-value]").nth(1).fill("32")
    wait_saved(page)
    page.reload()
    assert numbers(page)[:3] == ["31", "32", "33"]
    assert page.locator("tr.target [name$=-period]").nth(2).input_value() == "year"
    page.set_viewport_size({"width": 320, "height": 640})
    bar = page.locator(".next-bar").bounding_box()
    assert bar is not None
    assert bar["height"] < 100, "a phone has room for the targets themselves"


def test_news_of_other_people_leave_a_typed_number_that_is_not_saved_yet(visit: Visit):
    page = visit("/library")
    open_targets(page)
    page.route("**/targets?autosave=1", lambda _: None)  # the save is never answered
    page.locator("tr.target [name$=-value]").first.fill("11")
    page.keyboard.press("Enter")
    with page.expect_response("**/now*"):
        page.evaluate("htmx.trigger('#now', 'ask')")
    page.wait_for_function("!document.querySelector('#now').matches('.htmx-request')")
    assert numbers(page)[0] == "11"
    page.unroute_all(behavior="ignoreErrors")
