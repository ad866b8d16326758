"""The document store of an installation, opened as its settings say."""

from functools import cache

from sqlalchemy.orm import Session

from workbench.core.db import settings_of
from workbench.core.storage.locks import advisory_lock
from workbench.documents.store.bucket import bucket_of
from workbench.documents.store.cached import CachedStore
from workbench.documents.store.store import Store
from workbench.settings import Settings


@cache
def open_store(settings: Settings) -> Store:
    """Return the store that the settings name: a folder, or a bucket with a cache folder.

    With a bucket and PostgreSQL, a lock in the database keeps two machines from printing the same document at once.
    """
    folder, bucket = settings.folder / "documents", bucket_of(settings)
    if bucket is None:
        return Store(folder)
    shared = settings.database_url.startswith("postgresql")
    alone = advisory_lock(settings.database_url, "document") if shared else None
    return CachedStore(folder, bucket.subfolder("documents"), alone=alone)


def store_for(session: Session) -> Store:
    """Return the store of the installation that a database session belongs to."""
    return open_store(settings_of(session))
