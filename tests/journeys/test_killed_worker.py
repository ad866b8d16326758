"""A worker that is killed while it prints an edition is a delay: each document is there once, and the page leads to it."""

import re

from playwright.sync_api import Page, Response, expect

from tests.journeys.conftest import Visit
from tests.support.browser.running_workbench import Running, until
from tests.support.browser.walker import adapt
from workbench.roles.documents.kinds import DOCUMENTS

PAPERS = len(DOCUMENTS) + 1  # each kind, and the description once more without the pay for those who do not see it


def published(page: Page, server: Running, name: str) -> tuple[set[str], set[str]]:
    """Publish a role, and kill the worker when it has printed the first paper; give what was there before."""
    page.goto("/library")
    adapt(page, name)
    until(server.at_rest, "the worker to be free")
    page.goto(f"{page.url}/check")
    there, rows = files(server), keys(server)
    page.locator("#unconfirmed").check()
    page.get_by_role("button", name="Publish").click()
    page.wait_for_url(re.compile(r"/editions/[\w-]+/1$"))
    until(lambda: files(server) - there, "the first document to be printed")
    server.kill("worker")
    return there, rows


def test_a_worker_killed_while_printing_leaves_each_document_once(visit: Visit, server: Running):
    page = visit("/library")
    for name in ("sales-engineer", "demand-lead", "sales-manager", "account-manager"):
        there, rows = published(page, server, name)
        if len(files(server) - there) < PAPERS - 1:
            break  # a machine that let us wait may have printed all, and then the next role is tried
    assert 0 < len(files(server) - there) < PAPERS - 1, "the worker was killed in the middle"
    assert keys(server) == rows, "what is half done has no row"
    # the last of the four kinds, so it is still to be printed
    address = str(page.get_by_role("link", name="PDF of the starter metrics sheet").get_attribute("href"))
    with page.expect_response(is_pdf) as printed:
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_contain_text("Printing")
        # and now the page looks again by itself until the worker that took over is done
    assert printed.value.status == 200
    until(server.at_rest, "the jobs to be done")
    made = keys(server) - rows
    assert len(made) == PAPERS
    assert {f"{key}.pdf" for key in made} == files(server) - there
    kinds = server.rows(
        f"SELECT kind, COUNT(*) FROM document WHERE key IN ({','.join('?' * len(made))}) GROUP BY kind", *made
    )
    assert dict(kinds) == {kind: 2 if kind == "position-annex" else 1 for kind in DOCUMENTS}
    states = {state for (state,) in server.rows("SELECT state FROM job WHERE task = 'press-edition'")}
    assert states == {"done"}
    assert page.request.get(address).headers["content-type"] == "application/pdf"


def is_pdf(answer: Response) -> bool:
    return "pdf" in (answer.headers.get("content-type") or "")


def files(server: Running) -> set[str]:
    return {file.name for file in (server.data / "documents").glob("*/*.pdf") if not file.name.startswith(".")}


def keys(server: Running) -> set[str]:
    return {key for (key,) in server.rows("SELECT key FROM document")}
