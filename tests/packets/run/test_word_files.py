"""All Word files of a run: each document once, in a folder for its reader, written by a worker and gone with the names."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import docx
import pytest
from sqlalchemy import select

from tests.support import make
from tests.support.proof import PageClient, words
from tests.support.servers.databases import Database
from workbench.accounts.audit import AuditRow
from workbench.accounts.model import Person
from workbench.core.clock import now
from workbench.core.jobs.run import run_job
from workbench.core.jobs.tables import MAX_ATTEMPTS, JobRow, JobState, enqueue
from workbench.documents.model import Paper, PressFailed
from workbench.hiring.model import People
from workbench.packets import tables
from workbench.packets.erasure.erase import erase_run, purge_expired_runs
from workbench.packets.job import ChosenRole, PrintJob
from workbench.packets.model import Delivery, RunOptions
from workbench.packets.plan import make_plan
from workbench.packets.recipes.model import find_shipped_recipe
from workbench.packets.run import files
from workbench.packets.run.word_files import list_word_files, write_word_files
from workbench.packets.tables import PrintRunRow

As = Callable[[str], PageClient]
PANEL = People(("Ina Vogt", "Raj Rao"), ("Candidate A",))
HOSTILE = "../../<b>{{7*7}}\\x: con"


def print_job(recipe: str = "interviewer", people: People = PANEL, roles: int = 1, **options: object) -> PrintJob:
    chosen = tuple(ChosenRole(make.role(f"Closer {number}"), make.stamp()) for number in range(roles))
    return PrintJob(find_shipped_recipe(recipe), chosen, people, "Lea Berg", RunOptions(**options))


def names(job: PrintJob) -> list[str]:
    return [placed.name for placed in list_word_files(make_plan(job))]


@pytest.fixture
def run(store: Database, slug: str, people: dict[str, Person]) -> int:
    """A run for two panel members that was printed."""
    return make.print_run(store, slug, people["leader"], "interviewer", PANEL, Delivery.ZIP)


def test_what_everybody_is_given_stands_once_and_the_rest_with_its_reader():
    assert names(print_job()) == [
        "For everyone/2 Interview schedule.docx",
        "For everyone/3 Interviewer guide.docx",
        "For everyone/4 Position description.docx",
        "1 Ina Vogt/1 Cover.docx",
        "1 Ina Vogt/5 Interview kit.docx",
        "1 Ina Vogt/6 Score sheet Candidate A.docx",
        "2 Raj Rao/1 Cover.docx",
        "2 Raj Rao/5 Interview kit.docx",
        "2 Raj Rao/6 Score sheet Candidate A.docx",
    ]
    assert {name.split("/")[0] for name in names(print_job("records"))} == {"1 The file"}
    assert "1 The file/02 Closer 0 - Position description.docx" in names(print_job("file-copy", roles=3))
    assert {name.split("/")[0] for name in names(print_job(language="de"))} == {"Für alle", "1 Ina Vogt", "2 Raj Rao"}


def test_no_name_leads_out_of_the_archive_and_none_stands_twice():
    people = People((HOSTILE, "x/y", "x:y"), (HOSTILE, "a" * 100, "a" * 99))
    wanted = names(print_job("interviewer", people, roles=2))
    assert len(set(map(str.casefold, wanted))) == len(wanted)
    for name in wanted:
        assert name.count("/") == 1
        assert not set(name) & set('\\:*?"<>|')
        assert not any(part.startswith(".") or part != part.strip(". ") for part in name.split("/"))


def test_the_archive_is_the_same_whenever_it_is_written_and_appears_as_a_whole(tmp_path: Path):
    reported: list[tuple[int, int]] = []
    first = write_word_files(make_plan(print_job()), None, tmp_path, "1-word", lambda *far: reported.append(far))
    again = write_word_files(make_plan(print_job()), None, tmp_path, "1-word", lambda *_: None)

    assert again == first
    assert [path.name for path in tmp_path.iterdir()] == [f"1-word-{first.digest[:16]}"]
    assert reported[0] == (0, 9)
    assert reported[-1] == (9, 9)
    (archive,) = first.files
    with zipfile.ZipFile(first.folder / archive.name) as opened:
        assert opened.namelist() == [member.name for member in archive.members] == names(print_job())
        for name in opened.namelist():
            assert docx.Document(io.BytesIO(opened.read(name))).paragraphs
        cover = docx.Document(io.BytesIO(opened.read("1 Ina Vogt/1 Cover.docx")))
        assert "Score sheet: Candidate A" in cover.element.xml

    def stop(*_: int) -> None:
        raise RuntimeError("stopped")

    with pytest.raises(RuntimeError):
        write_word_files(make_plan(print_job(paper=Paper.LETTER)), None, tmp_path, "2-word", stop)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_mark_that_is_not_the_one_stamped_is_refused(tmp_path: Path):
    wanted = print_job()
    chosen = replace(wanted.roles[0], stamp=make.stamp(logo="0" * 64))
    with pytest.raises(PressFailed):
        write_word_files(make_plan(replace(wanted, roles=(chosen,))), None, tmp_path, "1-word", lambda *_: None)
    assert list(tmp_path.iterdir()) == []


def test_the_page_asks_for_them_shows_how_far_they_are_and_hands_them_over(
    as_: As, store: Database, run: int, run_jobs: Callable[[], list[JobState | None]]
):
    leader, address = as_("leader"), f"/packets/{run}"
    assert leader.get(f"{address}/word.zip").status_code == 404
    assert leader.fill(address, f"{address}/word").location == address
    assert leader.post(f"{address}/word").location == address  # asked twice, written once
    page = leader.get(address).page
    assert "The Word files are being created" in words(page)
    assert page.select_one("#word[hx-get]")
    assert leader.get(f"{address}/word.zip").status_code == 404

    assert run_jobs() == [JobState.DONE]

    page = leader.get(address).page
    assert "Interviewer packet - Account Executive - Word.zip 9 Word files" in words(page)
    assert "Write them again" in words(page)
    answer = leader.get(page.select_one("#word a")["href"])
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert "2 Raj Rao/6 Score sheet Candidate A.docx" in archive.namelist()
    assert "attachment" in answer.headers["Content-Disposition"]
    headers = {"If-None-Match": answer.headers["ETag"]}
    assert leader.get(f"{address}/word.zip", headers=headers).status_code == 304
    with store.read() as session:
        acts = [(row.act, row.detail) for row in session.scalars(select(AuditRow)) if row.detail.get("word")]
    assert [act for act, _ in acts] == ["printed", "fetched", "fetched"]


def test_a_failure_is_told_and_what_was_printed_stays(
    as_: As, store: Database, run: int, run_jobs: Callable[[], list[JobState | None]], monkeypatch: pytest.MonkeyPatch
):
    def broken(*_: object) -> bytes:
        raise PressFailed("The company's mark is not the one that the document names.")

    monkeypatch.setattr("workbench.packets.run.docx.word", broken)
    leader, address = as_("leader"), f"/packets/{run}"
    leader.fill(address, f"{address}/word")
    with store.read() as session:
        number = session.scalars(select(JobRow.id).where(JobRow.task == "word-run")).one()
    for _ in range(MAX_ATTEMPTS):
        assert run_job(store.work, number) in {JobState.RUNNING, JobState.FAILED}
        with store.write.begin() as session:
            session.get_one(JobRow, number).lease_until = now() - timedelta(seconds=1)
    reported = words(leader.get(address).page)
    assert "could not be created" in reported
    assert "The company's mark is not the one" in reported
    assert "Ready: 9 documents" in reported
    assert leader.get(f"{address}/word.zip").status_code == 404

    monkeypatch.undo()
    leader.fill(address, f"{address}/word")
    run_jobs()
    assert "9 Word files" in words(leader.get(address).page)


def word_folders(store: Database) -> list[str]:
    return [path.name for path in files.runs_folder(store.settings()).glob("*-word-*")]


def queue_word(store: Database, run: int) -> None:
    with store.write.begin() as session:
        enqueue(session, "word-run", key=tables.word_key(run), run=run)
    while make.run_jobs(store):
        pass


def test_a_run_that_is_forgotten_loses_its_word_files_too(
    as_: As, store: Database, run: int, people: dict[str, Person]
):
    queue_word(store, run)
    assert len(word_folders(store)) == 1
    with store.write.begin() as session:
        erase_run(session, session.get_one(PrintRunRow, run), people["hr"], panel=True)

    assert word_folders(store) == []
    hr, address = as_("hr"), f"/packets/{run}"
    assert hr.get(f"{address}/word.zip").status_code == 404
    assert "Word files" not in words(hr.get(address).page)
    hr.post(f"{address}/word")
    assert make.run_jobs(store) == []
    queue_word(store, run)  # asked for in the very moment in which it was forgotten
    assert word_folders(store) == []


def test_tidying_keeps_the_latest_word_files_and_removes_those_nobody_knows(store: Database, run: int):
    queue_word(store, run)
    place = files.runs_folder(store.settings())
    stray = place / f"{run}-word-0123456789abcdef"
    stray.mkdir()
    for folder in place.iterdir():
        make.age(folder, modified=timedelta(hours=2))
    with store.write.begin() as session:
        assert purge_expired_runs(session).folders == 1
    assert not stray.exists()
    assert len(word_folders(store)) == 1


def test_word_files_that_are_gone_are_told_and_written_again(as_: As, store: Database, run: int):
    queue_word(store, run)
    files.remove(store.settings(), run)
    leader, address = as_("leader"), f"/packets/{run}"
    answer = leader.get(f"{address}/word.zip")
    assert answer.location == address
    assert "Have them created again" in leader.get(address).text
    queue_word(store, run)
    assert leader.get(f"{address}/word.zip").status_code == 200


def test_a_run_that_is_not_printed_has_none(as_: As, store: Database, slug: str, people: dict[str, Person]):
    number = make.print_run(store, slug, people["leader"], "interviewer", PANEL, Delivery.ZIP, finished=False)
    as_("leader").post(f"/packets/{number}/word")
    with store.read() as session:
        assert session.scalar(select(JobRow).where(JobRow.task == "word-run")) is None
