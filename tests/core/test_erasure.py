"""Each capability erases its own expired data; the worker calls them all."""

import pytest

from tests.support.servers.databases import Database
from workbench.core import erasure
from workbench.core.erasure import PurgeResult, purge_expired, register_purge


def test_every_registered_purge_is_called_by_its_owner(store: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(erasure, "_PURGES", {})

    @register_purge("note")
    def purge_notes(session, *, dry: bool = False) -> PurgeResult:
        return PurgeResult((1, 2) if dry else (1,), 0)

    with store.write.begin() as session:
        assert purge_expired(session) == {"note": PurgeResult((1,), 0)}
        assert purge_expired(session, dry=True) == {"note": PurgeResult((1, 2), 0)}
