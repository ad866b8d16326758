"""Every page there is, as each kind of person: nothing in the console, nothing for axe to find, and room on a telephone."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.conftest import new_context, record_console
from tests.support.browser.axe import found_by_axe
from tests.support.browser.running_workbench import Running
from tests.support.browser.tour import PEOPLE, Tour, become, go_round, look_closely, tour_of
from tests.support.browser.walker import adapt, sign_out, wait_saved, without_news

pytestmark = pytest.mark.deadline(900)  # a round through all pages, with axe, on a busy machine
LOOK = {"viewport": {"width": 1280, "height": 900}}
TWO_EDITIONS = "account-manager"
LONG_TITLE = (
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsleiter"  # without a blank
)
# What is found stands behind a form, an invitation is shown once, the example company is always signed in, a shared
# link stands in a field, and the round finds no run that is only planned; all are read with the troubles.
NO_LINK_LEADS_THERE = {
    "/invitation/<token>",
    "/read/<token>",
    "/roles/<slug>/now",  # the part of a page that is asked for again and again
    "/people/invitations/<int:number>",
    "/planner/compare",
    "/search",
    "/sign-in",
    "/shared/<token>",
    "/shared/<token>/file",
    "/packets/<int:number>/change",
}


@pytest.fixture(scope="module")
def tour(server: Running, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Tour:
    """One round through the site, strict policy on, as every kind of person; what the console said is in `failed`."""
    made = tour_of(server, tmp_path_factory.mktemp("tour"))
    context = new_context(browser, server, **LOOK)
    page = record_console(context.new_page())
    furnish(page)
    for person in PEOPLE:
        go_round(made, context, person)
    made.failed += page.messages
    context.close()
    return made


def furnish(page: Page) -> None:
    """Make what the example company lacks: a role with only a title, one with two editions, and a print run."""
    page.goto("/roles/new")
    page.get_by_label("Title of the role").fill("A seat with only a title")
    page.get_by_role("button", name="Start from a blank page").click()
    page.wait_for_url("**/roles/a-seat-with-only-a-title")
    slug = adapt(page, TWO_EDITIONS)
    page.goto(f"/roles/{slug}/seat")
    page.locator("#title").fill(LONG_TITLE)
    wait_saved(page)
    for words in ("Keeps what we won.", "Keeps what we won, and lets it grow."):
        page.goto(f"/roles/{slug}/summary")
        page.locator("#role-summary").fill(words)
        wait_saved(page)
        page.goto(f"/roles/{slug}/check")
        page.locator("#unconfirmed").check()
        page.get_by_role("button", name="Publish").click()
        page.wait_for_url("**/editions/**")
    work_together(page, slug)
    ask_for_agreement(page)
    remove_draft(page)
    save_plan(page)
    write_recipe(page)
    plan_packets(page)
    page.get_by_role("button", name="Print these packets").click()
    expect(page.get_by_text("Ready: ")).to_be_visible()
    share_packet(page)


def work_together(page: Page, slug: str) -> None:
    """Share a draft, comment on it with other words, ask for its approval, and make a link to its edition."""
    page.goto(f"/roles/{slug}/people")
    page.locator("#person").select_option(label="Tom Okafor, Leader")
    page.get_by_role("button", name="Share", exact=True).click()
    page.goto(f"/roles/{slug}/comments/summary")
    page.locator("#comment-text").fill("@Tom Okafor, is this what you would say?")
    page.locator("#comment-suggestion").fill("Keeps what we won, and lets it grow with the customer.")
    page.get_by_role("button", name="Comment", exact=True).click()
    page.goto(f"/roles/{slug}/approval")
    page.get_by_label("Any person of HR").check()
    page.get_by_role("button", name="Ask for approval").click()
    page.goto(f"/editions/{slug}/1/links")
    page.locator("#reader").fill("Chief executive")
    page.get_by_role("button", name="Make the link").click()
    expect(page.locator("#link")).to_be_visible()


def ask_for_agreement(page: Page) -> None:
    """Ask HR to agree to a text that a leader alone may not publish."""
    slug = adapt(page, "channel-manager")
    page.goto(f"/roles/{slug}/summary")
    page.locator("#role-summary").fill("Wins partners. We want a young man for this.")
    wait_saved(page)
    page.goto(f"/roles/{slug}/check")
    asked = page.locator("#agreements + p + .findings li").first
    asked.get_by_label("Why does the role have to say this?").fill("The customer has asked for it in the contract.")
    asked.get_by_role("button", name="Ask for agreement").click()
    expect(page.locator(".tag.waits").first).to_be_visible()


def remove_draft(page: Page) -> None:
    """Move a draft to the trash."""
    slug = adapt(page, "inbound-sdr")
    page.goto(f"/roles/{slug}/remove")
    page.get_by_role("button", name="Remove the draft").click()
    page.wait_for_url("**/")


def save_plan(page: Page) -> None:
    """Save a plan of the planner under a name."""
    page.goto("/planner")
    page.get_by_label("Name of the plan").fill("Steady year")
    page.get_by_role("button", name="Save the plan").click()
    page.wait_for_url("**/planner/plans/*")


def share_packet(page: Page) -> str:
    """Create a link to the packet of a finished run, and return its address."""
    page.get_by_role("link", name="Share the packet of").first.click()
    page.get_by_role("button", name="Make the link").click()
    return page.locator("#link").input_value()


def write_recipe(page: Page) -> None:
    """Write a recipe of the company's own as HR, which the leader then finds among the others."""
    become(page, "Grace Chen")
    page.goto("/packets/recipes/new?copy=manager")
    page.get_by_label("What is it called?").fill("Second round")
    page.get_by_role("button", name="Save this recipe").click()
    page.wait_for_url("**/packets/recipes")
    become(page, PEOPLE[0])


def plan_packets(page: Page) -> None:
    """Choose one role and the packet that needs nobody to be named, and look at the list."""
    page.goto("/packets/new")
    page.locator("[name=editions]").first.check()
    page.get_by_label("File copy").check()
    page.get_by_label("Typed into the PDF").check()  # what is sent back has a page of its own
    page.get_by_role("button", name="Look at the list").click()
    page.wait_for_url(re.compile(r"/packets/\d+$"))


@contextmanager
def standing_still(page: Page) -> Iterator[None]:
    """Let a page that looks again by itself hear nothing, so that it is not replaced while it is read or left."""

    def only_pages(route: Route) -> None:
        if route.request.is_navigation_request() or route.request.resource_type not in {"fetch", "xhr"}:
            route.continue_()

    page.route("**/*", only_pages)
    try:
        yield
    finally:
        page.unroute_all(behavior="ignoreErrors")


def troubled_packets(page: Page) -> Iterator[str]:
    """Bring a print run into each state that passes, and leave its form empty."""
    plan_packets(page)
    run = page.url
    yield "planned packets"
    page.get_by_role("link", name="Change something").click()
    page.wait_for_url("**/change")
    yield "planned packets that are changed"
    page.goto(run)
    with standing_still(page):
        with page.expect_navigation():
            page.get_by_role("button", name="Print these packets").click()
        expect(page.get_by_role("button", name="Print these packets")).to_have_count(0)
        yield "packets on their way"
        page.goto("/packets/new")
    page.get_by_role("button", name="Look at the list").click()
    expect(page.locator("#summary")).to_be_visible()
    yield "422 of packets"
    page.goto("/packets")
    page.get_by_role("link", name="File copy").last.click()
    page.wait_for_url(re.compile(r"/packets/\d+$"))
    first = page.url
    page.goto(f"{first}/returned")
    page.get_by_role("button", name="Read the documents").click()
    expect(page.locator("#summary")).to_be_visible()
    yield "422 of papers that came back"
    page.goto(first)
    link = share_packet(page)
    yield "a link that is shown once"
    page.goto(link)
    yield "a shared packet"
    page.goto(f"{link}x")
    yield "a link that opens nothing"
    page.goto(run)
    expect(page.get_by_text("Ready: ")).to_be_visible()
    become(page, "Grace Chen")
    page.goto(f"{run}/erase")
    page.get_by_role("button", name="Erase the names").click()
    expect(page.get_by_text("were erased on")).to_be_visible()
    yield "a run without its names"
    become(page, PEOPLE[0])


def invited(page: Page) -> Iterator[str]:
    """Invite a person as an admin, and follow the link before and after it has ended."""
    become(page, "Ada Novak")
    page.goto("/people/invite")
    page.get_by_label("Name").fill("Nils Berg")
    page.get_by_label("Email address").fill("nils@northwind.example")
    page.get_by_label("Leader").check()
    page.get_by_role("button", name="Make the link").click()
    page.wait_for_url(re.compile(r"/people/invitations/\d+"))
    link = re.search(r"http\S+/invitation/\S+", page.locator("#link").input_value())
    assert link
    yield "an invitation"
    page.goto(link.group())
    yield "joining"
    page.goto("/people")
    page.get_by_role("button", name="Take back").click()
    page.goto(link.group())
    yield "an invitation that has ended"
    become(page, PEOPLE[0])


def shown_without_account(page: Page) -> Iterator[str]:
    """Show an edition to somebody without an account, and follow the link and one that opens nothing."""
    page.goto("/")
    page.get_by_role("link", name=re.compile("^Edition 2")).first.click()
    page.get_by_role("link", name="Show it to somebody without an account").click()
    page.get_by_label("Whom is it for?").fill("The chief executive")
    page.get_by_role("button", name="Make the link").click()
    link = page.locator("#link").input_value()
    page.goto(link)
    yield "an edition that somebody without an account reads"
    page.goto(f"{link}x")
    yield "a link to an edition that opens nothing"


def troubled_paper(page: Page, slug: str) -> Iterator[str]:
    """Ask for a paper that is not printed yet, and look at the page that waits for it."""
    page.goto(f"/roles/{slug}/documents/interview-kit.pdf?paper=letter")
    yield "not printed yet"
    with standing_still(page):
        with page.expect_navigation():
            page.get_by_role("button", name="Print it now").click()
        if page.locator("#printing").count():
            yield "printing"
        page.goto("/roles/nobody")


def troubled(page: Page) -> Iterator[str]:
    """Bring a page into each state that no link leads to: errors of every kind, and two people on one part."""
    page.goto("/roles/new")
    page.get_by_role("button", name="Start from a blank page").click()
    expect(page.locator("#summary")).to_be_visible()
    yield "422 of a title"
    slug = adapt(page, "vp-sales")
    for step, field, words in (("seat", "title", ""), ("pay", "minimum", "much")):
        page.goto(f"/roles/{slug}/{step}")
        page.locator(f"#{field}").fill(words)
        page.get_by_role("button", name="Save and continue").click()
        expect(page.locator("#summary")).to_be_visible()
        yield f"422 of {step}"
    page.goto("/roles/a-seat-with-only-a-title/check")
    yield "check with gaps"
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#summary")).to_be_visible()
    yield "422 of publishing"
    for step, field in (("summary", "#role-summary"), ("duties", "#rows textarea >> nth=0")):
        without_news(page).goto(f"/roles/{slug}/{step}")
        other = page.context.new_page()
        other.goto(f"/roles/{slug}/{step}")
        other.locator(field).fill("What the other one wrote.")
        wait_saved(other)
        other.close()
        page.locator(field).fill("What I wrote.")
        expect(page.locator("#saved")).to_contain_text("changed this part")
        yield f"not saved: {step}"
        page.get_by_role("button", name="Save and continue").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("You changed this part in another tab")
        yield f"409 of {step}"
    yield from troubled_packets(page)
    yield from invited(page)
    yield from shown_without_account(page)
    yield from troubled_paper(page, slug)
    for address in (
        "/search?q=account",
        "/search?q=nothing+like+this",
        "/roles/nobody",
        f"/roles/{slug}/publish",
        "/people",
    ):
        page.goto(address)
        yield f"error at {address}"
    page.goto("/roles/new")
    page.locator("main [name=csrf_token]").last.evaluate("it => it.value = 'old'")
    with page.expect_navigation():
        page.get_by_role("button", name="Start from a blank page").click()
    yield "a form from long ago"
    page.goto("/")
    sign_out(page)
    page.wait_for_url("**/sign-in")
    yield "sign in"
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("#summary")).to_be_visible()
    yield "422 of signing in"


def listed(found: list[str]) -> str:
    """Return the findings, one on a line."""
    return "\n".join(["", *found])


def test_links_lead_to_every_page_that_the_application_knows(tour: Tour):
    unmet = tour.unmet() - NO_LINK_LEADS_THERE
    assert not unmet, listed(sorted(unmet))
    assert len({rule for rule, _ in tour.seen}) > 25


def test_no_page_fails_or_says_anything_to_the_console_under_the_strict_policy(tour: Tour):
    assert not tour.failed, listed(tour.failed)


def test_no_page_scrolls_sideways_on_a_small_telephone(tour: Tour):
    assert not tour.wide, listed(tour.wide)


def test_no_text_overlaps_or_is_cut_at_any_width(tour: Tour):
    assert not tour.layout, listed(tour.layout)


def test_everything_that_is_pressed_is_large_enough(tour: Tour):
    assert not tour.small, listed(tour.small)


def test_whatever_has_the_focus_shows_it(tour: Tour):
    assert not tour.unseen, listed(tour.unseen)


def test_axe_finds_nothing_on_any_page_in_light_and_dark(tour: Tour):
    assert not tour.barriers, listed(tour.barriers)


def test_axe_finds_nothing_on_a_page_that_tells_of_trouble(tour: Tour, server: Running, browser: Browser):
    found = []
    with new_context(browser, server, **LOOK) as context:
        page = context.new_page()
        for name in troubled(page):
            found += found_by_axe(page, name)
            look_closely(tour, page, name)
    assert not found, listed(found)
    assert not tour.flaws(), listed(tour.flaws())
