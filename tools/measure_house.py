"""Measure how the code is written and ordered: names, docstrings, folders, imports, repeated blocks, and start times.

    python tools/measure_house.py                  print a table of the checkout
    python tools/measure_house.py --json           print the same as JSON
    python tools/measure_house.py --root OTHER     measure another checkout, such as an older one
    python tools/measure_house.py --times          also measure `workbench --help` and the import of the web application
    python tools/measure_house.py --show WHAT      list what a line counts: openers, participles, homonyms, dialect,
                                                   folders, cycles, blocks, templates

`tests/test_house.py` holds the figures to their limits with the same functions.
"""

import argparse
import ast
import json
import os
import re
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCK = 6
LONG_TEMPLATE_LINE = 160
MAX_FILES = 12
RUNS = 5
RETIRED_OPENERS = frozenset(
    {"Give", "Gives", "Have", "Know", "Let", "Lets", "Put", "Say", "Says", "Take", "Tell", "Tells"}
)
DIALECT = re.compile(r"\b(somebody|nobody|stands|lies|told|what is|what was)\b|\bone that\b", re.IGNORECASE)
IRREGULAR_PARTICIPLES = re.compile(
    r"begun|bound|broken|brought|built|chosen|come|done|drawn|driven|fallen|felt|found|frozen|given|gone|grown|handed|held"
    r"|hidden|kept|known|laid|left|lent|lost|made|meant|met|paid|said|seen|sent|shown|sold|spent|spoken|stood|taken|told"
    r"|torn|understood|woken|worn|written"
)
# Words that end like a participle and are none, or are the trade's own nouns.
NO_PARTICIPLES = re.compile(
    r"need|feed|seed|embed|speed|exceed|proceed|succeed|shared|thing|string|bring|ring|spring|headings?|settings?|ratings?"
    r"|timing|spacing|padding|warnings?|meetings?|bookings?|landing|floating|ceiling|findings?|listing|rounding|opening"
    r"|spelling|wording|missing|nothing|something|during|signed|pending|branding|embedding|mapping|binding|coaching|hiring"
    r"|pricing|testing"
)


@dataclass(frozen=True, slots=True)
class Function:
    """One function or method of the code, with the first line of its docstring."""

    place: str
    name: str
    docstring: str


def python_files(root: Path) -> list[Path]:
    """List the modules of the package, without migrations, whose names Alembic decides."""
    return [path for path in sorted((root / "workbench").rglob("*.py")) if "versions" not in path.parts]


@cache
def walk(path: Path) -> tuple[ast.AST, ...]:
    """Return every node of a module; a module is parsed once."""
    return tuple(ast.walk(ast.parse(path.read_text("utf-8"))))


def functions(root: Path) -> list[Function]:
    """List every function and method of the package."""
    found = []
    for path in python_files(root):
        for node in walk(path):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                place = f"{path.relative_to(root)}:{node.lineno}"
                found.append(Function(place, node.name, (ast.get_docstring(node) or "").partition("\n")[0]))
    return found


def openers(root: Path) -> Counter[str]:
    """Count the words with which docstrings of functions begin."""
    return Counter(re.split(r"\W", each.docstring, maxsplit=1)[0] for each in functions(root) if each.docstring)


def retired_openers(root: Path) -> list[str]:
    """List the functions whose docstring begins with a retired word."""
    return [
        f"{each.place} {each.name}: {each.docstring}"
        for each in functions(root)
        if re.split(r"\W", each.docstring, maxsplit=1)[0] in RETIRED_OPENERS
    ]


def is_participle(name: str) -> bool:
    """Return whether the first word of a name is a participle, such as `printed` or `_told_twice`."""
    first = name.lstrip("_").partition("_")[0]
    if NO_PARTICIPLES.fullmatch(first) or name.startswith("__"):
        return False
    return bool(IRREGULAR_PARTICIPLES.fullmatch(first) or re.fullmatch(r"\w{2,}(ed|ing)", first))


def participles(root: Path) -> list[str]:
    """List the functions that are named by a participle."""
    return [f"{each.place} {each.name}" for each in functions(root) if is_participle(each.name)]


def homonyms(root: Path) -> list[str]:
    """List the class names that mean several things, with the places of each."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for path in python_files(root):
        for node in walk(path):
            if isinstance(node, ast.ClassDef):
                places[node.name.lstrip("_")].append(f"{path.relative_to(root)}:{node.lineno}")
    return [f"{name}: {', '.join(found)}" for name, found in sorted(places.items()) if len(found) > 1]


def docstrings(root: Path) -> Iterator[tuple[str, str]]:
    """Yield the place and the text of every docstring of the package."""
    for path in python_files(root):
        for node in walk(path):
            if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if text := ast.get_docstring(node):
                yield f"{path.relative_to(root)}:{getattr(node, 'lineno', 1)}", text


def dialect(root: Path) -> list[str]:
    """List the docstrings that use a word of the retired dialect."""
    return [
        f"{place} “{found.group()}”: {' '.join(text.split())[:120]}"
        for place, text in docstrings(root)
        for found in DIALECT.finditer(text)
    ]


def crowded_folders(root: Path) -> list[str]:
    """List the folders of the package, the page templates and the tests that hold more than twelve files."""
    counts: Counter[Path] = Counter()
    for top, pattern in (("workbench", "*.py"), ("templates", "*.html"), ("tests", "*.py")):
        for path in (root / top).rglob(pattern):
            if "versions" not in path.parts and path.name != "__init__.py":
                counts[path.parent.relative_to(root)] += 1
    return [f"{folder} {count}" for folder, count in sorted(counts.items()) if count > MAX_FILES]


def imports(root: Path) -> dict[str, set[str]]:
    """Return which modules of the package each module imports, also inside functions."""
    names = {
        ".".join(p.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): p for p in python_files(root)
    }
    arrows: dict[str, set[str]] = {}
    for name, path in names.items():
        found = set()
        for node in walk(path):
            if isinstance(node, ast.ImportFrom) and node.module:
                found |= {
                    module if (module := f"{node.module}.{alias.name}") in names else node.module
                    for alias in node.names
                }
            elif isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
        arrows[name] = (found & names.keys()) - {name}
    return arrows


def cycles(root: Path) -> list[str]:
    """List the groups of modules that import each other in a circle (Tarjan's strongly connected components)."""
    arrows = imports(root)
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[str] = []

    def visit(name: str) -> None:
        number[name] = low[name] = len(number)
        stack.append(name)
        for other in sorted(arrows[name]):
            if other not in number:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], number[other])
        if low[name] == number[name]:
            group = stack[stack.index(name) :]
            del stack[stack.index(name) :]
            if len(group) > 1:
                found.append(" ".join(sorted(group)))

    sys.setrecursionlimit(10_000)
    for name in arrows:
        if name not in number:
            visit(name)
    return found


def repeated_blocks(root: Path) -> list[str]:
    """List the blocks of six or more lines of code that are the same in two places; imports do not count."""
    seen: dict[tuple[str, ...], tuple[Path, int]] = {}
    found: list[str] = []
    for path in python_files(root):
        text = path.read_text("utf-8")
        imported = {
            number
            for node in walk(path)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)
        }
        lines = [
            (number, line.strip())
            for number, line in enumerate(text.splitlines(), 1)
            if number not in imported and line.strip() and not re.match(r"\s*(#|[)\]}]+,?$)", line)
        ]
        last = -BLOCK
        for start in range(len(lines) - BLOCK + 1):
            window = tuple(line for _, line in lines[start : start + BLOCK])
            first = seen.setdefault(window, (path, lines[start][0]))
            if first != (path, lines[start][0]):
                if start > last + 1:
                    other, line = first
                    found.append(f"{path.relative_to(root)}:{lines[start][0]} repeats {other.relative_to(root)}:{line}")
                last = start
    return found


def long_template_lines(root: Path) -> list[str]:
    """List the lines of templates and print style sheets that are longer than 160 characters."""
    return [
        f"{path.relative_to(root)}:{number} {len(line)}"
        for path in sorted((root / "templates").rglob("*"))
        if path.suffix in {".html", ".css"}
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > LONG_TEMPLATE_LINE
    ]


def lengths(root: Path) -> dict[str, int]:
    """Return how many modules and lines there are, and how long the longest module, function and style sheet are."""
    texts = [path.read_text("utf-8") for path in python_files(root)]
    bodies = [
        (node.end_lineno or node.lineno) - node.lineno + 1
        for path in python_files(root)
        for node in walk(path)
        if isinstance(node, ast.FunctionDef)
    ]
    sheets = [len(path.read_text("utf-8").splitlines()) for path in (root / "templates").rglob("*.css")]
    return {
        "modules": len(texts),
        "lines": sum(len(text.splitlines()) for text in texts),
        "longest module": max(len(text.splitlines()) for text in texts),
        "longest function": max(bodies),
        "longest style sheet": max(sheets),
    }


def times(root: Path) -> dict[str, float]:
    """Return the best of five runs: seconds until `workbench --help` is printed, and CPU seconds of the web's import."""
    environ = {**os.environ, "PYTHONPATH": str(root)}

    def best(measure: Callable[[], float]) -> float:
        return round(min(measure() for _ in range(RUNS)), 2)

    def run(*command: str) -> None:
        subprocess.run([sys.executable, *command], check=True, cwd=root, env=environ, stdout=subprocess.DEVNULL)

    def wall() -> float:
        start = time.perf_counter()
        run("-m", "workbench", "--help")
        return time.perf_counter() - start

    def cpu() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run("-c", "import workbench.app")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return {"`workbench --help`, s": best(wall), "import of the web application, CPU s": best(cpu)}


LISTS: dict[str, Callable[[Path], list[str]]] = {
    "openers": retired_openers,
    "participles": participles,
    "homonyms": homonyms,
    "dialect": dialect,
    "folders": crowded_folders,
    "cycles": cycles,
    "blocks": repeated_blocks,
    "templates": long_template_lines,
}


def measure(root: Path) -> dict[str, float]:
    """Return every figure of a checkout by its name."""
    words = sum(len(text.split()) for _, text in docstrings(root))
    total = len(functions(root))
    return {
        **lengths(root),
        "functions": total,
        "docstrings with a retired opener": len(retired_openers(root)),
        "docstrings that begin with Return": openers(root)["Return"],
        "dialect words in 1,000 docstring words": round(1000 * len(dialect(root)) / max(words, 1), 2),
        "functions named by a participle, %": round(100 * len(participles(root)) / total, 1),
        "class names with several meanings": len(homonyms(root)),
        "folders over 12 files": len(crowded_folders(root)),
        "import cycles": len(cycles(root)),
        "modules in the largest cycle": max((len(group.split()) for group in cycles(root)), default=0),
        "repeated blocks of six lines": len(repeated_blocks(root)),
        "template lines over 160 characters": len(long_template_lines(root)),
    }


def main() -> None:
    """Print the figures, or what one of them counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=ROOT)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--times", action="store_true")
    parser.add_argument("--show", choices=LISTS)
    chosen = parser.parse_args()
    root = chosen.root.resolve()
    if chosen.show:
        print("\n".join(LISTS[chosen.show](root)))
        return
    figures = measure(root) | (times(root) if chosen.times else {})
    if chosen.json:
        print(json.dumps(figures, indent=2))
    else:
        for name, value in figures.items():
            print(f"{name:45} {value:>10,}")


if __name__ == "__main__":
    main()
