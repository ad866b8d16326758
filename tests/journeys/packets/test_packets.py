"""A whole print run by keyboard alone, and papers that come back filled in: in a real browser, also on a telephone."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pypdfium2
from playwright.sync_api import Download, Locator, Page, Route, expect

from tests.documents import pdfs
from tests.journeys.conftest import Visit
from tests.packets.returned.test_returned import filled_in
from tests.support.browser.walker import adapt, soon, tab_to, wait_saved

NARROW = {"viewport": {"width": 320, "height": 720}}
WIDE = "() => document.documentElement.scrollWidth"


def press(page: Page, target: Locator) -> None:
    """Go to a button, link or box by Tab and press what presses it."""
    tab_to(page, target, max_tabs=400)
    page.keyboard.press("Space" if target.get_attribute("type") in {"checkbox", "radio"} else "Enter")


def choose(page: Page, name: str, label: str) -> None:
    """Go to a group of choices by Tab, and down to one of them by arrow."""
    wanted = page.get_by_label(label)
    tab_to(page, page.locator(f"[name={name}]:checked"), max_tabs=400)
    for _ in range(page.locator(f"[name={name}]").count()):
        if wanted.is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"No arrow leads to {label}")


def published(page: Page, name: str) -> str:
    """Adapt a library role and publish it; give its slug."""
    slug = adapt(page, name)
    publish(page, slug)
    return slug


def publish(page: Page, slug: str) -> None:
    page.goto(f"/roles/{slug}/check")
    page.locator("#unconfirmed").check()
    press(page, page.get_by_role("button", name="Publish this edition"))
    page.wait_for_url("**/editions/**")


def written(page: Page, slug: str, words: str) -> None:
    """Write the purpose of a role anew, by keyboard."""
    page.goto(f"/roles/{slug}/purpose/overall")
    tab_to(page, page.locator("#answer"))
    page.keyboard.press("Control+A")
    page.keyboard.type(words)
    wait_saved(page)


def begun(page: Page, title: str) -> None:
    """Open the form of a run, and tick the edition in use of one role."""
    page.goto("/packets")
    press(page, page.get_by_role("link", name="Print packets"))
    press(page, page.get_by_label(re.compile(f"^{title}, Edition")).first)


def people(page: Page, panel: tuple[str, ...], candidates: tuple[str, ...]) -> None:
    """Name who takes part, a line for each."""
    for label, names in (("Panel members", panel), ("Candidates", candidates)):
        tab_to(page, page.get_by_label(label))
        for name in names:
            page.keyboard.type(f"{name}\n")


def listed(page: Page) -> None:
    press(page, page.get_by_role("button", name="Look at the list"))
    page.wait_for_url(re.compile(r"/packets/\d+$"))


def fetched(page: Page, link: Locator) -> Download:
    tab_to(page, link, max_tabs=400)
    with page.expect_download() as coming:
        page.keyboard.press("Enter")
    return coming.value


def fits(page: Page) -> None:
    """Hold that nothing leads sideways off a telephone."""
    page.wait_for_load_state()
    page.set_viewport_size(NARROW["viewport"])
    assert page.evaluate(WIDE) <= 320, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def texts(file: Path) -> Iterator[str]:
    """Return the text of each PDF in a ZIP."""
    with ZipFile(file) as opened:
        for name in opened.namelist():
            yield pdfs.text(opened.read(name))


def test_a_round_is_printed_cancelled_and_printed_again_after_an_edit_without_a_mouse(visit: Visit):
    page = visit("/")
    slug = published(page, "channel-manager")
    begun(page, "Channel Manager")
    choose(page, "recipe", "Interviewer packet")
    people(page, ("Ina Vogt", "Raj Rao"), ("Candidate A", "Candidate B", "Candidate C"))
    fits(page)
    listed(page)
    first = page.url
    expect(page.get_by_role("rowheader", name="Interview kit")).to_be_visible()
    fits(page)
    press(page, page.get_by_role("button", name="Print these packets"))
    bar = page.get_by_label("Documents ready")
    expect(bar).to_have_attribute("max", "15")  # two covers among them
    expect(page.get_by_text("Ready: ")).to_be_visible()
    fits(page)

    # A second run, which is cancelled: what was asked for of the first stands in its form.
    press(page, page.get_by_role("link", name="Plan another like this"))
    expect(page.get_by_label("Candidates")).to_have_value("Candidate A\nCandidate B\nCandidate C")
    press(page, page.locator("summary", has_text="Paper, language, large print"))
    press(page, page.get_by_label("Large print"))
    listed(page)
    assert page.url != first
    press(page, page.get_by_role("button", name="Print these packets"))
    press(page, page.get_by_role("button", name="Cancel the run"))
    expect(page.get_by_text("This run was cancelled, and no packet was finished.")).to_be_visible()
    expect(page.get_by_role("heading", name="Files")).to_have_count(0)
    fits(page)

    page.goto(first)
    file = fetched(page, page.get_by_role("link", name=re.compile(r"\.zip$")))
    for text, whose in zip(texts(file.path()), ("1 of 2 · Ina Vogt", "2 of 2 · Raj Rao"), strict=True):
        assert f"Packet {whose}" in text
        assert "Edition 1" in text

    written(page, slug, "Wins with partners what we could not win alone.")
    publish(page, slug)
    page.goto(first)
    press(page, page.get_by_role("button", name="Print again"))
    page.wait_for_url(re.compile(r"/packets/(?!\d+/again)\d+$"))
    told = page.get_by_text(re.compile(r"\d+ of \d+ documents changed since run"))
    changed, among = map(int, re.findall(r"\d+", told.inner_text())[:2])
    assert 0 < changed <= among
    press(page, page.get_by_role("button", name="Print these packets"))
    expect(page.get_by_text("Ready: ")).to_be_visible()
    for text in texts(fetched(page, page.get_by_role("link", name=re.compile(r"\.zip$"))).path()):
        assert "Wins with partners what we could not win alone." in text


def test_the_keyboard_stays_where_it_is_while_the_page_tells_how_far_a_run_is(visit: Visit):
    page = visit("/")
    published(page, "account-executive-enterprise")
    begun(page, "Account Executive, Enterprise")
    people(page, ("Ina Vogt",), ("Candidate A", "Candidate B"))
    listed(page)
    waiting: list[str] = []  # the page of the run, which it is told again whenever it asks
    asked: list[str] = []

    def tell(route: Route) -> None:
        if route.request.is_navigation_request() or not waiting:
            route.continue_()
        else:
            asked.append(route.request.url)
            route.fulfill(content_type="text/html", body=waiting[0])

    page.route(re.compile(r"/packets/\d+$"), tell)
    press(page, page.get_by_role("button", name="Print these packets"))
    cancel = page.get_by_role("button", name="Cancel the run")
    expect(cancel).to_be_visible()
    waiting.append(page.content())
    tab_to(page, cancel)
    before = len(asked)
    soon(lambda: page.title() and len(asked) > before + 2, wanted=True)
    expect(cancel).to_be_focused()
    waiting.clear()
    expect(page.get_by_text("Ready: ")).to_be_visible()
    page.unroute_all(behavior="wait")


def test_papers_that_were_filled_in_come_back_and_become_a_record(visit: Visit, tmp_path: Path):
    page = visit("/", **NARROW)
    published(page, "customer-success-manager")
    begun(page, "Customer Success Manager")
    people(page, ("Ina Vogt",), ("Candidate A", "Candidate B"))
    choose(page, "form", "Typed into the PDF")
    choose(page, "delivery", "One PDF for each person")
    listed(page)
    press(page, page.get_by_role("button", name="Print these packets"))
    expect(page.get_by_text("Ready: ")).to_be_visible()
    packet = fetched(page, page.get_by_role("link", name=re.compile(r"Ina Vogt .*\.pdf$"))).path().read_bytes()
    mine = filled_in(packet, score="4", evidence="She named the buyer.", decision="strong-yes", signed="Ina Vogt")
    back = tmp_path / "back from Ina.pdf"
    back.write_bytes(mine)

    press(page, page.get_by_role("link", name="upload them here"))
    page.wait_for_url("**/returned")
    assert page.evaluate(WIDE) <= 320
    press(page, page.get_by_role("button", name="Read the documents"))
    expect(page.locator("#summary")).to_contain_text("Choose the filled-in PDFs.")
    page.messages.clear()  # Chromium says that the page answers 422
    assert page.evaluate(WIDE) <= 320
    page.get_by_label("Filled-in PDFs").set_input_files(back)  # the window of the system takes no keys from here
    press(page, page.get_by_role("button", name="Read the documents"))
    expect(page.get_by_text("2 documents returned; the answers will be printed as fixed text.")).to_be_visible()
    assert page.evaluate(WIDE) <= 320
    press(page, page.get_by_role("button", name="Print these packets"))
    expect(page.get_by_text("Ready: ")).to_be_visible()
    flat = fetched(page, page.get_by_role("link", name=re.compile(r"Ina Vogt .*\.pdf$"))).path().read_bytes()
    with pypdfium2.PdfDocument(flat) as pdf:
        assert pdf.get_formtype() == 0
    text = pdfs.text(flat)
    assert text.count("She named the buyer.") >= 2
    assert "Strong yes" in text
    with pikepdf.open(io.BytesIO(flat)) as opened:
        assert "/AcroForm" not in opened.Root
