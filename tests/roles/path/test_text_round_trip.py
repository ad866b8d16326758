"""Whatever is typed in a script that we promise comes back letter for letter: from the page and from the paper."""

import re
import string
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.documents import pdfs
from tests.support import make
from tests.support.proof import PageClient, find_form, values_of
from tests.support.servers.databases import Database
from workbench.accounts.tables import company
from workbench.core.text.words import clean
from workbench.documents.model import Paper
from workbench.documents.press.warm import WarmPress
from workbench.roles.documents import printing

LATIN = string.ascii_letters + string.digits + string.punctuation + "’“”–…€£" + "".join(map(chr, range(0xC0, 0x180)))
GREEK = "".join(chr(code) for code in range(0x386, 0x3CF) if unicodedata.category(chr(code)) in {"Lu", "Ll"})
CYRILLIC = "".join(map(chr, range(0x400, 0x460))) + "Ґґ№«»"
INJECTED = (
    "<script>alert(1)</script>",
    "{{ 7 * 7 }} {% raw %}",
    "</td></table><h1>Big</h1>",
    "&lt;b&gt; &amp; &#65; &nbsp;",
    "@page { size: 1mm } /* */",
    "url(file:///etc/passwd)",
    "$(id) `id` ${7*7} %s %(x)s",
    "' OR 1=1; -- \\u0041 \\n",
    "<!-- <![CDATA[ ]]> -->",
)
WORDS = st.one_of(*(st.text(letters, min_size=1, max_size=12) for letters in (LATIN, GREEK, CYRILLIC)))
TEXT = st.one_of(
    st.lists(WORDS, min_size=1, max_size=5).map(" ".join),
    st.sampled_from(INJECTED),
    st.tuples(WORDS, st.sampled_from(INJECTED), WORDS).map(" ".join),
)
TWENTY = st.lists(TEXT.map(clean).filter(bool), min_size=20, max_size=20)
ANYTHING = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=200)
CALM = [
    HealthCheck.function_scoped_fixture,
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.large_base_example,
]


@pytest.fixture(scope="module")
def press() -> Iterator[WarmPress]:
    """One warm press for all examples."""
    with WarmPress() as press:
        yield press


def type_duties(reader: PageClient, slug: str, texts: list[str]) -> None:
    """Add texts into the duties of a draft by its page."""
    url = f"/roles/{slug}/duties"
    data = {name: value for name, value in values_of(find_form(reader.get(url).page)).items() if "rows-" not in name}
    data |= {f"rows-{at}-text": text for at, text in enumerate(texts)}
    assert reader.post(url, data=data, token=False).status_code == 303


def bare(text: str) -> str:
    """Leave out what a line may be broken by: spaces, and the hyphen at its end."""
    return re.sub("[\\s\u200b\u00ad\u0002\ufffe\u2010-]", "", text)


@settings(max_examples=10, deadline=None, suppress_health_check=CALM)
@given(texts=TWENTY)
@example(texts=list(INJECTED))
def test_twenty_texts_go_through_form_and_database_onto_paper_and_are_read_back(
    leader: PageClient, store: Database, slug: str, press: WarmPress, texts: list[str]
):
    type_duties(leader, slug, texts)
    lines = [" ".join(text.split()) for text in texts]
    assert [duty.text for duty in make.stored_role(store, slug).duties] == lines
    with store.read() as session:
        company_settings, draft = company(session), make.draft_row(session, slug)
        documents = printing.documents_of_draft(company_settings, draft)
        (annex,) = (each for each in documents if each.kind == "position-annex")
    paper = bare("".join(pdfs.words(press.press(annex, Paper.A4).pdf)))
    assert [line for line in lines if bare(line) not in paper] == []


@settings(max_examples=60, deadline=None, suppress_health_check=CALM)
@given(text=st.one_of(ANYTHING, TEXT))
def test_any_text_goes_through_form_and_database_and_stands_on_the_page_as_it_was_cleaned(
    leader: PageClient, store: Database, slug: str, text: str
):
    url = f"/roles/{slug}/summary"
    data = values_of(find_form(leader.get(url).page)) | {"summary": text}
    assert leader.post(url, data=data, token=False).status_code == 303
    stored = make.stored_role(store, slug).summary
    assert stored == clean(text)
    assert values_of(find_form(leader.get(url).page))["summary"] == stored
