"""A text file is read in every encoding of Unicode that a program saves it in."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from workbench.core.shape import InvalidData, read_toml
from workbench.core.text.encodings import decode_text, find_encoding

TEXT = 'title = "Verkäufer für Löhne"\n'
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")


@dataclass(frozen=True, slots=True)
class Page:
    title: str


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_text_is_decoded_from_each_encoding_of_unicode_without_its_mark(encoding: str):
    assert decode_text(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_file_is_read_in_each_encoding_of_unicode(tmp_path: Path, encoding: str):
    file = tmp_path / "page.toml"
    file.write_bytes(TEXT.encode(encoding))
    assert read_toml(Page, file).title == "Verkäufer für Löhne"


def test_a_text_in_another_encoding_is_not_guessed(tmp_path: Path):
    file = tmp_path / "page.toml"
    file.write_bytes(TEXT.encode("cp1252"))
    with pytest.raises(InvalidData, match="not UTF-8"):
        read_toml(Page, file)
    assert find_encoding(TEXT.encode("cp1252"), "cp1252") == "cp1252"


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"\xef\xbb\xbf", b"a"])
def test_a_file_without_text_is_an_empty_text(data: bytes):
    assert decode_text(data) in ("", "a")
