"""The values of the page of a run; its template is given these and no rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workbench.core.jobs.tables import JobRow, JobState
from workbench.packets.tables import PrintRunRow, RunState
from workbench.roles.tables import EditionRow


@dataclass(frozen=True, slots=True)
class RunView:
    """A print run as its pages show it; `owner` is the number of the person who planned it, `planner` their name."""

    id: int
    owner: int
    planner: str
    name: str
    state: RunState
    previous_id: int | None
    created_at: datetime
    was_started: bool
    progress: Mapping[str, Any]
    anonymised_at: datetime | None
    panel_named: bool
    pages: int
    faults: tuple[str, ...]
    files: tuple[Mapping[str, Any], ...]
    digest: str


@dataclass(frozen=True, slots=True)
class WordFilesView:
    """The Word files of a run: the state of their job, and the archive once it is written."""

    state: JobState
    progress: int
    total: int
    error: str
    result: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RetiredEdition:
    """An edition of a planned run that was retired since."""

    title: str
    label: str


def view_run(run: PrintRunRow, state: RunState, planner: str = "") -> RunView:
    """Return the values of a run for its pages."""
    return RunView(
        id=run.id,
        owner=run.person_id,
        planner=planner,
        name=run.choices.get("name", ""),
        state=state,
        previous_id=run.previous_id,
        created_at=run.created_at,
        was_started=run.job_id is not None,
        progress=run.progress,
        anonymised_at=run.anonymised_at,
        panel_named=run.panel_named,
        pages=run.pages,
        faults=tuple(run.faults),
        files=tuple(run.files),
        digest=run.digest,
    )


def view_word_files(job: JobRow | None) -> WordFilesView | None:
    """Return the values of the job that writes the Word files, or None where there is no such job."""
    return WordFilesView(job.state, job.progress, job.total, job.error, job.result or {}) if job else None


def view_edition(row: EditionRow) -> RetiredEdition:
    """Return the values of a retired edition."""
    return RetiredEdition(row.title, row.label)
