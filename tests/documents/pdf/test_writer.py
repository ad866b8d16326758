"""The writing of a PDF: numbers, places and texts are what a reader finds again."""

import io
import sys
import threading

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.documents.model import PressFailed
from workbench.documents.pdf import writer as output
from workbench.documents.pdf.writer import PdfWriter, references, stream, text_string


def written(*titles: str) -> bytes:
    """Write a file that holds nothing but titles."""
    target = io.BytesIO()
    file = PdfWriter(target, 4)
    numbers = [file.put(b"<</Title", text_string(title), b">>") for title in titles]
    packed = file.free
    file.pack(b"%d 0 %d 5 " % (packed, packed + 1), b"(a)  (b)", 2)
    stream_number = file.put(b"<<", *stream(b"data"))
    last = file.reserve()
    kids = b" ".join(b"%d 0 R" % number for number in (*numbers, packed, packed + 1, stream_number, last))
    objects = {1: b"<</Type/Catalog/Pages 2 0 R/Held[%b]>>" % kids, 2: b"<</Type/Pages/Kids[]/Count 0>>", last: b"(c)"}
    size = file.finish({**objects, 3: b"<</Title(x)>>"}, 1, 3, b"name")
    assert size == len(target.getvalue())
    return target.getvalue()


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=3))
def test_every_object_is_found_and_every_title_read(titles: list[str]):
    with pikepdf.open(io.BytesIO(written(*titles))) as pdf:
        *found, one, two, stream_number, three = pdf.Root.Held
        assert [str(each.Title) for each in found] == titles
        assert (str(one), str(two), str(three)) == ("a", "b", "c")
        assert stream_number.read_bytes() == b"data"
        assert pdf.check_pdf_syntax() == []


def test_references_are_all_of_one_width():
    targets = references(9_998, 4)
    assert [each.split() for each in targets] == [[b"%d" % n, b"0", b"R"] for n in range(9_998, 10_002)]
    assert {len(each) for each in targets} == {11}
    assert references(1, 0) == []


def test_a_packet_of_more_objects_than_a_pdf_may_have_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(output, "MAX_OBJECTS", 20)
    file = PdfWriter(io.BytesIO(), 4)
    with pytest.raises(PressFailed, match="split it in two"):
        for _ in range(30):
            file.put(b"null")


def test_threads_that_write_at_one_time_do_not_mix_up_each_others_places():
    bundles, start, before = (
        [range(1, 20_000 + more) for more in range(4)],
        threading.Barrier(4),
        sys.getswitchinterval(),
    )
    wrong = []

    def write(bundle: range) -> None:
        file = PdfWriter(io.BytesIO(), 1)
        start.wait()
        file.pack(b"", b"", len(bundle))
        rows = [bytes(file.rows[at : at + 9]) for at in range(9, 9 * len(bundle) + 9, 9)]
        wrong.extend(at for at, row in enumerate(rows) if row[6:] != at.to_bytes(3, "big"))

    sys.setswitchinterval(1e-5)
    try:
        threads = [threading.Thread(target=write, args=(bundle,)) for bundle in bundles]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    finally:
        sys.setswitchinterval(before)
    assert wrong == []
