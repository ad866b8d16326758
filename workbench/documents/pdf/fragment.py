"""A printed document in relocatable form: built once, then placed in any packet without parsing.

A fragment is text with slots of equal width. Whatever differs from packet to packet (the number of an object, the key
of a page's tags, the name of the part) is a slot, so that placing a document only fills slots: no length and no offset
changes.
"""

import json
import struct
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Self, cast

from isal import isal_zlib

from workbench.documents.model import PressFailed

# "1234567 0 R": a PDF numbers at most 8,388,607 objects.
WIDTH = 11
SLOT = b"\xff"  # the engine writes objects in ASCII
STAMP = "Stamp"
_MAGIC = b"role-workbench fragment 1\n"
_HEAD = struct.Struct("<II")
# The type hints of the library expect an instance instead of the class.
_Unpackable = cast("type[Exception]", isal_zlib.error)
_BROKEN = "The stored parts of a document are damaged; print it again."


class Placeholder(IntEnum):
    """The first slots, which the packet fills for each part: references, and the name of the part."""

    PAGES = 0
    TREE = 1
    BOOKMARK = 2
    FONT = 3
    OPENING = 4
    PART = 5


@dataclass(frozen=True, slots=True)
class SlotText:
    """Text with slots; `slots` holds the index of the token for each slot."""

    text: bytes
    slots: Sequence[int]

    def fill(self, tokens: Sequence[bytes]) -> bytes:
        """Fill the slots with tokens. Raise ValueError when the text has more slots than `slots`."""
        pieces = self.text.split(SLOT)
        filled = [b""] * (2 * len(pieces) - 1)
        filled[::2] = pieces
        filled[1::2] = map(tokens.__getitem__, self.slots)
        return b"".join(filled)


@dataclass(frozen=True, slots=True)
class StreamObject:
    """A stream of the file. With a `digest` it refers to nothing, and is written once for all that have it."""

    digest: str
    head: SlotText | None
    data: memoryview


@dataclass(frozen=True, slots=True)
class Fragment:
    """One document: its streams, its other objects as one text, and the places that the packet needs.

    The tokens of the slots are, in this order: one for each `Placeholder`, a reference to each stream and then to each
    object, the `keys` of the tags, and a reference to the stamp of each page. The last object is the document's part of
    the tag tree and is left open. `numbering` has the number and offset of each object; `sizes` are width and height of
    each page in points; `marks` has the slots of the objects "pages", "first" (page), "tags", "ids", "names" and
    "fields"; `outline` the slots of the first and the last bookmark and their number; `fonts` the slots of the fonts of
    form fields; `needs_appearances` is true when readers have to draw their values.
    """

    language: str
    sizes: tuple[tuple[str, str], ...]
    bodies: tuple[StreamObject, ...]
    objects: SlotText
    count: int
    numbering: bytes
    keys: int
    marks: Mapping[str, int]
    outline: tuple[int, int, int] | None
    fonts: Mapping[str, int]
    needs_appearances: bool
    digest: bytes

    @property
    def pages(self) -> int:
        """Return the number of pages."""
        return len(self.sizes)

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Read what `build_fragment` returned. Raise PressFailed for anything else."""
        try:
            return cls._read(data)
        except (ValueError, KeyError, TypeError, IndexError, struct.error, _Unpackable) as error:
            raise PressFailed(_BROKEN) from error

    @classmethod
    def _read(cls, data: bytes) -> Self:
        start = len(_MAGIC) + _HEAD.size
        check, length = _HEAD.unpack_from(data, len(_MAGIC))
        if not data.startswith(_MAGIC) or isal_zlib.crc32(memoryview(data)[start:]) != check:
            raise ValueError
        text = isal_zlib.decompress(memoryview(data)[start : start + length])
        metadata_end = 4 + int.from_bytes(text[:4], "little")
        metadata = json.loads(text[4:metadata_end])
        slots = array("I")
        slots_end = metadata_end + slots.itemsize * metadata["slots"]
        slots.frombytes(text[metadata_end:slots_end])
        if sys.byteorder == "big":
            slots.byteswap()
        numbers_end = slots_end + metadata["numbering"]
        return cls(
            language=metadata["language"],
            sizes=tuple((width, height) for width, height in metadata["sizes"]),
            bodies=tuple(_bodies(metadata["bodies"], memoryview(data)[start + length :])),
            objects=SlotText(text[numbers_end:], slots),
            count=metadata["count"],
            numbering=text[slots_end:numbers_end],
            keys=metadata["keys"],
            marks=metadata["marks"],
            outline=tuple(metadata["outline"]) if metadata["outline"] else None,
            fonts=metadata["fonts"],
            needs_appearances=metadata["needs_appearances"],
            digest=data[len(_MAGIC) : start],
        )


def _bodies(entries: list[list[Any]], data: memoryview) -> Iterator[StreamObject]:
    at = 0
    for digest, length, head, slots in entries:
        yield StreamObject(digest, SlotText(head.encode("latin-1"), slots) if slots else None, data[at : at + length])
        at += length
    if at != len(data):
        raise ValueError


def pack(metadata: dict[str, Any], slots: Iterable[int], texts: Sequence[bytes], streams: Sequence[bytes]) -> bytes:
    """Return the bytes that `Fragment.read` reads; `texts` are the joined numbering and the joined objects."""
    numbers = array("I", slots)
    numbering, objects = texts
    metadata = metadata | {"slots": len(numbers), "numbering": len(numbering)}
    encoded = json.dumps(metadata, ensure_ascii=False, separators=(",", ":")).encode()
    if sys.byteorder == "big":
        numbers.byteswap()
    text = zlib.compress(
        b"".join((len(encoded).to_bytes(4, "little"), encoded, numbers.tobytes(), numbering, objects)), 6
    )
    body = b"".join((text, *streams))
    return _MAGIC + _HEAD.pack(isal_zlib.crc32(body), len(text)) + body
