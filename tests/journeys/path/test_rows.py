"""A list of duties is edited in place: a pasted list becomes rows, Enter adds one, and a removal is undone."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.support.browser.walker import adapt, soon, wait_saved

PASTED = (
    "1.\tLead each pursuit\n2.\tPut a team together\n3) Keep the calendar\n4. Read a price model\n•\tSit beside writers\n"
    "- Edit what others wrote\no\tTurn plans into promises\n·\tChange one habit\n\nWrite down which\n– Say thank you"
)
ITEMS = [
    "Lead each pursuit",
    "Put a team together",
    "Keep the calendar",
    "Read a price model",
    "Sit beside writers",
    "Edit what others wrote",
    "Turn plans into promises",
    "Change one habit",
    "Write down which",
    "Say thank you",
]


def rows(page: Page) -> list[str]:
    return page.locator("#rows textarea").evaluate_all("all => all.map(it => it.value).filter(Boolean)")


def paste(page: Page, text: str) -> None:
    """Paste a text into the field that has the focus."""
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(event);
        }""",
        text,
    )


def test_a_list_is_edited_in_place(visit: Visit):
    page = visit("/library")
    slug = adapt(page)
    page.goto(f"/roles/{slug}/duties")
    before = rows(page)
    expect(page.locator("#rows .blank .drag")).to_be_hidden()
    page.get_by_role("button", name="Add another").click()
    paste(page, PASTED)
    soon(lambda: rows(page), [*before, *ITEMS])
    expect(page.locator(":focus")).to_have_value(ITEMS[-1])

    page.keyboard.press("Enter")
    page.keyboard.type("One more")
    page.keyboard.press("Enter")
    page.keyboard.press("Backspace")  # in an empty row
    expect(page.locator(":focus")).to_have_value("One more")
    soon(lambda: rows(page), [*before, *ITEMS, "One more"])

    page.get_by_role("button", name="Remove number 2", exact=True).click()
    soon(lambda: rows(page), [before[0], *before[2:], *ITEMS, "One more"])
    wait_saved(page)
    page.get_by_role("button", name="Undo").click()
    soon(lambda: rows(page), [*before, *ITEMS, "One more"])
    expect(page.locator("#row-1 :focus")).to_have_value(before[1])
    wait_saved(page)
    page.reload()
    soon(lambda: rows(page), [*before, *ITEMS, "One more"])
