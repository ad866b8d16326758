"""The material of an exercise is reached from its question, saves itself as it is typed, and says which line it cannot read."""

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.support.browser.walker import adapt, wait_saved


def test_a_sheet_is_changed_and_a_table_with_a_fault_is_named_by_its_line(visit: Visit):
    page = visit("/library")
    slug = adapt(page)
    page.goto(f"/roles/{slug}/accountabilities/lead-qualification/questions/mock-qualification")
    page.get_by_role("link", name="The sheets of this exercise").click()
    sheet = page.get_by_label("The candidate’s sheet", exact=True)
    sheet.fill("# Your task\n\nCall Ana Ruiz.\n\n| Day | Orders |\n| Monday | 12 |")
    wait_saved(page)
    sheet.fill("# Your task\n\n| Day | Orders |\n| Monday |")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator("#candidate-error")).to_contain_text("Line 4 has 1 cells")
    expect(sheet).to_have_value("# Your task\n\n| Day | Orders |\n| Monday |")
    page.messages.clear()  # Chromium says that the page answers 422
    sheet.fill("# Your task\n\n| Day | Orders |\n| Monday | 14 |")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url(f"**/roles/{slug}/accountabilities/lead-qualification")
    page.goto(f"/roles/{slug}/accountabilities/lead-qualification/questions/mock-qualification/exercise")
    expect(sheet).to_have_value("# Your task\n\n| Day | Orders |\n| Monday | 14 |")
