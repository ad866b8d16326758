"""Papers that come back filled in: each answer finds its sheet, and is printed as text of the same paper."""

import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from sqlalchemy import select

from tests.support import make
from tests.support.proof import PageClient, plain
from tests.support.servers.databases import Database
from workbench.core.jobs.tables import JobState
from workbench.documents.model import FillMode
from workbench.hiring.model import People
from workbench.packets.job import ChosenRole, PrintJob
from workbench.packets.model import RunOptions, distinct_entries
from workbench.packets.plan import make_plan
from workbench.packets.recipes.model import DocumentKind, find_shipped_recipe
from workbench.packets.returned.merge import merge_answers
from workbench.packets.tables import PrintRunRow
from workbench.roles.tables import EditionRow

As = Callable[[str], PageClient]
RunJobs = Callable[[], list[JobState | None]]
ROUND = {"panel": "Ina Vogt\nRaj Rao", "candidates": "Candidate A\nCandidate B"}
PRINT_JOB = PrintJob(
    find_shipped_recipe("interviewer"),
    (ChosenRole(make.role(), make.stamp()),),
    People(("Ina Vogt", "Raj Rao"), ("Candidate A", "Candidate B")),
    "Lea Berg",
    RunOptions(form=FillMode.FILLABLE),
)


def sheet(reader: str, about: str, print_job: PrintJob = PRINT_JOB) -> str:
    """Return the name of one score sheet, as its fields have it."""
    found = [each for each in distinct_entries(print_job.packets()) if each.part is DocumentKind.SHEETS]
    (entry,) = [each for each in found if (each.reader, each.about) == (reader, about)]
    return print_job.document(entry).sheet


def words(answer: object) -> str:
    return plain(answer.page.main)


# Sorting


def test_each_answer_finds_its_sheet_also_inside_a_packet():
    one, two = sheet("Ina Vogt", "Candidate A"), sheet("Raj Rao", "Candidate B")
    uploads = [("a.pdf", {f"{one}.decision": "yes"}), ("b.pdf", {f"00000000007.{two}.decision": "no", "strange": "x"})]
    found = merge_answers(make_plan(PRINT_JOB), uploads)

    assert {each.sheet: dict(each.given) for each in found.answers} == {
        one: {"decision": "yes"},
        two: {"decision": "no"},
    }
    assert found.unmatched == found.duplicates == ()
    assert found.missing == ("Score sheet: Candidate B (Ina Vogt)", "Score sheet: Candidate A (Raj Rao)")


def test_files_of_another_run_are_named_and_a_sheet_that_came_twice_counts_as_it_came_last():
    one = sheet("Ina Vogt", "Candidate A")
    other = sheet(
        "Ina Vogt", "Candidate A", replace(PRINT_JOB, roles=(ChosenRole(make.role(), make.stamp(digest="0" * 64)),))
    )
    uploads = [
        ("first.pdf", {f"{one}.decision": "yes"}),
        ("again.pdf", {f"{one}.decision": "no"}),
        ("same.pdf", {f"{one}.decision": "no"}),
        ("old.pdf", {f"{other}.decision": "yes"}),
        ("none.pdf", {}),
    ]
    found = merge_answers(make_plan(PRINT_JOB), uploads)

    assert [dict(each.given) for each in found.answers] == [{"decision": "no"}]
    assert found.unmatched == ("old.pdf", "none.pdf")
    assert found.duplicates == ("Score sheet: Candidate A (Ina Vogt)",)


def test_what_came_before_stays_until_the_same_sheet_comes_again():
    one, two = sheet("Ina Vogt", "Candidate A"), sheet("Raj Rao", "Candidate B")
    before = merge_answers(
        make_plan(PRINT_JOB),
        [("a", {f"{one}.decision": "yes", f"{one}.reason": "Old"}), ("b", {f"{two}.signed": "Raj"})],
    )
    found = merge_answers(make_plan(PRINT_JOB), [("c", {f"{one}.decision": "no"})], before.answers)

    assert {each.sheet: dict(each.given) for each in found.answers} == {one: {"decision": "no"}, two: {"signed": "Raj"}}


def test_a_candidate_has_a_brief_of_their_own_only_where_it_is_typed_into():
    brief = replace(PRINT_JOB, recipe=find_shipped_recipe("candidate"))
    by_hand = replace(brief, options=RunOptions())

    assert len(distinct_entries(brief.packets())) == 2
    assert len(distinct_entries(by_hand.packets())) == 1
    assert merge_answers(make_plan(brief), []).missing == (
        "Accountability brief (Candidate A)",
        "Accountability brief (Candidate B)",
    )


# In the browser


@pytest.fixture
def run(as_: As, slug: str, run_jobs: RunJobs) -> str:
    """The address of a finished run whose score sheets are typed into, one PDF for each panel member."""
    hr = as_("hr")
    choices = {"editions": "1", "recipe": "interviewer", "form": "fillable", "delivery": "file-each", **ROUND}
    address = str(hr.fill("/packets/new", **choices).location)
    hr.fill(address, f"{address}/print")
    run_jobs()
    return address


def filled_in(pdf: bytes, **values: str) -> bytes:
    """Fill in a packet as another program does, the same into each field whose own name begins so."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for each in opened.acroform.fields:
            name = each.fully_qualified_name.rpartition(".")[2]
            for beginning, value in values.items():
                if name.startswith(beginning):
                    fill_in(each.obj, value)
        opened.save(target)
    return target.getvalue()


def fill_in(field: pikepdf.Object, value: str) -> None:
    """Write into a text field, or choose a button: of a choice, only its buttons are listed."""
    if "/FT" in field:
        field.V = pikepdf.String(value)
    else:
        field.AS = pikepdf.Name(f"/{value}" if f"/{value}" in field.AP.N else "/Off")
        field.Parent.V = pikepdf.Name(f"/{value}")


def upload(client: PageClient, run: str, *files: tuple[str, bytes]):
    page = client.get(f"{run}/returned")
    assert page.status_code == 200
    hidden = {each["name"]: each["value"] for each in page.page.select("main form input[type=hidden]")}
    named = [(io.BytesIO(data), name) for name, data in files]
    return client.post(f"{run}/returned", data=hidden | {"files": named}, content_type="multipart/form-data")


def test_what_people_typed_comes_back_and_is_printed_as_text_of_the_same_papers(
    as_: As, run: str, run_jobs: RunJobs, store: Database
):
    hr = as_("hr")
    packet = hr.get(f"{run}/files/1.pdf").data
    mine = filled_in(packet, score="4", evidence="She named the buyer.", decision="strong-yes", signed="Ina Vogt")
    answer = upload(hr, run, ("from Ina.pdf", mine))
    assert answer.status_code == 303
    reported = words(hr.get(answer.location))
    assert "documents returned; the answers will be printed as fixed text" in reported
    assert "Nothing has been returned yet for 2 documents: Score sheet: Candidate A (Raj Rao)" in reported

    hr.fill(answer.location, f"{answer.location}/print")
    run_jobs()
    with pypdfium2.PdfDocument(hr.get(f"{answer.location}/files/1.pdf").data) as pdf:
        assert pdf.get_formtype() == 0
        text = " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())
    assert text.count("She named the buyer.") >= 2
    assert "4 of 5" in text
    assert "Strong yes" in text
    with store.read() as session:
        flat = session.scalars(select(PrintRunRow).order_by(PrintRunRow.id.desc())).first()
        assert flat is not None
        assert flat.request.options.form is FillMode.FLAT
        assert flat.previous_id == int(run.rpartition("/")[2])


def test_more_papers_are_added_to_those_that_came_and_a_retired_edition_stays_a_record(
    as_: As, run: str, run_jobs: RunJobs, store: Database
):
    hr = as_("hr")
    first = upload(hr, run, ("a.pdf", filled_in(hr.get(f"{run}/files/1.pdf").data, decision="yes"))).location
    with store.write.begin() as session:
        for edition in session.scalars(select(EditionRow)):
            edition.retired_at = edition.published_at
    second = upload(hr, first, ("b.pdf", filled_in(hr.get(f"{run}/files/2.pdf").data, decision="no"))).location
    hr.fill(second, f"{second}/print")
    run_jobs()
    assert "Ready:" in words(hr.get(second))
    texts = []
    for place in (1, 2):
        with pypdfium2.PdfDocument(hr.get(f"{second}/files/{place}.pdf").data) as pdf:
            texts.append(" ".join(page.get_textpage().get_text_range() for page in pdf))
    assert "\nYes" in texts[0].replace("\r", "")
    assert "Nothing was chosen here." not in texts[1]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("notes.txt", b"hello", "notes.txt: This is not a PDF"),
        ("broken.pdf", b"%PDF-1.7 nonsense", "broken.pdf: This is not a PDF"),
        ("", b"", "Choose the filled-in PDFs."),
    ],
)
def test_what_cannot_be_read_is_said_with_its_name_and_plans_nothing(
    as_: As, run: str, store: Database, name: str, data: bytes, message: str
):
    answer = upload(as_("hr"), run, (name, data))
    assert answer.status_code == 422
    assert message in words(answer)
    with store.read() as session:
        assert len(session.scalars(select(PrintRunRow)).all()) == 1


def test_papers_of_another_run_and_too_many_files_are_refused(as_: As, run: str):
    hr = as_("hr")
    empty = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(empty)
    reported = words(upload(hr, run, ("x.pdf", empty.getvalue())))
    assert "None of these files holds a document of run 1." in reported
    assert "ask for the saved file" in reported
    many = [(f"{number}.pdf", b"%PDF-") for number in range(61)]
    assert "Choose at most 60 files at once; these are 61." in words(upload(hr, run, *many))


def test_a_run_that_is_written_on_by_hand_takes_nothing_back(as_: As, slug: str):
    hr = as_("hr")
    address = str(hr.fill("/packets/new", editions="1", recipe="file-copy", **ROUND).location)
    assert hr.get(f"{address}/returned").status_code == 404
    assert "hand them in" not in hr.get(address).text
