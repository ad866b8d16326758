"""What a press does with a document that kills it: the child process ends without an answer."""

import os
from typing import Any

from workbench.documents.press.process import Message


def warm_up() -> None:
    """Be ready at once."""


def work(head: dict[str, Any], parts: tuple[bytes, ...]) -> Message:
    """Die."""
    os._exit(1)
