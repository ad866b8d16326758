"""Lists and accountabilities are edited in place: rows are pasted and brought back, texts save themselves, a question moves."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.support.browser.walker import SAVED, adapt, soon, wait_saved

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


def test_an_accountability_is_edited_in_place(visit: Visit):
    page = visit("/library")
    slug = adapt(page)
    page.goto(f"/roles/{slug}/accountabilities")
    second = page.locator("#items h2").nth(1).inner_text()
    page.locator("#items h2 a").first.click()
    page.wait_for_url(re.compile(r"/accountabilities/[\w-]+$"))
    page.locator("#outcome").fill("Every inbound lead is called within the hour")
    page.locator("#scope").fill("Leads from Ireland")
    for name in ("outcome", "ownership"):
        expect(page.locator(f"#saved-{name}")).to_have_text(SAVED)
    questions = page.locator(".item-lines.questions > li")
    asked = questions.first.locator(".gist").inner_text()
    number = questions.count()
    questions.first.locator("summary").click()
    questions.first.get_by_label("Move to").select_option(label=second)
    questions.first.get_by_role("button", name=re.compile("^Move ?:")).click()
    expect(questions).to_have_count(number - 1)
    expect(page.locator("#outcome")).to_have_value("Every inbound lead is called within the hour")
    expect(page.locator("#scope")).to_have_value("Leads from Ireland")
    page.get_by_role("button", name="Undo").click()
    expect(questions).to_have_count(number)
    expect(questions.first.locator(".gist")).to_have_text(asked)
