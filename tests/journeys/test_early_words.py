"""What somebody types before the page's script is there is saved like everything else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Route

from tests.journeys.conftest import Visit
from tests.support.browser.walker import adapt, wait_saved, written

SCRIPTS = "**/*.js*"
NEED = "Enquiries wait for days."


@contextmanager
def scripts_held_back(page: Page) -> Iterator[None]:
    """Let the scripts of the next page wait until what is done here is done."""
    waiting: list[Route] = []
    page.route(SCRIPTS, lambda route: waiting.append(route))  # noqa: PLW0108 - it marks what it is given
    yield
    for route in waiting:
        route.continue_()
    page.unroute(SCRIPTS)


def test_what_is_typed_before_the_script_is_there_is_saved(visit: Visit):
    page = visit("/library")
    slug = adapt(page)
    with scripts_held_back(page):
        page.goto(f"/roles/{slug}/purpose/why-needed", wait_until="commit")
        page.locator("#answer").fill(NEED)
    wait_saved(page)
    assert written(page, slug, "purpose/why-needed", "answer") == NEED


@pytest.mark.parametrize(
    ("step", "touch"),
    [
        ("pay", lambda page: page.locator("[name=released]").click()),
        ("seat", lambda page: page.locator("[name=motion]").select_option(index=0)),
    ],
    ids=["a tick", "a choice"],
)
def test_what_is_chosen_before_the_script_is_there_is_saved(visit: Visit, step: str, touch: Callable[[Page], None]):
    page = visit("/library")
    slug = adapt(page, "account-manager")
    with scripts_held_back(page):
        page.goto(f"/roles/{slug}/{step}", wait_until="commit")
        before = state(page)
        touch(page)
        after = state(page)
    assert after != before
    wait_saved(page)
    page.reload()
    assert state(page) == after


def state(page: Page) -> list[object]:
    """Return the selected boxes and choices."""
    page.locator("#step select").first.wait_for()
    read = "all => all.map(it => it.type == 'checkbox' ? it.checked : it.value)"
    return list(page.locator("#step select, #step [type=checkbox]").evaluate_all(read))


def test_a_page_that_nobody_touched_saves_nothing(visit: Visit):
    page = visit("/library")
    slug = adapt(page)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if "autosave" in request.url else None)
    for step in ("purpose/why-needed", "summary", "pay"):
        page.goto(f"/roles/{slug}/{step}")
    assert not sent
