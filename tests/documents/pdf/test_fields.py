"""The fields of a form: one group for a choice, names that a packet keeps, marks that are drawn, and values that stay."""

import io
from collections.abc import Mapping
from pathlib import Path

import pdfua
import pikepdf
import pytest

from tests.documents import pdfs
from tests.documents.typist import fill_in
from tests.support.make import SAMPLE
from workbench.documents.model import Paper, PressFailed, PrintedPdf
from workbench.documents.pdf.linker import LinkSource, link
from workbench.documents.press.form_reader import FormReader
from workbench.documents.press.press import press_html

SHEET = "a1b2c3d4e5f6"


def choice(*values: str, name: str = "score-k1", checked: str = "") -> str:
    buttons = "".join(
        f'<input type="radio" name="{SHEET}.{name}" value="{value}" title="Opening: {value}"'
        f"{' checked' if value == checked else ''}>"
        for value in values
    )
    return f"<p>{buttons}</p>"


def text(name: str, label: str = "Evidence") -> str:
    return f'<p><textarea name="{SHEET}.{name}" title="{label}"></textarea></p>'


def pressed(*pieces: str) -> PrintedPdf:
    page = f'<html lang="en"><title>A form</title><body><h1>A form</h1>{"".join(pieces)}</body></html>'
    return press_html(page, Paper.A4, folder=SAMPLE)


TWO_PAGES = (
    choice("1", "2", "3"),
    text("evidence-k1"),
    '<p style="break-before: page">Next</p>',
    choice("not-asked"),
    f'<p><input type="checkbox" name="{SHEET}.seen" title="Seen"> <input name="{SHEET}.signed" title="Name"></p>',
)


@pytest.fixture(scope="module")
def form() -> PrintedPdf:
    return pressed(*TWO_PAGES)


@pytest.fixture(scope="module")
def reader():
    reader = FormReader()
    yield reader
    reader.close()


def field_of(pdf: pikepdf.Pdf, *names: str) -> pikepdf.Object:
    level = pdf.Root.AcroForm.Fields
    for name in names:
        (found,) = [each for each in level if str(each.T) == name]
        level = found.get("/Kids", [])
    return found


def test_a_choice_is_one_field_with_a_button_for_each_value_on_whichever_page_it_stands(form: PrintedPdf):
    with pdfs.opened(form.pdf) as pdf:
        group = field_of(pdf, SHEET, "score-k1")
        assert [pdfs.state(kid) for kid in group.Kids] == ["1", "2", "3", "not-asked"]
        assert all(group == kid.Parent and "/T" not in kid and kid.AS == "/Off" for kid in group.Kids)
        assert (group.FT, group.V, str(group.TU)) == ("/Btn", "/Off", "Opening")
        assert [str(kid.TU) for kid in group.Kids[:2]] == ["Opening: 1", "Opening: 2"]


def test_the_form_lists_its_sheet_and_below_it_the_fields_in_the_order_of_reading(form: PrintedPdf):
    with pdfs.opened(form.pdf) as pdf:
        (sheet,) = pdf.Root.AcroForm.Fields
        assert str(sheet.T) == SHEET
        assert [str(kid.T) for kid in sheet.Kids] == ["score-k1", "evidence-k1", "seen", "signed"]
        assert all(sheet == kid.Parent for kid in sheet.Kids)


def test_a_choice_that_comes_chosen_stays_chosen():
    with pdfs.opened(pressed(choice("yes", "no", checked="no")).pdf) as pdf:
        group = field_of(pdf, SHEET, "score-k1")
        assert group.V == "/no"
        assert [str(kid.AS) for kid in group.Kids] == ["/Off", "/no"]
        assert not int(group.Ff) & 1 << 14  # a click on the chosen one takes it back


def test_every_field_is_tagged_has_a_name_for_those_who_cannot_see_it_and_a_place_for_the_tabulator(form: PrintedPdf):
    with pdfs.opened(form.pdf) as pdf:
        tree = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        for page in pdf.pages:
            assert page.Tabs == "/S"
            for widget in page.Annots:
                tag = tree[int(widget.StructParent)]
                assert tag.S == "/Form"
                assert tag.K[0].Type == "/OBJR"
                assert tag.K[0].Obj == widget
                assert str(widget.TU)


def test_no_reader_has_to_draw_an_empty_form(form: PrintedPdf):
    with pdfs.opened(form.pdf) as pdf:
        assert "/NeedAppearances" not in pdf.Root.AcroForm
        assert all("/N" in widget.AP for page in pdf.pages for widget in page.Annots)
    with pdfs.opened(pressed('<input name="a" title="A" value="given">').pdf) as pdf:
        assert "/NeedAppearances" not in pdf.Root.AcroForm, "we draw an initial value of one line"
    with pdfs.opened(pressed('<textarea name="a" title="A">given</textarea>').pdf) as pdf:
        assert bool(pdf.Root.AcroForm.NeedAppearances)


def test_the_letters_of_a_field_are_those_of_the_house(form: PrintedPdf):
    with pdfs.opened(form.pdf) as pdf:
        appearance = str(field_of(pdf, SHEET, "signed").DA).split()
        assert appearance[-1] == "Tf"
        assert " gs " not in " ".join(appearance)
        font = pdf.Root.AcroForm.DR.Font[appearance[-3]]
        assert "Source-Sans-3" in str(font.BaseFont)
        assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def linked(one: PrintedPdf, times: int = 2) -> bytes:
    target = io.BytesIO()
    link(
        [LinkSource("", f"Sheet {at}", one.pages, lambda: one.fragment) for at in range(times)], "Packet", "en", target
    )
    return target.getvalue()


ANSWERS = {"evidence-k1": "Named the buyer: Łódź & Zoë", "score-k1": "3", "signed": "Ina Vogt"}


@pytest.mark.parametrize("is_packet", [False, True])
def test_what_a_person_types_and_clicks_is_saved_and_read_back(form: PrintedPdf, reader: FormReader, is_packet: bool):
    pdf = linked(form) if is_packet else form.pdf
    names = {f"00000000002.{SHEET}.{name}" if is_packet else f"{SHEET}.{name}": name for name in ANSWERS}
    filled = fill_in(pdf, {full: ANSWERS[name] for full, name in names.items()})

    read: Mapping[str, str] = reader.read(filled)

    assert read == {full: ANSWERS[name] for full, name in names.items()}
    with pdfs.opened(filled) as saved:
        group = field_of(saved, *next(full for full, name in names.items() if name == "score-k1").split("."))
        assert group.V == "/3"
        assert [str(kid.AS) for kid in group.Kids] == ["/Off", "/Off", "/3", "/Off"]


def test_what_was_typed_is_seen_on_the_page(form: PrintedPdf):
    filled = fill_in(form.pdf, {f"{SHEET}.{name}": value for name, value in ANSWERS.items()})

    before, after = pdfs.pictures(form.pdf), pdfs.pictures(filled)

    assert [one != other for one, other in zip(before, after, strict=True)] == [True, True]


def test_a_checker_of_accessible_pdfs_finds_nothing(form: PrintedPdf, tmp_path: Path):
    for name, data in (("alone", form.pdf), ("packet", linked(form))):
        file = tmp_path / name
        file.write_bytes(data)
        assert [str(finding) for finding in pdfua.validate(file).findings] == []
        assert pdfs.faults(data) == []


def test_a_packet_holds_the_same_mark_once(form: PrintedPdf):
    with pdfs.opened(linked(form, 3)) as pdf:
        marks = [
            thing
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form" and thing.read_bytes()
        ]
        assert len(marks) == 3  # the circle, and the tick in a small box and in a larger one


def test_a_key_of_any_shape_makes_one_level_of_a_name():
    long = "k" * 80
    with pdfs.opened(pressed(text("note-a.b c"), text(f"note-{long[:60]}\u200b{long[60:]}")).pdf) as pdf:
        (sheet,) = pdf.Root.AcroForm.Fields
        assert [str(kid.T) for kid in sheet.Kids] == ["note-a-b c", f"note-{long}"]


def test_two_fields_of_one_name_are_refused():
    with pytest.raises(PressFailed, match=f"Two fields of the page are called {SHEET}.date"):
        pressed(text("date"), text("date"))
    with pytest.raises(PressFailed, match="Two fields of the page are called"):
        pressed(text("score-k1"), choice("1"))
    with pytest.raises(PressFailed, match="Two fields of the page are called"):
        pressed(choice("1"), text("score-k1"))
    with pytest.raises(PressFailed, match="has two buttons for the same value"):
        pressed(choice("1", "2"), choice("2"))


@pytest.mark.parametrize("value", ["not asked", "a/b", "é", ""])
def test_a_choice_with_a_value_that_no_field_can_hold_is_refused(value: str):
    with pytest.raises(PressFailed, match="no field can hold"):
        pressed(choice(value))
