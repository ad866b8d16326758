"""The proof-reading client: each page that a test asks for is read for bad HTML, missing labels and wrong titles."""

import re
from collections import Counter
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.structure import parse
from workbench.accounts import tables
from workbench.accounts.model import Person
from workbench.core.links import new_token
from workbench.core.web.session import SAFE_METHODS

_TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
_NO_FIELDS = {"hidden", "submit", "button"}


_INLINE = {"a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "time"}
# A capital inside the second word, or at the beginning of the first, makes it a field of a system: Task.CreatedDate.
_GLUED = re.compile(r"(?<![A-Za-z])[a-z]*[a-z”’)]{2}[.!?:;][“A-Z][a-z]*(?![A-Za-z])[^.]{0,30}")


class PageFlaw(AssertionError):
    """A page with something wrong in it; the text names each thing."""


class _Response:
    """What responses have beside what Flask gives them."""

    @cached_property
    def page(self: Any) -> BeautifulSoup:
        """Return the parsed HTML. Raises AttributeError where the response is no page."""
        if self.mimetype != "text/html":
            raise AttributeError(f"This response is {self.mimetype}, not a page.")
        whole = self.text.lstrip()[:9].lower() == "<!doctype"
        return BeautifulSoup(self.text, "lxml" if whole else "html.parser")


class PageClient(FlaskClient):
    """A browser for tests: it checks what it gets, carries its tokens, and fills in forms as the page has them.

    Responses have `.page`, the parsed HTML. A write sends the token of this browser by itself, with the header with
    which browsers name our own site.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.response_wrapper = type("PageResponse", (_Response, self.response_wrapper), {})
        self._token = ("", "")  # the cookie of the form session, and a token that fits it

    def open(self, *args: Any, **options: Any) -> TestResponse:
        if options.get("method", "GET") not in SAFE_METHODS and options.pop("token", True):
            headers = {"X-CSRFToken": self.csrf_token(), "Sec-Fetch-Site": "same-origin"}
            options["headers"] = headers | dict(options.get("headers") or {})
        answer = super().open(*args, **{"buffered": True} | options)
        answer.request.environ["wsgi.input"].close()  # an upload waits there in a file
        if answer.mimetype == "text/html" and answer.data and answer.status_code not in {301, 302, 303, 308}:
            proofread(answer.text)
            if found := _TOKEN.search(answer.text):
                self._token = (self._form_cookie(), found[1])
        return answer

    def sign_in(self, person: Person) -> "PageClient":
        """Sign a person in: send the cookie of a new session from now on."""
        token = new_token()
        with self.application.extensions["workbench"]["write"].begin() as session:
            tables.open_session(session, person.id, token, "The tests’ browser")
        self.set_cookie("workbench", token)
        return self

    def csrf_token(self) -> str:
        """Return a token that fits this browser: of the page that was read last, else of one that is always there."""
        cookie, token = self._token
        if not cookie or cookie != self._form_cookie():
            found = _TOKEN.search(super().open("/sign-in").text)
            assert found
            token = found[1]
            self._token = (self._form_cookie(), token)
        return token

    def _form_cookie(self) -> str:
        cookie = self.get_cookie(self.application.config["SESSION_COOKIE_NAME"])
        return cookie.value if cookie else ""

    def fill(self, address: str, action: str = "", button: str = "", **fields: Any) -> TestResponse:
        """Open a page, type into its form and send it. `action` names the form where there are several.

        Every field keeps its value on the page unless it is named; `button` is the text of the one pressed.
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
    """Find the one form in the main part of a page, or the one whose address is `action`; Undo, comments and remarks are none of its own."""
    own = "main form:not(.with-undo form, #comments form, #findings form)"
    forms = [form for form in page.select("main form" if action else own) if not action or form["action"] == action]
    assert len(forms) == 1, f"There are {len(forms)} forms to choose from: {[form['action'] for form in forms]}"
    return forms[0]


def values_of(form: Tag) -> dict[str, Any]:
    """Return what a browser would send of an untouched form."""
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
    """Check a whole page, or a piece of one. Raises PageFlaw with every flaw found."""
    whole = html.lstrip().lower().startswith("<!doctype")
    root, flaws = parse(html, whole=whole)
    tree = _Tree(root)
    flaws += [*_id_flaws(tree, whole=whole), *_field_flaws(tree), *_form_flaws(tree), *_policy_flaws(tree)]
    flaws += _sentence_flaws(tree)
    if whole:
        flaws += _heading_flaws(tree)
    if flaws:
        raise PageFlaw("\n".join(flaws))


class _Tree:
    """The elements of a parsed page in document order, all of them and by name."""

    def __init__(self, root: Element) -> None:
        self.all = [element for element in root.iter() if isinstance(element.tag, str)]  # comments are no elements
        self._named: dict[str, list[Element]] = {}
        for element in self.all:
            self._named.setdefault(_name(element), []).append(element)

    def named(self, *names: str) -> list[Element]:
        return [element for name in names for element in self._named.get(name, [])]

    def with_attribute(self, name: str) -> list[Element]:
        return [element for element in self.all if name in element.attrib]


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]  # an element of SVG carries its namespace


def _text(element: Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _heading_flaws(tree: _Tree) -> list[str]:
    headings = [_text(element) for element in tree.named("h1")]
    if len(headings) != 1:
        return [f"there are {len(headings)} h1 headings: {headings}"]
    titles = tree.named("title")
    title = _text(titles[0]).removeprefix("Error: ") if titles else ""
    parts = (title, title.split(": ", 1)[-1])  # “Position description: Account Executive” is a title too
    right = any(part.startswith(headings[0]) for part in parts)
    flaws = [] if right else [f"the title “{title}” does not begin with “{headings[0]}”"]
    language = any(element.get("lang") for element in tree.named("html"))
    return flaws if language else [*flaws, "the page has no language"]


def plain(tag: Tag) -> str:
    """Return the words of a part of a page as one line; no-break spaces count as spaces."""
    return " ".join(tag.get_text(" ", strip=True).split())


def words(page: Tag) -> str:
    """Return the words of a page as one line, without its head and foot."""
    return plain(page.main)


def _id_flaws(tree: _Tree, *, whole: bool) -> list[str]:
    ids = Counter(element.get("id") for element in tree.with_attribute("id"))
    flaws = [f"{times} elements have the id “{name}”" for name, times in ids.items() if times > 1]
    if not whole:
        return flaws
    for element in tree.all:
        address = element.get("href", "") if _name(element) == "a" else ""
        named = [
            *element.get("for", "").split()[:1],
            *element.get("aria-describedby", "").split(),
            *element.get("aria-labelledby", "").split(),
            *([address[1:]] if address.startswith("#") else []),
        ]
        missing = [name for name in named if name and name not in ids]
        flaws += [f"<{_name(element)}> points at “{name}”, which is not there" for name in missing]
    return flaws


def _field_flaws(tree: _Tree) -> list[str]:
    labels = tree.named("label")
    inside = {inner for label in labels for inner in label.iter()}
    labelled = {label.get("for") for label in labels if _text(label)}
    fields = [field for field in tree.named("input", "select", "textarea") if field.get("type") not in _NO_FIELDS]
    flaws = [
        f"the field “{field.get('name', field.attrib)}” has no label"
        for field in fields
        if not (field.get("aria-label") or field.get("aria-labelledby") or field in inside)
        and not (field.get("id") and field.get("id") in labelled)
    ]
    flaws += [f"the button {button.attrib} has no words" for button in tree.named("button") if not _words(button)]
    links = [link for link in tree.named("a") if "href" in link.attrib]
    flaws += [f"the link to {link.get('href')} has no words" for link in links if not _words(link)]
    pictures = [picture for picture in tree.named("img") if "alt" not in picture.attrib]
    return flaws + [f"the picture {picture.get('src')} has no alt text" for picture in pictures]


def _words(element: Element) -> str:
    pictures = [inner.get("alt", "") for inner in element.iter("img")]
    return f"{_text(element)}{element.get('aria-label', '')}{''.join(pictures)}"


def _form_flaws(tree: _Tree) -> list[str]:
    flaws = []
    for form in tree.named("form"):
        if not form.get("action"):
            flaws.append(f"a form has no action: {form.attrib}")
        tokens = [inner for inner in form.iter() if inner.get("name") == "csrf_token" and "value" in inner.attrib]
        if form.get("method", "get").lower() == "post" and not tokens:
            flaws.append(f"the form to {form.get('action')} has no token")
    return flaws


def _sentence_flaws(tree: _Tree) -> list[str]:
    """Find sentences without a space between them, which a line break in a template may have removed."""
    return [
        f"no space between two sentences: “{found.group()}”"
        for element in tree.named("p", "li", "dd", "td", "label", "summary", "h1", "h2", "h3")
        if all(_name(inner) in _INLINE for inner in element.iter() if inner is not element)
        for found in _GLUED.finditer("".join(element.itertext()))
    ]


def _policy_flaws(tree: _Tree) -> list[str]:
    flaws = [
        f"<{_name(element)}> has a style of its own, which the content policy forbids"
        for element in tree.with_attribute("style")
    ]
    flaws += ["there is a <style> in the page" for _ in tree.named("style")]
    scripts = [script for script in tree.named("script") if "src" not in script.attrib]
    flaws += ["there is a <script> in the page" for script in scripts if script.get("type") is None]
    handlers = {name for element in tree.all for name in element.attrib if str(name).startswith("on")}
    flaws += [f"there is an {name} handler, which the content policy forbids" for name in sorted(handlers)]
    headings = [heading for heading in tree.named("th") if "scope" not in heading.attrib]
    return flaws + [f"<th> without scope: {_text(heading)}" for heading in headings]
