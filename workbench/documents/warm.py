"""The press in a warm child process: ready at once, ended at its limits, and the next document prints all the same."""

from pathlib import Path
from types import TracebackType
from typing import Any, Self

from workbench.documents.child import Child, Message
from workbench.documents.model import Document, Heading, Paper, Pressed
from workbench.documents.page import html, marks_of, running, template_dir

SECONDS = 30


class WarmPress:
    """A press that runs in a child process of its own; use one for each worker, and close it at the end.

    `folder` holds the templates (ours by default), `seconds` bounds one document, `memory` the child's address space;
    a press that is `nice` lets other processes go first.
    """

    def __init__(
        self, folder: Path | None = None, seconds: float = SECONDS, memory: int = 1 << 30, nice: int = 0
    ) -> None:
        self.folder = folder or template_dir()
        self.child = Child(f"{__name__}:work", {"folder": str(self.folder)}, seconds, memory, nice=nice)

    def press(self, document: Document, paper: Paper, mark: bytes | None = None) -> Pressed:
        """Print a document; `mark` is the image that its stamp names. Raises PressFailed with a plain sentence.

        Only the finished page is sent: the child has neither the database nor a secret.
        """
        marks = marks_of(document, mark)
        page = html(document, paper, self.folder).encode()
        head = {
            "paper": paper.value,
            "words": running(document, paper),
            "marks": list(marks),
            "folder": str(self.folder),
        }
        answer, (pdf, fragment) = self.child.ask(head, page, *marks.values())
        headings = tuple(Heading(*heading) for heading in answer["headings"])
        return Pressed(pdf, answer["pages"], headings, fragment)

    def start(self) -> None:
        """Start warming up without waiting."""
        self.child.start()

    def close(self) -> None:
        """End the child process."""
        self.child.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def warm_up(folder: str) -> None:
    """Load the engine and print a page for each paper, so that the first document finds everything ready (child)."""
    from workbench.documents.press import press_html  # noqa: PLC0415 - only the child loads the engine

    page = '<html lang="en"><title>Ready</title><article class="paper"><h1>Ready</h1><p>Ready, <em>ready</em>.</p>'
    for paper in Paper:
        press_html(page, paper, folder=Path(folder))


def work(head: dict[str, Any], parts: tuple[bytes, ...]) -> Message:
    """Print one page that was sent (child)."""
    from workbench.documents.press import press_html  # noqa: PLC0415 - only the child loads the engine

    page, *images = parts
    marks = dict(zip(head["marks"], images, strict=True))
    pressed = press_html(page.decode(), Paper(head["paper"]), head["words"], marks, Path(head["folder"]))
    return {"pages": pressed.pages, "headings": pressed.headings}, (pressed.pdf, pressed.fragment)
