"""The page of parts: in development only, and complete."""

import re
from dataclasses import replace
from pathlib import Path

from workbench.app import create_app
from workbench.core.db import make_engine
from workbench.settings import Settings

ROOT = Path(__file__).resolve().parents[3]


def settings_in(folder: Path) -> Settings:
    return Settings(folder, f"sqlite:///{folder}/parts.db", f"sqlite:///{folder}/queue.db", "k" * 40)


def test_the_page_of_parts_exists_only_in_development(tmp_path: Path):
    settings = settings_in(tmp_path)
    engine = make_engine(settings.database_url)
    rules = {rule.rule for rule in create_app(settings, engine).url_map.iter_rules()}
    developing = {rule.rule for rule in create_app(replace(settings, development=True), engine).url_map.iter_rules()}
    assert developing - rules == {"/parts"}


def test_the_page_of_parts_shows_each_macro_of_the_parts():
    macros = set(re.findall(r"{% macro (\w+)", (ROOT / "templates/macros/parts.html").read_text("utf-8")))
    assert macros <= set(re.findall(r"{{-? (\w+)\(", (ROOT / "templates/parts.html").read_text("utf-8")))
