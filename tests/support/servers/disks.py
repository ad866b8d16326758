"""Disks of a megabyte for tests, which can really be full: a tmpfs of our own where the system lets us mount one.

Whoever may mounts it directly; else a child process does, in a namespace of its own that we reach through /proc. Where
neither is allowed, a limit on the size of files stands in for the full disk, and the report of the tests says so.
"""

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

PAGE = 4096
_LIMIT = 2_000  # bytes of a file, where a limit stands in


@dataclass(frozen=True)
class Disk:
    """A small disk: `folder` is its root. `real` tells whether it is one."""

    folder: Path
    real: bool

    @property
    def _ballast(self) -> Path:
        return self.folder / "ballast"

    def fill(self, left: int = 0, processes: tuple[int, ...] = ()) -> None:
        """Take all room but `left` bytes; where it is no real disk, let these processes, or us, write no large files."""
        if not self.real:
            self._limit(_LIMIT, processes)
            return
        with self._ballast.open("ab", buffering=0) as file, suppress(OSError):
            while self._free() > left:
                file.write(bytes(min(PAGE * 16, max(PAGE, self._free() - left))))

    def free(self, processes: tuple[int, ...] = ()) -> None:
        """Give the room back."""
        self._ballast.unlink(missing_ok=True)
        if not self.real:
            self._limit(resource.RLIM_INFINITY, processes)

    def _limit(self, most: int, processes: tuple[int, ...]) -> None:
        for each in processes or (0,):
            resource.prlimit(each, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

    def _free(self) -> int:
        facts = os.statvfs(self.folder)
        return facts.f_bavail * facts.f_frsize


@contextmanager
def small(folder: Path, kilobytes: int = 1024) -> Iterator[Disk]:
    """Put a small disk into a folder, which is made for it."""
    folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k,mode=700", "tmpfs", str(folder)]
    if way() == "mounted":
        subprocess.run(mount, check=True)
        try:
            yield Disk(folder, real=True)
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
    elif way() == "in a namespace":
        with _namespace(mount) as holder:
            yield Disk(Path(f"/proc/{holder}/root{folder}"), real=True)
    else:
        disk = Disk(folder, real=False)
        try:
            yield disk
        finally:
            disk.free()


@cache
def way() -> str:
    """Say how a small disk is to be had here: `mounted`, `in a namespace`, or `by a limit on the size of files`."""
    with TemporaryDirectory() as scratch:
        mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", scratch]
        with suppress(OSError, subprocess.CalledProcessError):
            subprocess.run(mount, check=True, capture_output=True)
            subprocess.run(["umount", scratch], check=True)
            return "mounted"
        with suppress(OSError, AssertionError), _namespace(mount) as holder:
            Path(f"/proc/{holder}/root{scratch}/tried").touch()
            return "in a namespace"
    return "by a limit on the size of files"


@contextmanager
def _namespace(mount: list[str]) -> Iterator[int]:
    """Mount in a child process that may, and give its process id; the mount is gone when it ends."""
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", '"$@" && echo ready && read end', "sh"]
    pipe = subprocess.PIPE
    with subprocess.Popen([*command, *mount], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True) as child:
        assert child.stdout
        try:
            assert child.stdout.readline() == "ready\n", "no namespace is to be had"
            yield child.pid
        finally:
            child.kill()
