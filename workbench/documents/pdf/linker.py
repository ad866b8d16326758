"""Link printed documents into one packet without laying them out again; tags, fields, bookmarks and links are kept."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
from typing import BinaryIO
from xml.sax.saxutils import escape

from workbench.documents.model import PressFailed
from workbench.documents.pdf.fragment import STAMP, WIDTH, Fragment, Placeholder, StreamObject
from workbench.documents.pdf.stamps import OBJECTS, Stamps
from workbench.documents.pdf.writer import PdfWriter, references, stream, text_string

_CATALOG, _PAGES, _TAGS, _TREE, _META, _INFO, _OUTLINE, _OPENING, _FONT = range(1, 10)
_LEAVES = ("tags", "ids", "names", "fields")
_BLANK = b" " * WIDTH
_NULL = b"null".ljust(WIDTH)
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdf:Producer="Role Workbench" pdfuaid:part="1">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
StampText = Callable[[int, int], str]


@dataclass(frozen=True, slots=True)
class LinkSource:
    """One document of a packet: its group and label in the bookmarks, its pages, and how to read its fragment.

    A document without a group has a bookmark of its own. A `right_hand` one starts on a new sheet when the packet is
    printed on both sides. The pages of a `large` one have larger stamps.
    """

    group: str
    label: str
    pages: int
    read: Callable[[], bytes]
    right_hand: bool = False
    large: bool = False


@dataclass(frozen=True, slots=True)
class LinkResult:
    """A written packet: its pages, including blank ones, and its size in bytes."""

    pages: int
    size: int


def first_pages(parts: Sequence[LinkSource]) -> tuple[int, ...]:
    """Return the first page of each part, from 1, and finally the number of pages."""
    found, page = [], 0
    for part in parts:
        page += part.right_hand and page % 2
        found.append(page + 1)
        page += part.pages
    return (*found, page)


def link(
    parts: Sequence[LinkSource], title: str, language: str, target: BinaryIO, stamp: StampText | None = None
) -> LinkResult:
    """Write a packet, part by part; each part is read only when it is written.

    `stamp` returns the footer of a page from its number and the number of pages. Equal parts give equal bytes. Raise
    PressFailed for a packet without parts, and for a fragment that is damaged or has another number of pages than its
    source; the output is then incomplete.
    """
    if not parts:
        raise PressFailed("There is nothing to put into the packet.")
    return _PacketWriter(parts, title, language, stamp, target).write()


@dataclass(frozen=True, slots=True)
class _LinkedPart:
    """What the trees of the packet need of a written part; `at` holds the numbers of its objects."""

    group: str
    label: str
    tag: int
    at: dict[str, int]
    height: str
    outline: tuple[int, int, int] | None


class _PacketWriter:
    """Write one packet."""

    def __init__(
        self, parts: Sequence[LinkSource], title: str, language: str, stamp: StampText | None, target: BinaryIO
    ) -> None:
        self.parts, self.title, self.language, self.stamp = parts, title, language, stamp
        *self.starts, self.pages = first_pages(parts)
        self.stamps = Stamps() if stamp else None
        self.bookmark = _OPENING + (1 + OBJECTS if stamp else 0)
        self.output = PdfWriter(target, self.bookmark + len(parts))
        self.shared: dict[str, int] = {}
        self.kids: list[int] = []
        self.linked: list[_LinkedPart] = []
        self.fonts: dict[str, bytes] = {}
        self.needs_appearances = False
        self.page = self.key = 0
        self.identity = blake2b(repr((title, language, bool(stamp))).encode(), digest_size=16)

    def write(self) -> LinkResult:
        """Write the parts, then the trees that join them."""
        for number, part in enumerate(self.parts):
            fragment = Fragment.read(part.read())
            if fragment.pages != part.pages:
                raise PressFailed(f"“{part.label}” has {fragment.pages} pages and not {part.pages}; print it again.")
            if self.starts[number] > self.page + 1:
                self._add_blank_page(*fragment.sizes[0], large=part.large)
            self._place(number, part, fragment)
        return LinkResult(self.pages, self._finish())

    def _place(self, number: int, part: LinkSource, fragment: Fragment) -> None:
        """Write one document: its streams, the stamps of its pages, and its other objects."""
        self.identity.update(repr((part.group, part.label, part.right_hand, part.large)).encode() + fragment.digest)
        streams, new_streams = self._numbers(fragment.bodies)
        stamped = self.output.free + len(new_streams)
        first = stamped + (fragment.pages if self.stamps else 0)
        tokens = [*self._placeholder_tokens(number), *map(_reference, streams), *references(first, fragment.count)]
        tokens += _keys(self.key, fragment.keys)
        tokens += references(stamped, fragment.pages) if self.stamps else [_BLANK] * fragment.pages
        for body in new_streams:
            self.output.put(*([body.head.fill(tokens)] if body.head else ()), body.data)
        for width, _ in fragment.sizes:
            self._stamp(width, large=part.large)
        text = b"%b/T%b>>" % (fragment.objects.fill(tokens), text_string(part.label))
        self.output.pack(fragment.numbering % tuple(range(first, first + fragment.count)), text, fragment.count)
        self._remember(part, fragment, tokens, first - len(Placeholder) - len(streams))

    def _remember(self, part: LinkSource, fragment: Fragment, tokens: list[bytes], shift: int) -> None:
        """Store what the trees need; `shift` is the difference between a slot and the number of its object."""
        at = {name: slot + shift for name, slot in fragment.marks.items()}
        ends = fragment.outline and (fragment.outline[0] + shift, fragment.outline[1] + shift, fragment.outline[2])
        tag = len(Placeholder) + len(fragment.bodies) + fragment.count - 1 + shift
        self.linked.append(_LinkedPart(part.group, part.label, tag, at, fragment.sizes[0][1], ends))
        self.kids.append(at["pages"])
        self.fonts = {name: tokens[slot] for name, slot in fragment.fonts.items()} | self.fonts
        self.needs_appearances |= fragment.needs_appearances
        self.key += fragment.keys

    def _placeholder_tokens(self, number: int) -> list[bytes]:
        """Return the tokens of `Placeholder`, in its order."""
        font, opening = (_reference(_FONT), _reference(_OPENING)) if self.stamps else (_NULL, _BLANK)
        prefix = b"%0*d" % (WIDTH, number + 1)
        return [_reference(_PAGES), _reference(_TREE), _reference(self.bookmark + number), font, opening, prefix]

    def _numbers(self, bodies: Sequence[StreamObject]) -> tuple[list[int], list[StreamObject]]:
        """Return the number of each stream, and the streams that are not in the file yet."""
        numbers: list[int] = []
        new_objects: list[StreamObject] = []
        for body in bodies:
            number = self.shared.get(body.digest)
            if number is None:
                number = self.output.free + len(new_objects)
                new_objects.append(body)
                if body.digest:
                    self.shared[body.digest] = number
            numbers.append(number)
        return numbers, new_objects

    def _add_blank_page(self, width: str, height: str, *, large: bool) -> None:
        """Add an empty page, so that the next one is a right-hand page."""
        contents = ""
        if self.stamps:
            stamp = self.output.free
            self._stamp(width, large=large)
            contents = f"/Contents[{_OPENING} 0 R {stamp} 0 R]/Resources<</Font<</{STAMP} {_FONT} 0 R>>>>"
        else:
            self.page += 1
            contents = "/Resources<<>>"
        page = f"<</Type/Page/Parent {_PAGES} 0 R/MediaBox[0 0 {width} {height}]{contents}/Tabs/S>>"
        self.kids.append(self.output.put(page.encode()))

    def _stamp(self, width: str, *, large: bool) -> None:
        """Write the stamp of the next page, if pages are stamped, and count the page."""
        self.page += 1
        if self.stamps and self.stamp:
            words = self.stamp(self.page, self.pages)
            self.identity.update(words.encode())
            self.output.put(b"<<", *stream(self.stamps.draw(words, width, large=large)))

    def _finish(self) -> int:
        """Write the trees that join the parts, and return the size of the file."""
        output = self.output
        if self.stamps:
            output.put_at(_OPENING, b"<<", *stream(b"q"))
            for number, (entries, data) in enumerate(self.stamps.objects(_FONT), _FONT):
                output.put_at(number, *((b"<<", *stream(data, entries)) if data else (entries,)))
        output.put_at(_META, b"<</Type/Metadata/Subtype/XML", *stream(_xmp_metadata(self.title, self.language)))
        leaves = {name: [each.at[name] for each in self.linked if name in each.at] for name in _LEAVES}
        parts = _list(each.tag for each in self.linked)
        title = text_string(self.title)
        objects = {
            _CATALOG: self._catalog(leaves),
            _PAGES: b"<</Type/Pages/Count %d/Kids%b>>" % (self.pages, _list(self.kids)),
            _TAGS: b"<</Type/StructTreeRoot/K[%d 0 R]/ParentTree<</Kids%b>>/ParentTreeNextKey %d%b>>"
            % (_TREE, _list(leaves["tags"]), self.key, _tree(b"IDTree", leaves["ids"])),
            _TREE: b"<</Type/StructElem/S/Document/P %d 0 R/K%b>>" % (_TAGS, parts),
            _INFO: b"<</Title%b/Producer(Role Workbench)>>" % title,
            **self._bookmarks(),
        }
        return output.finish(objects, _CATALOG, _INFO, self.identity.digest())

    def _catalog(self, leaves: dict[str, list[int]]) -> bytes:
        names = _tree(b"Dests", leaves["names"])
        form = b""
        if leaves["fields"]:
            fonts = b"".join(b"/%b %b" % (name.encode(), font) for name, font in self.fonts.items())
            draw = b"/NeedAppearances true" if self.needs_appearances else b""
            form = b"/AcroForm<</Fields%b%b/DR<</Font<<%b>>>>>>" % (_list(leaves["fields"]), draw, fonts)
        return b"".join((
            b"<</Type/Catalog/Pages %d 0 R/Outlines %d 0 R/PageMode/UseOutlines" % (_PAGES, _OUTLINE),
            b"/StructTreeRoot %d 0 R/MarkInfo<</Marked true>>/Lang%b" % (_TAGS, text_string(self.language)),
            b"/ViewerPreferences<</DisplayDocTitle true>>/Metadata %d 0 R" % _META,
            b"/Names<<%b>>" % names if names else b"",
            form,
            b">>",
        ))  # fmt: skip

    def _bookmarks(self) -> dict[int, bytes]:
        """Write the bookmarks of groups and documents, above those inside the documents."""
        found: dict[int, bytes] = {}
        top: list[_Bookmark] = []
        numbered = enumerate(self.linked, self.bookmark)
        for group, members in groupby(numbered, lambda member: member[1].group):
            documents = [_Bookmark(number, each.label, each, each.outline) for number, each in members]
            if group:
                number = self.output.reserve()
                ends = (documents[0].number, documents[-1].number, len(documents))
                found |= _siblings(documents, number)
                top.append(_Bookmark(number, group, documents[0].linked, ends))
            else:
                top += documents
        found |= _siblings(top, _OUTLINE)
        ends = (top[0].number, top[-1].number, len(top))
        return found | {_OUTLINE: b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % ends}


@dataclass(frozen=True, slots=True)
class _Bookmark:
    """One bookmark: its number, text, target, and the first, last and number of those below it."""

    number: int
    words: str
    linked: _LinkedPart
    below: tuple[int, int, int] | None


def _siblings(bookmarks: list[_Bookmark], above: int) -> Iterator[tuple[int, bytes]]:
    """Yield the bookmarks of one level, each closed."""
    for index, each in enumerate(bookmarks):
        links = [b"/Parent %d 0 R" % above]
        links += [b"/Prev %d 0 R" % bookmarks[index - 1].number] if index else []
        links += [b"/Next %d 0 R" % bookmarks[index + 1].number] if index + 1 < len(bookmarks) else []
        links += [b"/First %d 0 R/Last %d 0 R/Count -%d" % each.below] if each.below else []
        destination = b"/Dest[%d 0 R/XYZ 0 %b 0]" % (each.linked.at["first"], each.linked.height.encode())
        yield each.number, b"<</Title%b%b%b>>" % (text_string(each.words), destination, b"".join(links))


def _reference(number: int) -> bytes:
    return b"%-7d 0 R" % number


def _keys(first: int, count: int) -> list[bytes]:
    return [b"%-*d" % (WIDTH, key) for key in range(first, first + count)]


def _list(numbers: Iterable[int]) -> bytes:
    return b"[%b]" % b" ".join(b"%d 0 R" % number for number in numbers)


def _tree(name: bytes, leaves: list[int]) -> bytes:
    """Write a tree with the leaves of all parts, or nothing if there are none."""
    return b"/%b<</Kids%b>>" % (name, _list(leaves)) if leaves else b""


def _xmp_metadata(title: str, language: str) -> bytes:
    """Write title, language and standard as XMP (ISO 14289-1, 5)."""
    return _XMP.format(title=escape(title), language=escape(language)).encode()
