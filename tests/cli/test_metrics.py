"""The commands for metrics: a role's starter metrics and the catalogue; none of them loads what it does not need."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

from tests.cli.command import ROLE, copy_of_a_role, environ, workbench
from workbench.cli import admin
from workbench.core.clock import now
from workbench.roles.own_metrics.tables import find_metric


def test_starter_metrics_come_as_table_json_csv_and_workbook(tmp_path: Path):
    assert ROLE not in workbench("metrics", ROLE).stdout
    rows = json.loads(workbench("metrics", ROLE, "--format", "json").stdout)
    expected = {"accountability", "metric", "timing", "comparator", "target", "unit", "period", "source"}
    assert rows
    assert all(expected <= set(row) for row in rows)
    output = list(csv.DictReader(io.StringIO(workbench("metrics", ROLE, "--format", "csv").stdout)))
    assert len(output) == len(rows)
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
