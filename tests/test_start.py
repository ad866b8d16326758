"""Programs start fast: each loads only what it needs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.cost import cost
from workbench.grants import PERMISSIONS

HEAVY = ("docx", "fontTools", "holidays", "huey", "pypdfium2", "redis", "s3fs", "scipy", "weasyprint", "xlsxwriter")


def test_a_web_server_starts_without_what_only_printing_and_queues_need(tmp_path: Path):
    code = f"""
import sys
from workbench.app import create_app
create_app()
print(sorted(set({HEAVY!r}) & set(sys.modules)))
"""
    environ = {**os.environ, "WORKBENCH_DATA": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environ)
    assert done.stdout == "[]\n"


def test_the_help_costs_no_more_than_a_few_starts_of_python():
    def start(*options: str) -> None:
        subprocess.run([sys.executable, *options], check=True, capture_output=True)

    assert cost(lambda: start("-m", "workbench", "--help"), lambda: start("-c", "pass"), repeats=3) < 20


@pytest.mark.parametrize("program", ["workbench.app", "workbench.worker"])
def test_every_program_that_decides_who_may_do_what_knows_all_grants(program: str):
    code = f"import {program}; from workbench.accounts.permissions import kinds_of_things; print(*kinds_of_things())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {grant.thing for table in PERMISSIONS for grant in table} == set(done.stdout.split())
