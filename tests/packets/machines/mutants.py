"""The product with one protection taken out each, to prove that the harness would notice.

What protects against a second artefact of a run is no unique index but the name of its folder, which follows from what
is in it: whoever writes it again finds it there.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import update
from sqlalchemy.orm import Session

from workbench.core.jobs import run as job_run
from workbench.core.jobs import tables as job_tables
from workbench.core.jobs.tables import Claim, JobRow, JobState
from workbench.documents.store import store
from workbench.packets.run import tasks
from workbench.packets.run.values import Output


def no_fencing() -> None:
    """Let whoever was overtaken write all the same: the attempt is not asked for."""

    def as_anybody(session: Session, held: Claim, **values: Any) -> None:
        session.execute(update(JobRow).where(JobRow.id == held.id, JobRow.state == JobState.RUNNING).values(**values))

    job_tables._update_as_holder = as_anybody


def no_heartbeat() -> None:
    """Let a lease run out while the work goes on."""
    job_run.heartbeat = lambda *_: nullcontext()  # type: ignore[assignment,return-value]


def no_name_by_content() -> None:
    """Give the folder of a run a new name each time it is written."""
    write = tasks.write_packets

    def written_anew(*args: Any) -> Output:
        handed = write(*args)
        other = handed.folder.with_name(f"{handed.folder.name.partition('-')[0]}-{uuid4().hex[:16]}")
        return replace(handed, folder=handed.folder.rename(other))

    tasks.write_packets = written_anew


def no_lock() -> None:
    """Let everybody print what somebody prints already."""

    def open_to_all(folder: Path) -> Callable[..., Any]:
        del folder

        @contextmanager
        def held(key: str, *, wait: bool = True) -> Iterator[bool]:
            del key, wait
            yield True

        return held

    store.file_lock = open_to_all


MUTANTS: dict[str, Callable[[], None]] = {
    "no fencing": no_fencing,
    "no heartbeat": no_heartbeat,
    "no name by content": no_name_by_content,
    "no lock": no_lock,
}
