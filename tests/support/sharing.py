"""Documents that are printed once in a test run: the tests of pages and jobs find what another test has printed."""

import os
import pickle
import threading
from pathlib import Path

from workbench.documents.model import Document, Paper
from workbench.documents.press.process import Message
from workbench.documents.press.warm import WarmPress
from workbench.documents.store.keys import key


class SharingPress(WarmPress):
    """A press that stores what its worker process answers under the key of the document, for all test processes.

    Tests of the press itself use `WarmPress`; where a test replaces `WarmPress.press`, this class inherits it.
    """

    answers: Path  # a folder of the test run

    def _request(self, document: Document, paper: Paper, logo: bytes | None, **wanted: object) -> Message:
        file = self.answers / f"{key(document, paper, self.folder)}-{bool(logo)}"
        if file.exists():
            found: Message = pickle.loads(file.read_bytes())
            return found
        answer = super()._request(document, paper, logo, **wanted)
        unfinished = file.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        unfinished.write_bytes(pickle.dumps(answer))
        unfinished.replace(file)
        return answer
