"""The doctor finds what is missing, and says how to mend it."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.support.servers.buckets import S3
from workbench import doctor, migrations
from workbench.cli import commands
from workbench.core.clock import now
from workbench.core.db import make_engine, sessions
from workbench.core.jobs.tables import JobRow
from workbench.doctor import CheckResult, CheckState


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("WORKBENCH_DATABASE_URL", "WORKBENCH_QUEUE_URL", "WORKBENCH_SECRET_KEY", "WORKBENCH_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def found(part: str) -> CheckResult:
    (finding,) = (each for each in doctor.run_checks() if each.part == part)
    return finding


def database_url(data: Path) -> str:
    return f"sqlite:///{data / 'workbench.db'}"


def test_a_machine_that_can_run_the_tests_is_well(data: Path):
    assert not [each for each in doctor.run_checks() if each.state is CheckState.BROKEN]
    migrations.upgrade(database_url(data))
    assert all(
        each.state is CheckState.FINE for each in doctor.run_checks() if each.part in {"database", "worker", "queue"}
    )


def test_whatever_is_not_fine_comes_with_a_remedy():
    assert all(each.remedy for each in doctor.run_checks() if each.state is not CheckState.FINE)


def test_a_missing_library_of_the_machine_is_named_with_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch):
    def without_pango(name: str):
        raise OSError("cannot load library 'libpango-1.0-0': not found")

    monkeypatch.setattr(doctor, "import_module", without_pango)
    finding = doctor.check_printing()
    assert finding.state is CheckState.BROKEN
    assert "libpango" in finding.message
    assert "apt-get install" in finding.remedy


def test_a_missing_face_and_a_changed_file_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(doctor, "font_dir", lambda: tmp_path)
    assert "SourceSans3-Regular" in doctor.check_fonts().message
    monkeypatch.setattr(doctor, "static_dir", lambda: tmp_path)
    assert doctor.check_front_end_files().state is CheckState.BROKEN
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / "htmx.min.js").write_text("other")
    (tmp_path / "vendor" / "manifest.json").write_text(json.dumps({"files": {"htmx.min.js": "0" * 64}}))
    assert "htmx.min.js" in doctor.check_front_end_files().message


def test_bad_settings_stop_the_round_there(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WORKBENCH_SECRET_KEY", "short")
    assert found("settings").state is CheckState.BROKEN
    assert not [each for each in doctor.run_checks() if each.part == "database"]


def test_a_data_folder_that_is_a_file_is_broken(data: Path):
    data.rmdir()
    data.write_text("in the way")
    assert found("data folder").state is CheckState.BROKEN


def test_the_place_for_files_is_tried_out(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert found("files").state is CheckState.FINE
    shared = tmp_path / "shared"
    shared.mkdir()
    monkeypatch.setenv("WORKBENCH_FILES", str(shared))
    assert "the database is a file" in found("files").message
    assert list(shared.iterdir()) == []
    monkeypatch.setenv("WORKBENCH_FILES", str(tmp_path / "away"))
    assert found("settings").state is CheckState.BROKEN


def test_a_bucket_is_tried_out(s3: S3, data: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WORKBENCH_FILES", s3.url)
    assert found("files").state is CheckState.NOTE
    assert s3.objects() == {}
    monkeypatch.setenv("WORKBENCH_FILES", "s3://none")
    assert "There is no such bucket" in found("files").message
    s3.stop()
    assert "does not answer" in found("files").message
    assert found("files").state is CheckState.BROKEN


def test_a_database_of_an_older_shape_asks_for_its_upgrade(data: Path):
    assert "does not exist yet" in found("database").message
    migrations.upgrade(database_url(data))
    migrations.downgrade(database_url(data))
    finding = found("database")
    assert finding.state is CheckState.BROKEN
    assert "workbench db upgrade" in finding.remedy


def test_a_database_and_a_queue_out_of_reach_are_broken_without_showing_a_password(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WORKBENCH_SECRET_KEY", "abcdefghijklmnopqrstuvwxyz0123456789")
    monkeypatch.setenv("WORKBENCH_DATABASE_URL", "postgresql://ada:verysecret@127.0.0.1:1/none")
    monkeypatch.setenv("WORKBENCH_QUEUE_URL", "redis://:verysecret@127.0.0.1:1/0")
    assert found("database").state is CheckState.BROKEN
    assert found("queue").state is CheckState.BROKEN
    assert "verysecret" not in str(doctor.run_checks())


def test_a_job_that_nobody_takes_tells_of_a_missing_worker(data: Path):
    migrations.upgrade(database_url(data))
    engine = make_engine(database_url(data))
    long_ago = now() - timedelta(minutes=5)
    with sessions(engine).begin() as session:
        session.add(JobRow(task="print", payload={}, due_at=long_ago, offered_at=long_ago))
    engine.dispose()
    finding = found("worker")
    assert finding.state is CheckState.BROKEN
    assert "workbench work" in finding.remedy


def test_the_command_tells_people_and_machines_and_ends_with_1_when_something_is_broken(
    monkeypatch: pytest.MonkeyPatch,
):
    result = CliRunner().invoke(commands, ["doctor"])
    assert result.exit_code == 0, result.output
    assert "✓ python" in result.stdout
    monkeypatch.setenv("WORKBENCH_SECRET_KEY", "short")
    broken = CliRunner().invoke(commands, ["doctor", "--format", "json"])
    assert broken.exit_code == 1
    assert {"part", "state", "message", "remedy"} == set(json.loads(broken.stdout)[0])
