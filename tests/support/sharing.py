"""Documents that are printed once in a test run: each test finds what another has printed, whatever process did it."""

import gc
import os
import pickle
import threading
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from workbench.documents.model import Document, Paper, PrintedPdf
from workbench.documents.page.html import template_dir
from workbench.documents.press import press as house
from workbench.documents.press.process import Message
from workbench.documents.press.warm import WarmPress, read_answer, write_answer
from workbench.documents.store.keys import key


def press(document: Document, paper: Paper, logo: bytes | None = None) -> PrintedPdf:
    """Print a document in this process, unless it was printed in this run: for tests of what stands on paper.

    Tests of the press itself, and of what it logs, call `workbench.documents.press.press`.
    """
    answer = SharingPress.once(document, paper, logo, template_dir(), partial(_print, document, paper, logo))
    return read_answer(answer)


def _print(document: Document, paper: Paper, logo: bytes | None) -> Message:
    printed = house.press(document, paper, logo)
    _keep_what_was_loaded()
    return write_answer(printed)


@cache
def _keep_what_was_loaded() -> None:
    """Take fonts, styles and templates, which the first document loads, out of the collection after each document."""
    gc.freeze()


class SharingPress(WarmPress):
    """A press that stores what its worker process answers under the key of the document, for all test processes.

    Tests of the press itself use `WarmPress`; where a test replaces `WarmPress.press`, this class inherits it.
    """

    answers: Path  # a folder of the test run

    @classmethod
    def once(
        cls, document: Document, paper: Paper, logo: bytes | None, folder: Path, ask: Callable[[], Message]
    ) -> Message:
        """Return the stored answer for a document, else ask and store it."""
        file = cls.answers / f"{key(document, paper, folder)}-{bool(logo)}"
        if file.exists():
            found: Message = pickle.loads(file.read_bytes())
            return found
        answer = ask()
        unfinished = file.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        unfinished.write_bytes(pickle.dumps(answer))
        unfinished.replace(file)
        return answer

    def _request(self, document: Document, paper: Paper, logo: bytes | None, **wanted: object) -> Message:
        ask = partial(super()._request, document, paper, logo, **wanted)
        return self.once(document, paper, logo, self.folder, ask)
