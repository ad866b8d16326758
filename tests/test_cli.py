"""The command line as a person or a script uses it: what it prints, writes and returns."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path
from urllib.request import urlopen

import docx
import pytest
from click.testing import CliRunner, Result

from tests.buckets import S3
from tests.ports import free_port
from workbench.accounts.model import Kind
from workbench.cli import admin, commands, serve
from workbench.cli.serve import Supervisor
from workbench.core.clock import now
from workbench.core.shape import structure
from workbench.documents.model import AccessibilityFinding
from workbench.documents.store.bucket import Bucket
from workbench.documents.store.tables import DocumentRow
from workbench.roles.library import library
from workbench.roles.model import Role
from workbench.roles.own_metrics.tables import find_metric

ROLE = "sales-engineer"


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    for name in ("WORKBENCH_DATABASE_URL", "WORKBENCH_QUEUE_URL", "WORKBENCH_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)


def workbench(*arguments: str, code: int = 0, **options: str) -> Result:
    result = CliRunner().invoke(commands, arguments, **options)
    assert result.exit_code == code, result.output + repr(result.exception)
    return result


def copy_of_a_role(place: Path, **changes: str) -> Path:
    text = workbench("library", "show", ROLE, "--format", "toml").stdout
    for before, after in changes.items():
        text = text.replace(before, after)
    place.write_text(text, "utf-8")
    return place


def test_the_library_is_listed_for_people_and_machines():
    assert ROLE in workbench("library", "list").stdout
    rows = json.loads(workbench("library", "list", "--format", "json").stdout)
    assert [row["role"] for row in rows] == list(library())
    assert all(row["accountabilities"] >= 4 for row in rows)


def test_the_whole_library_is_without_fault():
    assert "no faults" in workbench("library", "check").stdout


def test_a_broken_file_is_told_fault_by_fault(tmp_path: Path):
    place = copy_of_a_role(tmp_path / "mine.toml", hard_parts="hard_prts")
    result = workbench("library", "check", str(place), code=1)
    assert "mine.toml: hard_prts: there is no such key; did you mean “hard_parts”?" in result.stdout
    told = json.loads(workbench("library", "check", str(place), "--format", "json", code=1).stdout)
    assert told[0]["path"] == "hard_prts"


def test_a_broken_file_is_refused_by_every_other_command(tmp_path: Path):
    place = copy_of_a_role(tmp_path / "mine.toml", hard_parts="hard_prts")
    for words in (["review"], ["print", "interview-kit"], ["metrics"], ["library", "show"]):
        result = workbench(*words, str(place), code=1)
        assert "hard_prts" in result.stderr
        assert not result.stdout


@pytest.mark.parametrize("content", [b"\xff\xfe", b"title =", b"", b"title = 5", b'title = "x"\nwhat = 1'])
def test_a_file_that_is_no_role_never_ends_in_a_trace(tmp_path: Path, content: bytes):
    place = tmp_path / "odd.toml"
    place.write_bytes(content)
    assert "odd.toml" in workbench("review", str(place), code=1).stderr


def test_a_wrong_name_gets_the_nearest_one_and_code_2():
    assert f"Did you mean “{ROLE}”?" in workbench("library", "show", "sales-enginer", code=2).stderr
    assert "no such file" in workbench("print", "interview-kit", "zzz", code=2).stderr
    workbench("print", "novel", ROLE, code=2)
    workbench("nonsense", code=2)


def test_a_role_is_shown_as_words_as_data_and_as_its_file(tmp_path: Path):
    words = workbench("library", "show", ROLE).stdout
    role = library()[ROLE]
    assert all(item.outcome in words for item in role.accountabilities)
    assert structure(Role, json.loads(workbench("library", "show", ROLE, "--format", "json").stdout)) == role
    assert (
        json.loads(workbench("library", "check", str(copy_of_a_role(tmp_path / "a.toml")), "--format", "json").stdout)
        == []
    )


def test_a_review_of_a_thin_role_names_rule_level_place_message_and_suggestion(tmp_path: Path):
    place = tmp_path / "thin.toml"
    place.write_text('title = "Seller"\n')
    told = json.loads(workbench("review", str(place), "--format", "json", code=1).stdout)
    assert told
    assert all(set(row) == {"rule", "level", "place", "message", "suggestion"} for row in told)
    assert all(row["message"] for row in told)
    assert told[0]["message"][:20] in workbench("review", str(place), code=1).stdout


@pytest.mark.parametrize(
    "document", ["position-description", "accountability-brief", "interview-kit", "starter-metrics"]
)
def test_each_document_is_printed_to_a_file(tmp_path: Path, document: str):
    workbench("print", document, ROLE, "-o", "paper.pdf", "--company", "Acme", "--paper", "letter")
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF-")
    page = workbench("print", document, ROLE, "--html", "-o", "-", "--company", "Acme").stdout
    assert "<h1" in page
    assert "Acme" in page


def test_a_file_that_ends_in_docx_is_a_word_file(tmp_path: Path):
    workbench("print", "interview-kit", ROLE, "-o", "kit.DOCX", "--company", "Acme", "--paper", "letter")
    section = docx.Document(str(tmp_path / "kit.DOCX")).sections[0]
    assert section.header.paragraphs[0].text == "Acme\tDRAFT"
    assert round(section.page_width.inches, 2) == 8.5
    assert "Word" in workbench("print", "interview-kit", ROLE, "-o", "kit.docx", "--html", code=2).stderr


def test_a_paper_is_a_draft_until_an_edition_is_named():
    assert "Draft" in workbench("print", "interview-kit", ROLE, "--html", "-o", "-").stdout
    assert "Draft" not in workbench("print", "interview-kit", ROLE, "--html", "-o", "-", "--edition", "3").stdout


def test_pay_that_is_not_released_is_printed_only_when_asked_for(tmp_path: Path):
    place = tmp_path / "paid.toml"
    text = workbench("library", "show", ROLE, "--format", "toml").stdout
    place.write_text(text.replace("[pay]", "[pay]\nminimum = 9876500\nmaximum = 9999900"), "utf-8")
    assert "98,765" not in workbench("print", "position-description", str(place), "--html", "-o", "-").stdout
    assert "98,765" in workbench("print", "position-description", str(place), "--html", "-o", "-", "--pay").stdout


def test_a_place_that_cannot_be_written_is_a_plain_sentence():
    result = workbench("print", "interview-kit", ROLE, "--html", "-o", "/nowhere/x.html", code=1)
    assert "cannot be written" in result.stderr


def test_starter_metrics_come_as_table_json_csv_and_workbook(tmp_path: Path):
    assert ROLE not in workbench("metrics", ROLE).stdout
    rows = json.loads(workbench("metrics", ROLE, "--format", "json").stdout)
    wanted = {"accountability", "metric", "timing", "comparator", "target", "unit", "period", "source"}
    assert rows
    assert all(wanted <= set(row) for row in rows)
    told = list(csv.DictReader(io.StringIO(workbench("metrics", ROLE, "--format", "csv").stdout)))
    assert len(told) == len(rows)
    workbench("metrics", ROLE, "--format", "xlsx", "-o", "book.xlsx")
    assert (tmp_path / "book.xlsx").read_bytes().startswith(b"PK")
    assert "-o FILE.xlsx" in workbench("metrics", "--format", "xlsx", ROLE, code=2).stderr


def test_the_catalogue_is_listed_and_one_metric_is_told(tmp_path: Path):
    assert "win_rate_n" in workbench("metrics", "catalogue").stdout
    assert json.loads(workbench("metrics", "catalogue", "win_rate_n", "--format", "json").stdout)["unit"] == "percent"
    assert "Salesforce" in workbench("metrics", "catalogue", "win_rate_n").stdout
    assert "Did you mean “win_rate" in workbench("metrics", "catalogue", "win_rate", code=2).stderr
    copy_of_a_role(tmp_path / "catalogue.toml")
    assert json.loads(workbench("metrics", "./catalogue.toml", "--format", "json").stdout)


BACK = ["plan", "back-solve", "--target", "1,000,000", "--deal", "45000", "--stage", "win=22%"]
CHAIN = [*BACK, "--stage", "meeting-to-opportunity=35%", "--stage", "call-to-meeting=3%"]


def test_a_target_is_worked_back_to_the_calls_of_a_working_day():
    told = json.loads(workbench(*CHAIN, "--calendar", "US", "--year", "2026", "--format", "json").stdout)
    assert [(step["name"], step["needed"]) for step in told["steps"]] == [
        ("deals", 23),
        ("opportunities", 102),
        ("meetings", 289),
        ("calls", 9621),
    ]
    assert told["steps"][0]["exact"] == "200/9"
    assert told["feasible"]
    assert 240 < told["working_days"] < 256
    assert "9,621" in workbench(*CHAIN).stdout


def test_work_that_nobody_can_hold_is_a_finding_with_what_would_have_to_change():
    result = workbench(*CHAIN, "--weeks", "46", "--capacity", "meetings=5", code=1)
    assert "would make it fit" in result.stdout
    workbench(*CHAIN, "--weeks", "46", "--capacity", "meetings=8")


def test_a_goal_is_made_as_sure_as_wanted():
    wins = ["plan", "confidence", "--wins", "23", "--rate", "22%"]
    assert json.loads(workbench(*wins, "--confidence", "80%", "--format", "json").stdout)["opportunities"] == 120
    assert "chance" in workbench(*wins, "--won", "9", "--left", "55").stdout
    money = ["plan", "confidence", "--quota", "1000000", "--deal", "45000", "--cv", "0.8", "--evidence", "11/50"]
    told = json.loads(workbench(*money, "--format", "json").stdout)
    assert told["opportunities"] > 120
    assert told["low"] < "0.22" < told["high"]


def test_parts_sum_to_the_total():
    told = json.loads(workbench("plan", "apportion", "1000000", "--weights", "20,19,22", "--format", "json").stdout)
    assert told == {"total": 1_000_000, "parts": [327869, 311475, 360656]}
    assert "327,869" in workbench("plan", "apportion", "1000000", "--weights", "20,19,22").stdout


WEEKS = ["plan", "signal", "--baseline", "12,14,11,13,15,12,10,13,14,12,11,13", "--points"]


def test_an_occasional_miss_is_no_pattern_and_a_pattern_is_a_finding():
    assert json.loads(workbench(*WEEKS, "11,13,10", "--format", "json").stdout)["state"] == "steady"
    told = json.loads(workbench(*WEEKS, "11,3,12", "--format", "json", code=1).stdout)
    assert told["state"] == "pattern"
    assert told["alarms"][0]["point"] == 14
    assert told["limits"]["centre"] == "25/2"
    assert "6.94" in workbench(*WEEKS, "11,3,12", code=1).stdout
    assert "Too early" in workbench("plan", "signal", "--baseline", "12,14", "--points", "1").stdout


def test_the_parts_of_a_gap_sum_to_it():
    words = ["plan", "attribute", "--planned", "60,1/2,1/4,40000", "--actual", "63,10/21,1/6,42000"]
    told = json.loads(workbench(*words, "--format", "json").stdout)
    assert (told["planned"], told["actual"], told["gap"]) == (300_000, 210_000, -90_000)
    assert sum(Fraction(part["effect"]) for part in told["parts"]) == -90_000
    assert told["largest"] == "factor 3"
    assert "win rate" in workbench(*words, "--names", "meetings,qualified,win rate,size").stdout
    unknown = ["plan", "attribute", "--planned", "60,1/4,40000", "--actual", "60,0,?", "--format", "json"]
    assert json.loads(workbench(*unknown).stdout)["parts"][2]["effect"] == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([*BACK, "--stage", "meetings=0"], "rate above 0%"),
        ([*BACK, "--stage", "meetings=150%"], "over 100%"),
        ([*BACK, "--stage", "meetings"], "write win=22%"),
        ([*BACK, "--stage", "meetings=nan"], "not a number"),
        ([*BACK, "--stage", "meetings=1/0"], "not a number"),
        ([*BACK, "--calendar", "ZZ"], "ZZ"),
        ([*BACK, "--year", "9999"], "1950 to 2100"),
        (["plan", "confidence", "--wins", "3"], "--rate or --evidence"),
        (["plan", "confidence", "--rate", "3%"], "--wins or --quota"),
        (["plan", "confidence", "--wins", "3", "--evidence", "lots"], "11/50"),
        (["plan", "confidence", "--wins", "3", "--rate", "22%", "--confidence", "1"], "nothing is quite"),
        (["plan", "apportion", "10", "--weights", "0,0"], "more than zero"),
        (["plan", "apportion", "1/2", "--weights", "1"], "whole number"),
        (["plan", "attribute", "--planned", "1,2", "--actual", "1"], "as many"),
        ([*WEEKS, "1,many"], "not a number"),
    ],
)
def test_a_figure_that_cannot_be_planned_with_is_one_sentence_and_code_2(words: list[str], told: str):
    assert told in workbench(*words, code=2).stderr


def test_the_catalogue_has_the_metrics_of_the_company_where_there_is_a_database(tmp_path: Path):
    shipped = json.loads(workbench("metrics", "catalogue", "--format", "json").stdout)
    assert not (tmp_path / "data").exists(), "asking makes nothing"
    workbench("db", "upgrade")
    workbench("seed")
    assert "Demos given" in workbench("metrics", "catalogue").stdout
    assert len(json.loads(workbench("metrics", "catalogue", "--format", "json").stdout)) == len(shipped) + 1
    with admin.open_session() as session:
        row = find_metric(session, "own_demos_given")
        assert row is not None
        row.retired_at = now()
    assert json.loads(workbench("metrics", "catalogue", "--format", "json").stdout) == shipped
    assert "Event: Type = Demo" in workbench("metrics", "catalogue", "own_demos_given").stdout
    assert "Did you mean “own_demos_given”" in workbench("metrics", "catalogue", "own_demo_given", code=2).stderr


def test_a_database_without_our_tables_is_told_by_the_catalogue(tmp_path: Path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "workbench.db").touch()
    assert "run `workbench db upgrade`" in workbench("metrics", "catalogue", code=1).stderr


def test_reading_commands_load_no_database_and_no_web():
    code = (
        "import sys; from workbench.cli import commands;"
        "commands(sys.argv[1:], standalone_mode=False);"
        "print(sorted({'flask', 'sqlalchemy', 'weasyprint', 'huey', 'granian', 'alembic'} & set(sys.modules)))"
    )
    for words in (["library", "list"], ["metrics", "catalogue"], ["--help"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True, env=environ()
        )
        assert done.stdout.rstrip().endswith("[]"), words


@pytest.mark.parametrize("spelling", ["--packet-workers", "--packet-hands"])
@pytest.mark.parametrize("command", ["run", "work"])
def test_the_old_spelling_of_packet_workers_is_still_accepted_and_no_longer_shown(command: str, spelling: str):
    assert "1<=x<=16" in workbench(command, spelling, "99", code=2).stderr
    shown = workbench(command, "--help").stdout
    assert "--packet-workers" in shown
    assert "--packet-hands" not in shown
    parsed = serve.work_command.make_context("work", [spelling, "3"])
    assert parsed.params == {"packet_workers": 3}


def test_the_database_is_made_people_are_added_once_and_the_example_stays_out():
    workbench("db", "upgrade")
    secret = "a quiet long phrase"
    workbench("people", "add", "Ann Lee", "ann@example.org", "--kind", "admin", "--password", secret)
    assert "already" in workbench("people", "add", "Ann", "ann@example.org", "--password", secret, code=1).stderr
    assert "at least 12" in workbench("people", "add", "Bob", "bob@example.org", "--password", "short", code=2).stderr
    assert "not an email" in workbench("people", "add", "Bob", "bob", "--password", secret, code=2).stderr
    people = json.loads(workbench("people", "list", "--format", "json").stdout)
    assert people == [{"name": "Ann Lee", "email": "ann@example.org", "kind": "admin", "active": True}]
    assert "needs an empty one" in workbench("seed", code=1).stderr


def test_printed_documents_are_verified_and_pruned(tmp_path: Path):
    assert "as it was printed" in workbench("store", "verify").stdout
    assert "0 documents removed" in workbench("store", "prune").stdout
    file = tmp_path / "data" / "documents" / "ab" / f"{'ab' * 32}.pdf"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"%PDF")
    told = json.loads(workbench("store", "prune", "--days", "0", "--dry-run", "--format", "json").stdout)
    assert told == {"documents": 1, "bytes": 4, "runs": 0, "left_behind": 0, "dry_run": True}
    assert file.exists()
    assert "1 documents removed" in workbench("store", "prune", "--days", "0").stdout
    assert not file.exists()
    assert json.loads(workbench("store", "verify", "--format", "json").stdout) == []


def test_what_was_found_in_printed_documents_is_told():
    assert "accessible to" in workbench("store", "findings").stdout
    found = AccessibilityFinding(2, "7.4.2", "A heading of level 3 follows one of level 1.")
    facts = {"kind": "interview-kit", "pages": 3, "size": 4, "content": "", "outline": [], "created_at": now()}
    with admin.open_session("work") as session:
        session.add(DocumentRow(key="ab" * 32, checked=[list(found)], **facts))
        session.add(DocumentRow(key="cd" * 32, checked=[], **facts))
    told = workbench("store", "findings", code=1).stdout
    assert told == f"interview-kit abababababab. {found}\n"
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


def test_the_example_company_goes_into_an_empty_database():
    workbench("seed")
    assert len(json.loads(workbench("people", "list", "--format", "json").stdout)) >= 4


def test_the_example_never_meets_a_database_of_your_own(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WORKBENCH_DATABASE_URL", "sqlite:///elsewhere.db")
    monkeypatch.setenv("WORKBENCH_SECRET_KEY", "abcdefghijklmnopqrstuvwxyz0123456789")
    assert "database of its own" in workbench("run", "--example", code=2).stderr
    assert "needs the embedded database" in workbench("seed", code=1).stderr


def test_bad_settings_and_unreachable_databases_are_plain_sentences(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WORKBENCH_SECRET_KEY", "short")
    assert "WORKBENCH_SECRET_KEY" in workbench("db", "upgrade", code=1).stderr
    monkeypatch.setenv("WORKBENCH_SECRET_KEY", "abcdefghijklmnopqrstuvwxyz0123456789")
    monkeypatch.setenv("WORKBENCH_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    assert "cannot be upgraded" in workbench("db", "upgrade", code=1).stderr


def test_the_kinds_of_people_are_those_of_the_accounts():
    assert set(admin.KINDS) == {kind.value for kind in Kind}


def test_a_program_that_ends_is_started_again_and_all_end_together(tmp_path: Path):
    script = (
        "import pathlib, sys, time; p = pathlib.Path(sys.argv[1]); p.write_text(p.read_text() + 'x'); time.sleep(60)"
    )
    files = {name: tmp_path / name for name in ("one", "two")}
    for file in files.values():
        file.write_text("")
    watch = Supervisor(
        {name: [sys.executable, "-c", script, str(file)] for name, file in files.items()}, min_lifetime=0
    )
    watch.start()
    try:
        wait_for(lambda: all(file.read_text() == "x" for file in files.values()))
        watch.running["one"].kill()
        watch.running["one"].wait()
        watch.restart_ended()
        wait_for(lambda: files["one"].read_text() == "xx")
        assert files["two"].read_text() == "x"
    finally:
        watch.stop()
    assert not watch.is_alive("one")
    assert not watch.is_alive("two")


def test_a_program_that_cannot_stay_up_ends_the_watch():
    watch = Supervisor({"web": [sys.executable, "-c", "raise SystemExit(3)"]})
    watch.start()
    assert watch.run_until_stopped() == 1


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL], ids=["asked to", "killed"])
def test_run_serves_starts_its_worker_again_and_ends_with_everything(tmp_path: Path, ending: signal.Signals):
    port = str(free_port())
    command = [sys.executable, "-m", "workbench", "run", "--example", "--port", port]
    with subprocess.Popen(command, env=environ(), stdout=subprocess.PIPE, text=True, cwd=tmp_path) as process:
        assert process.stdout
        try:
            assert f"http://127.0.0.1:{port}/" in process.stdout.readline()
            worker = next(pid for pid in offspring(process.pid) if "work" in command_of(pid))
            os.kill(worker, signal.SIGKILL)
            wait_for(lambda: any("work" in command_of(pid) for pid in offspring(process.pid) if pid != worker))
            assert urlopen(f"http://127.0.0.1:{port}/", timeout=120).status == 200
            family = [*offspring(process.pid), *(pid for each in offspring(process.pid) for pid in offspring(each))]
        finally:
            process.send_signal(ending)
        assert process.wait(120) == (0 if ending is signal.SIGTERM else -signal.SIGKILL)
        wait_for(lambda: not any(command_of(pid) for pid in family))


def environ() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "PYTHONUNBUFFERED": "1"}


def offspring(pid: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:  # it ended a moment ago
        return []


def command_of(pid: int) -> list[str]:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:  # it is gone, or just going
        return []
    return words.split("\0") if words else []  # who ended and was not waited for has no words


def wait_for(happened, seconds: float = 120):
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.05)
