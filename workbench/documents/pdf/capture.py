"""Build the fragment of a finished document before it is written: what differs from packet to packet becomes a slot."""

import re
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from workbench.documents.model import PressFailed
from workbench.documents.pdf.fragment import SLOT, STAMP, WIDTH, Placeholder, pack
from workbench.documents.pdf.objects import number_of

if TYPE_CHECKING:
    from pydyf import PDF

_TOKEN = re.compile(rb"\((?:\\.|[^\\()\xff])*\)|(?<![\w.])(\d+) 0 R(?![A-Za-z])|\xff(\d+)\xff", re.DOTALL)
_BARE = {"Type", "S", "K", "Pg", "P"}
_REDUNDANT = {"/Span", "/NonStruct"}
_FORM_FONT = re.compile(rb"/([^\s/]+) [\d.]+ Tf")


def build_fragment(pdf: "PDF") -> bytes:
    """Build the fragment of a finished document before it is written; called by WeasyPrint's finisher.

    Raise PressFailed for a document without tags.
    """
    if "StructTreeRoot" not in pdf.catalog:
        raise PressFailed("Only a tagged document can be part of a packet.")
    return _FragmentBuilder(pdf).pack()


def _placeholder(name: int) -> bytes:
    return b"\xff%d\xff" % name


def _unique_name(text: str) -> bytes:
    """Write a name that must be unique in the packet; it starts with the name of the part."""
    return b"(" + _placeholder(Placeholder.PART) + b"-" + quote(text, safe="").encode() + b")"


class _FragmentBuilder:
    """Build the fragment of one document: what each object becomes, and which slot refers to it."""

    def __init__(self, pdf: "PDF") -> None:
        self.pdf = pdf
        self.all: dict[int, Any] = {each.number: each for each in pdf.objects if each.free != "f"}
        self.pages: list[int] = pdf.pages["Kids"][::3]
        self.tree = self.all[number_of(pdf.catalog["StructTreeRoot"])]
        self.part = number_of(self.tree["K"][0])
        self.keys = self.all[number_of(self.tree["ParentTree"])]["Nums"]
        self.count_of_keys = max(self.keys[::2], default=-1) + 1
        self.form = pdf.catalog.get("AcroForm", {})
        self.roots = [ref for ref in self.form.get("Fields", ()) if "Parent" not in self.all[number_of(ref)]]
        self.fonts = {self._at(self._at(self.all[page]["Resources"])["Font"]).number for page in self.pages}
        self.folded = dict(self._redundant_tags())
        self.streams, self.plain = self._split_streams()
        self._assign_slots()

    def pack(self) -> bytes:
        """Return the fragment as bytes; text is compressed here, streams already are."""
        bodies = [self._body(self.all[each]) for each in self.streams]
        objects = [self._slot_text(self._object(each)) for each in self.plain]
        objects += [self._slot_text(self._addition(name)) for name in self.added]
        objects.append(self._slot_text(self._open_part()))
        offsets, offset = [], 0
        for text, _ in objects:
            offsets.append(offset)
            offset += len(text) + (WIDTH - 1) * text.count(SLOT) + 1
        return pack(
            self._metadata(bodies, len(objects)),
            (slot for _, slots in objects for slot in slots),
            (b"".join(b"%%d %d " % each for each in offsets), b"\n".join(text for text, _ in objects)),
            [data for _, _, data in bodies],
        )

    def _metadata(self, bodies: list[Any], count: int) -> dict[str, Any]:
        first_number = len(Placeholder) + len(self.streams)
        marks = {name: first_number + len(self.plain) + at for at, name in enumerate(self.added)}
        boxes = [self.all[page]["MediaBox"] for page in self.pages]
        return {
            "language": str(getattr(self.pdf.catalog.get("Lang"), "string", "")),
            "sizes": [[f"{box[2] - box[0]:.6g}", f"{box[3] - box[1]:.6g}"] for box in boxes],
            "bodies": [
                ["" if slots else blake2b(data, digest_size=16).hexdigest(), len(data), head.decode("latin-1"), slots]
                for head, slots, data in bodies
            ],
            "count": count,
            "keys": self.count_of_keys,
            "marks": marks | {"pages": self.place[self.pdf.pages.number], "first": self.place[self.pages[0]]},
            "outline": self._outline(),
            "fonts": self._form_fonts(),
            "needs_appearances": "NeedAppearances" in self.form,
        }

    def _at(self, reference: bytes) -> Any:
        return self.all[number_of(reference)]

    def _split_streams(self) -> tuple[list[int], list[int]]:
        """Return the streams and the other objects, without those that the packet writes itself."""
        catalog = self.pdf.catalog
        left_out = {catalog.number, self.tree.number, number_of(self.tree["ParentTree"]), self.part}
        left_out |= {number for number, item in self.all.items() if item == {"S": "/Artifact"}}
        left_out |= {
            number_of(catalog[name]) for name in ("Outlines", "Metadata") if name in catalog
        } | self.folded.keys()
        numbers = [number for number in self.all if number not in left_out]
        is_stream = {number: hasattr(self.all[number], "stream") for number in numbers}
        return [each for each in numbers if is_stream[each]], [each for each in numbers if not is_stream[each]]

    def _redundant_tags(self) -> Iterator[tuple[int, int]]:
        """Yield each element that adds nothing to its content, with the parent that takes the content over.

        The engine makes one for each run of characters and each box, two thirds of all objects. A packet is smaller
        without them and means the same.
        """
        for number, thing in self.all.items():
            if isinstance(thing, dict) and thing.get("S") in _REDUNDANT and thing.keys() == _BARE:
                above = number_of(thing["P"])
                if self.all[above].get("Pg") == thing["Pg"]:
                    yield number, above

    def _holder(self, number: int) -> int:
        """Return the element that takes the content of a folded one, or the number itself."""
        while number in self.folded:
            number = self.folded[number]
        return number

    def _children(self, element: Mapping[str, Any]) -> list[bytes]:
        """List the content of an element, with the content of folded elements in their place."""
        kids: list[bytes] = []
        for kid in element["K"]:
            if isinstance(kid, int):
                kids.append(b"%d" % kid)
            elif (number := number_of(kid)) in self.folded:
                kids += self._children(self.all[number])
            else:
                kids.append(kid)
        return kids

    def _assign_slots(self) -> None:
        """Assign a slot to each object, streams first, and decide which leaves are added."""
        order = [*self.streams, *self.plain]
        self.place = {number: at for at, number in enumerate(order, len(Placeholder))}
        names = ["tags"]
        names += (
            ["names"] * bool(self._destinations()) + ["ids"] * ("IDTree" in self.tree) + ["fields"] * bool(self.roots)
        )
        self.added = tuple(names)
        self.first_key = len(Placeholder) + len(order) + len(names) + 1
        self.place[self.part] = self.first_key - 1
        self.place[self.tree.number] = Placeholder.TREE
        if "Outlines" in self.pdf.catalog:
            self.place[number_of(self.pdf.catalog["Outlines"])] = Placeholder.BOOKMARK
        self.place |= {number: self.place[self._holder(number)] for number in self.folded}

    def _slot_text(self, data: bytes) -> tuple[bytes, list[int]]:
        """Return an object's text with a slot for each reference and placeholder, and what fills the slots."""
        slots: list[int] = []

        def slot(found: re.Match[bytes]) -> bytes:
            if found[1]:
                slots.append(self.place[int(found[1])])
            elif found[2]:
                slots.append(int(found[2]))
            else:
                return found[0]
            return SLOT

        return _TOKEN.sub(slot, data), slots

    def _key(self, key: int) -> bytes:
        return _placeholder(self.first_key + key)

    def _body(self, stream: Any) -> tuple[bytes, list[int], bytes]:
        """Return head, slots and data of a stream; data includes the head if it refers to nothing.

        The stream keeps its compressed bytes, so that writing the document does not compress them again.
        """
        data: bytes = stream.data
        head, _, content = data.partition(b"\nstream\n")
        if stream.compress:
            stream.stream, stream.compress = [content[: -len(b"\nendstream")]], False
            stream.extra = {**stream.extra, "Filter": "/FlateDecode"}
        text, slots = self._slot_text(head)
        return (text, slots, b"\nstream\n" + content) if slots else (b"", [], data)

    def _object(self, number: int) -> bytes:
        item = self.all[number]
        changes = dict(self._changes(number, item)) if isinstance(item, dict) else {}
        entries = {name: entry for name, entry in {**item, **changes}.items() if entry is not None} if changes else {}
        data: bytes = type(item)(entries).data if entries else item.data
        return data

    def _changes(self, number: int, thing: Mapping[str, Any]) -> Iterator[tuple[str, bytes | None]]:
        """Yield the entries of an object that differ from packet to packet; None removes one."""
        if number == self.pdf.pages.number:
            yield "Parent", _placeholder(Placeholder.PAGES)
        if thing.get("Type") == "/Page":
            key = _placeholder(self.first_key + self.count_of_keys + self.pages.index(number))
            yield "Contents", b"[" + _placeholder(Placeholder.OPENING) + b" " + thing["Contents"] + b" " + key + b"]"
        for name in ("StructParents", "StructParent"):
            if name in thing:
                yield name, self._key(thing[name])
        if thing.get("Type") == "/StructElem":
            kids = self._children(thing)
            yield "K", b"[" + b" ".join(kids) + b"]"
            yield "Type", None
            # Its page is the page of its content.
            if all(kid.endswith(b"R") for kid in kids):
                yield "Pg", None
        if number in self.fonts:
            yield STAMP, _placeholder(Placeholder.FONT)
        if self.roots and self.all[number].reference in self.roots:
            yield "Parent", _placeholder(self._addition_slot("fields"))
        yield from self._names(thing)

    def _names(self, thing: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
        """Yield the entries of an object with names that must be unique in the packet."""
        if "ID" in thing:
            yield "ID", _unique_name(thing["ID"].string)
        if "A" in thing and "Headers" in thing["A"]:
            names = b"[" + b" ".join(_unique_name(each.string) for each in thing["A"]["Headers"]) + b"]"
            yield "A", type(thing["A"])({**thing["A"], "Headers": names}).data
        if thing.get("Subtype") == "/Link" and hasattr(thing.get("Dest"), "string"):
            yield "Dest", _unique_name(thing["Dest"].string)

    def _addition_slot(self, name: str) -> int:
        return len(Placeholder) + len(self.streams) + len(self.plain) + self.added.index(name)

    def _addition(self, name: str) -> bytes:
        """Write the leaf that the packet adds to one of its trees."""
        if name == "fields":
            kids = b" ".join(self.roots)
            return b"<</T(" + _placeholder(Placeholder.PART) + b")/Kids[" + kids + b"]>>"
        if name == "tags":
            pairs = [(self._key(key), _data(value)) for key, value in _pairs(self.keys)]
            ends, word = (self._key(self.keys[0]), self._key(self.keys[-2])), b"Nums"
        else:
            found = self._destinations() if name == "names" else self.tree["IDTree"]["Names"]
            destinations = sorted((quote(text.string, safe=""), text.string, value) for text, value in _pairs(found))
            pairs = [(_unique_name(text), _data(value)) for _, text, value in destinations]
            ends, word = (pairs[0][0], pairs[-1][0]), b"Names"
        inner = b" ".join(b"%b %b" % pair for pair in pairs)
        return b"<</Limits[%b %b]/%b[%b]>>" % (*ends, word, inner)

    def _open_part(self) -> bytes:
        """Write the element with the document's tags; the packet adds its title and closes it."""
        kids = _data(self.all[self.part]["K"])
        language = _data(self.pdf.catalog["Lang"])
        return b"<</Type/StructElem/S/Part/P %b/Lang%b/K%b" % (_placeholder(Placeholder.TREE), language, kids)

    def _destinations(self) -> list[Any]:
        found: list[Any] = self.pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", [])
        return found

    def _outline(self) -> tuple[int, int, int] | None:
        if "Outlines" not in self.pdf.catalog:
            return None
        root = self._at(self.pdf.catalog["Outlines"])
        return self.place[number_of(root["First"])], self.place[number_of(root["Last"])], root["Count"]

    def _form_fonts(self) -> dict[str, int]:
        """Find the fonts of form fields."""
        texts = (item["DA"].string for item in self.all.values() if isinstance(item, dict) and "DA" in item)
        used = {name.decode() for text in texts for name in _FORM_FONT.findall(text)}
        available = [(name, ref) for fonts in sorted(self.fonts) for name, ref in self.all[fonts].items()]
        return {name: self.place[number_of(ref)] for name, ref in available if name in used}


def _data(thing: Any) -> bytes:
    return thing if isinstance(thing, bytes) else bytes(thing.data)


def _pairs(flat: list[Any]) -> Iterator[tuple[Any, Any]]:
    return zip(flat[::2], flat[1::2], strict=True)
