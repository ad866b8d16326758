"""The store of an installation on several machines: a bucket, with a folder on each machine as a cache."""

import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from workbench.core.clock import now
from workbench.core.storage.locks import KeyedLock
from workbench.documents.store.bucket import Bucket
from workbench.documents.store.disk import StoredFile
from workbench.documents.store.store import HOUR, PARTS, Store, StoredDocument, faults_of, is_complete
from workbench.documents.store.tables import DocumentRow

DAY = 24 * HOUR
UNUSED = 30 * DAY
_BATCH_SIZE = 50
_log = logging.getLogger(__name__)


class CachedStore(Store):
    """A store that looks into its folder first and then into the bucket.

    A document is written to the bucket before it is written to the folder, and its PDF last. So a document in the
    folder is in the bucket, and a document in the bucket is complete. Downloads are checked against their sha256. Every
    method raises BucketUnavailable when the bucket does not answer; the work that needed it fails and is retried.
    """

    def __init__(
        self, folder: Path, bucket: Bucket, templates: Path | None = None, alone: KeyedLock | None = None
    ) -> None:
        super().__init__(folder, templates, alone)
        self.bucket = bucket

    def find(self, key: str) -> StoredDocument | None:
        """Find a stored document in the folder or download it; a damaged one is removed, to be printed again."""
        if document := super().find(key):
            note_use(document.file)
            return document
        # A file that was damaged on the way is complete when it is downloaded again.
        for _ in range(2):
            parts = self._read([key])[key]
            if ".pdf" not in parts:
                return None
            if is_complete(parts):
                super()._put(key, parts)
                return super().find(key)
        _log.error("Document %s in the bucket is not what was printed, and is removed.", key[:12])
        self.bucket.remove([_name(key, ".pdf")])
        return None

    def has(self, key: str) -> bool:
        """Return whether a document is in the folder or in the bucket."""
        return super().has(key) or self.bucket.has(_name(key, ".pdf"))

    def find_all(self, keys: Iterable[str]) -> dict[str, StoredDocument]:
        """Find several documents; those that are not in the folder are downloaded together."""
        requested = dict.fromkeys(keys)
        missing = [key for key in requested if not self.file(key).is_file()]
        for start in range(0, len(missing), _BATCH_SIZE):
            for key, parts in self._read(missing[start : start + _BATCH_SIZE]).items():
                if is_complete(parts):
                    super()._put(key, parts)
                else:
                    del requested[key]
        return super().find_all(requested)

    def share(self, key: str) -> None:
        """Upload a document of the folder if the bucket does not have it any more."""
        if not self.bucket.has(_name(key, ".pdf")):
            self._upload(key, {suffix: file.read_bytes() for suffix, file in self._parts(key).items()})

    def sweep(self) -> int:
        """Remove the cached files that are incomplete, no longer in the bucket, or unused for 30 days.

        An unused file is downloaded again when it is needed.
        """
        swept = super().sweep()
        objects = self.bucket.names()
        for file in self.folder.glob("??/*.pdf"):
            if is_stale(file, in_bucket=_name(file.stem, ".pdf") in objects):
                swept += 1
                super()._remove(file.stem)
        return swept

    def _put(self, key: str, parts: Mapping[str, bytes]) -> None:
        self._upload(key, parts)
        super()._put(key, parts)

    def _upload(self, key: str, parts: Mapping[str, bytes]) -> None:
        self.bucket.write({_name(key, suffix): parts[suffix] for suffix in PARTS if suffix != ".pdf"})
        self.bucket.write({_name(key, ".pdf"): parts[".pdf"]})

    def _read(self, keys: Iterable[str]) -> dict[str, dict[str, bytes]]:
        """Read the files of several documents from the bucket, by key and suffix."""
        names = {key: {suffix: _name(key, suffix) for suffix in PARTS} for key in keys}
        found = self.bucket.read(name for parts in names.values() for name in parts.values())
        return {
            key: {suffix: found[name] for suffix, name in parts.items() if name in found}
            for key, parts in names.items()
        }

    def _list_files(self) -> dict[str, StoredFile]:
        objects = self.bucket.names()
        sizes: dict[str, int] = {}
        for name, file in objects.items():
            sizes[_key(name)] = sizes.get(_key(name), 0) + file.size
        pdfs = {_key(name): file.stored_at for name, file in objects.items() if name.endswith(".pdf")}
        return {key: StoredFile(sizes[key], since) for key, since in sorted(pdfs.items())}

    def _remove(self, key: str) -> None:
        self.bucket.remove(_name(key, suffix) for suffix in reversed(PARTS))
        super()._remove(key)

    def _faults(self, row: DocumentRow) -> Iterator[str]:
        yield from faults_of(row, self._read([row.key])[row.key], " in the bucket")
        if self.file(row.key).is_file():
            yield from super()._faults(row)


def note_use(file: Path) -> None:
    """Update the access time of a cached file, at most once a day; its modification time does not change."""
    status = file.stat()
    seconds = now().timestamp()
    if status.st_atime < seconds - DAY:
        os.utime(file, (seconds, status.st_mtime))


def is_stale(file: Path, *, in_bucket: bool) -> bool:
    """Return whether a cached file can be removed: it is no longer in the bucket, or was not used for 30 days."""
    status = file.stat()
    seconds = now().timestamp()
    return status.st_atime < seconds - UNUSED or (not in_bucket and status.st_mtime < seconds - HOUR)


def _name(key: str, suffix: str) -> str:
    return f"{key[:2]}/{key}{suffix}"


def _key(name: str) -> str:
    return name.rpartition("/")[2].partition(".")[0]
