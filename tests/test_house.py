"""House rules that no linter knows: whole templates, small files, true documents, locked libraries, a wheel that works."""

import ast
import builtins
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import click
import pytest
from jinja2 import Environment

from tools import measure_house
from workbench.app import create_app
from workbench.cli import COMMANDS, commands
from workbench.core.db import make_engine, sqlite_module, wal_is_safe
from workbench.documents.page.html import environment
from workbench.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
CODE = sorted(path for name in ("workbench", "tools", "benchmarks") for path in (ROOT / name).rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
TRUSTED_TEXT = {
    "workbench/accounts/times.py": 2,  # the tags around a time; the time itself is escaped
    "workbench/core/web/card_tables.py": 1,  # rows that a template wrote, with the headings of their columns escaped
    "workbench/core/text/translation.py": 1,  # built-in text, which only we write
    "workbench/documents/page/filters.py": 1,  # the address of a mark: 64 hexadecimal digits, checked
    "workbench/documents/page/html.py": 2,  # the body and the head of a document, escaped when they were made
}
MAX_FILE_LINES, MAX_FUNCTION_LINES = 400, 40
DOCSTRING = re.compile(r'"""[\s\S]*?"""')
RAISED = re.compile(r"\bRaises? ([A-Z]\w+)(?: (?:or|and) ([A-Z]\w+))?")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def pins(file: str) -> dict[str, str]:
    """Read name and version of each locked library."""
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+?)(?: ;.*)? \\$", (ROOT / file).read_text(), re.MULTILINE))


def page_environment(folder: Path) -> Environment:
    settings = Settings(folder, f"sqlite:///{folder}/house.db", f"sqlite:///{folder}/queue.db", "k" * 40)
    return create_app(settings, make_engine(settings.database_url)).jinja_env


def test_every_page_template_compiles(tmp_path: Path):
    pages = page_environment(tmp_path)
    for path in TEMPLATES:
        name = path.relative_to(ROOT / "templates").as_posix()
        if not name.startswith("documents/"):
            pages.get_template(name)


def test_every_document_template_compiles():
    documents = environment(ROOT / "templates" / "documents")
    for path in TEMPLATES:
        if path.parent == ROOT / "templates" / "documents":
            documents.get_template(path.name)


@pytest.mark.parametrize("words", [r"\|\s*safe\b", r"\bMarkup\(", r"csrf\.exempt|csrf_exempt", r"autoescape\s+false"])
def test_text_is_never_trusted_by_hand(words: str):
    for path in (*TEMPLATES, *CODE):
        found = len(re.findall(words, path.read_text("utf-8")))
        allowed = TRUSTED_TEXT.get(named(path), 0) if "Markup" in words else 0
        assert found <= allowed, f"{named(path)} has {words}"


def test_every_module_opens_with_one_sentence():
    for path in CODE:
        words = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
        assert words.partition("\n")[0].endswith((".", ":", "!")), f"{named(path)} opens with “{words[:60]}”"


@pytest.mark.parametrize("path", CODE, ids=named)
def test_no_file_and_no_function_is_too_long(path: Path):
    if "migrations/versions" in named(path):
        return  # a migration is as long as what it makes
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= MAX_FILE_LINES
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    long = [node.name for node in functions if (node.end_lineno or 0) - node.lineno >= MAX_FUNCTION_LINES]
    assert not long


def test_every_error_that_a_docstring_names_exists():
    sources = {named(path): path.read_text() for path in CODE}
    known = set(re.findall(r"\w+", "".join(DOCSTRING.sub("", source) for source in sources.values()))) | set(
        dir(builtins)
    )
    raised = {(name, error) for name, source in sources.items() for found in RAISED.findall(source) for error in found}
    assert [(name, error) for name, error in sorted(raised) if error and error not in known] == []


def test_the_readme_names_only_commands_that_exist():
    readme = (ROOT / "README.md").read_text("utf-8") + (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    known = set(re.findall(r"^#: (\w+)", (ROOT / "dev").read_text(), re.MULTILINE))
    assert set(re.findall(r"\./dev (\w+)", readme)) - {"alone"} <= known
    used = re.findall(r"^    workbench ([^|>\n]+)", readme, re.MULTILINE)
    assert len(used) > 8
    for line in used:
        first, *rest = line.split()
        command = commands.get_command(click.Context(commands), first)
        assert command, line
        if isinstance(command, click.Group) and first != "metrics":
            assert rest[0] in command.commands, line
        options = {name for name in rest if name.startswith("-")}
        assert options <= set(_options(command)), line


def _options(command: click.Command) -> list[str]:
    found = [name for parameter in command.params for name in parameter.opts]
    for inner in getattr(command, "commands", {}).values():
        found += _options(inner)
    return found


def test_the_help_names_every_command():
    context = click.Context(commands)
    for name in COMMANDS:
        command = commands.get_command(context, name)
        assert command
        assert command.help


def test_every_setting_is_documented_and_every_documented_setting_is_read():
    code = "".join(path.read_text("utf-8") for path in (ROOT / "workbench").rglob("*.py"))
    read = set(re.findall(r"\"(WORKBENCH_[A-Z_]+)\"", code)) - {"WORKBENCH_SUPERVISOR_PID"}
    rows = re.findall(r"^\| `(WORKBENCH_[A-Z_]+)`", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    told = re.findall(r"^\| `(WORKBENCH_[A-Z_]+)`", (ROOT / "workbench/settings.py").read_text(), re.MULTILINE)
    assert set(rows) == set(told) == read


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_carries_hashes_and_names_no_host(name: str):
    text = (ROOT / name).read_text()
    assert "://" not in text
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_npm_lock_carries_hashes_and_names_no_registry():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for name, package in packages.items():
        assert "resolved" not in package, name
        assert name == "" or package["integrity"].startswith("sha512-"), name


def test_what_runs_is_locked_at_the_versions_that_were_tested():
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {re.split(r"[\[>=;]", line)[0].strip() for line in wanted}
    assert names <= pins("requirements.txt").keys()


def test_the_floors_that_safety_asks_for_hold():
    assert int(version("weasyprint").split(".")[0]) >= 70, "older ones let a page read files of the machine"
    assert wal_is_safe(sqlite_module().sqlite_version_info), "older ones can lose acknowledged commits"


def test_the_front_end_files_are_the_locked_ones():
    done = subprocess.run(
        [sys.executable, "tools/vendor_assets.py", "--check"], check=False, cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.slow("builds the wheel and installs it")
@pytest.mark.wheel
def test_a_wheel_in_an_empty_environment_lists_the_library_and_prints(tmp_path: Path):
    uv = [shutil.which("uv", path=str(Path(sys.executable).parent)) or "uv"]
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path), cwd=ROOT)
    (wheel,) = tmp_path.glob("*.whl")
    run(*uv, "venv", "--quiet", "--python", sys.executable, str(tmp_path / "empty"))
    python = tmp_path / "empty" / "bin" / "python"
    install = [*uv, "pip", "install", "--quiet", "--python", str(python), "--link-mode", "copy"]
    run(*install, "--require-hashes", "--requirements", str(ROOT / "requirements.txt"))
    run(*install, "--no-deps", str(wheel))
    workbench = python.with_name("workbench")
    assert "account-executive-mid-market" in run(str(workbench), "library", "list", cwd=tmp_path)
    run(str(workbench), "print", "position-description", "sales-engineer", "-o", "paper.pdf", cwd=tmp_path)
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF-")
    assert "broken" not in run(str(workbench), "doctor", "--format", "json", cwd=tmp_path)


def run(*command: str, cwd: Path = ROOT) -> str:
    environ = {**os.environ, "WORKBENCH_DATA": str(cwd / "var")}
    done = subprocess.run(command, check=False, cwd=cwd, capture_output=True, text=True, env=environ)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


# `python tools/measure_house.py --show NAME` lists what a figure counts.
LIMITS = {
    "docstrings with a retired opener": 0,
    "dialect words in 1,000 docstring words": 0.2,
    "functions named by a participle, %": 4.0,
    "class names with several meanings": 3,
    "folders over 12 files": 0,
    "import cycles": 0,
    "repeated blocks of six lines": 0,
    "template lines over 160 characters": 0,
}
# The words of names that were replaced by those of the trade: docs/glossary.md, "Retired words".
RETIRED_NAMES = re.compile(
    r"bell|stumble|spared|overtaken|lanes?|misshapen|unworkable|manuscript|stranger|absorb|calm|mend|mended|unprintable"
    r"|hands|worn|hollow|told|forget|forgotten|forgetting|papers|packet_hands|let_in|let_out|no_room|gamma_over|normal_point"
)
RETIRED_ON_SCREEN = re.compile(
    r"\b(papers|boss|forget(?:ting)?|the mark|company mark|fingerprint|give it up|free press|no room)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    return measure_house.measure(ROOT)


@pytest.mark.parametrize("name", LIMITS)
def test_the_house_keeps_to_its_limits(figures: dict[str, float], name: str):
    assert figures[name] <= LIMITS[name]


def test_no_name_is_made_of_a_retired_word():
    found = [
        f"{named(path)}:{node.lineno} {node.name}"
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and any(RETIRED_NAMES.fullmatch(word) for word in (node.name.lower(), *_words_of(node.name)))
    ]
    assert found == []


def _words_of(name: str) -> list[str]:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().strip("_").split("_")


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_no_page_speaks_a_retired_word(path: Path):
    text = re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}|<[^>]*>", " ", path.read_text("utf-8"), flags=re.DOTALL)
    assert RETIRED_ON_SCREEN.findall(text) == []
