"""The base of the press and the preview: a layout engine that runs in a worker process."""

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from workbench.documents.model import Document, Paper
from workbench.documents.page.html import logo_files, margin_style, render_html, template_dir
from workbench.documents.press.process import Message, WorkerProcess

READY = '<html lang="en"><title>Ready</title><article class="paper"><h1>Ready</h1><p>Ready, <em>ready</em>.</p>'

# page, paper size, style sheet of headers and footers, logos, folder of the style sheets
PageSource = tuple[str, Paper, str, Mapping[str, bytes], Path]


class LayoutEngine:
    """Send documents to a worker process that lays them out. Close it at the end, or use it in a `with` statement.

    `module` has the functions `warm_up` and `work` of the worker process. `folder` holds the templates (ours by
    default), `seconds` limits one document, `memory` the address space of the process in bytes, and `nice` lowers its
    priority.
    """

    def __init__(self, module: str, folder: Path | None, seconds: float, memory: int, nice: int = 0) -> None:
        self.folder = folder or template_dir()
        self.worker = WorkerProcess(f"{module}:work", {"folder": str(self.folder)}, seconds, memory, nice=nice)

    def start(self) -> None:
        """Start the worker process without waiting until it is ready."""
        self.worker.start()

    def close(self) -> None:
        """End the worker process."""
        self.worker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _request(self, document: Document, paper: Paper, logo: bytes | None, **options: object) -> Message:
        """Render a page and send it, because the worker process has no database and no secrets. Raise PressFailed."""
        logos = logo_files(document, logo)
        words = margin_style(document, paper)
        head = {"paper": paper.value, "words": words, "logos": list(logos), "folder": str(self.folder)}
        return self.worker.request(head | options, render_html(document, paper, self.folder).encode(), *logos.values())


def read_page(head: dict[str, Any], parts: tuple[bytes, ...]) -> PageSource:
    """Read a page that was sent; called in the worker process."""
    page, *images = parts
    logos = dict(zip(head["logos"], images, strict=True))
    return page.decode(), Paper(head["paper"]), head["words"], logos, Path(head["folder"])
