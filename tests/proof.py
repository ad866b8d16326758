"""The proof-reading client: each page that a test asks for is read for bad HTML, missing labels and wrong titles."""

from collections import Counter
from typing import Any

import html5lib
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from workbench.accounts import tables
from workbench.accounts.model import Person
from workbench.core.web.session import SAFE_METHODS

_FIELDS = "input:not([type=hidden]):not([type=submit]):not([type=button]), select, textarea"


class Flawed(AssertionError):
    """A page with something wrong in it; the text names each thing."""


class Reader(FlaskClient):
    """A browser for tests: it reads what it gets, carries its tokens, and fills in forms as they stand on the page.

    Answers have `.page`, the parsed HTML. A write sends the token of this browser by itself, and says that it comes
    from our own site, as browsers do.
    """

    def open(self, *args: Any, **options: Any) -> TestResponse:
        if options.get("method", "GET") not in SAFE_METHODS and options.pop("token", True):
            headers = {"X-CSRFToken": self.csrf_token(), "Sec-Fetch-Site": "same-origin"}
            options["headers"] = headers | dict(options.get("headers") or {})
        answer = super().open(*args, **{"buffered": True} | options)
        answer.request.environ["wsgi.input"].close()  # an upload waits there in a file
        if answer.mimetype == "text/html" and answer.data and answer.status_code not in {301, 302, 303, 308}:
            proofread(answer.text)
            answer.page = BeautifulSoup(answer.text, "html.parser")
        return answer

    def sign_in(self, person: Person) -> "Reader":
        """Show the cookie of a new session from now on, as if the person had signed in."""
        token = tables.new_token()
        with self.application.extensions["workbench"]["write"].begin() as session:
            tables.open_session(session, person.id, token, "The tests’ browser")
        self.set_cookie("workbench", token)
        return self

    def csrf_token(self) -> str:
        """Give a token that fits this browser, from a page that is always there."""
        page = BeautifulSoup(super().open("/sign-in").text, "html.parser")
        return str(page.select_one("[name=csrf_token]")["value"])

    def fill(self, address: str, action: str = "", button: str = "", **fields: Any) -> TestResponse:
        """Open a page, type into its form and send it. `action` names the form where there are several.

        Every field keeps what stands on the page unless it is named; `button` is the text of the one pressed.
        """
        page = self.get(address).page
        form = find_form(page, action)
        data = values_of(form)
        unknown = set(fields) - {tag.get("name") for tag in form.select("input, select, textarea, button")}
        assert not unknown, f"There are no fields {unknown} in the form at {address}"
        if button:
            pressed = next(tag for tag in form.select("button") if tag.get_text(" ", strip=True).startswith(button))
            if pressed.get("name"):
                data[pressed["name"]] = pressed.get("value", "")
        data |= fields
        kept = {name: value for name, value in data.items() if value is not None}
        return self.post(form["action"] or address, data=kept, content_type=form.get("enctype"))


def find_form(page: Tag, action: str = "") -> Tag:
    """Find the one form in the main part of a page, or the one whose address is `action`."""
    forms = [form for form in page.select("main form") if not action or form["action"] == action]
    assert len(forms) == 1, f"There are {len(forms)} forms to choose from: {[form['action'] for form in forms]}"
    return forms[0]


def values_of(form: Tag) -> dict[str, Any]:
    """Give what a browser would send of a form that nobody touched."""
    data: dict[str, Any] = {}
    for tag in form.select("[name]"):
        if tag.name == "textarea":
            data[tag["name"]] = tag.get_text().removeprefix("\n")
        elif tag.name == "select":
            chosen = tag.select_one("option[selected]") or tag.select_one("option")
            data[tag["name"]] = chosen.get("value", chosen.get_text()) if chosen else ""
        elif tag.get("type") in {"checkbox", "radio"}:
            if tag.has_attr("checked"):
                data[tag["name"]] = tag.get("value", "on")
        elif tag.name == "input" and tag.get("type") not in {"file", "submit", "button"}:
            data[tag["name"]] = tag.get("value", "")
    return data


def proofread(html: str) -> None:
    """Read a whole page, or a piece of one. Raises Flawed with every flaw found."""
    whole = html.lstrip().lower().startswith("<!doctype")
    flaws = _markup_flaws(html, whole=whole)
    page = BeautifulSoup(html, "html.parser")
    flaws += [*_id_flaws(page, whole=whole), *_field_flaws(page), *_form_flaws(page), *_policy_flaws(page)]
    if whole:
        flaws += _heading_flaws(page)
    if flaws:
        raise Flawed("\n".join(flaws))


def _markup_flaws(html: str, *, whole: bool) -> list[str]:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    (parser.parse if whole else parser.parseFragment)(html)
    lines = html.splitlines()
    return [
        f"line {line}: {code} {facts or ''} in {lines[min(line, len(lines)) - 1].strip()[:120]!r}"
        for (line, _), code, facts in parser.errors
    ]


def _heading_flaws(page: Tag) -> list[str]:
    headings = [plain(tag) for tag in page.select("h1")]
    if len(headings) != 1:
        return [f"there are {len(headings)} h1 headings: {headings}"]
    title = plain(page.title).removeprefix("Error: ") if page.title else ""
    parts = (title, title.split(": ", 1)[-1])  # “Position description: Account Executive” is a title too
    right = any(part.startswith(headings[0]) for part in parts)
    flaws = [] if right else [f"the title “{title}” does not begin with “{headings[0]}”"]
    return flaws if page.html and page.html.get("lang") else [*flaws, "the page does not say its language"]


def plain(tag: Tag) -> str:
    """Give the words of a part of a page as one line; those that are tied together are the same words."""
    return " ".join(tag.get_text(" ", strip=True).split())


def words(page: Tag) -> str:
    """Give what a page says as one line, without its head and foot."""
    return plain(page.main)


def _id_flaws(page: Tag, *, whole: bool) -> list[str]:
    ids = Counter(tag["id"] for tag in page.select("[id]"))
    flaws = [f"the id “{name}” stands {times} times" for name, times in ids.items() if times > 1]
    if not whole:
        return flaws
    for tag in page.select("[for], [aria-describedby], [aria-labelledby], [aria-controls], a[href^='#']"):
        named = [
            *tag.get_attribute_list("for", [])[:1],
            *str(tag.get("aria-describedby", "")).split(),
            *str(tag.get("aria-labelledby", "")).split(),
            *str(tag.get("aria-controls", "")).split(),
            *([tag["href"][1:]] if str(tag.get("href", "")).startswith("#") else []),
        ]
        flaws += [f"<{tag.name}> points at “{name}”, which is not there" for name in named if name and name not in ids]
    return flaws


def _field_flaws(page: Tag) -> list[str]:
    flaws = []
    for field in page.select(_FIELDS):
        named = field.get("aria-label") or field.get("aria-labelledby") or field.find_parent("label")
        label = field.get("id") and page.find("label", attrs={"for": field["id"]})
        if not named and not (label and label.get_text(strip=True)):
            flaws.append(f"the field “{field.get('name', field)}” has no label")
    flaws += [f"the button {tag} has no words" for tag in page.select("button") if not _words(tag)]
    flaws += [f"the link to {tag.get('href')} has no words" for tag in page.select("a[href]") if not _words(tag)]
    return flaws + [f"the picture {tag.get('src')} has no alt text" for tag in page.select("img:not([alt])")]


def _words(tag: Tag) -> str:
    pictures = [str(inner.get("alt", "")) for inner in tag.select("img")]
    return f"{tag.get_text(strip=True)}{tag.get('aria-label', '')}{''.join(pictures)}"


def _form_flaws(page: Tag) -> list[str]:
    flaws = []
    for form in page.select("form"):
        if not form.get("action"):
            flaws.append(f"a form has no action: {str(form)[:80]}")
        if form.get("method", "get").lower() == "post" and not form.select_one("[name=csrf_token][value]"):
            flaws.append(f"the form to {form.get('action')} has no token")
    return flaws


def _policy_flaws(page: Tag) -> list[str]:
    flaws = [f"<{tag.name}> has a style of its own, which the content policy forbids" for tag in page.select("[style]")]
    flaws += ["a <style> stands in the page" for _ in page.select("style")]
    flaws += ["a <script> stands in the page" for tag in page.select("script:not([src])") if tag.get("type") is None]
    handlers = {name for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")}
    flaws += [f"there is an {name} handler, which the content policy forbids" for name in sorted(handlers)]
    return flaws + [f"<th> without scope: {tag.get_text(strip=True)}" for tag in page.select("th:not([scope])")]
