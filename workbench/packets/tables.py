"""The print runs: who had what printed for whom, how far it is, and what came of it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.accounts.model import Thing
from workbench.core.clock import now
from workbench.core.db import Base
from workbench.core.jobs.tables import JobRow, JobState, has_unfinished_job
from workbench.core.shape import structure, unstructure
from workbench.packets.model import RoleChoice, RunRequest
from workbench.packets.run.values import Output, OutputFile, PrintResult, Progress
from workbench.roles.tables import EditionRow

PAGE = 50
MAX_PARTS = 16  # jobs that help to print one run
MAX_RUN_NUMBER = 2_000_000_000  # a larger number is no number to a database


class PrintRunRow(Base):
    """One print run: planned until it has a job, and finished when it has a `result` or was cancelled.

    `choices` is the `RunRequest` of the run, `previous_id` is the run that this one was made from. The figures of an
    erased run stay, without the names of candidates, and while `panel_named` with those of the panel.
    """

    __tablename__ = "print_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    previous_id: Mapped[int | None] = mapped_column("before_id", ForeignKey("print_run.id"))
    choices: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(default=now)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    progress: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    cancelled_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    anonymised_at: Mapped[datetime | None] = mapped_column("forgotten_at")
    panel_named: Mapped[bool] = mapped_column(default=True)
    folder: Mapped[str] = mapped_column(String(100), default="")
    digest: Mapped[str] = mapped_column(String(64), default="")
    files: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    faults: Mapped[list[str]] = mapped_column(JSON, default=list)

    @property
    def request(self) -> RunRequest:
        """Give what was asked for as a value."""
        return structure(RunRequest, self.choices)

    @property
    def summary(self) -> RunRequest:
        """Give what was asked for with no more of its drafts than their titles: reading them whole takes long."""
        picks = [
            pick | {"role": {"title": pick["role"]["title"]}} if pick.get("role") else pick
            for pick in self.choices["picks"]
        ]
        return structure(RunRequest, self.choices | {"picks": picks})

    @property
    def thing(self) -> Thing:
        """Return the run as the thing of an act."""
        return Thing("packet", self.person_id, str(self.id))

    @property
    def pages(self) -> int:
        """Count the pages that were handed over."""
        return sum(int(file["pages"]) for file in self.files)

    def finish(self, result: PrintResult, output: Output) -> None:
        """Write down what came of the run."""
        self.done_at = now()
        self.folder, self.digest = output.folder.name, output.digest
        self.files = [_file_facts(file) for file in output.files]
        self.faults = list(result.faults)
        self.progress = {"documents": result.total, "total": result.total, "fresh": result.fresh}


def add_run(session: Session, person: int, wanted: RunRequest, before: int | None = None) -> PrintRunRow:
    """Plan a run."""
    run = PrintRunRow(person_id=person, previous_id=before, choices=unstructure(wanted))
    session.add(run)
    session.flush()
    return run


def find_run(session: Session, number: int, *, lock: bool = False) -> PrintRunRow | None:
    """Find a print run; `lock` it until the end of the transaction where it is to be written."""
    wanted = select(PrintRunRow).where(PrintRunRow.id == number)
    return session.scalar(wanted.with_for_update() if lock else wanted)


def editions_of(session: Session, picks: Iterable[RoleChoice]) -> dict[int, EditionRow]:
    """Give the editions among the roles of a run by their number."""
    numbers = [pick.edition for pick in picks if pick.edition]
    return {row.id: row for row in session.scalars(select(EditionRow).where(EditionRow.id.in_(numbers)))}


def store_progress(session: Session, run: int, progress: Progress) -> bool:
    """Write down how far a run is; give False when it was cancelled meanwhile."""
    changed = session.execute(
        update(PrintRunRow)
        .where(PrintRunRow.id == run, PrintRunRow.cancelled_at.is_(None))
        .values(progress=asdict(progress))
        .returning(PrintRunRow.id)
        .execution_options(synchronize_session=False)
    )
    return changed.one_or_none() is not None


def is_open(session: Session, run: int) -> bool:
    """Say whether a run is still to be printed or being printed."""
    unfinished = (PrintRunRow.cancelled_at.is_(None), PrintRunRow.done_at.is_(None))
    return session.scalar(select(PrintRunRow.id).where(PrintRunRow.id == run, *unfinished)) is not None


def run_state(session: Session, run: PrintRunRow) -> str:
    """Say where a run stands: planned, waiting, printing, done, failed or cancelled."""
    return run_states(session, [run])[0]


def run_states(session: Session, runs: Sequence[PrintRunRow]) -> list[str]:
    """Say where each of some runs stands; all their jobs are read at once."""
    numbers = [run.job_id for run in runs if run.job_id]
    found = session.execute(select(JobRow.id, JobRow.state).where(JobRow.id.in_(numbers))) if numbers else ()
    jobs = {number: JobState(state) for number, state in found}
    return [_state(run, jobs.get(run.job_id) if run.job_id else None) for run in runs]


def _state(run: PrintRunRow, job: JobState | None) -> str:
    if run.cancelled_at:
        return "cancelled"
    if run.done_at:
        return "done"
    if job is None:
        return "planned"
    return {JobState.QUEUED: "waiting", JobState.FAILED: "failed"}.get(job, "printing")


def run_key(run: int) -> str:
    """Name the job that prints a run."""
    return f"print-run:{run}"


def part_key(run: int, part: int) -> str:
    """Name a job that helps to print a run."""
    return f"print-part:{run}:{part}"


def word_key(run: int) -> str:
    """Name the job that writes the Word files of a run."""
    return f"word-run:{run}"


def job_keys(run: int) -> list[str]:
    """Name all jobs that a run can have."""
    return [run_key(run), word_key(run), *(part_key(run, part) for part in range(1, MAX_PARTS + 1))]


def list_jobs(session: Session, run: int) -> list[JobRow]:
    """List every job that worked for a run."""
    return list(session.scalars(select(JobRow).where(JobRow.key.in_(job_keys(run))).order_by(JobRow.id)))


def is_busy(session: Session, run: int) -> bool:
    """Say whether some worker has the run in hand, or will; also one that was cancelled a moment ago."""
    return has_unfinished_job(session, job_keys(run))


def find_word_job(session: Session, run: int) -> JobRow | None:
    """Find the latest job that writes, or wrote, the Word files of a run."""
    return session.scalar(select(JobRow).where(JobRow.key == word_key(run)).order_by(JobRow.id.desc()).limit(1))


def known_folders(session: Session) -> set[str]:
    """Name the folders that runs have: of their files, and of the latest Word files of those that are not forgotten."""
    own = set(session.scalars(select(PrintRunRow.folder).where(PrintRunRow.folder != "")))
    kept = {word_key(run) for run in session.scalars(select(PrintRunRow.id).where(PrintRunRow.anonymised_at.is_(None)))}
    done = select(JobRow.key, JobRow.result).where(JobRow.task == "word-run", JobRow.state == JobState.DONE)
    jobs = session.execute(done.order_by(JobRow.id))
    words = {key: result["folder"] for key, result in jobs if key in kept and result and "folder" in result}
    return own | set(words.values())


def _file_facts(file: OutputFile) -> dict[str, Any]:
    """Write down a file, and those that lie in it."""
    members = {"members": [_file_facts(member) for member in file.members]} if file.members else {}
    return {"name": file.name, "pages": file.pages, "size": file.size} | members
