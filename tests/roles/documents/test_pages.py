"""Papers on screen, as PDF and as tables: printed once, sent as a file with its key, waited for with a plain page."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

import workbench
from tests.documents import pdfs
from tests.support import make
from tests.support.proof import PageClient, find_form
from tests.support.servers.databases import Database
from workbench.accounts.audit import AuditRow
from workbench.accounts.model import Person
from workbench.accounts.tables import company_row
from workbench.core.file_formats import DOCX
from workbench.core.jobs.tables import JobRow, JobState
from workbench.places import data_dir
from workbench.roles.documents.kinds import DOCUMENTS
from workbench.roles.model import Pay, Role

KINDS = tuple(DOCUMENTS)
PAY = Pay(minimum=65_000_00, maximum=85_000_00)
RunJobs = Callable[[], list[JobState | None]]


def page_text(answer: TestResponse, where: str = "body") -> str:
    """Return the words of a part of a page."""
    return answer.page.select_one(where).get_text(" ", strip=True)


def acts(store: Database) -> list[str]:
    with store.read() as session:
        return [row.act for row in session.scalars(select(AuditRow).order_by(AuditRow.id))]


@pytest.fixture
def edition(store: Database, people: dict[str, Person], slug: str) -> str:
    """The address of the first edition of the leader's draft."""
    return f"/editions/{slug}/{make.edition(store, slug, people['leader'])}"


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_is_read_on_screen(leader: PageClient, slug: str, edition: str, kind: str):
    for url in (f"/roles/{slug}/documents/{kind}", f"{edition}/{kind}"):
        page = leader.get(url)
        assert page.status_code == 200
        assert "Account Executive" in page_text(page)
        assert page.page.select("article.paper")


def test_a_paper_is_read_and_printed_in_the_companys_language(
    leader: PageClient, store: Database, edition: str, run_jobs: RunJobs
):
    with store.write.begin() as session:
        company_row(session).language = "de"
    paper = leader.get(f"{edition}/position-description").page.select_one("article.paper")
    assert paper["lang"] == "de"
    assert "Was Sie verantworten" in paper.text
    leader.post(f"{edition}/print")
    run_jobs()
    assert "Seite 1 von" in pdfs.text(leader.get(f"{edition}/position-description.pdf").data)


def test_a_paper_that_is_not_printed_says_so_and_is_printed_on_demand(
    leader: PageClient, store: Database, slug: str, run_jobs: RunJobs
):
    url = f"/roles/{slug}/documents/interview-kit.pdf"
    page = leader.get(url)
    assert page.status_code == 200
    assert "Not printed yet" in page_text(page, "h1")
    form = find_form(page.page)
    answer = leader.fill(url, form["action"])
    assert (answer.status_code, answer.location) == (303, f"{url}?paper=a4")
    waiting = leader.get(answer.location)
    assert waiting.status_code == 202
    assert "Printing" in page_text(waiting, "h1")
    assert run_jobs() == [JobState.DONE]
    file = leader.get(answer.location)
    assert (file.status_code, file.mimetype) == (200, "application/pdf")
    words = pdfs.text(file.data)
    assert "DRAFT" in words.upper()
    assert "Tell me about a customer you won from nothing." in words


@pytest.mark.parametrize("place", ["/roles/{slug}/documents/interview-kit", "/editions/{slug}/1/interview-kit"])
def test_a_paper_to_type_into_is_printed_on_demand_beside_the_one_for_the_hand(
    leader: PageClient, slug: str, edition: str, run_jobs: RunJobs, place: str
):
    page = leader.get(place.format(slug=slug))
    (link,) = [each["href"] for each in page.page.select("a") if each.get_text() == "PDF to type into"]
    form = find_form(leader.get(link).page)
    answer = leader.fill(link, form["action"])
    assert answer.location == f"{place.format(slug=slug)}.pdf?paper=a4&form=fillable"
    waiting = leader.get(answer.location)
    assert waiting.status_code == 202
    assert waiting.page.select_one("#printing")["href"] == answer.location
    assert leader.get(f"{place.format(slug=slug)}.pdf").status_code == 200  # nobody prints the other one
    assert run_jobs() == [JobState.DONE]
    file = leader.get(answer.location)
    assert "interview-kit-a4-fillable.pdf" in file.headers["Content-Disposition"]
    with pypdfium2.PdfDocument(file.data) as pdf:
        assert pdf.get_formtype() == pypdfium2.raw.FORMTYPE_ACRO_FORM


@pytest.mark.parametrize("place", ["/roles/{slug}/documents/interview-kit", "/editions/{slug}/1/interview-kit"])
def test_a_paper_in_large_print_is_printed_on_demand_beside_the_usual_one(
    leader: PageClient, slug: str, edition: str, run_jobs: RunJobs, place: str
):
    page = leader.get(place.format(slug=slug))
    (link,) = [each["href"] for each in page.page.select("a") if each.get_text() == "PDF in large print"]
    waiting = leader.get(link)
    assert "on A4 in large print yet" in waiting.page.get_text(" ", strip=True)
    answer = leader.fill(link, find_form(waiting.page)["action"])
    assert answer.location == f"{place.format(slug=slug)}.pdf?paper=a4&size=large"
    assert leader.get(answer.location).status_code == 202
    assert run_jobs() == [JobState.DONE]
    file = leader.get(answer.location)
    assert "interview-kit-a4-large.pdf" in file.headers["Content-Disposition"]
    with pypdfium2.PdfDocument(file.data) as pdf:
        text = pdf[0].get_textpage()
        assert round(pdfs.size_of(text, text.get_text_range().index("Candidate"))) == 18


def test_a_saved_draft_is_being_printed_before_anybody_asks(leader: PageClient, slug: str, run_jobs: RunJobs):
    leader.fill(f"/roles/{slug}/summary", summary="Wins new customers, and says so.")
    url = f"/roles/{slug}/documents/position-annex.pdf"
    assert leader.get(url).status_code == 202
    run_jobs()
    assert "Wins new customers, and says so." in pdfs.text(leader.get(url).data)


def test_a_published_edition_is_printed_with_its_number_and_code(
    leader: PageClient, store: Database, slug: str, run_jobs: RunJobs
):
    leader.fill(f"/roles/{slug}/check", f"/roles/{slug}/publish")
    run_jobs()
    for kind in KINDS:
        answer = leader.get(f"/editions/{slug}/1/{kind}.pdf")
        assert answer.mimetype == "application/pdf", kind
        assert f"account-executive-edition-1-{kind}-a4.pdf" in answer.headers["Content-Disposition"]
        words = pdfs.text(answer.data)
        assert "Edition 1" in words
        assert "DRAFT" not in words


def test_a_browser_that_has_the_file_is_told_to_keep_it(leader: PageClient, slug: str, edition: str, run_jobs: RunJobs):
    leader.post(f"{edition}/print", data={})
    run_jobs()
    url = f"{edition}/position-description.pdf"
    first = leader.get(url)
    etag = first.headers["ETag"]
    assert len(etag.strip('"')) == 64
    assert first.headers["Cache-Control"] == "private, no-cache"
    second = leader.get(url, headers={"If-None-Match": etag})
    assert (second.status_code, second.data) == (304, b"")
    other = leader.get(url, headers={"If-None-Match": '"other"'})
    assert other.status_code == 200


def test_a_part_of_the_file_can_be_asked_for(leader: PageClient, edition: str, run_jobs: RunJobs):
    leader.post(f"{edition}/print", data={})
    run_jobs()
    answer = leader.get(f"{edition}/interview-kit.pdf", headers={"Range": "bytes=0-4"})
    assert (answer.status_code, answer.data) == (206, b"%PDF-")


def test_asking_for_the_head_sends_no_body_and_counts_as_no_print(
    leader: PageClient, store: Database, edition: str, run_jobs: RunJobs
):
    leader.post(f"{edition}/print", data={})
    run_jobs()
    answer = leader.head(f"{edition}/interview-kit.pdf")
    assert (answer.status_code, answer.data, answer.mimetype) == (200, b"", "application/pdf")
    assert int(answer.headers["Content-Length"]) > 1_000
    assert "printed" not in acts(store)
    leader.get(f"{edition}/interview-kit.pdf")
    assert acts(store).count("printed") == 1


def test_both_papers_can_be_had_and_an_unknown_one_is_the_companys_own(
    leader: PageClient, edition: str, run_jobs: RunJobs
):
    for paper in ("letter", "a4"):
        leader.post(f"{edition}/print", data={"paper": paper})
    assert run_jobs() == [JobState.DONE, JobState.DONE]
    sizes = {}
    for paper in ("letter", "a4", "<b>a0"):
        answer = leader.get(f"{edition}/position-description.pdf", query_string={"paper": paper})
        with pypdfium2.PdfDocument(answer.data) as document:
            sizes[paper] = tuple(round(side) for side in document[0].get_size())
    assert sizes == {"letter": (612, 792), "a4": (595, 842), "<b>a0": (595, 842)}


def test_printing_is_asked_for_once_however_often_the_button_is_pressed(
    leader: PageClient, store: Database, edition: str
):
    for _ in range(3):
        leader.post(f"{edition}/print", data={"paper": "letter"})
    with store.read() as session:
        assert len(session.scalars(select(JobRow)).all()) == 1


@pytest.mark.parametrize(
    "then",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "/\t/evil.example/",
        "\\\\evil.example/",
        "javascript:alert(1)",
        "/x\nLocation: https://evil.example",
        "",
    ],
)
def test_no_link_leads_from_the_print_button_to_another_site(leader: PageClient, slug: str, edition: str, then: str):
    for url, home in ((f"/roles/{slug}/documents/print", f"/roles/{slug}"), (f"{edition}/print", edition)):
        location = leader.post(url, data={"then": then}).location
        assert location == home


def test_a_local_address_is_followed_after_printing(leader: PageClient, edition: str):
    answer = leader.post(f"{edition}/print", data={"then": f"{edition}/interview-kit.pdf?paper=a4"})
    assert answer.location == f"{edition}/interview-kit.pdf?paper=a4"


def test_pay_that_is_not_released_is_in_the_owners_pdf_and_in_nobody_elses(
    as_: Callable[[str], PageClient], store: Database, people: dict[str, Person], run_jobs: RunJobs
):
    slug = make.draft(store, people["leader"], make.role(pay=PAY))
    url = f"/editions/{slug}/{make.edition(store, slug, people['leader'])}"
    as_("leader").post(f"{url}/print", data={})
    run_jobs()
    keys = {}
    for who, sees in (("leader", True), ("hr", True), ("other", False), ("interviewer", False)):
        answer = as_(who).get(f"{url}/position-description.pdf")
        assert answer.mimetype == "application/pdf", who
        assert ("65,000" in pdfs.text(answer.data)) is sees, who
        keys[who] = answer.headers["ETag"]
    assert keys["leader"] == keys["hr"] != keys["other"] == keys["interviewer"]


@pytest.mark.parametrize("kind", KINDS)
def test_each_paper_can_be_had_as_a_word_file_without_being_printed_first(
    leader: PageClient, store: Database, slug: str, edition: str, kind: str
):
    for page, state in ((f"/roles/{slug}/documents/{kind}", "DRAFT"), (f"{edition}/{kind}", "Edition 1")):
        assert leader.get(page).page.select_one(f'a[href="{page}.docx"]').get_text() == "Word"
        answer = leader.get(f"{page}.docx?paper=letter")
        assert answer.mimetype == DOCX
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert f"{kind}-letter.docx" in answer.headers["Content-Disposition"]
        section = docx.Document(io.BytesIO(answer.data)).sections[0]
        assert state in section.header.paragraphs[0].text + section.footer.paragraphs[0].text
        second = leader.get(f"{page}.docx?paper=letter", headers={"If-None-Match": answer.headers["ETag"]})
        assert (second.status_code, second.data) == (304, b"")
    assert leader.get(edition).page.select_one(f'a[href="{edition}/{kind}.docx"]')


def test_a_word_file_is_written_down_as_printed_unless_only_its_head_was_asked_for(
    leader: PageClient, store: Database, edition: str
):
    answer = leader.head(f"{edition}/interview-kit.docx")
    assert (answer.status_code, answer.data) == (200, b"")
    assert "printed" not in acts(store)
    leader.get(f"{edition}/interview-kit.docx")
    assert acts(store).count("printed") == 1


def test_pay_that_is_not_released_is_in_the_same_hands_as_word_file_and_as_pdf(
    as_: Callable[[str], PageClient], store: Database, people: dict[str, Person]
):
    slug = make.draft(store, people["leader"], make.role(pay=PAY))
    url = f"/editions/{slug}/{make.edition(store, slug, people['leader'])}"
    for who, sees in (("leader", True), ("hr", True), ("other", False), ("interviewer", False)):
        answer = as_(who).get(f"{url}/position-description.docx")
        assert answer.mimetype == DOCX, who
        with zipfile.ZipFile(io.BytesIO(answer.data)) as parts:
            assert (b"65,000" in parts.read("word/document.xml")) is sees, who
    assert as_("interviewer").get(f"{url}/accountability-brief.docx").status_code == 404
    assert as_("other").get(f"/roles/{slug}/documents/interview-kit.docx").status_code == 404


def test_the_candidates_brief_shows_no_pay_no_anchors_and_no_notes(
    leader: PageClient, store: Database, people: dict[str, Person]
):
    slug = make.draft(store, people["leader"], make.role(pay=PAY))
    words = page_text(leader.get(f"/roles/{slug}/documents/accountability-brief"), "article")
    question = make.question()
    for secret in (
        "65,000",
        "85,000",
        question.anchors.one,
        question.anchors.five,
        question.what_good_looks_like,
        *question.probes,
    ):
        assert secret not in words


def test_the_preview_is_a_picture_of_the_page_that_is_asked_for(leader: PageClient, slug: str):
    answer = leader.get(f"/roles/{slug}/preview/position-description.png?at=Key+accountabilities")
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert answer.data.startswith(b"\x89PNG")
    assert answer.headers["Cache-Control"].startswith("private")
    assert leader.get(f"/roles/{slug}/preview/interview-kit.png?at={'x' * 3_000}").status_code == 200


def test_starter_metrics_are_read_on_screen_and_taken_as_tables(leader: PageClient, slug: str, edition: str):
    for base in (f"/roles/{slug}", edition):
        page = leader.get(f"{base}/metrics")
        assert "first meetings each week" in page_text(page)
        table = leader.get(f"{base}/metrics.csv")
        assert table.mimetype == "text/csv"
        assert 'filename="account-executive-metrics.csv"' in table.headers["Content-Disposition"]
        rows = list(csv.reader(io.StringIO(table.data.decode("utf-8-sig"))))
        assert len(rows) == 1 + 6
        book = openpyxl.load_workbook(io.BytesIO(leader.get(f"{base}/metrics.xlsx").data))
        assert any("First meetings held" in str(cell.value) for row in book.active.iter_rows() for cell in row)


def test_a_formula_in_a_table_is_only_text(leader: PageClient, store: Database, people: dict[str, Person]):
    item = make.accountability()
    trap = replace(item, outcome="=HYPERLINK(1)", expectations=(make.expectation(source="=cmd|' /C calc'!A0"),))
    slug = make.draft(store, people["leader"], make.role("+Closer", accountabilities=(trap,)))
    rows = csv.reader(io.StringIO(leader.get(f"/roles/{slug}/metrics.csv").data.decode("utf-8-sig")))
    assert not [cell for row in rows for cell in row if cell[:1] in {"=", "+", "@"}]
    book = openpyxl.load_workbook(io.BytesIO(leader.get(f"/roles/{slug}/metrics.xlsx").data))
    formulas = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas, "the sheet of the weeks has its own"
    assert not [text for text in formulas if "HYPERLINK" in text or "cmd" in text]


def test_a_role_with_no_accountability_has_empty_tables_and_whole_papers(
    leader: PageClient, store: Database, people: dict[str, Person]
):
    slug = make.draft(store, people["leader"], Role(title="Closer"))
    for page in (*(f"documents/{kind}" for kind in KINDS), "metrics", "metrics.csv", "metrics.xlsx"):
        assert leader.get(f"/roles/{slug}/{page}").status_code == 200, page


def test_the_print_sheet_is_open_to_all_and_says_nothing_of_anybody(client: PageClient):
    answer = client.get("/document.css")
    assert (answer.status_code, answer.mimetype) == (200, "text/css")
    assert answer.headers["Cache-Control"] == "public, max-age=3600"


def test_the_old_address_of_a_document_leads_to_the_new_one(leader: PageClient, slug: str):
    answer = leader.get(f"/roles/{slug}/papers/interview-kit.pdf?paper=letter")
    assert (answer.status_code, answer.location) == (308, f"/roles/{slug}/documents/interview-kit.pdf?paper=letter")


def test_the_bar_above_a_document_lends_its_look_to_no_part_of_the_document():
    places = Path(workbench.__file__).parent / "static", data_dir("templates") / "documents"
    (own, *_), printed = places[0].glob("paper.css"), [each.read_text("utf-8") for each in places[1].rglob("*.css")]
    names = {name for text in printed for name in re.findall(r"\.([a-z][\w-]*)", text)} - {"paper"}
    rules = re.sub(r"/\*.*?\*/", "", own.read_text("utf-8"), flags=re.DOTALL)
    selectors = [each.strip() for found in re.findall(r"([^{}]+)\{", rules) for each in found.split(",")]
    shared = [each for each in selectors if names & set(re.findall(r"\.([a-z][\w-]*)", each))]
    assert [each for each in shared if not each.startswith("nav.bar")] == []
