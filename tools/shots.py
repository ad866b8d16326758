"""Take pictures of every page and document into shots/: light, dark, narrow, and as it would be printed.

    ./dev shots             start a new example company and look at it as each of its people
    ./dev shots /library    only the pages whose address begins with this, and no documents

The pages are those of the application: every address that answers GET and is reached by following links from the front
page, at most three of each rule for each person. Addresses that no link leads to, answers of 400 and above, and messages
of the browser's console are listed at the end, and the exit code is then 1. The server's log is shots/server.log.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, Rule

ROOT = Path(__file__).resolve().parent.parent
SHOTS = ROOT / "shots"
LOOKS: dict[str, Any] = {
    "light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 720}, "color_scheme": "light"},
}
SAMPLES = ("account-executive-mid-market", "vp-sales")
MAX_PAGES_OF_A_RULE = 3


@dataclass(slots=True)
class Tour:
    """The addresses seen on a tour of the site, by rule, and the faults found."""

    site: str
    rules: MapAdapter
    seen: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def record_console(self, address: str, text: str) -> None:
        """Record a message of the browser's console, except for those about the status of an answer."""
        if "server responded with a status" not in text:
            self.faults.append(f"{urlsplit(address).path}: the console says {text}")

    def rule_of(self, path: str) -> Rule | None:
        """Find the rule that answers a path."""
        try:
            rule, _ = self.rules.match(path, "GET", return_rule=True)
        except HTTPException:
            return None
        return rule


def main() -> int:
    """Take the pictures. Return the exit code."""
    only = sys.argv[1] if len(sys.argv) > 1 else "/"
    shutil.rmtree(SHOTS, ignore_errors=True)
    SHOTS.mkdir()
    with tempfile.TemporaryDirectory() as folder, example(folder) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        tour = Tour(site, rules(folder))
        for person in people(browser, site):
            visit_all(browser, tour, person, only)
        browser.close()
    if only == "/":
        tour.faults += [f"no link leads to {rule}" for rule in unseen(tour)]
        documents()
    for line in dict.fromkeys(tour.faults):
        print(line, file=sys.stderr)
    print(f"{len(list(SHOTS.rglob('*.png')))} pictures of {len(tour.seen)} pages are in {SHOTS.name}/")
    return 1 if tour.faults else 0


@contextmanager
def example(folder: str) -> Iterator[str]:
    """Run the workbench with a new example company on a free port. Yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {**os.environ, "WORKBENCH_DATA": folder, "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "workbench", "run", "--example", "--port", str(port)]
    with (
        (SHOTS / "server.log").open("w") as log,
        subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=log, text=True) as process,
    ):
        first_line = process.stdout.readline() if process.stdout else ""
        try:
            if "http" not in first_line:
                raise SystemExit("The workbench did not start.")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)


def rules(folder: str) -> MapAdapter:
    """Read which addresses the application knows."""
    os.environ["WORKBENCH_DATA"] = str(Path(folder) / "example")
    from workbench.app import create_app  # noqa: PLC0415 - after the data folder is known

    return create_app().url_map.bind("127.0.0.1")


def people(browser: Browser, site: str) -> list[tuple[str, str]]:
    """List the example people: the value in the switch, and the name."""
    page = browser.new_page()
    page.goto(site)
    options = page.locator("form[action$='/example/switch'] option").all()
    found = [(option.get_attribute("value") or "", option.inner_text()) for option in options]
    page.close()
    return found


def open_as(context: BrowserContext, site: str, value: str) -> Page:
    """Open a page signed in as an example person."""
    page = context.new_page()
    page.goto(site)
    form = page.locator("form[action$='/example/switch']")
    form.locator("select").select_option(value)
    form.locator("button").click()
    page.wait_for_load_state()
    return page


def visit_all(browser: Browser, tour: Tour, person: tuple[str, str], only: str) -> None:
    """Follow every link as one person; photograph each rule at its first visit."""
    contexts = {name: browser.new_context(**look) for name, look in LOOKS.items()}
    pages = {name: open_as(context, tour.site, person[0]) for name, context in contexts.items()}
    guide = pages["light"]
    guide.on("console", lambda message: tour.record_console(guide.url, message.text))
    waiting, met, visits = ["/"], {"/"}, Counter[str]()
    while waiting:
        path = waiting.pop(0)
        rule = tour.rule_of(path)
        if rule is None or not is_page(rule) or visits[rule.rule] == MAX_PAGES_OF_A_RULE:
            continue
        visits[rule.rule] += 1
        answer = guide.goto(tour.site + path)
        if answer is None or answer.status >= 400:
            tour.faults.append(f"{path} answers {answer.status if answer else 'nothing'} to {person[1]}")
        fresh = [link for link in links(guide, tour.site) if link not in met]
        met.update(fresh)
        waiting += dict.fromkeys(fresh)
        if rule.rule not in tour.seen and path.startswith(only):
            tour.seen[rule.rule] = path
            picture(pages, tour.site + path, name_of(rule, person[1]))
    for context in contexts.values():
        context.close()


def links(page: Page, site: str) -> list[str]:
    """List the paths on this site that a page links to."""
    addresses = page.eval_on_selector_all("a[href]", "all => all.map(link => link.href)")
    parts = [urlsplit(address) for address in addresses]
    return [part.path for part in parts if part.netloc == urlsplit(site).netloc]


def picture(pages: dict[str, Page], address: str, name: str) -> None:
    """Photograph one address in each look, and as printed."""
    for look, page in pages.items():
        if page.url != address:
            page.goto(address)
        page.screenshot(path=SHOTS / look / f"{name}.png", full_page=True)
    page_for_print = pages["light"]
    page_for_print.emulate_media(media="print")
    page_for_print.screenshot(path=SHOTS / "print" / f"{name}.png", full_page=True)
    page_for_print.emulate_media(media="screen")


def is_page(rule: Rule) -> bool:
    """Return whether a rule answers with a web page and not with a file."""
    return not re.search(r"\.(pdf|png|css|js|csv|xlsx|docx|ico|zip)$|static|form>$", rule.rule)


def name_of(rule: Rule, person: str) -> str:
    """Return a file name made from a rule and the person who saw it first."""
    words = re.sub(r"<(?:[^:<>]*:)?(\w+)>", r"\1", rule.rule).strip("/").replace("/", "-") or "front"
    return f"{words}--{person.rpartition(', ')[2]}"


def unseen(tour: Tour) -> list[str]:
    """List the pages of the application that no link leads to."""
    rules = [rule for rule in tour.rules.map.iter_rules() if rule.methods and "POST" not in rule.methods]
    pages = [rule for rule in rules if is_page(rule) and ".redirect_old_" not in rule.endpoint]
    return sorted(rule.rule for rule in pages if "GET" in (rule.methods or ()) and rule.rule not in tour.seen)


def documents() -> None:
    """Print each document of two roles and photograph its pages."""
    import pypdfium2  # noqa: PLC0415 - only needed for documents

    from workbench.roles.documents.kinds import DOCUMENTS  # noqa: PLC0415 - only needed for documents

    for role in SAMPLES:
        for name in DOCUMENTS:
            file = SHOTS / "documents" / f"{role}--{name}.pdf"
            file.parent.mkdir(exist_ok=True)
            command = [
                sys.executable,
                "-m",
                "workbench",
                "print",
                name,
                role,
                "-o",
                str(file),
                "--company",
                "Northwind Instruments",
            ]
            subprocess.run(command, cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
            with pypdfium2.PdfDocument(file) as pdf:
                for number, page in enumerate(pdf, 1):
                    page.render(scale=1.5).to_pil().save(file.with_suffix(f".{number}.png"))


if __name__ == "__main__":
    sys.exit(main())
