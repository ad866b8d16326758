"""SHA-256 digests of bytes, texts and files, each as 64 hexadecimal digits."""

import hashlib
from pathlib import Path


def sha256(data: bytes) -> str:
    """Return the digest of bytes."""
    return hashlib.sha256(data).hexdigest()


def sha256_of_text(text: str) -> str:
    """Return the digest of a text in UTF-8; a lone surrogate counts as a question mark."""
    return sha256(text.encode("utf-8", "replace"))


def sha256_of_file(file: Path) -> str:
    """Return the digest of a file, which is read piece by piece."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
