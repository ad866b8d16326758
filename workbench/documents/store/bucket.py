"""Files in a bucket of an S3-compatible store, which all machines of an installation share."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from workbench.core.digests import sha256_of_file
from workbench.documents.store.disk import StoredFile, publish_file
from workbench.settings import Settings

_CONNECT_SECONDS = 3
_READ_SECONDS = 10
_TRIES = 2
_BATCH_SIZE = 64  # objects asked for at one time
_log = logging.getLogger(__name__)


class BucketUnavailable(OSError):
    """The bucket did not complete a request, for the `reason` given; this is never treated as an empty result."""

    # A job that needs the bucket waits and is not failed, however often it tries.
    transient = True

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Bucket:
    """The objects under one prefix, `bucket/prefix`, by names such as `ab/abcdef….pdf`.

    An object is stored as a whole or not at all, as every S3-compatible store guarantees. The endpoint and the
    credentials are read from the usual variables (`AWS_…`, `FSSPEC_S3_…`) on first use. Each method raises
    BucketUnavailable when the store does not answer, denies access, or has no such bucket.
    """

    def __init__(self, place: str) -> None:
        self.place = place.strip("/")

    def subfolder(self, prefix: str) -> "Bucket":
        """Return the part of this bucket whose names begin with `prefix`."""
        return Bucket(f"{self.place}/{prefix}")

    def has(self, name: str) -> bool:
        """Return whether an object exists."""
        with self._open_connection() as store:
            try:
                store.info(self._path(name))
            except FileNotFoundError as error:
                _raise_without_bucket(error)
                return False
        return True

    def read(self, names: Iterable[str]) -> dict[str, bytes]:
        """Read small objects, many at once; missing ones are left out."""
        paths = {self._path(name): name for name in names}
        with self._open_connection() as store:
            answers = store.cat(list(paths), on_error="return", batch_size=_BATCH_SIZE, max_concurrency=1)
            found = {}
            for path, answer in answers.items():
                if isinstance(answer, bytes):
                    found[paths[path]] = answer
                elif isinstance(answer, FileNotFoundError):
                    _raise_without_bucket(answer)
                else:
                    raise answer
        return found

    def write(self, objects: Mapping[str, bytes]) -> None:
        """Write small objects at once, in no order."""
        with self._open_connection() as store:
            store.pipe({self._path(name): data for name, data in objects.items()})

    def download(self, name: str, file: Path, content: str) -> bool:
        """Copy an object to a file, which appears as a whole.

        Return False when there is no object with `content` as its sha256.
        """
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f".{uuid4().hex}")
        try:
            with self._open_connection() as store:
                try:
                    store.get_file(self._path(name), str(draft))
                except FileNotFoundError as error:
                    _raise_without_bucket(error)
                    return False
            if sha256_of_file(draft) != content:
                _log.error("The object %s/%s is not what was put there.", self.place, name)
                return False
            publish_file(draft, file)
        finally:
            draft.unlink(missing_ok=True)
        return True

    def upload(self, file: Path, name: str) -> None:
        """Copy a file to the bucket; a large one is sent in parts."""
        with self._open_connection() as store:
            store.put_file(str(file), self._path(name))

    def remove(self, names: Iterable[str]) -> None:
        """Remove objects one by one; missing ones are ignored."""
        with self._open_connection() as store:
            for name in names:
                try:
                    store.rm_file(self._path(name))
                except FileNotFoundError as error:
                    _raise_without_bucket(error)

    def names(self, prefix: str = "") -> dict[str, StoredFile]:
        """Return size and time of each object whose name begins with `prefix`, by name."""
        folder, _, start = prefix.rpartition("/")
        with self._open_connection() as store:
            below = self._path(folder).rstrip("/")
            try:
                found = store.find(below, prefix=start, detail=True)
            except FileNotFoundError as error:
                _raise_without_bucket(error)
                return {}
        prefix_length = len(self.place) + 1
        return {
            path[prefix_length:]: StoredFile(int(details["size"]), details["LastModified"])
            for path, details in found.items()
        }

    def _path(self, name: str) -> str:
        return f"{self.place}/{name}"

    @contextmanager
    def _open_connection(self) -> Iterator[Any]:
        """Yield the connection, and raise BucketUnavailable with one sentence for any error in between."""
        try:
            yield connection()
        except BucketUnavailable:
            raise
        except PermissionError as error:
            raise BucketUnavailable(
                f"The store refuses us the bucket {self.place} ({error}). Its keys must let us list, read, write and "
                "delete there."
            ) from error
        except Exception as error:
            if isinstance(error, FileNotFoundError):
                _raise_without_bucket(error)
            # Every layer down to the socket has errors of its own that share no parent.
            words = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise BucketUnavailable(
                f"The bucket {self.place} does not answer ({words}). Nothing is lost; try again."
            ) from error


@cache
def bucket_of(settings: Settings) -> Bucket | None:
    """Return the bucket that holds an installation's files, or None when they are stored in a folder."""
    return Bucket(settings.bucket) if settings.bucket else None


@cache
def connection() -> Any:
    """Open the store once for the process, without a cache of listings, because other machines write too."""
    from fsspec.config import conf  # noqa: PLC0415 - an optional library, loaded for a bucket
    from s3fs import S3FileSystem  # noqa: PLC0415 - the same

    limits = {
        "connect_timeout": _CONNECT_SECONDS,
        "read_timeout": _READ_SECONDS,
        "retries": {"total_max_attempts": 2, "mode": "standard"},
    }
    configured = conf.get("s3", {}).get("config_kwargs", {})
    store = S3FileSystem(skip_instance_cache=True, use_listings_cache=False, config_kwargs=limits | configured)
    store.retries = _TRIES
    return store


def _raise_without_bucket(error: FileNotFoundError) -> None:
    """Raise BucketUnavailable if the bucket is missing; the library reports a missing object the same way."""
    if "bucket does not exist" in str(error) or "NoSuchBucket" in str(error.__cause__):
        raise BucketUnavailable("There is no such bucket; make it, or correct WORKBENCH_FILES.") from error
