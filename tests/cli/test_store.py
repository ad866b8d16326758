"""The commands for the stored documents: verify them, list their findings, prune unused ones."""

import json
from pathlib import Path

import pytest

from tests.cli.command import workbench
from tests.support.servers.buckets import S3
from workbench.cli import admin
from workbench.core.clock import now
from workbench.documents.model import AccessibilityFinding
from workbench.documents.store.bucket import Bucket
from workbench.documents.store.tables import DocumentRow


def test_printed_documents_are_verified_and_pruned(tmp_path: Path):
    assert "as it was printed" in workbench("store", "verify").stdout
    assert "0 documents removed" in workbench("store", "prune").stdout
    file = tmp_path / "data" / "documents" / "ab" / f"{'ab' * 32}.pdf"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"%PDF")
    output = json.loads(workbench("store", "prune", "--days", "0", "--dry-run", "--format", "json").stdout)
    assert output == {"documents": 1, "bytes": 4, "runs": 0, "left_behind": 0, "dry_run": True}
    assert file.exists()
    assert "1 documents removed" in workbench("store", "prune", "--days", "0").stdout
    assert not file.exists()
    assert json.loads(workbench("store", "verify", "--format", "json").stdout) == []


def test_what_was_found_in_printed_documents_is_told():
    assert "accessible to" in workbench("store", "findings").stdout
    found = AccessibilityFinding(2, "7.4.2", "A heading of level 3 follows one of level 1.")
    values = {"kind": "interview-kit", "pages": 3, "size": 4, "content": "", "outline": [], "created_at": now()}
    with admin.open_session("work") as session:
        session.add(DocumentRow(key="ab" * 32, checked=[list(found)], **values))
        session.add(DocumentRow(key="cd" * 32, checked=[], **values))
    output = workbench("store", "findings", code=1).stdout
    assert output == f"interview-kit abababababab. {found}\n"
    rows = json.loads(workbench("store", "findings", "--format", "json", code=1).stdout)
    assert rows == [{"kind": "interview-kit", "key": "ab" * 32, **found._asdict()}]


def test_printed_documents_in_a_bucket_are_verified_and_pruned(s3: S3, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WORKBENCH_FILES", s3.url)
    assert "as it was printed" in workbench("store", "verify").stdout
    Bucket("company/printed/documents").write({f"ab/{'ab' * 32}.pdf": b"%PDF"})
    assert "1 documents removed (0.0 MB)" in workbench("store", "prune", "--days", "0").stdout
    assert s3.objects() == {}
    s3.stop()
    assert "does not answer" in workbench("store", "prune", code=1).stderr
