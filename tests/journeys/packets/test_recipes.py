"""HR writes a recipe by keyboard, by mouse and without scripts, and a long list of roles is searched."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.test_reorder import drag
from tests.support.browser.tour import become
from tests.support.browser.walker import tab_to

TITLES = {
    "kit": "Interview kit",
    "brief": "Accountability brief",
    "position": "Position description",
}


def written(page: Page, title: str) -> Page:
    """Begin a recipe with two documents, as HR."""
    become(page, "Grace Chen")
    page.goto("/packets/recipes")
    page.get_by_role("link", name="Write a recipe", exact=True).click()
    page.get_by_label("What is it called?").fill(title)
    page.get_by_label("One for the file").check()
    for part in ("kit", "brief"):
        page.get_by_label("A document to add").select_option(label=TITLES[part])
        page.get_by_role("button", name="Add it").click()
        expect(page.get_by_role("heading", name=TITLES[part])).to_be_visible()
    expect(page.locator("#parts li h2")).to_have_text([TITLES["kit"], TITLES["brief"]])
    return page


@pytest.mark.parametrize("scripts", [True, False])
def test_hr_writes_a_recipe_and_prints_by_it(visit: Visit, scripts: bool):
    title = f"Handover {scripts}"
    page = written(visit("/", java_script_enabled=scripts), title)
    page.get_by_role("button", name="Move up : Accountability brief").click()
    expect(page.locator("#parts li h2").first).to_have_text(TITLES["brief"])
    page.get_by_role("button", name="Take out : Interview kit").click()
    expect(page.locator("#parts li h2")).to_have_count(1)
    expect(page.get_by_label("What is it called?")).to_have_value(title)
    page.get_by_role("button", name="Save this recipe").click()
    page.wait_for_url("**/packets/recipes")
    expect(page.get_by_text(f"“{title}” can be chosen for packets now.")).to_be_visible()

    page.goto("/packets/new")
    page.locator("[name=editions]").first.check()
    page.get_by_label(f"{title}, one for the file: accountability brief").check()
    page.get_by_role("button", name="Look at the list").click()
    page.wait_for_url(re.compile(r"/packets/\d+$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    page.get_by_role("button", name="Do not print").click()
    expect(page.get_by_text("This run was cancelled")).to_be_visible()
    page.get_by_role("link", name="Plan another like this").click()
    expect(page.get_by_label(f"{title}, one for the file: accountability brief")).to_be_checked()
    page.goto("/packets/recipes")
    page.get_by_role("button", name=f"Retire it {title}").click()
    expect(page.get_by_text("Retired", exact=True).first).to_be_visible()


def test_documents_are_moved_by_keyboard_and_the_keyboard_goes_on_from_there(visit: Visit):
    page = written(visit("/"), "By keyboard")
    expect(page.locator(":focus h2")).to_have_text(TITLES["brief"])  # what was added last
    tab_to(page, page.get_by_role("button", name="Move up : Accountability brief"))
    page.keyboard.press("Enter")
    expect(page.locator("#parts li h2").first).to_have_text(TITLES["brief"])
    expect(page.locator(":focus h2")).to_have_text(TITLES["brief"])


def test_documents_are_dragged_to_another_place(visit: Visit):
    page = written(visit("/"), "By mouse")
    with page.expect_navigation():
        drag(page, page.locator("#parts li .drag").first, page.locator("#parts li").last)
    expect(page.locator("#parts li h2").last).to_have_text(TITLES["kit"])
    page.get_by_role("button", name="Save this recipe").click()
    expect(page.get_by_text("One for the file: accountability brief and interview kit.")).to_be_visible()


def test_a_long_list_of_roles_is_searched_and_what_is_ticked_stays(visit: Visit):
    page = visit("/")
    for number in range(13):
        page.goto("/roles/new")
        page.get_by_label("Title of the role").fill(f"Seat number {number}")
        page.get_by_role("button", name="Start from a blank page").click()
        page.wait_for_url("**/roles/seat-number-*")
    page.goto("/packets/new")
    first = page.locator("[name=editions]").first
    first.check()
    page.get_by_label("Find a role").fill("seat 12")
    expect(page.get_by_label("Seat number 12, Draft")).to_be_visible()
    expect(page.get_by_label("Seat number 11, Draft")).to_be_hidden()
    expect(first).to_be_visible()
    expect(page.get_by_text(re.compile(r"^2 of \d+ are shown\.$"))).to_be_visible()
    page.keyboard.press("Enter")  # it searches, and sends nothing
    expect(page.get_by_role("heading", level=1)).to_have_text("Print packets")
    expect(first).to_be_checked()
