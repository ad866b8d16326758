"""Every test of the command line has its own data folder and no settings of the machine."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    for name in ("WORKBENCH_DATABASE_URL", "WORKBENCH_QUEUE_URL", "WORKBENCH_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
