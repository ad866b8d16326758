"""How much processor time the press takes for a page, beside a plain call of the same engine on the same pages."""

import argparse
import gc
import json
import logging
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

from workbench.documents.model import Document, Paper, Stamp
from workbench.documents.page.html import margin_style, render_html, style_sheet
from workbench.documents.press.press import press
from workbench.documents.press.warm import WarmPress
from workbench.places import data_dir, font_dir
from workbench.roles.brief.documents import accountability_brief
from workbench.roles.documents.build import interview_kit, starter_metrics_sheet
from workbench.roles.files.model import read_role
from workbench.roles.model import Role
from workbench.roles.position.documents import position_description

FOLDER = Path(__file__).resolve().parent
STAMP = Stamp("Northwind Instruments", None, "Edition 3", "a1b2c3d4" * 8, draft=False)
TARGET = 0.60
# After this many documents the caches of fonts and words hardly grow.
WARMED_BY = 60
MAX_GROWTH = 0.05  # of the peer's


PEERS = {
    "woff2": "the fonts as their package gives them to the web, and to our own site (WOFF2), no tags",
    "ttf": "the fonts as TrueType files, which a reader of the engine's manual would take, no tags",
    "ordinary": "TrueType files, and tables as they are by default: widths found by the engine, borders shared; no tags",
    "tagged": "TrueType files and PDF/UA-1 tags, as ours are",
}


@dataclass(frozen=True, slots=True)
class Result:
    """One document: pages, CPU milliseconds a page of the press and of each peer, and the press as a part of each."""

    kind: str
    pages: int
    press: float
    warm_wall: float
    peers: dict[str, float]
    ratios: dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--paper", type=Paper, default=Paper.A4)
    parser.add_argument("--many", type=int, default=200, help="documents that one process prints to see how it grows")
    parser.add_argument("--first", choices=["press", *PEERS], help=argparse.SUPPRESS)
    parser.add_argument("--grow", choices=["press", *PEERS], help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    logging.getLogger("weasyprint").addHandler(logging.NullHandler())
    if arguments.first:
        print(json.dumps(first(arguments.first, arguments.paper)))
        return
    if arguments.grow:
        print(json.dumps(growth(arguments.grow, arguments.paper, arguments.many)))
        return
    stem, documents = largest()
    with WarmPress() as warm:
        results = [measure_document(document, arguments.paper, arguments.rounds, warm) for document in documents]
    starts = {way: in_fresh_process("--first", way, arguments.paper) for way in ("press", *PEERS)}
    grown = {way: in_fresh_process("--grow", way, arguments.paper, arguments.many)["kb"] for way in ("press", "ttf")}
    report = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "peer": f"WeasyPrint {version('weasyprint')}: HTML(string=page).write_pdf() of the same page and style sheet",
        "peers": PEERS,
        "role": stem,
        "paper": arguments.paper.value,
        "rounds": arguments.rounds,
        "target": TARGET,
        "documents": [asdict(result) for result in results],
        "first": starts,
        "grown_kb_a_document": grown,
        "documents_for_growth": arguments.many,
    }
    keep(report)
    show(report, results, starts)
    less = max(0, grown["press"]) / grown["ttf"]
    print(
        f"  {arguments.many} documents in one process, KiB that it grows by for each after the first {WARMED_BY}: "
        f"warm child {grown['press']}, peer {grown['ttf']}, ratio {less:.3f} (target {MAX_GROWTH})"
    )


def keep(report: dict[str, object]) -> None:
    """Write the figures beside those of the other benchmarks."""
    file = FOLDER / "results" / "press.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", "utf-8")


def largest() -> tuple[str, tuple[Document, ...]]:
    """Return the documents of the library role that prints to the most characters."""
    files = sorted(data_dir("role_library").glob("*.toml"))
    documents_of_role = {file.stem: documents_of(read_role(file)) for file in files}
    size = {
        stem: sum(len(render_html(document, Paper.A4)) for document in documents)
        for stem, documents in documents_of_role.items()
    }
    stem = max(size, key=size.__getitem__)
    return stem, documents_of_role[stem]


def documents_of(role: Role) -> tuple[Document, ...]:
    return (
        position_description(role, STAMP),
        accountability_brief(role, STAMP),
        interview_kit(role, STAMP),
        starter_metrics_sheet(role, STAMP),
    )


def naive_page(document: Document, paper: Paper, way: str) -> str:
    """Return the same page as a first user of the engine writes it: the style sheet in the head, the fonts as files."""
    style = style_sheet(paper).replace("asset:fonts/", f"{font_dir().as_uri()}/") + margin_style(document, paper)
    if way == "ordinary":
        style += "table { table-layout: auto !important; border-collapse: collapse !important }"
    if way == "woff2":
        style = style.replace('.ttf) format("truetype")', '.woff2) format("woff2")')
    return render_html(document, paper).replace("</head>", f"<style>{style}</style></head>", 1)


def measure_document(document: Document, paper: Paper, rounds: int, warm: WarmPress) -> Result:
    """Print a document by the warm press and by each peer in turn; the ratios are medians over the rounds."""
    pages = warm.press(document, paper).pages
    ways = {name: peer(document, paper, name) for name in PEERS} | {"press": lambda: by_child(warm, document, paper)}
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for at in range(rounds + 1):
        names = [*ways][at % len(ways) :] + [*ways][: at % len(ways)]
        for name in names:
            seconds = ways[name]()
            if at:  # the first round only warms up
                spent[name].append(seconds * 1e3 / pages)
    walls = []
    for _ in range(3):
        start = time.perf_counter()
        warm.press(document, paper)
        walls.append((time.perf_counter() - start) * 1e3)
    middle = {name: round(statistics.median(times), 1) for name, times in spent.items()}
    ratios = {name: ratio(spent["press"], spent[name]) for name in PEERS}
    wall = round(statistics.median(walls), 1)
    return Result(document.kind, pages, middle.pop("press"), wall, middle, ratios)


def peer(document: Document, paper: Paper, name: str) -> Callable[[], float]:
    """Return a way to print a document as the peer does, which returns its CPU seconds."""
    from weasyprint import HTML  # noqa: PLC0415 - the peer, loaded where it is measured

    page = naive_page(document, paper, name)
    options = {"pdf_variant": "pdf/ua-1"} if name == "tagged" else {}

    def run() -> float:
        gc.collect()
        start = time.process_time()
        HTML(string=page).write_pdf(**options)
        return time.process_time() - start

    return run


def by_child(warm: WarmPress, document: Document, paper: Paper) -> float:
    """Print a document in the worker process; return its CPU seconds, and ours for the page."""
    start = time.process_time()
    head = {"paper": paper.value, "words": margin_style(document, paper), "logos": [], "folder": str(warm.folder)}
    answer, _ = warm.worker.request(head, render_html(document, paper).encode())
    child_seconds: float = answer["seconds"]
    return child_seconds + time.process_time() - start


def ratio(ours: list[float], theirs: list[float]) -> float:
    return round(statistics.median(one / other for one, other in zip(ours, theirs, strict=True)), 3)


def first(way: str, paper: Paper) -> dict[str, float]:
    """Print the documents once in a fresh process; return the CPU seconds to the first, and the peak of memory in MB."""
    _, documents = largest()
    start = time.process_time()
    seconds = 0.0
    for document in documents:
        if way == "press":
            press(document, paper)
        else:
            peer(document, paper, way)()
        seconds = seconds or time.process_time() - start
    return {"first_s": round(seconds, 2), "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}


def growth(way: str, paper: Paper, count: int) -> dict[str, float]:
    """Print briefs of all library roles, each under another title; return the KiB that the process grows by for each."""
    from weasyprint import HTML  # noqa: PLC0415 - the peer, loaded where it is measured

    roles = [read_role(file) for file in sorted(data_dir("role_library").glob("*.toml"))]
    sizes: dict[float, float] = {}
    with WarmPress() as warm:
        for at in range(count):
            document = accountability_brief(replace(roles[at % len(roles)], title=f"Role {at}"), STAMP)
            if way == "press":
                warm.press(document, paper)
            else:
                HTML(string=naive_page(document, paper, way)).write_pdf()
            if at >= WARMED_BY and not at % 10:
                pages = (
                    Path(f"/proc/{warm.worker.pid if way == 'press' else 'self'}/statm").read_text("ascii").split()[1]
                )
                sizes[at] = int(pages) * resource.getpagesize() / 1024
    return {"kb": round(statistics.linear_regression([*sizes], [*sizes.values()]).slope, 1)}


def in_fresh_process(what: str, way: str, paper: Paper, many: int = 0) -> dict[str, float]:
    command = [sys.executable, str(Path(__file__).resolve()), what, way, "--paper", paper.value, "--many", str(many)]
    environment = os.environ | {"PYTHONPATH": str(FOLDER.parent)}
    result: dict[str, float] = json.loads(
        subprocess.run(command, check=True, capture_output=True, env=environment).stdout
    )
    return result


def show(report: dict[str, object], results: list[Result], starts: dict[str, dict[str, float]]) -> None:
    heading = f"The press: CPU milliseconds a page, largest library role {report['role']}, {report['paper']}"
    table = Table(title=f"{heading}\n{report['machine']}\npeer: {report['peer']}")
    table.add_column("document", no_wrap=True)
    for name in ("pages", "press", *PEERS, *(f"to {name}" for name in PEERS), "whole, wall ms"):
        table.add_column(name, justify="right")
    for result in results:
        ratios = [f"{'[green]' if value <= TARGET else ''}{value:.2f}" for value in result.ratios.values()]
        figures = [str(result.press), *map(str, result.peers.values()), *ratios, str(result.warm_wall)]
        table.add_row(result.kind, str(result.pages), *figures)
    console = Console(width=150)
    console.print(table)
    for name, words in PEERS.items():
        console.print(f"  {name}: {words}")
    for way, start in starts.items():
        console.print(f"  fresh process, {way}: first document {start['first_s']} s CPU, peak {start['peak_mb']} MB")


if __name__ == "__main__":
    main()
