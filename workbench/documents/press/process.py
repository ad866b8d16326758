"""A warm worker process for one kind of work, without database or secrets, and with limits of time and memory."""

import contextlib
import gc
import importlib
import json
import os
import resource
import selectors
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from workbench.documents.model import PressFailed

Message = tuple[dict[str, Any], tuple[bytes, ...]]
Work = Callable[[dict[str, Any], tuple[bytes, ...]], Message]

START_SECONDS = 60
MAX_ATTEMPTS = 3
MAX_BYTES = 256 << 20
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONHASHSEED", "PYTHONWARNINGS", "SYSTEMROOT")
_ROOT = Path(__file__).resolve().parents[3]


class WorkerProcess:
    """A worker process that answers messages with one function, one at a time.

    `work` names the function (`package.module:name`); the process calls `warm_up(**options)` of the same module when it
    starts. A process is ended when a message takes more than `seconds`, when it has grown by more than `growth` bytes,
    or after `max_messages` answers; the next message starts a new one. `nice` lowers its priority by this many steps.
    It is a plain subprocess, not multiprocessing: it works under any parent, has a minimal environment, and inherits no
    modules.
    """

    def __init__(
        self,
        work: str,
        options: dict[str, Any],
        seconds: float,
        memory: int = 1 << 30,
        growth: int = 150 << 20,
        max_messages: int = 500,
        nice: int = 0,
    ) -> None:
        self.work, self.options = work, options
        self.seconds, self.growth, self.max_messages = seconds, growth, max_messages
        self.limits: dict[str, Any] = {"seconds": seconds, "memory": memory, "nice": nice}
        self._lock = threading.Lock()
        self._running: _RunningProcess | None = None

    def start(self) -> None:
        """Start the process if there is none; it warms up in the background."""
        with self._lock:
            self._ensure_running()

    def request(self, head: dict[str, Any], *parts: bytes) -> Message:
        """Send one message and wait for its answer. Raise PressFailed with the reason of a failure."""
        with self._lock:
            try:
                answer = self._exchange_or_again(head, parts)
            except _ProcessEnded:
                raise PressFailed(f"The process that prints ended {MAX_ATTEMPTS} times without an answer.") from None
            except TimeoutError:
                # The next one warms up in the background.
                self._ensure_running()
                raise PressFailed(f"This took more than {self.seconds:g} seconds and was stopped.") from None
        if reason := answer[0].get("failed"):
            raise PressFailed(reason)
        return answer

    def close(self) -> None:
        """End the process and remove its folder."""
        with self._lock:
            self._end()

    @property
    def pid(self) -> int | None:
        """Return the process id, or None when no process is running."""
        return self._running.process.pid if self._running else None

    def _exchange_or_again(self, head: dict[str, Any], parts: tuple[bytes, ...]) -> Message:
        """Exchange one message, again if the process ended: it may have been killed from outside."""
        for _ in range(MAX_ATTEMPTS - 1):
            with contextlib.suppress(_ProcessEnded):
                return self._exchange(head, parts)
        return self._exchange(head, parts)

    def _exchange(self, head: dict[str, Any], parts: tuple[bytes, ...]) -> Message:
        try:
            running = self._ensure_running()
            running.wait_until_ready()
            running.send(head, parts, self.seconds)
            answer = running.receive(self.seconds)
        except BaseException:
            self._end()
            raise
        if running.should_recycle(answer[0], self.growth, self.max_messages):
            self._end()
            self._ensure_running()
        return answer

    def _ensure_running(self) -> "_RunningProcess":
        if self._running and (self._running.parent != os.getpid() or self._running.process.poll() is not None):
            self._end()
        if self._running is None:
            self._running = _RunningProcess(self.work, self.options, self.limits)
        return self._running

    def _end(self) -> None:
        if self._running:
            self._running.end()
            self._running = None


class _ProcessEnded(Exception):
    """The worker process has ended."""


class _RunningProcess:
    """One running worker process, with its folder and its first memory size."""

    def __init__(self, work: str, options: dict[str, Any], limits: dict[str, Any]) -> None:
        self.parent = os.getpid()
        self.folder = tempfile.mkdtemp(prefix="press-")
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        environment |= {"TMPDIR": self.folder, "HOME": self.folder, "PYTHONPATH": str(_ROOT)}
        limits = limits | {"folder": self.folder}
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
            [sys.executable, "-P", "-m", __name__, work, json.dumps(options), json.dumps(limits)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            cwd=self.folder,
            start_new_session=True,
            bufsize=0,
        )
        assert self.process.stdin is not None  # noqa: S101 - we asked for a pipe
        os.set_blocking(self.process.stdin.fileno(), False)
        self.end = weakref.finalize(self, _end_process, self.parent, self.process, self.folder)
        self.first_size: int | None = None
        self.answered = 0

    def wait_until_ready(self) -> None:
        """Wait until a starting process is warm."""
        if self.first_size is None:
            try:
                self.first_size = self.receive(START_SECONDS)[0]["size"]
            except TimeoutError:
                raise _ProcessEnded from None

    def send(self, head: dict[str, Any], parts: tuple[bytes, ...], seconds: float) -> None:
        """Send one message. Raise TimeoutError after `seconds`, _ProcessEnded when the process has ended."""
        with _pipe_waiter(self.process.stdin, selectors.EVENT_WRITE, seconds) as wait:
            try:
                _write(self.process.stdin, head, parts, wait)
            except TimeoutError:
                raise
            except OSError:
                raise _ProcessEnded from None

    def receive(self, seconds: float) -> Message:
        """Read one message. Raise TimeoutError after `seconds`, _ProcessEnded when the process has ended."""
        with _pipe_waiter(self.process.stdout, selectors.EVENT_READ, seconds) as wait:

            def read(length: int) -> bytes:
                data = bytearray()
                while len(data) < length:
                    wait()
                    piece = os.read(self.process.stdout.fileno(), min(length - len(data), 1 << 20))  # type: ignore[union-attr]
                    if not piece:
                        raise _ProcessEnded
                    data += piece
                return bytes(data)

            return _read(read)

    def should_recycle(self, head: dict[str, Any], growth: int, max_messages: int) -> bool:
        """Count one more answer and return whether the process has grown or answered enough."""
        self.answered += 1
        return (
            self.answered >= max_messages or head["size"] - (self.first_size or 0) > growth or bool(head.get("spent"))
        )


@contextlib.contextmanager
def _pipe_waiter(pipe: Any, event: int, seconds: float) -> Iterator[Callable[[], None]]:
    """Yield a function that waits for a pipe, and raises TimeoutError after `seconds` in total.

    The deadline also holds for a process that is stopped.
    """
    deadline = time.monotonic() + seconds
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, event)

        def wait() -> None:
            if not selector.select(max(0, deadline - time.monotonic())):
                raise TimeoutError

        yield wait


def _end_process(parent: int, process: subprocess.Popen[bytes], folder: str) -> None:
    """Kill a worker process and remove its folder; a fork of the parent only closes the pipes."""
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with contextlib.suppress(OSError):
                pipe.close()
    if parent == os.getpid():
        process.kill()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)
    else:
        process.returncode = 0  # not ours to wait for


def serve(work: str, options: dict[str, Any], limits: dict[str, Any]) -> None:
    """Warm up, then answer messages until the parent closes the pipe; called in the worker process."""
    source, target = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    # Output that a library prints must not mix with our messages.
    os.dup2(2, 1)
    module_name, _, name = work.partition(":")
    module = importlib.import_module(module_name)
    try:
        os.nice(limits["nice"])
        module.warm_up(**options)
        gc.collect()
        gc.freeze()
        _limit(resource.RLIMIT_AS, limits["memory"])
        _limit(resource.RLIMIT_CORE, 0)
        _write(target, {"size": _size()}, ())
        while (head_and_parts := _next(source)) is not None:
            _limit_cpu(limits["seconds"])
            _write(target, *_answer(getattr(module, name), *head_and_parts))
    finally:
        shutil.rmtree(limits["folder"], ignore_errors=True)


def _answer(work: Work, head: dict[str, Any], parts: tuple[bytes, ...]) -> Message:
    start = time.process_time()
    try:
        answer, files = work(head, parts)
    except PressFailed as error:
        answer, files = {"failed": error.reason, "spent": isinstance(error.__cause__, MemoryError)}, ()
    except MemoryError:
        answer, files = {"failed": "The page needs more memory than it may use.", "spent": True}, ()
    return answer | {"size": _size(), "seconds": time.process_time() - start}, files


def _limit_cpu(seconds: float) -> None:
    """Limit the processor time of one message, so that a process whose parent was killed cannot run forever."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + seconds) + 2)


def _limit(kind: int, maximum: int) -> None:
    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (maximum if hard == resource.RLIM_INFINITY else min(maximum, hard), hard))


def _size() -> int:
    """Return the memory of this process in bytes; its peak where the system does not report the current size."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _next(source: BinaryIO) -> Message | None:
    def read(length: int) -> bytes:
        data = source.read(length)
        if len(data) < length:
            raise EOFError
        return data

    try:
        return _read(read)
    except EOFError:
        return None


def _read(read: Callable[[int], bytes]) -> Message:
    """Read a message: the number of parts, their lengths, then the parts; the first one is the head as JSON."""
    (count,) = struct.unpack(">I", read(4))
    lengths = struct.unpack(f">{count}Q", read(8 * count)) if count <= 64 else (MAX_BYTES + 1,)
    if sum(lengths) > MAX_BYTES:
        raise PressFailed("The message is larger than any document.")
    head, *parts = [read(length) for length in lengths]
    return json.loads(head), tuple(parts)


def _write(target: Any, head: dict[str, Any], parts: tuple[bytes, ...], wait: Callable[[], object] = int) -> None:
    pieces = (json.dumps(head).encode(), *parts)
    lengths = struct.pack(f">I{len(pieces)}Q", len(pieces), *map(len, pieces))
    remaining = memoryview(b"".join((lengths, *pieces)))
    while remaining:
        wait()
        remaining = remaining[target.write(remaining) :]


if __name__ == "__main__":
    serve(sys.argv[1], json.loads(sys.argv[2]), json.loads(sys.argv[3]))
