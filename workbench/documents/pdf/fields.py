"""Fix the form fields of a document, which the layout engine writes in a form that not all readers support.

The names of the fields are listed in docs/form-fields.md.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from workbench.documents.model import MAX_ANSWER_LENGTH, PressFailed
from workbench.documents.pdf.objects import object_at

if TYPE_CHECKING:
    from pydyf import PDF

_RADIO = 1 << 15  # ISO 32000-1, table 226
# Points; a number in a narrower field is centered.
_NARROW = 45
_ACCENT = b".051 .294 .369 RG 1.5 w 1 J 1 j"
# The length of the control handles of a quarter circle, by its radius.
_ROUND = Decimal("0.5523")
# The height of a capital letter of our font, by its size.
_CAPITAL = Decimal("0.66")
_FACE = re.compile(rb"/(\S+) ([\d.]+) Tf")
_GLYPH = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]{4})>")
_STATE = re.compile(r"[0-9A-Za-z]+(-[0-9A-Za-z]+)*")


def fix_form_fields(pdf: "PDF") -> None:
    """Build the form again: fields under their sheet, one group for each choice, an appearance for each button.

    The engine puts the buttons of a choice beside their group, starts another group on each page, counts the states
    from 0, and asks the reader to draw everything again. Here one group holds all buttons of a name, and their states
    are the values of the page. The form stays in the catalog: as an object of its own, Firefox would ask readers of the
    saved file to draw everything again, and Evince would not show our appearances. Raise PressFailed when two fields
    share a name or two buttons of a choice a value, because few programs keep the two alike.
    """
    if "AcroForm" not in pdf.catalog:
        return
    form = _FormBuilder(pdf)
    for widget in _widgets(pdf):
        form.add(widget)
    form.finish()


class _FormBuilder:
    """The form of one document, built in reading order."""

    def __init__(self, pdf: "PDF") -> None:
        from pydyf import Array, Dictionary, Stream  # noqa: PLC0415 - part of the engine, loaded to print

        self.pdf, self.array, self.dictionary = pdf, Array, Dictionary
        self.top: Any = Array()
        self.sheets: dict[str, Any] = {}
        self.groups: dict[str, Any] = {}
        self.names: set[str] = set()
        self.needs_appearances = False
        self.nothing = Stream([], {"Type": "/XObject", "Subtype": "/Form", "BBox": Array((0, 0, 1, 1))})
        pdf.add_object(self.nothing)

    def add(self, widget: Any) -> None:
        """Add one widget."""
        name = _level(widget["T"].string)
        left, one, right, other = widget["Rect"]
        widget["Rect"] = self.array((left, min(one, other), right, max(one, other)))
        widget["Border"] = self.array((0, 0, 0))
        widget.pop("MK", None)
        if "Parent" in widget:
            self._add_choice(name, widget)
            return
        if widget["FT"] == "/Btn":
            self._draw_button(widget, "on", ticked=True)
            widget["V"] = widget["AS"]
        elif widget["FT"] == "/Tx":
            self._add_text_field(widget)
        self._attach(name, widget)

    def _add_text_field(self, widget: Any) -> None:
        """Add a text field with an appearance, so that readers need not draw it before something is typed."""
        left, _, right, _ = widget["Rect"]
        if right - left < _NARROW:
            widget["Q"] = 1
        # Longer answers are shortened when the form is read.
        widget["MaxLen"] = MAX_ANSWER_LENGTH
        # Readers do not know the graphics states of the page here.
        widget["DA"].string = widget["DA"].string.rpartition(b" gs ")[2]
        look = self._text_appearance(widget) if widget["V"].string else self.nothing
        if look:
            widget["AP"] = self.dictionary({"N": look.reference})
        else:
            self.needs_appearances = True

    def _text_appearance(self, widget: Any) -> Any:
        """Draw a one-line initial value; return None if the font lacks a character or there are more lines."""
        from pydyf import Stream  # noqa: PLC0415 - part of the engine, loaded to print

        left, low, right, high = widget["Rect"]
        (face, size), *_ = _FACE.findall(widget["DA"].string)
        fonts = object_at(self.pdf, object_at(self.pdf, self.pdf.catalog["AcroForm"]["DR"])["Font"])
        font = fonts[face.decode()]
        glyphs = _glyphs(object_at(self.pdf, object_at(self.pdf, font)["ToUnicode"]))
        words = widget["V"].string
        if widget.get("Ff") or not glyphs.keys() >= set(words):
            return None
        glyphs_of_text = b"".join(glyphs[letter] for letter in words)
        base_line = (_exact(high) - _exact(low) - Decimal(size.decode()) * _CAPITAL) / 2
        content = b"/Tx BMC q BT %b 2 %.2f Td <%b> Tj ET Q EMC" % (widget["DA"].string, base_line, glyphs_of_text)
        box = self.array((0, 0, _exact(right - left), _exact(high - low)))
        resources = self.dictionary({"Font": self.dictionary({face.decode(): font})})
        stream = Stream([content], {"Type": "/XObject", "Subtype": "/Form", "BBox": box, "Resources": resources})
        self.pdf.add_object(stream)
        return stream

    def _add_choice(self, name: str, widget: Any) -> None:
        """Add a button to the group of its name; a click on the selected one clears it."""
        (number,) = widget["AP"]["N"]
        value = object_at(self.pdf, widget["Parent"])["Opt"][number].string
        if not _STATE.fullmatch(value):
            raise PressFailed(f"The choice {name} has a value that no field can hold.")
        group = self.groups.get(name) or self._group(name, widget["TU"].string)
        if widget["AS"] != "/Off":
            group["V"] = f"/{value}"
        if any(value in object_at(self.pdf, kid)["AP"]["N"] for kid in group["Kids"]):
            raise PressFailed(f"The choice {name} has two buttons for the same value.")
        self._draw_button(widget, value, ticked=not value.isdecimal())
        widget["Parent"] = group.reference
        del widget["T"], widget["FT"]
        group["Kids"].append(widget.reference)

    def _group(self, name: str, label: str) -> Any:
        """Create the group of a name; `label` is that of its first button, which ends in a colon and the value."""
        from pydyf import String  # noqa: PLC0415 - part of the engine, loaded to print

        group = self.dictionary({"FT": "/Btn", "Ff": _RADIO, "V": "/Off", "Kids": self.array()})
        group["TU"] = String(label.rpartition(": ")[0] or label)
        self.pdf.add_object(group)
        self.groups[name] = group
        self._attach(name, group)
        return group

    def _draw_button(self, widget: Any, state: str, *, ticked: bool) -> None:
        """Draw the appearance of a selected button: a circle around a number, a tick for anything else."""
        (appearance,) = widget["AP"]["N"].values()
        stream = object_at(self.pdf, appearance)
        _, _, width, height = stream.extra["BBox"]
        # Then equal appearances are stored once in a packet.
        del stream.extra["Resources"]
        stream.extra["BBox"] = self.array((0, 0, _exact(width), _exact(height)))
        stream.stream = [_ACCENT, *(_tick(width, height) if ticked else _circle(width, height)), b"S"]
        widget["AS"] = "/Off" if widget["AS"] == "/Off" else f"/{state}"
        widget["AP"] = self.dictionary({"N": self.dictionary({state: appearance, "Off": self.nothing.reference})})

    def _attach(self, name: str, field: Any) -> None:
        """Attach a field to the form, below its sheet if its name has one."""
        from pydyf import String  # noqa: PLC0415 - part of the engine, loaded to print

        if name in self.names:
            raise PressFailed(f"Two fields of the page are called {name}.")
        self.names.add(name)
        sheet, _, last_part = name.rpartition(".")
        field["T"] = String(last_part)
        if not sheet:
            self.top.append(field.reference)
            return
        if sheet not in self.sheets:
            self.sheets[sheet] = self.dictionary({"T": String(sheet), "Kids": self.array()})
            self.pdf.add_object(self.sheets[sheet])
            self.top.append(self.sheets[sheet].reference)
        field["Parent"] = self.sheets[sheet].reference
        self.sheets[sheet]["Kids"].append(field.reference)

    def finish(self) -> None:
        """Write the form into the catalog; readers must draw only initial values without an appearance."""
        form = self.pdf.catalog["AcroForm"]
        for reference in form["Fields"]:
            field = object_at(self.pdf, reference)
            # A group that the engine adds; an object cannot be removed from the list.
            if "Opt" in field and field["FT"] == "/Btn":
                field.clear()
                field["S"] = "/Artifact"
        form["Fields"] = self.top
        if not self.needs_appearances:
            del form["NeedAppearances"]


def _glyphs(letters: Any) -> dict[str, bytes]:
    """Return the glyph of each character of a font, from its map of glyphs to characters."""
    found = _GLYPH.findall(b"\n".join(letters.stream))
    return {chr(int(letter, 16)): glyph for glyph, letter in found}


def _level(name: str) -> str:
    """Return a field name in which only the first full stop separates levels, without soft breaks."""
    sheet, is_below, last_part = name.replace("\u200b", "").partition(".")
    return f"{sheet}{is_below}{last_part.replace('.', '-')}"


def _widgets(pdf: "PDF") -> Iterator[Any]:
    """Yield the widgets in reading order."""
    for page in pdf.pages["Kids"][::3]:
        annotations = (object_at(pdf, each) for each in pdf.objects[page].get("Annots", ()))
        yield from (each for each in annotations if each["Subtype"] == "/Widget")


def _tick(width: float, height: float) -> Iterator[bytes]:
    """Draw a tick that fills a box."""
    corners = ((".16", ".5", b"m"), (".42", ".2", b"l"), (".86", ".84", b"l"))
    for x, y, step in corners:
        yield b"%.2f %.2f %b" % (Decimal(x) * _exact(width), Decimal(y) * _exact(height), step)


def _circle(width: float, height: float) -> Iterator[bytes]:
    """Draw a circle in a box, as people do around a number on paper."""
    x, y = _exact(width) / 2, _exact(height) / 2
    radius = min(x, y) - 1
    handle = radius * _ROUND
    yield b"%.2f %.2f m" % (x + radius, y)
    for (a, b), (c, d) in (((1, 0), (0, 1)), ((0, 1), (-1, 0)), ((-1, 0), (0, -1)), ((0, -1), (1, 0))):
        ends = (
            a * radius + c * handle,
            b * radius + d * handle,
            c * radius + a * handle,
            d * radius + b * handle,
            c * radius,
            d * radius,
        )
        coordinates = (value + (y if index % 2 else x) for index, value in enumerate(ends))
        yield b"%.2f %.2f %.2f %.2f %.2f %.2f c" % tuple(coordinates)


def _exact(length: float) -> Decimal:
    """Round a length of the engine to hundredths of a point, so that equal boxes are drawn with equal bytes."""
    return Decimal(length).quantize(Decimal("0.01"))
