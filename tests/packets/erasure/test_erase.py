"""Names that are to be forgotten are nowhere afterwards; what is kept for others, and for figures, stays."""

import io
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta

import pypdfium2
import pytest
from click.testing import CliRunner
from sqlalchemy import select

from tests.support import make
from tests.support.proof import PageClient, words
from tests.support.servers.databases import Database
from workbench import worker
from workbench.accounts.audit import AuditRow
from workbench.accounts.model import Person
from workbench.accounts.tables import company_row
from workbench.cli import commands
from workbench.core.clock import now
from workbench.core.jobs.tables import JobRow, JobState
from workbench.documents.press.warm import WarmPress
from workbench.documents.store.store import Store
from workbench.documents.store.tables import DocumentRow
from workbench.documents.store.uses import keys_used_by
from workbench.hiring.model import People
from workbench.packets.erasure.erase import anonymise_people, purge_expired_runs
from workbench.packets.links.tables import LinkRow, add_link
from workbench.packets.model import Delivery
from workbench.packets.run.tasks import queue_word_files
from workbench.packets.tables import PrintRunRow, run_state

As = Callable[[str], PageClient]
ROUND = People(("Ina Vogt",), ("Zebulon Quast", "Ottilie Wörm"))
ONE = People((), ("Zebulon Quast",))


def texts(name: str, data: bytes) -> Iterator[str]:
    """Yield the texts of a file: the words of a PDF and its bookmarks, of an archive its files, else its text."""
    if data.startswith(b"%PDF"):
        with pypdfium2.PdfDocument(data) as pdf:
            yield " ".join(page.get_textpage().get_text_range() for page in pdf)
            yield " ".join(mark.get_title() for mark in pdf.get_toc())
            yield str(pdf.get_metadata_dict())
    elif name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield member
                yield from texts(member, archive.read(member))
    else:
        yield data.decode("utf-8", "replace")


def found(store: Database, name: str) -> list[str]:
    """Find where a name is still stored: in which tables, and in which files of the data folder or their names."""
    places = [row for row in make.all_rows(store) if name in row]
    for file in store.data.rglob("*"):
        if name in str(file):
            places.append(f"the name of {file}")
        if file.is_file() and not file.name.startswith(("workbench.db", "queue.db")):
            places += [f"in {file}" for text in texts(file.name, file.read_bytes()) if name in text]
    return places


def printed_by_another(store: Database, document_store: Store, number: int) -> None:
    """Lay a paper of a run into the store a second time, as a part of the run does for which a notice stands."""
    sheet = document_store.find(key_of_kind(store, number, "packet-cover"))
    for suffix in (".json", ".fragment", ".pdf"):
        twin = document_store.file("ab" * 32).with_suffix(suffix)
        twin.parent.mkdir(exist_ok=True)
        twin.write_bytes(sheet.file.with_suffix(suffix).read_bytes())


def key_of_kind(store: Database, number: int, kind: str) -> str:
    with store.read() as session:
        return next(key for key in keys_used_by(session, "run", number) if session.get(DocumentRow, key).kind == kind)


def run_row(store: Database, number: int) -> PrintRunRow:
    with store.read() as session:
        return session.get_one(PrintRunRow, number)


def older(store: Database, number: int, days: int) -> None:
    """Set the days on which a run was planned and finished to some days ago."""
    with store.write.begin() as session:
        run = session.get_one(PrintRunRow, number)
        run.created_at = now() - timedelta(days=days)
        run.done_at = run.done_at and run.created_at


def tidied(store: Database) -> tuple[int, ...]:
    with store.work.begin() as session:
        return purge_expired_runs(session).erased


@pytest.fixture
def run(store: Database, slug: str, people: dict[str, Person]) -> int:
    """A finished run of the leader with every paper that carries a name."""
    return make.print_run(store, slug, people["leader"], "interviewer", ROUND, Delivery.ZIP)


def test_forgotten_names_stand_in_no_table_and_in_no_file(as_: As, store: Database, run: int, document_store: Store):
    hr = as_("hr")
    printed_by_another(store, document_store, run)
    with store.write.begin() as session:
        add_link(session, run, 1, session.get_one(PrintRunRow, run).person_id, 14)
        row = session.get_one(PrintRunRow, run)
        pages = row.pages
        row.faults = ["Score sheet: Zebulon Quast, by Ina Vogt: It took too long."]
        session.get_one(JobRow, row.job_id).error = "OSError: 1 Ina Vogt - Interviewer packet.pdf"
    for name in (*ROUND.candidates, *ROUND.panel):
        assert len(found(store, name)) > 2  # so that this test could fail

    answer = hr.fill(f"/packets/{run}/erase", panel="y")

    assert answer.location == f"/packets/{run}"
    for name in (*ROUND.candidates, *ROUND.panel):
        assert found(store, name) == []
    page = words(hr.get(f"/packets/{run}").page)
    assert "names in this run were erased" in page
    assert "It printed 7 documents" in page
    assert "1: Interviewer packet" in words(hr.get("/packets").page)
    row = run_row(store, run)
    assert row.pages == pages > 0
    assert row.request.people == People(("Panel member 1",), ("Candidate 1", "Candidate 2"))
    with store.read() as session:
        assert not session.scalars(select(LinkRow)).one().open
        trail = session.scalars(select(AuditRow).where(AuditRow.act == "erased the names")).one()
        assert (trail.key, trail.detail) == (str(run), {"panel": True, "links": 1})


def test_the_name_of_the_archive_of_word_files_is_erased_from_the_result_of_its_job(
    as_: As, store: Database, slug: str, people: dict[str, Person]
):
    number = make.print_run(
        store, slug, people["leader"], "interviewer", ROUND, Delivery.ZIP, name="Round of Zebulon Quast"
    )
    with store.write.begin() as session:
        word_job = queue_word_files(session, number)
    make.run_jobs(store)
    with store.read() as session:
        result = session.get_one(JobRow, word_job).result
    assert "Zebulon Quast" in result["name"]

    as_("hr").fill(f"/packets/{number}/erase", panel="y")

    assert found(store, "Zebulon Quast") == []
    with store.read() as session:
        assert session.get_one(JobRow, word_job).result == result | {"name": ""}


def test_the_panel_keeps_its_names_unless_they_are_to_be_forgotten_too(as_: As, store: Database, run: int):
    hr = as_("hr")
    hr.fill(f"/packets/{run}/erase")
    assert found(store, "Zebulon Quast") == []
    assert run_row(store, run).request.people.panel == ("Ina Vogt",)
    assert "It still contains the names of the panel members" in words(hr.get(f"/packets/{run}").page)

    hr.fill(f"/packets/{run}/erase", panel="y")
    assert found(store, "Ina Vogt") == []
    assert "/erase" not in hr.get(f"/packets/{run}").text


def test_a_forgotten_run_is_printed_again_with_labels(as_: As, store: Database, run: int):
    hr = as_("hr")
    hr.fill(f"/packets/{run}/erase", panel="y")

    again = hr.fill(f"/packets/{run}", f"/packets/{run}/again").location
    hr.fill(again, f"{again}/print")
    while make.run_jobs(store):
        pass

    assert "Ready: 7 documents" in words(hr.get(again).page)
    assert len(found(store, "Candidate 2")) > 2


def test_what_another_run_or_an_edition_uses_stays(as_: As, store: Database, slug: str, people, document_store: Store):
    first, second = (
        make.print_run(store, slug, people["leader"], "candidate", ONE, Delivery.FILE_EACH) for _ in range(2)
    )
    hr = as_("hr")
    calls = hr.get(f"/packets/{first}/erase").page
    assert f"The same names in run {second} ." in words(calls)

    hr.fill(f"/packets/{first}/erase")
    with store.read() as session:
        kept = keys_used_by(session, "run", second)
        assert keys_used_by(session, "run", first) == set()
        assert len(kept) == 2  # the brief and the cover
        assert document_store.verify(session) == ()
    assert hr.get(f"/packets/{second}/files/1.pdf").status_code == 200

    hr.fill(f"/packets/{second}/erase")
    assert found(store, "Zebulon Quast") == []
    assert len([key for key in kept if document_store.has(key)]) == 1  # the brief is the edition's own


def test_a_run_that_broke_off_leaves_no_names_either(
    as_: As, store: Database, slug: str, people, monkeypatch: pytest.MonkeyPatch
):
    press, calls = WarmPress.press, []

    def breaks_off(self: WarmPress, document, *rest: object):
        calls.append(document.kind)
        if len(calls) > 6:
            raise OSError(f"No space left for {document.title}")
        return press(self, document, *rest)

    monkeypatch.setattr(WarmPress, "press", breaks_off)
    number = make.print_run(store, slug, people["leader"], "interviewer", ROUND, Delivery.ZIP)
    hr = as_("hr")
    page = hr.get(f"/packets/{number}/erase").page
    assert "is still working on this run" in words(page)  # it is tried again
    assert hr.post(f"/packets/{number}/erase").status_code == 409
    with store.write.begin() as session:
        job = session.get_one(JobRow, session.get_one(PrintRunRow, number).job_id)
        job.state, job.error = JobState.FAILED, "OSError: No space left for Zebulon Quast"
    assert len(found(store, "Zebulon Quast")) > 2

    hr.fill(f"/packets/{number}/erase", panel="y")

    assert found(store, "Zebulon Quast") == []
    assert found(store, "Ina Vogt") == []
    with store.read() as session:
        assert run_state(session, session.get_one(PrintRunRow, number)) == "cancelled"


def test_runs_are_forgotten_when_the_companys_time_is_over(store: Database, run: int):
    with store.write.begin() as session:
        company_row(session).keep_days = 10
    older(store, run, 9)
    assert tidied(store) == ()
    older(store, run, 11)
    assert tidied(store) == (run,)
    assert tidied(store) == ()

    for name in (*ROUND.candidates, *ROUND.panel):
        assert found(store, name) == []
    with store.read() as session:
        assert session.scalars(select(AuditRow).where(AuditRow.act == "erased the names")).one().person_id is None


def test_a_run_stays_as_long_as_a_link_to_it_is_open(as_: As, app, store: Database, run: int):
    older(store, run, 400)
    with store.write.begin() as session:
        share, token = add_link(session, run, 1, session.get_one(PrintRunRow, run).person_id, 14)
        number = share.id
    assert tidied(store) == ()
    assert app.test_client().get(f"/shared/{token}/file").status_code == 200

    with store.write.begin() as session:
        session.get_one(LinkRow, number).expires_at = now()
    assert tidied(store) == (run,)


def test_plans_that_nobody_printed_and_panels_that_were_kept_are_forgotten_in_time(
    as_: As, store: Database, slug: str, people, run: int
):
    plan = make.print_run(store, slug, people["leader"], "interviewer", ROUND, Delivery.ZIP, finished=False)
    as_("hr").fill(f"/packets/{run}/erase")
    for number in (run, plan):
        older(store, number, 91)

    assert tidied(store) == (run, plan)
    assert found(store, "Ina Vogt") == []


def test_the_worker_forgets_by_itself_and_sweeps_folders_that_no_run_knows(store: Database, run: int):
    packets = store.data / "packets"
    for name in ("9-dead", ".9-draft", "8-fresh"):
        packets.joinpath(name).mkdir()
        packets.joinpath(name, "1 Somebody.pdf").write_bytes(b"%PDF")
    old = now().timestamp() - 3700
    for name in ("9-dead", ".9-draft", run_row(store, run).folder):
        os.utime(packets / name, (old, old))

    worker._clean_up(store.work)
    assert sorted(path.name for path in packets.iterdir()) == sorted(["8-fresh", run_row(store, run).folder])

    older(store, run, 91)
    worker._clean_up(store.work)
    assert [path.name for path in packets.iterdir()] == ["8-fresh"]


def test_files_that_cannot_be_removed_are_told_and_tried_again(
    store: Database, run: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    older(store, run, 91)

    def refuses(*_: object) -> None:
        raise PermissionError("The folder may only be read")

    with monkeypatch.context() as patch:
        patch.setattr("workbench.packets.run.files.shutil.rmtree", refuses)
        worker._clean_up(store.work)
    assert "could not be erased" in caplog.text
    assert run_row(store, run).anonymised_at is None

    worker._clean_up(store.work)
    assert run_row(store, run).anonymised_at is not None


def test_a_run_that_cannot_be_read_is_told_and_ends_no_worker(
    store: Database, run: int, caplog: pytest.LogCaptureFixture
):
    older(store, run, 91)
    with store.write.begin() as session:
        row = session.get_one(PrintRunRow, run)
        row.choices = row.choices | {"colour": "as a newer version tells it"}

    worker._clean_up(store.work)
    assert "could not be erased" in caplog.text


def test_pruning_takes_old_runs_and_never_the_documents_of_a_run_that_is_kept(
    store: Database, slug: str, people, run: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("WORKBENCH_DATA", str(store.data))
    monkeypatch.setenv("WORKBENCH_DATABASE_URL", store.url)

    def prune(*options: str) -> dict[str, object]:
        reported = CliRunner().invoke(commands, ["store", "prune", "--days", "0", "--format", "json", *options])
        assert reported.exit_code == 0, reported.output
        return json.loads(reported.stdout)

    assert prune() == {"documents": 0, "bytes": 0, "runs": 0, "left_behind": 0, "dry_run": False}
    with zipfile.ZipFile(
        store.data / "packets" / run_row(store, run).folder / run_row(store, run).files[0]["name"]
    ) as archive:
        assert archive.testzip() is None
    older(store, run, 91)
    dry = prune("--dry-run")
    assert (dry["runs"], dry["documents"]) == (1, 6)  # the position description is an edition’s own
    assert run_row(store, run).anonymised_at is None
    assert prune()["runs"] == 1
    assert found(store, "Zebulon Quast") == []
    assert list((store.data / "packets").iterdir()) == []


def test_labels_are_counted_and_name_nobody():
    assert anonymise_people(ROUND, panel=False) == People(("Ina Vogt",), ("Candidate 1", "Candidate 2"))
    assert anonymise_people(ROUND, panel=True) == People(("Panel member 1",), ("Candidate 1", "Candidate 2"))
    assert anonymise_people(People(), panel=True) == People()
