"""Write a PDF object by object, and finally the table that locates them."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import BinaryIO

from isal import isal_zlib

from workbench.documents.model import PressFailed

MAX_OBJECTS = 8_388_607  # ISO 32000-1, annex C
# The entry of an object: its kind in one byte, an offset or number in five, an index in three.
_ROW = 9
_FREE, _PLAIN, _PACKED = range(3)
# Takes three tenths of the time of zlib's level 1, and the file is smaller.
_LEVEL = 1


class PdfWriter:
    """A PDF file that grows as objects are written; only the table of their offsets is kept in memory.

    The numbers below `reserved` are written by `finish`, so that earlier objects can refer to them.
    """

    def __init__(self, target: BinaryIO, reserved: int) -> None:
        self.target = target
        self.size = 0
        self.rows = bytearray(_row(_FREE, 0, 65535)) + bytearray(_ROW * (reserved - 1))
        self._write(b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n")

    @property
    def free(self) -> int:
        """Return the next free number. Raise PressFailed when a PDF can hold no more objects."""
        number = len(self.rows) // _ROW
        if number > MAX_OBJECTS:
            raise PressFailed("The packet is larger than one PDF can be; split it in two.")
        return number

    def put(self, *pieces: bytes | memoryview) -> int:
        """Write an object and return its number."""
        number = self.free
        self.rows += _row(_PLAIN, self.size, 0)
        self._write(b"%d 0 obj\n" % number, *pieces, b"\nendobj\n")
        return number

    def put_at(self, number: int, *pieces: bytes) -> None:
        """Write an object with a reserved number."""
        self._set(number, _row(_PLAIN, self.size, 0))
        self._write(b"%d 0 obj\n" % number, *pieces, b"\nendobj\n")

    def pack(self, numbering: bytes, text: bytes, count: int) -> None:
        """Write objects that take the next `count` numbers, compressed together.

        `numbering` has the number and the offset in `text` of each.
        """
        packed = self.free + count
        start = _row(_PACKED, packed, 0)[:-3]
        self.rows += start + start.join(_places(count))
        self.put(*_bundle(numbering, text, count))

    def finish(self, objects: Mapping[int, bytes], root: int, info: int, identity: bytes) -> int:
        """Write the reserved objects and the table, and return the size of the file."""
        offsets, offset = [], 0
        for data in objects.values():
            offsets.append(offset)
            offset += len(data) + 1
        numbering = b"".join(b"%d %d " % pair for pair in zip(objects, offsets, strict=True))
        packed = self.put(*_bundle(numbering, b"\n".join(objects.values()), len(objects)))
        for index, number in enumerate(objects):
            self._set(number, _row(_PACKED, packed, index))
        start, number = self.size, self.free
        self.rows += _row(_PLAIN, start, 0)
        rows = isal_zlib.compress(self.rows, _LEVEL)
        name = identity.hex().encode()
        entries = b"/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]/Filter/FlateDecode" % (root, info, name, name)
        head = b"%d 0 obj\n<</Type/XRef/Size %d/W[1 5 3]" % (number, number + 1)
        self._write(head, *stream(rows, entries), b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)
        return self.size

    def reserve(self, count: int = 1) -> int:
        """Reserve the next numbers for objects that `finish` writes; return the first."""
        first = self.free
        self.rows += bytes(_ROW * count)
        return first

    def _set(self, number: int, row: bytes) -> None:
        self.rows[number * _ROW : (number + 1) * _ROW] = row

    def _write(self, *pieces: bytes | memoryview) -> None:
        self.target.writelines(pieces)
        self.size += sum(map(len, pieces))


def stream(data: bytes, entries: bytes = b"") -> tuple[bytes, bytes, bytes]:
    """Return the rest of an object with data: its entries, the data, and the end."""
    return b"%b/Length %d>>\nstream\n" % (entries, len(data)), data, b"\nendstream"


def references(first: int, count: int) -> list[bytes]:
    """Return references to consecutive objects, all of one width."""
    return (b"%-7d 0 R|" * count % tuple(range(first, first + count))).split(b"|")[:-1]


def text_string(text: str) -> bytes:
    """Write a text string in any script."""
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        return b"(" + escaped.encode() + b")"
    return b"<feff" + text.encode("utf-16-be", "replace").hex().encode() + b">"


def _bundle(numbering: bytes, text: bytes, count: int) -> tuple[bytes, ...]:
    data = isal_zlib.compress(numbering + text, _LEVEL)
    head = b"<</Type/ObjStm/N %d/First %d" % (count, len(numbering))
    return head, *stream(data, b"/Filter/FlateDecode")


def _row(kind: int, location: int, index: int) -> bytes:
    return (kind << 64 | location << 24 | index).to_bytes(_ROW, "big")


def _places(count: int) -> Sequence[bytes]:
    """Return the indexes inside an object stream as the table has them; they are the same for every stream."""
    return _first((count - 1).bit_length())[:count]


@cache
def _first(bits: int) -> Sequence[bytes]:
    """Return the first 2**bits indexes. Each size is a tuple of its own: several threads write packets at once."""
    return tuple(index.to_bytes(3, "big") for index in range(1 << bits))
