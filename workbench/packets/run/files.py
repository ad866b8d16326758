"""The files of finished print runs: where a worker stores them, and where a web server finds them."""

import json
import shutil
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path

from workbench.core.clock import now
from workbench.core.digests import sha256_of_file, sha256_of_text
from workbench.documents.store.bucket import Bucket, bucket_of
from workbench.documents.store.cached import is_stale, note_use
from workbench.settings import Settings

_HOUR = 3600
_SUMS = ".sums.json"  # in a bucket: the sha256 of each file beside it, which the folder's name is made from


def runs_folder(settings: Settings) -> Path:
    """Return the folder with a folder for each finished run."""
    return settings.folder / "packets"


def sums_of(folder: Path) -> dict[str, str]:
    """Return the sha256 of each file in a folder by its name."""
    return {file.name: sha256_of_file(file) for file in sorted(folder.iterdir())}


def digest_of(parts: Mapping[str, str]) -> str:
    """Return one sha256 of all names and sums; a run's folder ends in its first 16 digits."""
    return sha256_of_text("".join(f"{name}\0{parts[name]}\0" for name in sorted(parts)))


def upload(settings: Settings, folder: Path) -> None:
    """Upload the files of a run to the bucket that machines share, if there is one. Raises BucketUnavailable."""
    if bucket := _bucket(settings):
        parts = sums_of(folder)
        bucket.write({f"{folder.name}/{_SUMS}": json.dumps(parts).encode()})
        for name in parts:
            bucket.upload(folder / name, f"{folder.name}/{name}")


def find(settings: Settings, folder: str, name: str) -> Path | None:
    """Find a file of a finished run by the name of the run's folder and its own, here or in the bucket.

    Raises BucketUnavailable where it is not here and the bucket does not answer.
    """
    file = runs_folder(settings) / folder / name
    bucket = _bucket(settings)
    if file.is_file():
        if bucket:
            note_use(file)
        return file
    if not bucket or not folder:
        return None
    digest = _read_sums(bucket, folder).get(name)
    return file if digest and bucket.download(f"{folder}/{name}", file, digest) else None


def remove(settings: Settings, run: int) -> None:
    """Remove the files of a run, and those that a killed worker left of it."""
    if bucket := _bucket(settings):
        bucket.remove(bucket.names(f"{run}-"))
    for folder in (*runs_folder(settings).glob(f"{run}-*"), *runs_folder(settings).glob(f".{run}-*")):
        _remove(folder)


def sweep(settings: Settings, folders: AbstractSet[str], *, dry: bool = False) -> int:
    """Remove the folders without a run that are more than an hour old, and return how many there were."""
    old = now().timestamp() - _HOUR
    bucket = _bucket(settings)
    stored_files = (
        {name: stored for name, stored in bucket.names().items() if _folder(name) not in folders} if bucket else {}
    )
    fresh = {_folder(name) for name, stored in stored_files.items() if stored.stored_at.timestamp() > old}
    orphans = [name for name in stored_files if _folder(name) not in fresh]
    old_folders = [
        folder
        for folder in runs_folder(settings).glob("*-*")
        if folder.name not in folders and _modified_at(folder) < old
    ]
    if not dry:
        if bucket:
            bucket.remove(orphans)
        for folder in old_folders:
            _remove(folder)
    return len({folder.name for folder in old_folders} | {_folder(name) for name in orphans})


def sweep_cache(settings: Settings) -> int:
    """Remove cached files that left the bucket or were not fetched for 30 days, and return their number."""
    bucket = _bucket(settings)
    if not bucket:
        return 0
    stored_files = bucket.names()
    files = [
        file for file in runs_folder(settings).glob("*-*/*") if is_stale(file, in_bucket=_name(file) in stored_files)
    ]
    for file in files:
        file.unlink(missing_ok=True)
    for folder in {file.parent for file in files}:
        with suppress(OSError):  # it has other files, or another process removed it
            folder.rmdir()
    return len(files)


def _bucket(settings: Settings) -> Bucket | None:
    bucket = bucket_of(settings)
    return bucket.subfolder("packets") if bucket else None


def _read_sums(bucket: Bucket, folder: str) -> dict[str, str]:
    """Read the expected sums of the files of a run; empty where they are missing or damaged."""
    name = f"{folder}/{_SUMS}"
    try:
        parts: dict[str, str] = json.loads(bucket.read([name])[name])
        return parts if folder.endswith(f"-{digest_of(parts)[:16]}") else {}
    except (KeyError, ValueError, TypeError, AttributeError):
        return {}


def _folder(name: str) -> str:
    return name.partition("/")[0]


def _name(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"


def _modified_at(folder: Path) -> float:
    """Return when a folder was written; a folder that another machine just removed counts as written now."""
    try:
        return folder.stat().st_mtime
    except FileNotFoundError:
        return now().timestamp()


def _remove(folder: Path) -> None:
    with suppress(FileNotFoundError):  # another machine does the same
        shutil.rmtree(folder)
