"""The planner in a real browser: it redraws while somebody types, keeps their place, and prints as one page."""

import io
import re

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.support.browser.walker import adapt, tab_to

FULL = (
    "/planner?target=5,000,000&deal=45000&spread=0.8&starts=2027-01-01&months=12&country=US&cycle=60&ramp=five"
    "&capacity=4&people=3&confidence=0.9&stages-0-name=opportunities&stages-0-share=11+of+50"
    "&stages-1-name=proposals&stages-1-share=60%25&stages-2-name=demos&stages-2-share=60%25"
    "&stages-3-name=meetings&stages-3-share=50%25&stages-4-name=calls&stages-4-share=3%25"
)
ACCOUNTS, SO_FAR = "/planner/accounts", "/planner/so-far"


def test_the_plan_follows_while_somebody_types_and_their_place_is_kept(visit: Visit):
    page = visit("/planner")
    before = page.locator("#sentence").inner_text()
    page.locator("#target").fill("")
    expect(page.locator("#desk .summary")).to_contain_text("Enter the revenue that has to come in.")
    expect(page.locator(".field.wrong #target")).to_be_focused()
    page.locator("#target").press_sequentially("2000000", delay=60)
    expect(page.locator("#sentence")).to_contain_text("$2,000,000")
    expect(page.locator("#target")).to_be_focused()
    expect(page.locator("#target")).to_have_value("2000000")
    expect(page.locator(".wrong")).to_have_count(0)
    expect(page.locator("#sentence")).not_to_have_text(before)
    expect(page).to_have_url(re.compile(r"/planner\?.*target=2000000"))
    page.reload()
    expect(page.locator("#sentence")).to_contain_text("$2,000,000")
    page.messages[:] = [words for words in page.messages if "422" not in words]


def test_what_is_unfolded_stays_unfolded(visit: Visit):
    page = visit("/planner")
    page.get_by_text("How these numbers are worked out").click()
    expect(page.locator("#sums li").first).to_be_visible()
    page.locator("#deal").fill("50000")
    expect(page.locator("#sums li").first).to_contain_text("÷ $50,000 a deal")
    expect(page.locator("#sums li").first).to_be_visible()
    page.get_by_text("More exact").click()
    page.locator("#confidence").select_option("0.9")
    expect(page.locator("#sentence")).to_contain_text("To be 90% sure")
    expect(page.locator("#confidence")).to_be_visible()


def test_a_row_for_one_more_kind_of_work_appears_when_the_last_is_filled(visit: Visit):
    page = visit("/planner")
    page.get_by_text("More exact").click()
    page.locator("#stages-3-name").fill("mails")
    page.locator("#stages-3-share").fill("10%")
    expect(page.locator("#stages-4-name")).to_be_visible()
    expect(page.locator("#answer")).to_contain_text("Mails")
    expect(page.locator("#stages-3-share")).to_be_focused()
    page.messages[:] = [words for words in page.messages if "422" not in words]


def test_the_planner_works_without_scripts(visit: Visit):
    page = visit("/planner", java_script_enabled=False)
    page.locator("#target").fill("2000000")
    page.get_by_role("button", name="Work it out").click()
    expect(page.locator("#sentence")).to_contain_text("$2,000,000")
    page.get_by_role("link", name="Halfway through").click()
    page.locator("#won").fill("900000")
    page.get_by_role("button", name="Work it out").click()
    expect(page.locator("#sentence")).to_contain_text("With $900,000 won")


def test_a_plan_is_made_and_taken_by_keyboard_alone(visit: Visit):
    page = visit("/library")
    slug = adapt(page)
    page.goto(f"/roles/{slug}/planner")
    tab_to(page, page.locator("#target"))
    page.keyboard.press("Control+A")
    page.keyboard.type("500000")
    expect(page.locator("#sentence")).to_contain_text("$500,000")
    tab_to(page, page.locator("#own"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Write the chosen numbers"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/targets")
    expect(page.get_by_text("Sign at least $500,000 of contracts").first).to_be_visible()
    expect(page.get_by_text("Worked out").first).to_be_visible()


@pytest.mark.parametrize("address", ["/planner", FULL, ACCOUNTS, SO_FAR])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_plan_prints_as_one_page_with_what_it_rests_on(visit: Visit, address: str, paper: str):
    page = visit(address)
    printed = page.pdf(format=paper, print_background=True)
    with pypdfium2.PdfDocument(io.BytesIO(printed)) as pdf:
        assert len(pdf) == 1
        words = pdf[0].get_textpage().get_text_bounded()
    assert "Money in" in words
    assert "Work it out" not in words
    assert "Revenue target" in words


@pytest.mark.parametrize("address", [FULL, ACCOUNTS, SO_FAR, "/metrics", "/metrics/win_rate_n"])
def test_nothing_runs_over_the_edge_of_a_small_screen(visit: Visit, address: str):
    page = visit(address, viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
