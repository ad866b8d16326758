"""Fixtures of the journeys: the real workbench, a real browser, and its users."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.support.browser.chromium import ARGUMENTS, find_chromium
from tests.support.browser.running_workbench import Running

Visit = Callable[..., Page]
PATIENT = 120_000  # milliseconds for whatever a page does, also on a busy machine
expect.set_options(timeout=PATIENT)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/journeys" in item.path.as_posix():
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The running workbench with its example company; a test that kills it starts it again."""
    running = Running(tmp_path_factory.mktemp("server"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all journeys of this process; each has a context of its own."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def visit(server: Running, browser: Browser) -> Iterator[Visit]:
    """Open a separate browser context: `visit("/library", java_script_enabled=False)` gives its page.

    A page that meets an error in its scripts, or that writes to the console, fails the test at its end, unless
    the test expected just that and clears `page.messages` first.
    """
    opened: list[tuple[BrowserContext, Page]] = []

    def visited(address: str = "/", **options: Any) -> Page:
        context = new_context(browser, server, **{"viewport": {"width": 1280, "height": 900}} | options)
        page = record_console(context.new_page())
        opened.append((context, page))
        page.goto(address)
        return page

    yield visited
    messages = [words for _, page in opened for words in page.messages]
    for context, _ in opened:
        for page in context.pages:
            page.close()  # without asking whether to leave
        context.close()
    assert not messages, messages


def new_context(browser: Browser, server: Running, **options: Any) -> BrowserContext:
    """Return a separate browser context with the address of the workbench."""
    context = browser.new_context(base_url=server.site, **options)
    context.set_default_timeout(PATIENT)
    return context


def record_console(page: Page) -> Page:
    """Record the console messages of a page in `page.messages`."""

    def record(message: ConsoleMessage) -> None:
        page.messages.append(f"{page.url}: {message.text} {message.location['url']}")

    page.messages = []
    page.on("console", record)
    page.on("pageerror", lambda error: page.messages.append(f"{page.url}: {error}"))
    return page
