"""The glossary names things by the names that they have in the code, each term once and in order."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
IN_CODE = re.compile(r"\*In\s+code:\*\s+((?:`[^`]+`(?:,\s+)?)+)")


def names_of(body: list[ast.stmt]) -> set[str]:
    """Return the names of the functions, classes, fields, properties and constants of a body."""
    found: set[str] = set()
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
        elif isinstance(node, ast.Assign):
            found |= {each.id for target in node.targets for each in ast.walk(target) if isinstance(each, ast.Name)}
    return found


def code_names() -> set[str]:
    """Return every name of the code; a member follows the name of its class, also an inherited one: `Metric.code`."""
    found: set[str] = set()
    members: dict[str, set[str]] = {}
    bases: dict[str, list[str]] = {}
    for path in (ROOT / "workbench").rglob("*.py"):
        body = ast.parse(path.read_text("utf-8")).body
        found |= names_of(body)
        for node in body:
            if isinstance(node, ast.ClassDef):
                members[node.name] = names_of(node.body)
                bases[node.name] = [
                    name.id for base in node.bases for name in ast.walk(base) if isinstance(name, ast.Name)
                ]

    def all_members(name: str) -> set[str]:
        return members.get(name, set()).union(*(all_members(base) for base in bases.get(name, ()) if base != name))

    return found | {f"{name}.{member}" for name in members for member in all_members(name)}


def test_every_code_name_of_the_glossary_exists_in_the_code():
    names_in_code = [name for names in IN_CODE.findall(GLOSSARY) for name in re.findall(r"`([^`]+)`", names)]
    assert len(names_in_code) > 150
    assert sorted(set(names_in_code) - code_names()) == []


def test_every_in_code_of_the_glossary_is_read():
    assert len(IN_CODE.findall(GLOSSARY)) == len(re.findall(r"\*In\s+code:\*", GLOSSARY))


def test_each_term_stands_once_and_in_the_order_of_the_alphabet():
    for letter, terms in re.findall(r"^## ([A-Z])\n(.*?)(?=^## |\Z)", GLOSSARY, re.DOTALL | re.MULTILINE):
        names = re.findall(r"^\*\*([^*]+)\*\* - ", terms, re.MULTILINE)
        assert all(name.startswith(letter) for name in names)
        assert names == sorted(set(names), key=str.lower)


def test_a_retired_word_is_no_term_of_the_glossary():
    table = GLOSSARY.partition("## Retired words")[2].partition("\n## ")[0]
    retired = {cell.partition("(")[0].strip() for cell in re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)[1:]}
    terms = {name.lower() for name in re.findall(r"^\*\*([^*]+)\*\* - ", GLOSSARY, re.MULTILINE)}
    assert len(retired) > 20
    assert retired & terms == set()
