"""The printed page beside the question turns after each pause, and nothing takes the caret away."""

import logging
import statistics

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.support.browser.running_workbench import until
from tests.support.browser.walker import adapt, wait_saved

_log = logging.getLogger(__name__)
SOON = 300  # milliseconds from the answer of the autosave to the new picture, on a machine that does nothing else
BUSY = 30  # so many times a plain page takes, it may take longer where all tests run at one time

PLAIN = """async () => {
    const begun = performance.now();
    await (await fetch('/metrics')).text();
    return performance.now() - begun;
}"""
# Notes when the last key was pressed, when the autosave was answered and when a new picture could be shown.
WATCH = """() => {
    window.seen = {};
    const picture = document.getElementById('preview');
    document.addEventListener('input', () => { window.seen = {key: performance.now()}; }, true);
    document.addEventListener('htmx:after:request', () => { window.seen.answer = performance.now(); }, true);
    new MutationObserver(() => picture.decode().then(() => { window.seen.picture = performance.now(); }))
        .observe(picture, {attributes: true, attributeFilter: ['src']});
}"""


def page_with_picture(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("#preview").scroll_into_view_if_needed()
    picture = page.locator("#preview")
    until(lambda: picture.evaluate("it => it.complete && it.naturalWidth > 600"), "the first picture")


def test_the_picture_turns_soon_after_a_pause(visit: Visit):
    page = visit("/library")
    slug = adapt(page)
    page_with_picture(page, f"/roles/{slug}/purpose/overall")
    page.evaluate(WATCH)
    answers, pictures, plain, sources = [], [], [], set()
    for word in ("Make", " enquiries", " into", " customers", " who", " stay", " with", " us"):
        page.locator("#answer").press_sequentially(word)
        until(lambda: page.evaluate("window.seen.picture > window.seen.answer"), "the picture to turn")
        seen = page.evaluate("window.seen")
        answers.append(seen["answer"] - seen["key"])
        pictures.append(seen["picture"] - seen["answer"])
        plain.append(page.evaluate(PLAIN))
        sources.add(page.locator("#preview").get_attribute("src"))
    whole = [first + second for first, second in zip(answers, pictures, strict=True)]
    told = [statistics.median(times) for times in (answers, pictures, whole)]
    _log.info("Medians: key to answer %.0f ms, answer to picture %.0f ms, key to picture %.0f ms", *told)
    assert len(sources) == len(answers), "each pause has a picture of its own"
    assert min(pictures) <= SOON + BUSY * min(plain)


def test_the_review_follows_the_words_and_leaves_the_caret_alone(visit: Visit):
    page = visit("/library")
    slug = adapt(page)
    page.goto(f"/roles/{slug}/accountabilities")
    page.locator("#items h2 a").first.click()
    page.wait_for_url("**/accountabilities/*")
    page.goto(f"{page.url}/outcome")
    field = page.locator("#outcome")
    before = page.locator("#findings").inner_text()
    field.fill("Make 40 calls a day")
    wait_saved(page)
    expect(page.locator("#findings")).not_to_have_text(before)
    expect(page.locator("#findings")).to_contain_text("activity")
    field.evaluate("it => it.setSelectionRange(5, 5)")
    page.keyboard.type("about ")
    wait_saved(page)
    assert field.evaluate("it => [it === document.activeElement, it.selectionStart]") == [True, 11]
    assert field.input_value() == "Make about 40 calls a day"
    field.fill("New customers in the north buy from us first")
    wait_saved(page)
    expect(page.locator("#findings")).not_to_contain_text("activity")
