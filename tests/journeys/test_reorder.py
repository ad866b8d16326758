"""Accountabilities and rows take another place by button and by drag, and the keyboard goes on from what was moved."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Visit
from tests.support.browser.walker import adapt, soon, tab_to, wait_saved

# What stands in a list that can be dragged, from its first row to its last.
ORDER = """() => [...document.querySelectorAll('[data-sort] > li')]
    .map(it => it.innerText + [...it.querySelectorAll('textarea')].map(field => field.value))"""


@pytest.fixture
def home(visit: Visit) -> Page:
    return visit("/library")


def outcomes(page: Page) -> list[str]:
    return page.locator("#items h2").all_inner_texts()


def rows(page: Page) -> list[str]:
    return page.locator("#rows textarea").evaluate_all("all => all.map(it => it.value).filter(Boolean)")


def drag(page: Page, handle: Locator, target: Locator) -> None:
    handle.scroll_into_view_if_needed()
    start = handle.bounding_box()
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(start["x"] + 10, start["y"] + 20, steps=3)
    target.scroll_into_view_if_needed()
    end, before = target.bounding_box(), page.evaluate(ORDER)
    page.mouse.move(end["x"] + 20, end["y"] + end["height"] - 6, steps=12)
    for nudge in range(100):  # until what is dragged lies there: how soon depends on the machine
        if page.evaluate(ORDER) != before:
            break
        page.wait_for_timeout(100)
        page.mouse.move(end["x"] + 20, end["y"] + end["height"] - 4 - nudge % 2)
    page.wait_for_timeout(200)
    page.mouse.up()


def test_accountabilities_move_by_button_and_the_keyboard_goes_on_from_there(home: Page):
    slug = adapt(home)
    home.goto(f"/roles/{slug}/accountabilities")
    before = outcomes(home)
    down = re.compile(f"Move down ?: {re.escape(before[0])}")
    tab_to(home, home.get_by_role("button", name=down))
    home.keyboard.press("Enter")
    home.wait_for_url("**#item-*")
    soon(lambda: outcomes(home), [before[1], before[0], *before[2:]])
    expect(home.locator(":focus h2")).to_have_text(before[0])
    again = home.get_by_role("button", name=down)
    assert tab_to(home, again, max_tabs=6) <= 4, "the same button is near"
    home.keyboard.press("Enter")
    expect(home.locator("#items h2").nth(2)).to_have_text(before[0])
    expect(home.locator(":focus h2")).to_have_text(before[0])
    home.goto(f"/roles/{slug}/accountabilities")
    soon(lambda: outcomes(home), [before[1], before[2], before[0], *before[3:]])


def test_accountabilities_are_dragged_and_stay_there(home: Page):
    slug = adapt(home)
    home.goto(f"/roles/{slug}/accountabilities")
    before = outcomes(home)
    items = home.locator("#items > li")
    with home.expect_navigation(url="**#items"):
        drag(home, items.nth(0).locator(".drag"), items.nth(1))
    moved = [before[1], before[0], *before[2:]]
    soon(lambda: outcomes(home), moved)
    home.goto(f"/roles/{slug}/accountabilities")
    soon(lambda: outcomes(home), moved)


def test_rows_move_by_button_and_the_keyboard_goes_on_from_there(home: Page):
    slug = adapt(home)
    home.goto(f"/roles/{slug}/hard-parts")
    before = rows(home)
    tab_to(home, home.get_by_role("button", name="Move down number 1"))
    home.keyboard.press("Enter")
    home.wait_for_url("**#row-1")
    soon(lambda: rows(home), [before[1], before[0], *before[2:]])
    expect(home.locator(":focus textarea")).to_have_value(before[0])
    home.get_by_role("button", name="Move up number 2").click()
    home.wait_for_url("**#row-0")
    soon(lambda: rows(home), before)
    home.get_by_role("button", name="Add another").click()
    expect(home.locator(f"#row-{len(before)} :focus")).to_have_value("")
    home.keyboard.type("The first year is lonely.")
    home.get_by_role("button", name="Save and continue").click()
    home.wait_for_url(f"**/roles/{slug}/pay")
    home.goto(f"/roles/{slug}/hard-parts")
    soon(lambda: rows(home), [*before, "The first year is lonely."])


def test_rows_are_dragged_and_their_buttons_follow(home: Page):
    slug = adapt(home)
    home.goto(f"/roles/{slug}/duties")
    before = rows(home)
    essential = "all => all.map(it => it.checked)"
    home.locator("#rows [name='rows-0-essential']").uncheck()
    switches = home.locator("#rows input[type=checkbox]").evaluate_all(essential)
    items = home.locator("#rows > li")
    with home.expect_navigation(url="**#rows"):
        drag(home, items.nth(0).locator(".drag"), items.nth(1))
    soon(lambda: rows(home), [before[1], before[0], *before[2:]])
    after = home.locator("#rows input[type=checkbox]").evaluate_all(essential)
    assert after[:2] == [switches[1], switches[0]], "the switch goes with its row"
    home.get_by_role("button", name=re.compile("^Remove number 1$")).click()
    soon(lambda: rows(home), [before[0], *before[2:]])
    wait_saved(home)
    home.reload()
    soon(lambda: rows(home), [before[0], *before[2:]])


def test_enter_in_a_list_saves_and_moves_nothing(home: Page):
    slug = adapt(home)
    home.goto(f"/roles/{slug}/duties")
    before = rows(home)
    home.locator("#rows input[type=checkbox]").first.focus()
    home.keyboard.press("Enter")
    home.wait_for_url(f"**/roles/{slug}/qualifications")
    home.goto(f"/roles/{slug}/duties")
    soon(lambda: rows(home), before)
