"""Digests: of bytes, texts and files alike."""

from hashlib import sha256 as reference
from pathlib import Path

from workbench.core.digests import sha256, sha256_of_file, sha256_of_text


def test_bytes_text_and_file_of_one_content_have_one_digest(tmp_path: Path):
    tmp_path.joinpath("file").write_bytes("Łódź".encode())
    expected = reference("Łódź".encode()).hexdigest()
    assert sha256("Łódź".encode()) == sha256_of_text("Łódź") == sha256_of_file(tmp_path / "file") == expected


def test_a_text_that_is_no_unicode_has_a_digest_too():
    assert sha256_of_text("\ud800") == sha256(b"?")
