"""Reading what came back: values by the name of their field, from files that may be anything."""

import io
from collections.abc import Iterator

import pikepdf
import pytest

from tests.support.make import SAMPLE, form_document
from workbench.documents.model import Paper, PressFailed, PrintedPdf
from workbench.documents.pdf.linker import LinkSource, link
from workbench.documents.press.form_reader import MAX_ANSWER_LENGTH, MAX_CHARACTERS, FormReader
from workbench.documents.press.press import press


@pytest.fixture(scope="module")
def reader() -> Iterator[FormReader]:
    reader = FormReader(seconds=120)  # the machine may be busy
    yield reader
    reader.close()


@pytest.fixture(scope="module")
def printed() -> PrintedPdf:
    return press(form_document("Words.", "Łódź."), Paper.A4, folder=SAMPLE)


def typed(pdf: bytes, **values: str) -> bytes:
    """Fill in text fields as another program does: the value of each field, and no picture of it."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for field in opened.acroform.fields:
            if field.fully_qualified_name in values:
                field.obj.V = pikepdf.String(values[field.fully_qualified_name])
        opened.save(target)
    return target.getvalue()


def test_what_was_typed_and_ticked_is_read_by_the_name_of_its_field(reader: FormReader, printed: PrintedPdf):
    answers = reader.read(typed(printed.pdf, all="Zoë said:\r\n“1 200 €” 李", **{"note-1": " "}))

    assert answers["all"] == "Zoë said:\n“1 200 €” 李"
    assert answers["seen-1"] == "on"
    assert "note-1" not in answers  # nothing but a space is nothing


def test_in_a_packet_the_number_of_the_part_stands_in_front_of_the_name(reader: FormReader, printed: PrintedPdf):
    packet = io.BytesIO()
    link([LinkSource("", name, printed.pages, lambda: printed.fragment) for name in "ab"], "Packet", "en", packet)
    answers = reader.read(packet.getvalue())

    assert answers["00000000001.all"] == answers["00000000002.all"] == "Łódź"
    assert len(answers) == 2 * len(reader.read(printed.pdf))


def test_a_file_without_fields_has_no_answers(reader: FormReader):
    target = io.BytesIO()
    with pikepdf.new() as plain:
        plain.add_blank_page()
        plain.save(target)
    assert reader.read(target.getvalue()) == {}


def test_an_endless_answer_is_cut_and_control_characters_are_gone(reader: FormReader, printed: PrintedPdf):
    answers = reader.read(typed(printed.pdf, all="a\x00\x1b" * 40_000))
    assert answers["all"] == "a" * MAX_ANSWER_LENGTH


def locked(pdf: bytes) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(target, encryption=pikepdf.Encryption(owner="o", user="secret"))
    return target.getvalue()


@pytest.mark.parametrize("spoil", [locked, lambda _: b"", lambda _: b"PK\x03\x04", lambda pdf: pdf[:3000]])
def test_what_cannot_be_read_is_refused_in_words(reader: FormReader, printed: PrintedPdf, spoil):
    with pytest.raises(PressFailed, match="not a PDF that can be read"):
        reader.read(spoil(printed.pdf))


def test_a_file_with_more_pages_than_a_packet_is_refused(reader: FormReader):
    target = io.BytesIO()
    with pikepdf.new() as many:
        many.add_blank_page()
        for _ in range(2000):
            many.pages.append(many.pages[0])
        many.save(target)
    with pytest.raises(PressFailed, match="more than 2,000 pages"):
        reader.read(target.getvalue())


def test_a_file_that_is_too_large_is_not_even_opened(reader: FormReader):
    with pytest.raises(PressFailed, match="larger than 20 MB"):
        reader.read(b"%PDF-1.7" + bytes(20_000_000))


def test_a_small_file_that_unfolds_into_a_book_is_refused(reader: FormReader):
    target = io.BytesIO()
    with pikepdf.new() as bomb:
        page = bomb.add_blank_page()
        words = bomb.make_indirect(pikepdf.String("a" * MAX_ANSWER_LENGTH))
        name, place = pikepdf.Name, pikepdf.Array([0, 0, 9, 9])
        fields = pikepdf.Array(
            [
                bomb.make_indirect(
                    pikepdf.Dictionary(
                        Type=name.Annot,
                        Subtype=name.Widget,
                        Rect=place,
                        FT=name.Tx,
                        T=pikepdf.String(str(number)),
                        V=words,
                    )
                )
                for number in range(1 + MAX_CHARACTERS // MAX_ANSWER_LENGTH)
            ]
        )
        page.Annots = fields
        bomb.Root.AcroForm = pikepdf.Dictionary(Fields=fields)
        bomb.save(target)
    assert len(target.getvalue()) < 100_000
    with pytest.raises(PressFailed, match="more than 1,000,000 letters"):
        reader.read(target.getvalue())
