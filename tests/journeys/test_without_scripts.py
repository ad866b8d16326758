"""The same path with JavaScript switched off: rows by buttons, errors that keep what was typed, and an edition at its end."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.support.browser.walker import soon

TYPED = "Answer each enquiry within the hour."


@pytest.fixture
def page(visit: Visit) -> Page:
    return visit("/", java_script_enabled=False)


def start(page: Page) -> str:
    page.get_by_role("link", name="Start a role").click()
    page.get_by_role("button", name="Adapt this role Inbound").click()
    page.wait_for_url(re.compile(r"/roles/inbound[\w-]+$"))
    return page.url


def rows(page: Page) -> list[str]:
    return page.locator("#rows textarea").evaluate_all("all => all.map(it => it.value).filter(Boolean)")


def outcomes(page: Page) -> list[str]:
    return page.locator("#items h2").all_inner_texts()


def test_a_role_is_adapted_published_and_printed_without_scripts(page: Page):
    tasks = start(page)
    page.get_by_role("link", name="Title and place", exact=True).click()
    page.get_by_label("Department").fill("Commercial")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("Summary of the role").fill("Answers people who asked for us.")
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_url(re.compile(f"{tasks}/purpose/overall"))
    page.get_by_role("link", name="Back to the task list").click()
    page.get_by_role("link", name="Check your answers and publish").click()
    expect(page.get_by_text("Answers people who asked for us.")).to_be_visible()
    page.locator("#unconfirmed").check()
    page.get_by_role("button", name="Publish").click()
    expect(page).to_have_url(re.compile(r"/editions/[\w-]+/1$"))
    address = page.get_by_role("link", name="PDF of the position description").evaluate("link => link.href")
    beside = page.context.new_page()
    with beside.expect_response(lambda answer: "pdf" in (answer.headers.get("content-type") or "")):
        # While it is being printed the page looks again by itself, also without scripts. `goto` would raise where
        # it is printed already and the browser saves a PDF instead of showing it.
        beside.evaluate("address => location.assign(address)", address)
    page.get_by_role("link", name="Starter metrics on screen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Starter metrics")


def test_rows_are_added_moved_and_removed_by_buttons(page: Page):
    tasks = start(page)
    page.goto(f"{tasks}/hard-parts")
    before = rows(page)
    page.locator("#rows textarea").last.fill("One more.")
    page.get_by_role("button", name="Add another").click()
    soon(lambda: rows(page), [*before, "One more."])
    expect(page.locator("#rows textarea").last).to_have_value("")  # an empty row waits
    page.get_by_role("button", name=f"Move up number {len(before) + 1}").click()
    soon(lambda: rows(page), [*before[:-1], "One more.", before[-1]])
    page.get_by_role("button", name="Move down number 1").click()
    turned = [before[1], before[0], *before[2:-1], "One more.", before[-1]]
    soon(lambda: rows(page), turned)
    page.get_by_role("button", name=f"Remove number {len(before)}").click()
    left = [text for text in turned if text != "One more."]
    soon(lambda: rows(page), left)
    page.reload()
    soon(lambda: rows(page), left)


def test_accountabilities_are_added_moved_and_removed_by_buttons(page: Page):
    tasks = start(page)
    page.goto(f"{tasks}/accountabilities")
    before = outcomes(page)
    page.get_by_role("button", name=re.compile("^Move down")).first.click()
    moved = [before[1], before[0], *before[2:]]
    soon(lambda: outcomes(page), moved)
    page.get_by_role("button", name="Add an accountability").click()
    page.locator("#outcome").fill("New customers tell two others about us")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("^Save ?: State the outcome")).click()
    page.goto(f"{tasks}/accountabilities")
    soon(lambda: outcomes(page), [*moved, "New customers tell two others about us"])
    page.locator("#items > li").last.get_by_role("link", name="Remove").click()
    page.get_by_role("button", name="Remove it").click()
    soon(lambda: outcomes(page), moved)


def test_an_error_keeps_what_was_typed_and_leads_to_its_field(page: Page):
    tasks = start(page)
    page.goto(f"{tasks}/pay")
    page.get_by_label("From", exact=True).fill("about fifty")
    page.get_by_label("Variable pay").fill("Ten percent of base.")
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator("#summary")).to_be_focused()
    expect(page.get_by_label("From", exact=True)).to_have_value("about fifty")
    expect(page.get_by_label("Variable pay")).to_have_value("Ten percent of base.")
    expect(page.get_by_label("From", exact=True)).to_have_attribute("aria-invalid", "true")
    link = page.locator("#summary a").first
    words = link.inner_text()
    expect(page.locator(".error").first).to_contain_text(words)
    link.click()
    expect(page.get_by_label("From", exact=True)).to_be_focused()
    page.messages.clear()
    page.get_by_label("From", exact=True).fill("50,000")
    page.get_by_label("To", exact=True).fill("60,000")
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_url(re.compile(r"/conditions$"))


def test_an_error_is_told_with_scripts_as_well(visit: Visit):
    page = visit("/")
    tasks = start(page)
    page.goto(f"{tasks}/seat")
    page.get_by_label("Title of the role").fill("")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator("#summary")).to_be_focused()
    page.locator("#summary a").click()
    expect(page.get_by_label("Title of the role")).to_be_focused()
    page.messages.clear()
