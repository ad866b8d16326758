"""An engine that lays documents out in a child process of its own: what is sent to it, and how it starts and ends."""

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from workbench.documents.model import Document, Paper
from workbench.documents.page.html import logo_files, render_html, running_style, template_dir
from workbench.documents.press.process import Message, WorkerProcess

READY = '<html lang="en"><title>Ready</title><article class="paper"><h1>Ready</h1><p>Ready, <em>ready</em>.</p>'

LaidOut = tuple[str, Paper, str, Mapping[str, bytes], Path]  # page, paper, running words, logos, folder of the sheets


class LayoutEngine:
    """Work for documents that a child process does; close it at the end, or use it in a `with`.

    `module` has the child's functions `warm_up` and `work`, `folder` holds the templates (ours by default), `seconds`
    bounds one document, `memory` the child's address space; a `nice` one lets other processes go first.
    """

    def __init__(self, module: str, folder: Path | None, seconds: float, memory: int, nice: int = 0) -> None:
        self.folder = folder or template_dir()
        self.worker = WorkerProcess(f"{module}:work", {"folder": str(self.folder)}, seconds, memory, nice=nice)

    def start(self) -> None:
        """Start warming up without waiting."""
        self.worker.start()

    def close(self) -> None:
        """End the child process."""
        self.worker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _request(self, document: Document, paper: Paper, logo: bytes | None, **wanted: object) -> Message:
        """Send a finished page, for the child has neither the database nor a secret. Raises PressFailed."""
        logos = logo_files(document, logo)
        words = running_style(document, paper)
        head = {"paper": paper.value, "words": words, "logos": list(logos), "folder": str(self.folder)}
        return self.worker.request(head | wanted, render_html(document, paper, self.folder).encode(), *logos.values())


def read_page(head: dict[str, Any], parts: tuple[bytes, ...]) -> LaidOut:
    """Read a page that was sent (child)."""
    page, *images = parts
    logos = dict(zip(head["logos"], images, strict=True))
    return page.decode(), Paper(head["paper"]), head["words"], logos, Path(head["folder"])
