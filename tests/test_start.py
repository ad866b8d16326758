"""Programs start fast: each loads only what it needs."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

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


def test_the_help_takes_less_than_half_a_second_of_cpu_time():
    """Wall-clock time would depend on what else the machine does; of three starts, the least disturbed one counts."""
    assert min(_cpu_seconds([sys.executable, "-m", "workbench", "--help"]) for _ in range(3)) < 0.5


def _cpu_seconds(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


@pytest.mark.parametrize("program", ["workbench.app", "workbench.worker"])
def test_every_program_that_decides_who_may_do_what_knows_all_grants(program: str):
    code = f"import {program}; from workbench.accounts.permissions import kinds_of_things; print(*kinds_of_things())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {grant.thing for table in PERMISSIONS for grant in table} == set(done.stdout.split())
