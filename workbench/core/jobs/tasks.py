"""The registry of tasks: the function that does the work of a job, and the queue in which its jobs wait."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

Task = TypeVar("Task", bound=Callable[..., Any])
TASKS: dict[str, Callable[..., Any]] = {}
_QUEUES: dict[str, "JobQueue"] = {}


class JobQueue(StrEnum):
    """A queue of jobs; each has worker threads of its own, so that long work never delays short work."""

    # A user is waiting for it on a page.
    INTERACTIVE = "interactive"
    BATCH = "batch"  # may take minutes


def task(name: str, queue: JobQueue = JobQueue.INTERACTIVE) -> Callable[[Task], Task]:
    """Register `fn(session, **payload)` as the task called `name`; it may return a small dict as its result.

    A task may run twice (a worker can die after its last line), so it must be repeatable: what it writes through
    `session` is stored once, with the end of the job; files are written under a name that follows from their content.
    The session takes SQLite's write lock at its first write only, so compute first and write last.
    """

    def register(work: Task) -> Task:
        if name in TASKS:
            raise ValueError(f"There are two tasks called {name}.")
        TASKS[name], _QUEUES[name] = work, queue
        return work

    return register


def queue_of(name: str) -> JobQueue:
    """Return the queue of the task called `name`; an unknown task waits in the interactive queue."""
    return _QUEUES.get(name, JobQueue.INTERACTIVE)
