"""How fast a packet is printed again after an edit, beside rendering it anew, a browser's printing, and merging PDFs."""

import argparse
import hashlib
import io
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from itertools import cycle, islice
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pypdfium2
from peers.packets import chromium, merge, naive_page_seconds, timed
from rich.console import Console
from rich.table import Table

from workbench.documents.model import Document, Paper, PrintedPdf, Stamp
from workbench.documents.pdf.fragment import Fragment, pack
from workbench.documents.pdf.linker import LinkResult, LinkSource, link
from workbench.documents.press.warm import WarmPress
from workbench.places import data_dir
from workbench.roles.brief.documents import accountability_brief
from workbench.roles.documents.build import interview_kit
from workbench.roles.files.model import read_role
from workbench.roles.model import Role
from workbench.roles.position.documents import position_description

FOLDER = Path(__file__).resolve().parent
STAMP = Stamp("Northwind Instruments", None, "Edition 3", "a1b2c3d4" * 8, draft=False)
NAIVE_ROLES = 8
KINDS = 3


@dataclass(frozen=True, slots=True)
class Goal:
    """One line of the table: what is compared, how much better we are, and the target."""

    words: str
    found: float
    target: float
    less_is_better: bool = False

    @property
    def met(self) -> bool:
        """Return whether the goal is reached."""
        return self.found <= self.target if self.less_is_better else self.found >= self.target


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--roles", type=int, default=100, help="roles in the packet")
    parser.add_argument(
        "--full", action="store_true", help="render all roles, print them all in the browser, link 1,000"
    )
    parser.add_argument("--peak", nargs=2, metavar=("ROLES", "FOLDER"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.peak:
        print(json.dumps(peak(int(arguments.peak[0]), Path(arguments.peak[1]))))
        return
    with tempfile.TemporaryDirectory(prefix="bench-print-") as folder, presses(2) as both:
        report = measure_packets(arguments.roles, arguments.rounds, Path(folder), both, full=arguments.full)
    file = FOLDER / "results" / "print.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", "utf-8")
    show(report)


def measure_packets(count: int, rounds: int, folder: Path, both: "Presses", *, full: bool) -> dict[str, Any]:
    """Measure everything and return the figures."""
    documents = [each for role in library(count if full else 12) for each in documents_of(role)]
    pressed = both.all(documents)
    store(pressed, folder, 1000 if full else count, salted=not full)
    pages = issue(folder, count).pages
    turns = [turn(both, documents, folder, count) for _ in range(rounds)]
    growth = [grown(folder, roles, rounds) for roles in (1, 10, 100, 1000) if roles <= (1000 if full else count)]
    beside = peers(documents, pressed, rounds)
    steep = {each["pages"]: each["seconds"] for each in growth if each["roles"] >= 10}
    return {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load": round(os.getloadavg()[0], 1),
        "weasyprint": version("weasyprint"),
        "rounds": rounds,
        "roles": count,
        "pages": pages,
        "rendered_documents": len(documents),
        "full_render_is_extrapolated": not full,
        "seconds": {name: round(middle(turns, name), 3) for name in Turn.__slots__},
        "single_kb_a_page": kilobytes(pressed, "pdf"),
        "fragment_kb_a_page": kilobytes(pressed, "fragment"),
        **beside,
        "growth": growth,
        "exponent": round(exponent(steep), 3),
        "largest": open_again(folder / "packet.pdf"),
        "goals": [
            {"goal": each.words, "found": round(each.found, 2), "target": each.target, "met": each.met}
            for each in goals(turns, pages, beside, growth[-1])
        ],
    }


def goals(turns: Sequence["Turn"], pages: int, beside: dict[str, Any], largest: dict[str, float]) -> list[Goal]:
    """Compare the figures with the goals."""
    naive = beside["naive_ms_a_page"] * pages / 1e3 / middle(turns, "edit_role")
    browser = beside["chromium_ms_a_page"] * pages / 1e3 / middle(turns, "link")
    merged = beside["merge_cpu_ms_a_page"] / beside["link_cpu_ms_a_page"]
    words = f"peak memory of linking {largest['roles']} roles, MB"
    return [
        goal("issued again after one role (3 documents) is edited / our own full render", turns, "edit_role", 60),
        goal("issued again after one document is edited / our own full render", turns, "edit_one", 60),
        goal("issued again, the edit rendered when it was saved / our own full render", turns, "link", 60),
        Goal("one role edited / one document by write_pdf(pdf_variant='pdf/ua-1')", naive, 100),
        Goal("linking, pages a second / warm Chromium", browser, 25),
        Goal("linking a page / a pikepdf merge that keeps tags (CPU)", merged, 8),
        Goal(words, largest["peak_mb"], 150, less_is_better=True),
    ]


def peers(documents: Sequence[Document], pressed: Sequence[PrintedPdf], rounds: int) -> dict[str, Any]:
    """Make the same packet, or as much of it as there is time for, in the other ways."""
    naive = naive_page_seconds(documents[: NAIVE_ROLES * KINDS])
    seconds, pages, size = chromium(documents)
    some = pressed[: 12 * KINDS]
    ours, theirs, merged = compare_linking(some, rounds)
    return {
        "naive_roles": NAIVE_ROLES,
        "naive_ms_a_page": round(naive * 1e3, 1),
        "chromium_pages": pages,
        "chromium_ms_a_page": round(seconds * 1e3 / pages, 2),
        "chromium_kb_a_page": round(size / pages / 1e3, 2),
        "link_cpu_ms_a_page": round(ours * 1e3, 3),
        "merge_cpu_ms_a_page": round(theirs * 1e3, 3),
        "merged_kb_a_page": round(merged / pages_of(some) / 1e3, 2),
    }


def grown(folder: Path, roles: int, rounds: int) -> dict[str, float]:
    """Link packets of one size; return pages, seconds, file and memory."""
    issue(folder, roles)
    seconds = statistics.median(timed(lambda: issue(folder, roles))[0] for _ in range(rounds))
    return {"roles": roles, "seconds": round(seconds, 4), **in_fresh_process(roles, folder)}


def middle(turns: Sequence["Turn"], name: str) -> float:
    """Return the median of one thing over the rounds."""
    return statistics.median(getattr(each, name) for each in turns)


def kilobytes(pressed: Sequence[PrintedPdf], name: str) -> float:
    """Return how large a page is."""
    return round(sum(len(getattr(each, name)) for each in pressed) / pages_of(pressed) / 1e3, 2)


@dataclass(frozen=True, slots=True)
class Turn:
    """One round of what is compared, in seconds by the clock: everything anew, an edited role, an edited document, none."""

    whole: float
    edit_role: float
    edit_one: float
    link: float


def turn(both: "Presses", documents: Sequence[Document], folder: Path, roles: int) -> Turn:
    """Do everything once, one right after the other, so that a busy machine is busy for all of them."""
    edit_role, _ = timed(lambda: reissue(both, folder, roles, KINDS))
    render, _ = timed(lambda: both.all(documents))
    edit_one, _ = timed(lambda: reissue(both, folder, roles, 1))
    linked, _ = timed(lambda: issue(folder, roles))
    return Turn(render * roles * KINDS / len(documents) + linked, edit_role, edit_one, linked)


def goal(words: str, turns: Sequence[Turn], name: str, target: float) -> Goal:
    """Return how many times faster something is than the full render, as the median over the rounds."""
    return Goal(words, statistics.median(each.whole / getattr(each, name) for each in turns), target)


def library(count: int) -> list[Role]:
    """Return the roles of the library over and over, each with a title of its own."""
    files = sorted(data_dir("role_library").glob("*.toml"))
    roles = [read_role(file) for file in files]
    return [replace(role, title=f"{role.title} {at}") for at, role in enumerate(islice(cycle(roles), count), 1)]


def documents_of(role: Role) -> tuple[Document, ...]:
    return position_description(role, STAMP), accountability_brief(role, STAMP), interview_kit(role, STAMP)


class Presses:
    """Warm presses that work side by side."""

    def __init__(self, warm: Sequence[WarmPress]) -> None:
        self.free: SimpleQueue[WarmPress] = SimpleQueue()
        for each in warm:
            each.press(documents_of(library(1)[0])[0], Paper.A4)
            self.free.put(each)
        self.workers = ThreadPoolExecutor(len(warm))

    def one(self, document: Document) -> PrintedPdf:
        """Print one document on whichever press is free."""
        press = self.free.get()
        try:
            return press.press(document, Paper.A4)
        finally:
            self.free.put(press)

    def all(self, documents: Sequence[Document]) -> list[PrintedPdf]:
        """Print documents side by side, and return them in order."""
        return list(self.workers.map(self.one, documents))


@contextmanager
def presses(count: int) -> Iterator[Presses]:
    with ExitStack() as stack:
        group = Presses([stack.enter_context(WarmPress()) for _ in range(count)])
        stack.callback(group.workers.shutdown)
        yield group


def store(pressed: Sequence[PrintedPdf], folder: Path, roles: int, *, salted: bool) -> None:
    """Store the fragments, three for each role.

    Where there are more roles than were rendered, copies count as other documents: nothing is shared between them.
    """
    rendered = len(pressed) // KINDS
    for at in range(roles):
        for kind in range(KINDS):
            each = pressed[at % rendered * KINDS + kind]
            is_copy = salted or at >= rendered
            data = other(each.fragment, at) if is_copy else each.fragment
            folder.joinpath(f"{at:04d}-{kind}-{each.pages}.fragment").write_bytes(data)


def other(data: bytes, salt: int) -> bytes:
    """Return a fragment of another document: each stream has another digest."""
    fragment = Fragment.read(data)
    bodies = [
        [
            hashlib.blake2b(f"{body.digest}{salt}".encode(), digest_size=16).hexdigest() if body.digest else "",
            len(body.data),
            body.head.text.decode("latin-1") if body.head else "",
            list(body.head.slots) if body.head else [],
        ]
        for body in fragment.bodies
    ]
    names = ("language", "sizes", "count", "keys", "marks", "outline", "fonts", "needs_appearances")
    metadata = {name: getattr(fragment, name) for name in names}
    texts = (fragment.numbering, fragment.objects.text)
    return pack(
        metadata | {"bodies": bodies}, fragment.objects.slots, texts, [bytes(body.data) for body in fragment.bodies]
    )


def parts(folder: Path, roles: int) -> list[LinkSource]:
    labels = ("Position description", "Accountability brief", "Interview kit")
    files = sorted(folder.glob("*.fragment"))[: roles * KINDS]
    return [
        LinkSource(f"Role {file.stem[:4]}", labels[int(file.stem[5])], int(file.stem[7:]), file.read_bytes)
        for file in files
    ]


def issue(folder: Path, roles: int) -> LinkResult:
    with (folder / "packet.pdf").open("wb") as target:
        return link(parts(folder, roles), "Packets", "en", target, lambda n, of: f"Packet 7 of 40 · page {n} of {of}")


def reissue(both: Presses, folder: Path, roles: int, documents: int) -> None:
    """Render what an edit changed and link the packet again."""
    role = replace(library(1)[0], title=f"Edited {time.monotonic_ns()}")
    longest_first = (2, 0, 1)[:documents]
    changed = both.all([documents_of(role)[kind] for kind in longest_first])
    for kind, each in zip(longest_first, changed, strict=True):
        for before in folder.glob(f"0000-{kind}-*"):
            before.unlink()
        folder.joinpath(f"0000-{kind}-{each.pages}.fragment").write_bytes(each.fragment)
    issue(folder, roles)


def compare_linking(pressed: Sequence[PrintedPdf], rounds: int) -> tuple[float, float, int]:
    """Link and merge the same documents in turn; return CPU seconds a page of each, and the size of the merged file."""
    sources = [LinkSource("Role", "Document", each.pages, lambda each=each: each.fragment) for each in pressed]
    ours, theirs, size = [], [], 0
    for _ in range(rounds + 1):
        start = time.process_time()
        link(sources, "Packet", "en", io.BytesIO())
        middle = time.process_time()
        size = len(merge([each.pdf for each in pressed]))
        ours.append(middle - start)
        theirs.append(time.process_time() - middle)
    pages = pages_of(pressed)
    return statistics.median(ours[1:]) / pages, statistics.median(theirs[1:]) / pages, size


def peak(roles: int, folder: Path) -> dict[str, float]:
    """Link once in this fresh process; return pages, size, and the peak of memory with and without the linking."""
    start = highest_memory()
    packet = issue(folder, roles)
    memory = highest_memory()
    return {
        "pages": packet.pages,
        "mb": round(packet.size / 1e6, 2),
        "peak_mb": round(memory, 1),
        "start_mb": round(start, 1),
    }


def highest_memory() -> float:
    """Return the most memory that this process ever held, in MB; ru_maxrss would include its parent process."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def in_fresh_process(roles: int, folder: Path) -> dict[str, float]:
    command = [sys.executable, str(Path(__file__).resolve()), "--peak", str(roles), str(folder)]
    environment = os.environ | {"PYTHONPATH": str(FOLDER.parent)}
    result: dict[str, float] = json.loads(
        subprocess.run(command, check=True, capture_output=True, env=environment).stdout
    )
    return result


def open_again(file: Path) -> dict[str, float]:
    """Open a packet as a reader would; return how long it takes to count its pages and to draw the one in the middle."""
    start = time.perf_counter()
    with pypdfium2.PdfDocument(file) as pdf:
        pages = len(pdf)
        open_seconds = time.perf_counter() - start
        pdf[pages // 2].render(scale=1)
        draw_seconds = time.perf_counter() - start - open_seconds
    return {
        "pages": pages,
        "mb": round(file.stat().st_size / 1e6, 2),
        "open_ms": round(open_seconds * 1e3, 1),
        "draw_ms": round(draw_seconds * 1e3, 1),
    }


def pages_of(pressed: Sequence[PrintedPdf]) -> int:
    return sum(each.pages for each in pressed)


def exponent(seconds: dict[float, float]) -> float:
    """Fit seconds = a * pages ** exponent."""
    if len(seconds) < 2:
        return math.nan
    slope, _ = statistics.linear_regression([math.log(n) for n in seconds], [math.log(s) for s in seconds.values()])
    return slope


def show(report: dict[str, Any]) -> None:
    console = Console(width=150)
    table = Table(
        title=f"Packets: {report['roles']} roles, {report['pages']} pages, tagged\n{report['machine']}, load {report['load']:.1f}"
    )
    for name, justify in (("what", "left"), ("found", "right"), ("target", "right"), ("", "left")):
        table.add_column(name, justify=justify)
    for goal in report["goals"]:
        verdict = "[green]met" if goal["met"] else "[red]missed"
        table.add_row(goal["goal"], f"{goal['found']:g}", f"{goal['target']:g}", verdict)
    console.print(table)
    for name, value in report.items():
        if name not in {"goals", "machine"}:
            console.print(f"  {name}: {value}")


if __name__ == "__main__":
    main()
