"""A round through every page of the workbench as each kind of person, noting what is wrong on the way."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import BrowserContext, Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from tests.support import site
from tests.support.browser.axe import found_by_axe
from tests.support.browser.layout import layout_flaws
from tests.support.browser.running_workbench import Running
from tests.support.servers import databases

MAX_PAGES = 500
NO_PAGE = re.compile(r"\.(pdf|png|css|csv|xlsx|docx|ics|ico|zip)$|\.<|/static/")
TASKS = "/roles/<slug>"  # one with an edition and one without lead to different pages
PEOPLE = ("Maya Lindqvist", "Grace Chen", "Sam Rivera", "Ada Novak")

NARROW = """() => {
    const wide = [...document.querySelectorAll('main *')].filter(it => it.getBoundingClientRect().right > 321
        && !it.closest('.scroll, .visually-hidden, .paper'));
    return [document.documentElement.scrollWidth, wide.slice(0, 3).map(it => it.outerHTML.slice(0, 120))];
}"""

# Links in running text may be as high as the text (WCAG 2.5.8); all else wants 24 by 24 pixels.
SMALL = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter(it => {
    const box = it.getBoundingClientRect();
    const style = getComputedStyle(it);
    if (!it.checkVisibility() || it.tabIndex < 0 || it.closest('.visually-hidden, .skip, .paper')) return false;
    const inText = style.display === 'inline' && [...it.parentNode.childNodes].some(
        other => other !== it && (other.nodeType === 3 ? other.data.trim() : other.nodeType === 1));
    return !inText && (box.width < 24 || box.height < 23.9);
}).map(it => `${it.outerHTML.slice(0, 140)} ${it.getBoundingClientRect().width}x${it.getBoundingClientRect().height}`)"""

# The keyboard was used last, so whatever takes the focus must show it.
UNSEEN = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter(it => it.checkVisibility({visibilityProperty: true}) && it.tabIndex >= 0 && !it.disabled && it.type !== 'hidden')
    .filter(it => {
        it.focus({preventScroll: true});
        const style = getComputedStyle(it);
        return style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2;
    }).map(it => it.outerHTML.slice(0, 140))"""


@dataclass(slots=True)
class Tour:
    """What was met: an address for each rule and person, and what was wrong there."""

    site: str
    map: MapAdapter
    seen: dict[tuple[str, str], str] = field(default_factory=dict)
    times: dict[tuple[str | None, str], int] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    wide: list[str] = field(default_factory=list)
    small: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    layout: list[str] = field(default_factory=list)
    barriers: list[str] = field(default_factory=list)

    def flaws(self) -> list[str]:
        """List what was wrong with the pages that were looked at closely."""
        return [*self.wide, *self.small, *self.unseen, *self.layout]

    def rule_of(self, path: str) -> str | None:
        """Find the rule of the page that answers a path; files are no pages."""
        try:
            rule, _ = self.map.match(path, "GET", return_rule=True)
        except HTTPException:
            return None
        return None if NO_PAGE.search(rule.rule) else rule.rule

    def unmet(self) -> set[str]:
        """List the rules of pages that no link led to; nothing links to an old address, which only redirects."""
        rules = [rule for rule in self.map.map.iter_rules() if ".redirect_old_" not in rule.endpoint]
        pages = {rule.rule for rule in rules if "GET" in (rule.methods or ())}
        return {rule for rule in pages if not NO_PAGE.search(rule)} - {rule for rule, _ in self.seen}


def tour_of(server: Running, folder: Path) -> Tour:
    """Begin a round: the pages are those that the application itself knows."""
    with databases.fresh("sqlite", folder) as made:
        return Tour(server.site, site.app(made).url_map.bind("127.0.0.1"))


def become(page: Page, person: str) -> None:
    """Look at the example company as somebody else."""
    page.goto("/")
    select = page.locator("#example-person")
    value = select.locator("option", has_text=person).get_attribute("value")
    select.select_option(value)
    with page.expect_navigation():
        page.get_by_role("button", name="Switch").click()


def go_round(tour: Tour, context: BrowserContext, person: str) -> None:
    """Follow every link as one person, and look closely at the first page of each rule, with axe too."""
    page = context.pages[0]
    become(page, person)
    waiting, met = ["/"], {"/"}
    while waiting and len(met) < MAX_PAGES:
        address = waiting.pop(0)
        rule = tour.rule_of(urlsplit(address).path)
        times = tour.times.get((rule, person), 0)
        if rule is None or times == (2 if rule == TASKS else 1):
            continue
        tour.times[rule, person] = times + 1
        answer = page.goto(address)
        if answer is None or answer.status >= 400:
            tour.failed.append(f"{address} answers {answer.status if answer else 'nothing'} to {person}")
        for link in page.eval_on_selector_all("a[href]", "all => all.map(it => it.href)"):
            parts = urlsplit(urljoin(page.url, link))
            path = parts._replace(scheme="", netloc="", fragment="").geturl()
            if link.startswith(tour.site) and path not in met:
                met.add(path)
                waiting.append(path)
        if rule not in {known for known, _ in tour.seen}:
            look_closely(tour, page, address)
            tour.barriers += found_by_axe(page, f"{address} as {person}")
        tour.seen.setdefault((rule, person), address)


def look_closely(tour: Tour, page: Page, name: str) -> None:
    """Look at a page as it is on a small telephone, with the keyboard, and at each width."""
    tour.layout += [f"{name} {it}" for it in layout_flaws(page)]
    page.keyboard.press("Tab")
    tour.unseen += [f"{name}: {it}" for it in page.evaluate(UNSEEN)]
    page.set_viewport_size({"width": 320, "height": 700})
    width, what = page.evaluate(NARROW)
    if width > 320:
        tour.wide.append(f"{name} is {width} pixels wide: {what}")
    tour.small += [f"{name}: {it}" for it in page.evaluate(SMALL)]
    page.set_viewport_size({"width": 1280, "height": 900})
