"""Whatever is sent to any form: a clear answer, what was typed still on the page, and nothing changed that should not be."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.roles.path.stored import state
from tests.support import make
from tests.support.proof import PageClient, find_form, values_of
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.core.forms.form import leaves
from workbench.core.jobs.tables import JobRow
from workbench.roles.model import Role
from workbench.roles.path.steps import ACCOUNTABILITY_STEPS, PATH
from workbench.roles.path.views import step_url

HOSTILE = (
    "<script>alert(1)</script>",
    "</textarea><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% include '/etc/passwd' %}",
    "</style><style>body{display:none}</style>",
    "}} @import url(http://127.0.0.1/x); body { color: red",
    "\"' onfocus=alert(1) autofocus x='",
    "&lt;b&gt; &amp; &#0; &nbsp",
    "=1+1",
    "'; DROP TABLE draft; --",
)
INVISIBLE = "wo\u0000r\u0008d \u202eback\u202c \u2066in\u2069 so\u00adft \ue000\ufdd0"
SEEN = "word back in soft"
WIDE = "x" * 300_000
LONG = "long word " * 500
NUMBERS = {"value", "share", "minutes", "minimum", "maximum"}


@dataclass(frozen=True, slots=True)
class PageCase:
    """One page of the path at its address, with the names of its fields by what kind they are."""

    url: str
    part: str

    def __str__(self) -> str:
        return self.part


def path(slug: str) -> Iterator[PageCase]:
    """Go through every page of the path of the draft that `make.role` gives, from the list of steps."""
    for name in PATH.steps:
        yield PageCase(f"/roles/{slug}/{name}", name)
    base = "accountabilities/north"
    for step in ACCOUNTABILITY_STEPS:
        yield PageCase(f"/roles/{slug}/{base}/{step.name}", f"{base}/{step.name}")
    for part in ("expectations/north-held", "questions/north-ask"):
        yield PageCase(f"/roles/{slug}/{base}/{part}", f"{base}/{part}")


EVERY_PAGE = list(path("account-executive"))
every_page = pytest.mark.parametrize("case", EVERY_PAGE, ids=str)


def opened(reader: PageClient, url: str) -> dict[str, Any]:
    """Open a page and give what its form would send."""
    answer = reader.get(url)
    assert answer.status_code == 200, (url, answer.status)
    return values_of(find_form(answer.page))


def texts(reader: PageClient, url: str) -> list[str]:
    """Name the fields of a page into which words or numbers are typed."""
    form = find_form(reader.get(url).page)
    return [tag["name"] for tag in form.select("textarea, input[type=text]")]


def words_of(reader: PageClient, url: str) -> list[str]:
    """Name the fields of a page into which words are typed."""
    return [name for name in texts(reader, url) if name not in NUMBERS]


def stored_at(answer: TestResponse, name: str) -> str:
    """Return what stands in a field of the page that came back."""
    return str(values_of(find_form(answer.page))[name])


def page_text(answer: TestResponse) -> str:
    """Return the summary of what is wrong."""
    summary = answer.page.select_one("#summary")
    return summary.get_text(" ", strip=True) if summary else ""


@every_page
def test_an_untouched_form_changes_nothing(leader: PageClient, store: Database, slug: str, case: PageCase):
    leader.post(case.url, data=opened(leader, case.url))  # a first save may put rows and numbers into their form
    before = make.stored_role(store, slug)
    assert leader.post(case.url, data=opened(leader, case.url)).status_code == 303
    assert make.stored_role(store, slug) == before


@every_page
def test_an_untouched_form_leaves_the_role_as_it_was(leader: PageClient, store: Database, slug: str, case: PageCase):
    assert leader.post(case.url, data=opened(leader, case.url)).status_code == 303
    assert make.stored_role(store, slug) == make.role()


@every_page
def test_an_empty_form_is_answered_in_words(leader: PageClient, store: Database, slug: str, case: PageCase):
    data = dict.fromkeys(texts(leader, case.url), "") | {"op_id": "empty"}
    answer = leader.post(case.url, data=data)
    assert answer.status_code in {303, 422}
    if answer.status_code == 422:
        assert "There is a problem" in page_text(answer)
        assert make.stored_role(store, slug) == make.role()


@every_page
def test_a_form_without_any_field_is_answered(leader: PageClient, store: Database, slug: str, case: PageCase):
    assert leader.post(case.url, data={}).status_code in {303, 422}
    assert make.stored_role(store, slug).title == "Account Executive"


@every_page
def test_a_text_that_is_too_long_is_kept_on_the_page_and_changes_nothing(
    leader: PageClient, store: Database, slug: str, case: PageCase
):
    before = state(store)
    names = texts(leader, case.url)
    answer = leader.post(case.url, data=opened(leader, case.url) | dict.fromkeys(names, LONG))
    assert answer.status_code == 422
    assert answer.page.title.get_text().startswith("Error: ")
    for name in names:
        message = answer.page.find(id=f"{answer.page.find(attrs={'name': name})['id']}-error").get_text()
        assert re.search(r"Shorten this to [\d,]+ characters; it has 4,999|Enter a (whole )?number", message), name
        assert stored_at(answer, name).split() == LONG.split()
    assert state(store) == before
    assert make.stored_role(store, slug) == make.role()


@every_page
def test_control_characters_are_dropped_before_anything_is_stored(
    leader: PageClient, store: Database, slug: str, case: PageCase
):
    names = words_of(leader, case.url)
    assert leader.post(case.url, data=opened(leader, case.url) | dict.fromkeys(names, INVISIBLE)).status_code == 303
    stored = str(make.stored_role(store, slug))
    assert stored.count(SEEN) >= len(names)
    assert not re.search("[\u0000\u0008\u202e\u2066\u00ad\ue000]", stored)


@pytest.mark.slow("fills in every field of a step, and reads each page")
@every_page
def test_code_is_stored_as_words_and_shown_as_words(leader: PageClient, store: Database, slug: str, case: PageCase):
    names = words_of(leader, case.url)
    for turn in (0, 3, 6):
        hostile_data = {name: HOSTILE[(turn + at) % len(HOSTILE)] for at, name in enumerate(names)}
        assert leader.post(case.url, data=opened(leader, case.url) | hostile_data).status_code == 303
        form_page = opened(leader, case.url)
        assert {name: form_page[name] for name in names} == hostile_data
    for page in (
        "",
        "/check",
        "/chain",
        "/accountabilities",
        "/documents/position-description",
        "/documents/interview-kit",
    ):
        answer = leader.get(f"/roles/{slug}{page}")
        assert answer.status_code == 200
        assert not answer.page.select("main script, main style, main img[src=x], main [autofocus], main [onfocus]")


@every_page
def test_what_is_no_number_is_kept_on_the_page_and_changes_nothing(
    leader: PageClient, store: Database, slug: str, case: PageCase
):
    names = sorted(set(texts(leader, case.url)) - set(words_of(leader, case.url)))
    before = state(store)
    for text in ("eight", "1e999", "NaN", "9" * 4_000, "²", *HOSTILE[:2]) if names else ():
        answer = leader.post(case.url, data=opened(leader, case.url) | dict.fromkeys(names, text))
        assert answer.status_code == 422
        assert {stored_at(answer, name) for name in names} == {text}
    assert state(store) == before


@every_page
def test_a_body_of_more_than_a_megabyte_is_refused_before_it_is_read(
    leader: PageClient, store: Database, slug: str, case: PageCase
):
    before = state(store)
    answer = leader.post(case.url, data={f"more{at}": WIDE for at in range(4)})
    assert answer.status_code == 413
    assert answer.page.h1
    assert state(store) == before


@every_page
def test_a_field_of_three_hundred_kilobytes_is_a_fault_of_the_form(
    leader: PageClient, store: Database, slug: str, case: PageCase
):
    before = state(store)
    name = texts(leader, case.url)[0]
    answer = leader.post(case.url, data=opened(leader, case.url) | {name: WIDE})
    assert answer.status_code == 422
    assert len(stored_at(answer, name)) == len(WIDE)
    assert state(store) == before


@every_page
def test_sending_twice_changes_once(leader: PageClient, store: Database, slug: str, case: PageCase):
    name = texts(leader, case.url)[0]
    data = opened(leader, case.url) | {name: "7"}
    first, second = leader.post(case.url, data=data), leader.post(case.url, data=data)
    assert (first.status_code, first.location) == (second.status_code, second.location) == (303, first.location)
    with store.read() as session:
        assert make.draft_row(session, slug).version == 2
        assert session.scalar(select(func.count()).select_from(JobRow)) == 1


@every_page
def test_a_page_that_grew_old_gets_both_texts_and_drops_neither(
    leader: PageClient, store: Database, slug: str, case: PageCase
):
    name = texts(leader, case.url)[0]
    mine, theirs = opened(leader, case.url), opened(leader, case.url)
    assert leader.post(case.url, data=theirs | {name: "6"}).status_code == 303
    stored = make.stored_role(store, slug)
    before = state(store)
    answer = leader.post(case.url, data=mine | {name: "7"})
    assert answer.status_code == 409
    assert "6" in answer.page.select_one("[aria-labelledby=theirs]").get_text(" ", strip=True)
    assert stored_at(answer, name) == "7"
    assert state(store) == before
    assert make.stored_role(store, slug) == stored
    merged = leader.post(case.url, data=values_of(find_form(answer.page)) | {name: "8"})
    assert merged.status_code == 303
    assert opened(leader, case.url)[name] == "8"


@every_page
def test_a_version_that_is_no_number_is_not_taken_for_the_newest(
    leader: PageClient, store: Database, slug: str, case: PageCase
):
    name = texts(leader, case.url)[0]
    data = opened(leader, case.url)
    leader.post(case.url, data=opened(leader, case.url) | {name: "6"})
    before = make.stored_role(store, slug)
    for version in ("", "many", "-1", "1e9", "9" * 30):
        answer = leader.post(case.url, data=data | {name: "7", "version": version, "op_id": f"as {version}"})
        assert answer.status_code in {409, 422}, version
    assert make.stored_role(store, slug) == before


@every_page
def test_what_belongs_to_somebody_else_is_not_there(
    as_: Callable[[str], PageClient], leader: PageClient, store: Database, slug: str, case: PageCase
):
    data = opened(leader, case.url)
    del data["csrf_token"]  # it is the leader's; the other has a token too
    other = as_("other")
    before = state(store)
    for answer in (other.get(case.url), other.post(case.url, data=data)):
        assert answer.status_code == 404
    assert state(store) == before


@pytest.mark.parametrize(
    "url",
    [
        "/roles/nobody",
        "/roles/nobody/seat",
        "/roles/{slug}/nothing",
        "/roles/{slug}/purpose/nothing",
        "/roles/{slug}/accountabilities/nothing",
        "/roles/{slug}/accountabilities/nothing/outcome",
        "/roles/{slug}/accountabilities/north/nothing",
        "/roles/{slug}/accountabilities/north/expectations/south-held",
        "/roles/{slug}/accountabilities/north/questions/north-held",
        "/roles/{slug}/accountabilities/nothing/remove",
        "/roles/{slug}/accountabilities/north/questions/nothing/remove",
        "/roles/{slug}/documents/nothing",
        "/roles/{slug}/documents/nothing.pdf",
        "/roles/{slug}/preview/nothing.png",
        "/roles/{slug}/metrics.pdf",
        "/editions/{slug}/1",
        "/editions/{slug}/99999999999999999999",
        "/editions/{slug}/0",
        "/editions/{slug}/-1",
        "/editions/{slug}/one",
        "/editions/compare",
        "/editions/compare?left={slug}/1&right={slug}/2",
        "/editions/compare?left=..%2F..%2Fetc&right=x",
        "/editions/compare?left={slug}/%C2%B2&right={slug}/1",
        "/library/nothing",
        "/library/..%2Fmetrics",
    ],
)
def test_an_address_of_nothing_is_a_page_that_says_so(leader: PageClient, slug: str, url: str):
    answer = leader.get(url.format(slug=slug))
    assert answer.status_code == 404
    assert answer.page.h1


def test_a_title_is_needed_and_what_was_wrong_with_it_is_said(leader: PageClient, store: Database):
    before = state(store)
    for title, message in (
        ("", "Enter a title"),
        ("\u202e \u0000", "Enter a title"),
        ("x" * 121, "Shorten this to 120"),
    ):
        answer = leader.post("/roles/new", data={"title": title})
        assert answer.status_code == 422
        assert message in page_text(answer)
    assert state(store) == before


def test_buttons_of_rows_that_are_not_there_change_nothing(leader: PageClient, store: Database, slug: str):
    url = f"/roles/{slug}/hard-parts"
    for act in ("up:0", "down:0", "up:99", "remove:99", "remove:-1", "remove:x", "remove:²", "fly:0", "up", ":"):
        data = opened(leader, url) | {"do": act}
        assert leader.post(url, data=data).status_code == 303, act
    assert make.stored_role(store, slug).hard_parts == ("Most first calls end in no.",)


def test_more_rows_than_the_list_holds_are_a_fault_that_is_said(leader: PageClient, store: Database, slug: str):
    url = f"/roles/{slug}/hard-parts"
    data = opened(leader, url) | {f"rows-{at}-text": f"Part {at}" for at in range(60)}
    answer = leader.post(url, data=data)
    assert answer.status_code == 422
    assert "40" in page_text(answer)
    assert make.stored_role(store, slug) == make.role()


def test_accountabilities_that_are_not_there_cannot_be_ordered_or_moved(leader: PageClient, store: Database, slug: str):
    url = f"/roles/{slug}/accountabilities"
    for data in (
        {"do": "order", "order": ["nothing", "<b>"]},
        {"do": "up:nothing"},
        {"do": "down:"},
        {"do": "order"},
        {"do": "order", "order": ["north", "north"]},
    ):
        assert leader.post(url, data=data).status_code == 303
    assert [item.key for item in make.stored_role(store, slug).accountabilities] == ["north", "south", "west"]


def test_a_role_of_nothing_but_a_title_has_every_page(leader: PageClient, store: Database, people: dict[str, Person]):
    slug = make.draft(store, people["leader"], Role(title="<b>{{ 7 * 7 }}</b>"))
    names = (*PATH.steps, "accountabilities", "chain", "check", "metrics", "remove", "documents/position-description")
    for name in names:
        answer = leader.get(f"/roles/{slug}/{name}")
        assert answer.status_code == 200, name
        assert "<b>{{ 7 * 7 }}</b>" in answer.page.get_text() or "<b>{{" not in answer.text


def test_every_field_of_every_form_has_a_limit(app: Any):
    from workbench.roles.path import steps

    every = (
        *PATH.steps.values(),
        *ACCOUNTABILITY_STEPS,
        steps.EXPECTATION_STEP,
        steps.QUESTION_STEP,
        steps.EXERCISE_STEP,
    )
    with app.test_request_context("/", method="GET"):
        for step in every:
            for field in leaves(step.form(formdata=None)):
                limited = hasattr(field, "max_length") or field.type in {
                    "ChoiceField", "BooleanField", "DateField", "NumberField", "MoneyField", "HiddenField",
                    "VersionField", "CSRFTokenField", "IntegerField", "SelectMultipleField",
                }  # fmt: skip
                assert limited, (step.name, field.name, field.type)
            assert step_url("x", step) if step.name in PATH.steps else True
