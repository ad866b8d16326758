"""Sharing one packet in a real browser, by keyboard: a link, somebody without an account, the file, and its end."""

import re
from collections.abc import Callable

import pypdfium2
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Visit
from tests.support.browser.walker import tab_to


def press(page: Page, target: Locator) -> None:
    """Go to a button or link by Tab and press it."""
    tab_to(page, target, max_tabs=400)
    page.keyboard.press("Enter")


@pytest.fixture
def finished(visit: Visit) -> Callable[..., Page]:
    """Show a finished run of somebody's own, with a packet for each of two candidates."""

    def shown(**options: object) -> Page:
        page = visit("/packets/new", **options)
        page.locator("[name=editions]").first.check()
        page.get_by_label("Candidate packet").check()
        page.get_by_label("Candidates, one per line").fill("Ina Vogt\nRaj Rao")
        page.get_by_label("One ZIP").check()
        page.get_by_role("button", name="Look at the list").click()
        page.get_by_role("button", name="Print these packets").click()
        expect(page.get_by_text("Ready: ")).to_be_visible()
        return page

    return shown


def test_a_link_is_made_opened_by_somebody_else_and_stopped_without_a_mouse(
    finished: Callable[..., Page], visit: Visit
):
    page = finished(permissions=["clipboard-read", "clipboard-write"])
    run = page.url
    press(page, page.get_by_role("link", name="Share the packet of Raj Rao"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Share with Raj Rao")
    press(page, page.get_by_role("button", name="Make the link"))
    link = page.get_by_label("Link to 2 Raj Rao - Candidate packet.pdf").input_value()
    press(page, page.get_by_role("button", name="Copy the link"))
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == link

    other = visit(link, java_script_enabled=False)
    expect(other.get_by_role("heading", level=1)).to_have_text("Candidate packet for Raj Rao")
    tab_to(other, other.get_by_role("link", name="Download the PDF"))
    with other.expect_download() as fetched:
        other.keyboard.press("Enter")
    with pypdfium2.PdfDocument(fetched.value.path()) as pdf:
        assert "Raj Rao" in pdf[0].get_textpage().get_text_range()
    assert fetched.value.suggested_filename == "Candidate packet for Raj Rao.pdf"

    page.goto(run)
    expect(page.get_by_text("opened once")).to_be_visible()
    press(page, page.get_by_role("button", name=re.compile("Stop sharing link .* with Raj Rao")))
    expect(page.get_by_text("The link has been stopped.")).to_be_visible()
    answer = other.goto(link)
    assert answer is not None
    assert answer.status == 410
    expect(other.get_by_role("heading", level=1)).to_have_text("This link does not open anything")
    other.messages.clear()  # Chromium says that the page answers 410


def test_a_link_can_be_copied_by_hand_where_scripts_do_not_run(finished: Callable[..., Page]):
    page = finished(java_script_enabled=False)
    page.get_by_role("link", name="Share the packet of Ina Vogt").click()
    page.get_by_role("button", name="Make the link").click()

    expect(page.locator("#link")).to_have_value(re.compile("/shared/"))
    expect(page.get_by_role("button", name="Copy the link")).to_have_count(0)
