"""Tasks for tests of the worker, and a worker that knows them: `python -m tests.core.jobs.chores SETTINGS`."""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from workbench.accounts.audit import AuditRow
from workbench.core import db
from workbench.core.jobs.run import report
from workbench.core.jobs.tasks import JobQueue, task
from workbench.settings import Settings
from workbench.worker import work


@task("test-copy")
def copy(session: Session, words: str) -> dict[str, Any]:
    """Write a line, and give the words back."""
    session.add(AuditRow(act="copied", thing="words", key=words, detail={}))
    return {"words": words}


@task("test-slow")
def slow(session: Session, words: str, folder: str, steps: int = 10) -> dict[str, Any]:
    """Take a second; leave a note at the start, so that a test knows when to strike."""
    with (Path(folder) / "begun").open("a") as file:
        file.write(f"{os.getpid()}\n")
    for step in range(steps):
        report(session, step, steps)
        time.sleep(0.1)
    session.add(AuditRow(act="finished", thing="words", key=words, detail={"by": os.getpid()}))
    return {"words": words}


@task("test-held", queue=JobQueue.BATCH)
def held(session: Session, folder: str) -> None:
    """Take as long as the file `go` is not there: long work, whose end a test decides."""
    with (Path(folder) / "held").open("a") as file:
        file.write("begun\n")
    while not (Path(folder) / "go").exists():
        time.sleep(0.02)


@task("test-fail")
def fail(session: Session, words: str) -> None:
    """Write a line, then fail."""
    session.add(AuditRow(act="failed", thing="words", key=words, detail={}))
    session.flush()
    raise LookupError(f"no {words} here")


if __name__ == "__main__":
    facts = json.loads(sys.argv[1])
    db.IDLE_SECONDS = 5
    settings = Settings(**{**facts, "data": Path(facts["data"]), "hosts": tuple(facts["hosts"])})
    work(settings, threads=1, sweep_seconds=0.3)
