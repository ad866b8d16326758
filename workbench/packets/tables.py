"""The print runs: who planned what for whom, the state of each, and its result."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.accounts.model import Thing
from workbench.core.clock import now
from workbench.core.db import Base, enum_type
from workbench.core.jobs.tables import JobRow, JobState, has_unfinished_job
from workbench.core.shape import structure, unstructure
from workbench.core.text.words import fold_case
from workbench.documents.model import DRAFT_LABEL, edition_label
from workbench.packets.model import RoleChoice, RunRequest
from workbench.packets.run.values import Output, OutputFile, PrintResult, Progress
from workbench.roles.tables import EditionRow

MAX_PARTS = 16  # jobs that help to print one run
MAX_RUN_NUMBER = 2_000_000_000  # databases have no larger row numbers


class RunState(StrEnum):
    """The state of a print run; while it has a job, the job decides between waiting, printing and failed."""

    PLANNED = "planned"
    WAITING = "waiting"
    PRINTING = "printing"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class PrintRunRow(Base):
    """One print run: its request, its job while it is printed, and its files afterwards.

    `choices` is the `RunRequest` of the run, `previous_id` is the run that this one was made from. `state` is WAITING
    from the start of the job to its end; see `run_state`. `role_titles` and `search_text` are made of the request for
    the list of runs. After erasure the figures stay, without the names of candidates; the names of the panel are still
    stored while `panel_named`.
    """

    __tablename__ = "print_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("print_run.id"))
    state: Mapped[RunState] = mapped_column(enum_type(RunState, "state"), default=RunState.PLANNED)
    choices: Mapped[dict[str, Any]] = mapped_column(JSON)
    role_titles: Mapped[str] = mapped_column(Text, default="")
    search_text: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    progress: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    cancelled_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    anonymised_at: Mapped[datetime | None]
    panel_named: Mapped[bool] = mapped_column(default=True)
    folder: Mapped[str] = mapped_column(String(100), default="")
    digest: Mapped[str] = mapped_column(String(64), default="")
    files: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    faults: Mapped[list[str]] = mapped_column(JSON, default=list)

    @property
    def request(self) -> RunRequest:
        """Return the request of the run as a value."""
        return structure(RunRequest, self.choices)

    @property
    def thing(self) -> Thing:
        """Return the run as the thing of an act."""
        return Thing("packet", self.person_id, str(self.id))

    @property
    def pages(self) -> int:
        """Return the number of pages in the files of the run."""
        return count_pages(self.files)

    def change_request(self, session: Session, request: RunRequest) -> None:
        """Store another request, with the texts that the list of runs shows and searches."""
        self.choices = unstructure(request)
        self.role_titles = _role_titles(session, request)
        self.search_text = _search_text(self.id, request, self.role_titles)

    def start(self, job: int) -> None:
        """Hand the run to its job."""
        self.job_id, self.state = job, RunState.WAITING

    def cancel(self) -> None:
        """Cancel the run; its job stops at the next report of its progress."""
        self.cancelled_at, self.state = self.cancelled_at or now(), RunState.CANCELLED

    def finish(self, result: PrintResult, output: Output) -> None:
        """Store the result of the run."""
        self.done_at, self.state = now(), RunState.DONE
        self.folder, self.digest = output.folder.name, output.digest
        self.files = [_file_record(file) for file in output.files]
        self.faults = list(result.faults)
        self.progress = {"documents": result.total, "total": result.total, "fresh": result.fresh}


def count_pages(files: Iterable[dict[str, Any]]) -> int:
    """Return the pages of some files of a run, as they are stored."""
    return sum(int(file["pages"]) for file in files)


def add_run(session: Session, person: int, request: RunRequest, previous: int | None = None) -> PrintRunRow:
    """Plan a run, and return it."""
    run = PrintRunRow(person_id=person, previous_id=previous, choices={})
    session.add(run)
    session.flush()
    run.change_request(session, request)
    session.flush()
    return run


def find_run(session: Session, number: int, *, lock: bool = False) -> PrintRunRow | None:
    """Find a print run; `lock` it until the end of the transaction where it is to be written."""
    query = select(PrintRunRow).where(PrintRunRow.id == number)
    return session.scalar(query.with_for_update() if lock else query)


def editions_of(session: Session, roles: Iterable[RoleChoice]) -> dict[int, EditionRow]:
    """Return the editions among the roles of a run by their number."""
    numbers = [choice.edition for choice in roles if choice.edition]
    return {row.id: row for row in session.scalars(select(EditionRow).where(EditionRow.id.in_(numbers)))}


def store_progress(session: Session, run: int, progress: Progress) -> bool:
    """Store the progress of a run; return False where it was cancelled."""
    updated = session.execute(
        update(PrintRunRow)
        .where(PrintRunRow.id == run, PrintRunRow.state != RunState.CANCELLED)
        .values(progress=asdict(progress))
        .returning(PrintRunRow.id)
        .execution_options(synchronize_session=False)
    )
    return updated.one_or_none() is not None


def is_open(session: Session, run: int) -> bool:
    """Return whether a run is still to be printed or being printed."""
    query = select(PrintRunRow.id).where(
        PrintRunRow.id == run, PrintRunRow.state.not_in([RunState.DONE, RunState.CANCELLED])
    )
    return session.scalar(query) is not None


def run_state(session: Session, run: PrintRunRow) -> RunState:
    """Return the state of a run, read from its job while it is with the job."""
    job = session.scalar(select(JobRow.state).where(JobRow.id == run.job_id)) if run.job_id else None
    return combine_states(run.state, job)


def combine_states(run: RunState, job: JobState | None) -> RunState:
    """Return the state of a run whose row says `run`, and whose job, if it has one, says `job`."""
    if run is not RunState.WAITING or job is None:
        return run
    return {JobState.QUEUED: RunState.WAITING, JobState.FAILED: RunState.FAILED}.get(job, RunState.PRINTING)


def run_key(run: int) -> str:
    """Return the key of the job that prints a run."""
    return f"print-run:{run}"


def part_key(run: int, part: int) -> str:
    """Return the key of a job that helps to print a run."""
    return f"print-part:{run}:{part}"


def word_key(run: int) -> str:
    """Return the key of the job that writes the Word files of a run."""
    return f"word-run:{run}"


def job_keys(run: int) -> list[str]:
    """List the keys of all jobs that a run can have."""
    return [run_key(run), word_key(run), *(part_key(run, part) for part in range(1, MAX_PARTS + 1))]


def list_jobs(session: Session, run: int) -> list[JobRow]:
    """List every job that worked for a run."""
    return list(session.scalars(select(JobRow).where(JobRow.key.in_(job_keys(run))).order_by(JobRow.id)))


def is_busy(session: Session, run: int) -> bool:
    """Return whether a worker works on the run or will; a run that was cancelled a moment ago may still be busy."""
    return has_unfinished_job(session, job_keys(run))


def find_word_job(session: Session, run: int) -> JobRow | None:
    """Find the latest job that writes, or wrote, the Word files of a run."""
    return session.scalar(select(JobRow).where(JobRow.key == word_key(run)).order_by(JobRow.id.desc()).limit(1))


def known_folders(session: Session) -> set[str]:
    """List the folders of runs: of their files, and of the latest Word files of those whose names were not erased."""
    run_folders = set(session.scalars(select(PrintRunRow.folder).where(PrintRunRow.folder != "")))
    word_keys = {
        word_key(run) for run in session.scalars(select(PrintRunRow.id).where(PrintRunRow.anonymised_at.is_(None)))
    }
    finished_jobs = select(JobRow.key, JobRow.result).where(JobRow.task == "word-run", JobRow.state == JobState.DONE)
    jobs = session.execute(finished_jobs.order_by(JobRow.id))
    word_folders = {key: result["folder"] for key, result in jobs if key in word_keys and result and "folder" in result}
    return run_folders | set(word_folders.values())


def _role_titles(session: Session, request: RunRequest) -> str:
    numbers = {choice.edition for choice in request.roles if choice.edition}
    rows = session.execute(select(EditionRow.id, EditionRow.title, EditionRow.number).where(EditionRow.id.in_(numbers)))
    titles = {number: f"{title}, {edition_label(edition)}" for number, title, edition in rows}
    return "; ".join(
        f"{choice.role.title}, {DRAFT_LABEL}" if choice.role else titles.get(choice.edition, "")
        for choice in request.roles
    )


def _search_text(number: int, request: RunRequest, role_titles: str) -> str:
    people = request.people
    parts = (str(number), request.name, request.recipe.title, role_titles, *people.panel, *people.candidates)
    return fold_case("\n".join(parts))


def _file_record(file: OutputFile) -> dict[str, Any]:
    """Return a file, and those inside it, as they are stored."""
    members = {"members": [_file_record(member) for member in file.members]} if file.members else {}
    return {"name": file.name, "pages": file.pages, "size": file.size} | members
