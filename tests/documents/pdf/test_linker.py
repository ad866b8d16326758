"""The linker: a packet says, shows and does what its documents say, show and do alone."""

import hashlib
import io
import os
import re
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path

import pdfua
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents import pdfs
from tests.support.make import SAMPLE, document, form_document
from workbench.documents.model import Paper, PressFailed, PrintedPdf
from workbench.documents.pdf.linker import LinkResult, LinkSource, first_pages, link
from workbench.documents.pdf.stamps import Stamps
from workbench.documents.press.press import press

ROOT = Path(__file__).resolve().parents[3]
KINDS = ("short", "form", "long", "letter")
LINKS = """
import hashlib, io, sys
from pathlib import Path
from workbench.documents.pdf.linker import LinkSource, link
parts = [LinkSource("Role", file.stem, int(file.stem), file.read_bytes, True) for file in sorted(Path(sys.argv[1]).iterdir())]
target = io.BytesIO()
link(parts, "Łódź", "en", target, lambda page, pages: f"page {page} of {pages}")
print(hashlib.sha256(target.getvalue()).hexdigest())
"""


@cache
def printed(kind: str) -> PrintedPdf:
    """Print the documents that the packets of this file are linked from: each once."""
    if kind == "short":
        return press(document("Some words."), Paper.A4, folder=SAMPLE)
    if kind == "form":
        return press(
            form_document("Words. " * 300, "Łódź. " * 200, "Three.", title="Form Łódź"), Paper.A4, folder=SAMPLE
        )
    if kind == "long":
        return press(document(*["Many words. " * 150] * 4, draft=True, title="Long (one)"), Paper.A4, folder=SAMPLE)
    return press(form_document("Other words.", "More.", title="A letter"), Paper.LETTER, folder=SAMPLE)


def part(kind: str, group: str = "Role", label: str = "", *, right_hand: bool = False) -> LinkSource:
    pressed = printed(kind)
    return LinkSource(group, label or f"The {kind}", pressed.pages, lambda: pressed.fragment, right_hand)


def linked(*parts: LinkSource, stamp: Callable[[int, int], str] | None = None, title: str = "A packet") -> bytes:
    target = io.BytesIO()
    result = link(parts, title, "en", target, stamp)
    assert result == LinkResult(first_pages(parts)[-1], len(target.getvalue()))
    return target.getvalue()


def stamped(page: int, pages: int) -> str:
    return f"Packet 7 of 40 \u2013 page {page} of {pages}"


@pytest.fixture(scope="module")
def four() -> bytes:
    return linked(*(part(kind) for kind in KINDS))


@pytest.mark.slow("prints and links a whole packet")
def test_qpdf_finds_nothing_wrong_with_a_packet(four: bytes):
    for packet in (four, linked(part("form"), part("form", right_hand=True), stamp=stamped)):
        assert pdfs.faults(packet) == []
    assert pdfs.faults(four.replace(b"/Length ", b"/Length 1", 1)) != []


def test_each_page_looks_as_it_does_alone(four: bytes):
    assert pdfs.pictures(four) == [page for kind in KINDS for page in pdfs.pictures(printed(kind).pdf)]


@pytest.mark.slow("prints and links a whole packet")
def test_each_page_says_what_it_says_alone(four: bytes):
    assert pdfs.words(four) == [page for kind in KINDS for page in pdfs.words(printed(kind).pdf)]


def test_a_stamp_stands_below_all_else_and_changes_nothing_above():
    packet = linked(*(part(kind) for kind in KINDS), stamp=stamped)
    alone = [page for kind in KINDS for page in pdfs.pictures(printed(kind).pdf, 0.96)]
    assert pdfs.pictures(packet, 0.96) == alone
    pages = pdfs.words(packet)
    for at, page in enumerate(pages, 1):
        assert f"Packet 7 of 40 \u2013 page {at} of {len(pages)}" in page


def test_a_stamp_is_no_part_of_the_text_and_brings_its_font():
    packet = linked(part("short"), stamp=lambda *_: "Łódź 中")
    assert "Łódź [U+4E2D]" in pdfs.words(packet)[0]
    with pdfs.opened(packet) as pdf:
        content = pikepdf.parse_content_stream(pdf.pages[0])
        kinds = [str(operands[0]) for operands, operator in content if str(operator) == "BDC"]
        assert kinds[-1] == "/Artifact"
        depth = [str(operator) for _, operator in content]
        assert depth.count("q") == depth.count("Q")
        for font in pdf.pages[0].Resources.Font.values():
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


@pytest.mark.parametrize(("large", "usual"), [(False, "8"), (True, "12")])
def test_a_stamp_that_is_too_long_for_the_page_is_set_smaller_and_stays_on_it(large: bool, usual: str):
    def position_of(words: str) -> tuple[Decimal, Decimal]:
        found = re.search(
            r"/Stamp (\S+) Tf .* 1 0 0 1 (\S+) 18 Tm", Stamps().draw(words, "595.28", large=large).decode()
        )
        assert found is not None
        return Decimal(found[1]), Decimal(found[2])

    assert position_of("page 1 of 2")[0] == Decimal(usual)
    size, left = position_of(f"{'W' * 120} \u00b7 page 1 of 2")
    assert size < Decimal(usual)
    assert 18 <= left < 20  # in the middle, so it ends as far from the other edge


@pytest.mark.parametrize("stamp", [None, stamped])
def test_every_piece_of_text_is_tagged_in_the_part_of_its_document(stamp: Callable[[int, int], str] | None):
    parts = [part(kind, label=f"{kind} {at}") for at, kind in enumerate((*KINDS, "form"))]
    with pdfs.opened(linked(*parts, stamp=stamp)) as pdf:
        tree = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        owners = [each.label for each in parts for _ in range(each.pages)]
        for page, owner in zip(pdf.pages, owners, strict=True):
            parents = tree[int(page.StructParents)]
            pieces = list(pdfs.marked(page))
            assert pieces
            for piece in pieces:
                assert label_above(parents[piece]) == owner
            for annotation in page.get("/Annots", []):
                assert label_above(tree[int(annotation.StructParent)]) == owner
        assert int(pdf.Root.StructTreeRoot.ParentTreeNextKey) == max(tree) + 1


def label_above(element: pikepdf.Object) -> str:
    while pikepdf.Name.Part != element.S:
        element = element.P
    return str(element.T)


def test_the_tags_of_a_part_are_those_of_its_document():
    with pdfs.opened(linked(*(part(kind) for kind in KINDS))) as pdf:
        top = pdf.Root.StructTreeRoot.K[0]
        assert pikepdf.Name.Document == top.S
        for kind, element in zip(KINDS, top.K, strict=True):
            with pdfs.opened(printed(kind).pdf) as alone:
                assert pdfs.shape(element)[1:] == pdfs.shape(alone.Root.StructTreeRoot.K[0])[1:]
            assert str(element.Lang) == "en"
            assert top == element.P


def test_names_of_cells_stay_unique_and_are_found():
    with pdfs.opened(linked(part("form"), part("form"), part("short"))) as pdf:
        elements = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/ID" in thing]
        listed = pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)
        assert {bytes(each.ID) for each in elements} == {name.encode() for name in listed}
        assert len(elements) == len(listed)
        cells = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/A" in thing]
        heads = [str(name) for cell in cells for name in cell.A.get("/Headers", [])]
        assert heads
        assert all(name in listed for name in heads)


def test_bookmarks_lead_from_group_to_document_to_heading():
    parts = [part("short", "", "Cover"), part("form", "Role (Ä)"), part("long", "Role (Ä)"), part("short", "Role B")]
    first = first_pages(parts)
    form, long = ([(4, h.text, h.page, h.level) for h in printed(kind).headings] for kind in ("form", "long"))
    expected = [(1, "Cover", 1), *((1 + h.level, h.text, h.page) for h in printed("short").headings)]
    expected += [(1, "Role (Ä)", first[1]), (2, "The form", first[1])]
    expected += [(2 + level, text, first[1] + page - 1) for _, text, page, level in form]
    expected += [(2, "The long", first[2])]
    expected += [(2 + level, text, first[2] + page - 1) for _, text, page, level in long]
    expected += [(1, "Role B", first[3]), (2, "The short", first[3])]
    expected += [(2 + h.level, h.text, first[3] + h.page - 1) for h in printed("short").headings]
    with pdfs.opened(linked(*parts)) as pdf:
        assert pdfs.bookmarks(pdf) == expected


def test_links_lead_to_the_same_places_within_their_document():
    parts = [part("short"), part("form"), part("form", right_hand=True), part("letter")]
    expected = []
    for first, each in zip(first_pages(parts), ("short", "form", "form", "letter"), strict=False):
        with pdfs.opened(printed(each).pdf) as alone:
            for page, place in pdfs.links(alone):
                at, is_inner, spot = place.partition(": ")
                expected.append((page + first - 1, f"{int(at) + first - 1}: {spot}" if is_inner else place))
    with pdfs.opened(linked(*parts)) as pdf:
        assert pdfs.links(pdf) == expected
        assert len(expected) == 9


def test_fields_keep_their_order_and_values_and_get_names_of_their_own():
    kinds = ("form", "short", "form", "letter")
    alone = []
    for kind in kinds:
        with pdfs.opened(printed(kind).pdf) as pdf:
            alone += [[field[:2] for field in pdfs.fields(page)] for page in pdf.pages]
    with pdfs.opened(linked(*map(part, kinds))) as pdf:
        found = [pdfs.fields(page) for page in pdf.pages]
        assert [[field[:2] for field in page] for page in found] == alone
        names = [field[2] for page in found for field in page]
        assert len(names) == len(set(names)) == (7 + 9) + (7 + 9) + (5 + 6)
        form = pdf.Root.AcroForm
        assert [len(each.Kids) for each in form.Fields] == [7 + 1, 7 + 1, 5 + 1]
        assert all(page.Tabs == pikepdf.Name.S for page in pdf.pages)
        wanted = {str(field.DA).split()[-3] for each in form.Fields for field in each.Kids if "/DA" in field}
        assert wanted <= set(form.DR.Font.keys())


def test_the_same_bytes_are_in_the_file_once():
    with pdfs.opened(linked(part("form"), part("short"), part("form"))) as pdf:
        streams = [each.read_raw_bytes() for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        shared = [each for each in streams if streams.count(each) > 1]
        assert len(pdf.pages) == 2 * printed("form").pages + 1
    # only the ticks of the boxes and the words of a field are there twice: each is drawn with the fonts of its own copy
    assert [each for each in shared if len(each) >= 100 and b"/Tx BMC" not in each] == []


def test_a_right_hand_part_starts_on_an_odd_page():
    parts = [part("short"), part("form", right_hand=True), part("letter"), part("short", right_hand=True)]
    packet = linked(*parts, stamp=stamped)
    first = first_pages(parts)
    assert all(page % 2 for page, each in zip(first, parts, strict=False) if each.right_hand)
    pages = pdfs.words(packet)
    assert pages[1].strip() == f"Packet 7 of 40 \u2013 page 2 of {first[-1]}"
    assert "Form Łódź" in pages[first[1] - 1]
    assert not pdfs.words(linked(*parts))[1].strip()


def test_a_packet_tells_its_title_language_and_standard():
    with pdfs.opened(linked(part("short"), title="Łódź & <Co>")) as pdf:
        assert str(pdf.docinfo.Title) == "Łódź & <Co>"
        assert pdf.open_metadata()["dc:title"] == "Łódź & <Co>"
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        assert str(pdf.Root.Lang) == "en"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_a_checker_of_accessible_pdfs_finds_nothing(tmp_path: Path):
    file = tmp_path / "packet.pdf"
    file.write_bytes(linked(*(part(kind, right_hand=True) for kind in KINDS), stamp=stamped))
    assert [str(finding) for finding in pdfua.validate(file).findings] == []


def test_the_same_parts_give_the_same_bytes_in_every_process(tmp_path: Path):
    for kind in ("form", "short"):
        tmp_path.joinpath(str(printed(kind).pages)).write_bytes(printed(kind).fragment)
    seen = set()
    for seed in ("0", "4242"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", LINKS, str(tmp_path)]
        seen.add(subprocess.run(command, env=environment, capture_output=True, check=True, text=True).stdout)
    assert len(seen) == 1


def test_another_stamp_title_or_order_gives_another_identity():
    packets = [
        linked(part("short"), part("letter")),
        linked(part("letter"), part("short")),
        linked(part("short"), part("letter"), title="Other"),
        linked(part("short"), part("letter"), stamp=stamped),
    ]
    identities = set()
    for packet in packets:
        with pdfs.opened(packet) as pdf:
            identities.add(bytes(pdf.trailer.ID[0]))
    assert len(identities) == 4


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(["", "A", "Ż"]), st.booleans()), min_size=1, max_size=7),
    st.booleans(),
)
def test_any_documents_in_any_order_make_a_sound_packet(wanted: list[tuple[str, str, bool]], is_stamped: bool):
    parts = [part(kind, group, right_hand=right) for kind, group, right in wanted]
    packet = linked(*parts, stamp=stamped if is_stamped else None)
    pages = pdfs.words(packet)
    for first, (kind, _, _) in zip(first_pages(parts), wanted, strict=False):
        for at, words in enumerate(pdfs.words(printed(kind).pdf)):
            assert pages[first - 1 + at].startswith(words)
    with pdfs.opened(packet) as pdf:
        assert pdf.check_pdf_syntax() == []
        tree = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        for page in pdf.pages:
            assert all(tree[int(page.StructParents)][piece] is not None for piece in pdfs.marked(page))
        names = [field[2] for page in pdf.pages for field in pdfs.fields(page)]
        assert len(names) == len(set(names))
        assert len(pdfs.bookmarks(pdf)) >= len(parts)


def test_memory_does_not_grow_with_the_packet(tmp_path: Path):
    files = []
    for kind in KINDS:
        file = tmp_path / kind
        file.write_bytes(printed(kind).fragment)
        files.append((file, printed(kind).pages))

    def peak(count: int) -> int:
        parts = [LinkSource("Role", f"Copy {at}", files[at % 4][1], files[at % 4][0].read_bytes) for at in range(count)]
        with (tmp_path / "packet.pdf").open("wb") as target:
            tracemalloc.start()
            link(parts, "Packet", "en", target, stamped)
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return peak

    peak(4)
    assert peak(400) - peak(40) < 360 * 4096  # the table of places and the bookmarks: under 4 kB a document


@pytest.mark.parametrize(
    "harm", [lambda data: data[:-1], lambda data: data[:40], lambda _: b"", lambda _: b"%PDF" * 99]
)
def test_a_damaged_fragment_is_told_in_a_sentence(harm: Callable[[bytes], bytes]):
    broken = harm(printed("short").fragment)
    with pytest.raises(PressFailed, match="damaged"):
        link([LinkSource("", "Broken", 1, lambda: broken)], "A packet", "en", io.BytesIO())


@pytest.mark.parametrize("at", [3, 27, 31, 40, 400, -1])
def test_one_changed_byte_is_found(at: int):
    data = bytearray(printed("short").fragment)
    data[at] ^= 1
    with pytest.raises(PressFailed, match="damaged"):
        link([LinkSource("", "Broken", 1, lambda: bytes(data))], "A packet", "en", io.BytesIO())


def test_a_document_with_other_pages_than_were_said_is_refused():
    with pytest.raises(PressFailed, match=r"“Kit” has 1 pages and not 2"):
        link([LinkSource("", "Kit", 2, lambda: printed("short").fragment)], "A packet", "en", io.BytesIO())


def test_a_packet_without_parts_is_refused():
    with pytest.raises(PressFailed, match="nothing"):
        link([], "A packet", "en", io.BytesIO())


def test_a_fragment_is_the_same_for_the_same_value_and_leaves_the_pdf_as_it_was():
    again = press(document("Some words."), Paper.A4, folder=SAMPLE)
    assert hashlib.sha256(again.fragment).digest() == hashlib.sha256(printed("short").fragment).digest()
    assert again.pdf == printed("short").pdf
