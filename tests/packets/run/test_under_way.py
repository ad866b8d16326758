"""A run that is printed, that failed, or whose pages are counted, as people meet it."""

import re
from collections.abc import Callable

import pytest

from tests.packets.run.pages import As, planned, pressed
from tests.support.proof import words
from tests.support.servers.databases import Database
from workbench.core.jobs.tables import JobRow, JobState
from workbench.documents.model import PressFailed
from workbench.documents.press.preview import Preview
from workbench.packets.run import files
from workbench.packets.run import views as runs
from workbench.packets.run.values import Progress
from workbench.packets.tables import PrintRunRow, store_progress


@pytest.mark.usefixtures("slug")
def test_a_run_under_way_tells_how_far_it_is_without_scripts_too_and_can_be_cancelled(
    as_: As, store: Database, run_jobs: Callable[[], list[JobState | None]]
):
    leader = as_("leader")
    address = planned(leader)
    pressed(leader, address, "print")
    assert pressed(leader, address, "cancel") == address
    assert "was cancelled, and no packet was finished" in words(leader.get(address).page)
    run_jobs()
    assert not files.runs_folder(store.settings()).exists()

    second = pressed(leader, address, "again")
    pressed(leader, second, "print")
    with store.write.begin() as session:
        run = session.get_one(PrintRunRow, 2)
        session.get_one(JobRow, run.job_id).state = JobState.RUNNING
        assert store_progress(session, 2, Progress(2, 5, 11, 1))
    page = leader.get(second).page
    assert "2 of 5 documents, 11 pages, about 1 second left." in words(page)
    assert page.select_one("noscript meta[http-equiv=refresh]") is not None
    assert page.select_one("#run")["hx-get"] == second


@pytest.mark.usefixtures("slug")
def test_a_run_that_failed_says_why_and_goes_on_when_it_is_tried_again(
    as_: As, store: Database, run_jobs: Callable[[], list[JobState | None]]
):
    leader = as_("leader")
    address = planned(leader)
    pressed(leader, address, "print")
    with store.write.begin() as session:
        job = session.get_one(JobRow, session.get_one(PrintRunRow, 1).job_id)
        job.state, job.error = JobState.FAILED, "OSError: No space left on device\n[SQL: SELECT candidate FROM secrets]"

    reported = words(leader.get(address).page)
    assert "No space left on device" in reported
    assert "SELECT" not in reported
    pressed(leader, address, "print")
    run_jobs()
    assert re.search(r"Ready: \d+ documents", words(leader.get(address).page))
    assert leader.fill(address, f"{address}/again").status_code == 303


@pytest.mark.usefixtures("slug")
def test_a_run_whose_documents_failed_says_which(
    as_: As, store: Database, run_jobs: Callable[[], list[JobState | None]]
):
    leader = as_("leader")
    address = planned(leader)
    pressed(leader, address, "print")
    run_jobs()
    with store.write.begin() as session:
        session.get_one(PrintRunRow, 1).faults = ["Interview kit: Account Executive: It took too long."]

    assert "1 document could not be printed" in words(leader.get(address).page)
    assert "1 not printed" in words(leader.get("/packets").page)


@pytest.mark.usefixtures("slug")
def test_files_that_were_removed_can_be_printed_again(
    as_: As, store: Database, run_jobs: Callable[[], list[JobState | None]]
):
    leader = as_("leader")
    address = planned(leader)
    assert leader.get(f"{address}/files/1.zip").status_code == 404
    pressed(leader, address, "print")
    run_jobs()
    with store.read() as session:
        run = session.get_one(PrintRunRow, 1)
        (files.runs_folder(store.settings()) / run.folder / run.files[0]["name"]).unlink()

    assert leader.get(f"{address}/files/2.zip").status_code == 404
    assert leader.get(f"{address}/files/1.pdf").status_code == 404
    assert leader.get(f"{address}/files/1.zip").location == address
    assert "are no longer here" in words(leader.get(address).page)


@pytest.mark.usefixtures("slug")
def test_pages_that_the_quick_engine_cannot_count_are_counted_when_printed(as_: As, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        raise PressFailed("It took too long.")

    monkeypatch.setattr(runs, "_page_counts", {})
    monkeypatch.setattr(Preview, "count", refuse)
    leader = as_("leader")

    reported = words(leader.get(planned(leader)).page)
    assert "counted when printed" in reported
    assert "1 packet, at least 1 page ; those that are not counted yet are counted when they are printed." in reported
    assert "sheets of paper" not in reported


@pytest.mark.usefixtures("slug")
def test_pages_are_counted_for_two_seconds_at_most_and_then_remembered(as_: As, monkeypatch: pytest.MonkeyPatch):
    leader = as_("leader")
    address = planned(leader)
    monkeypatch.setattr(runs, "_page_counts", {})
    monkeypatch.setattr(runs, "_COUNTING_SECONDS", -1)
    assert "counted when printed" in words(leader.get(address).page)

    monkeypatch.setattr(runs, "_COUNTING_SECONDS", 60)
    reported = words(leader.get(address).page)
    assert "counted when printed" not in reported

    monkeypatch.setattr(runs, "_COUNTING_SECONDS", -1)
    assert words(leader.get(address).page) == reported
