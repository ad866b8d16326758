"""The form fields of a document: how they are named, and what the engine writes of them that readers need otherwise.

The name of a field is a contract, because the answers of a sheet that comes back are read by it. It is
`<sheet>.<what>-<key>`: `sheet` is `Document.sheet`, which says whose sheet of which edition it is; `what` is what is
written down; `key` is the key that the question, accountability or expectation keeps for life (a place is counted
only where nothing has a key; a full stop in a key becomes a hyphen). A packet puts the number of its part in front: `00000000003.<sheet>.score-k7f2`.

    score sheet      score-<question> ("1" to "5", "not-asked"), evidence-<question>, held
    interview kit    as the score sheet, note-<question>, candidate, interviewer; where each candidate has a score sheet
                     of their own, only note-<question>, held and interviewer
    both             decision ("definitely-not", "no", "yes", "strong-yes", "no-decision"), reason, signed, date
    brief            can-<accountability>, want-<accountability> ("1" to "5"), example-<accountability>, reaction,
                     needs, asks, name, date
    starter metrics  week-<expectation>-<week from 1>, from, seat-holder, seat-holder-signed, leader, leader-signed
    schedule         time-<candidate from 1>-<panel member from 1>, held, place, call
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
_NARROW = 45  # points: a number in a small box stands in its middle
_ACCENT = b".051 .294 .369 RG 1.5 w 1 J 1 j"
_ROUND = Decimal("0.5523")  # how far the handles of a quarter of a circle reach
_CAPITAL = Decimal("0.66")  # the height of a capital letter of the house font
_FACE = re.compile(rb"/(\S+) ([\d.]+) Tf")
_GLYPH = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]{4})>")
_STATE = re.compile(r"[0-9A-Za-z]+(-[0-9A-Za-z]+)*")


def fix_form_fields(pdf: "PDF") -> None:
    """Give each field its place in the form, each choice its group, and each mark a look; work for a finisher.

    The engine puts the buttons of a choice beside their group, starts another group on each page, counts the states
    from 0, and asks the reader to draw everything anew. Here one group holds all buttons of a name, whose states are
    the values of the page. The form stays in the catalog: were it an object of its own, Firefox would ask whoever opens
    the saved file to draw everything anew, and Evince would leave our marks out. Raises PressFailed when two fields
    share a name, or two buttons of a choice a value, because few programs keep the two alike.
    """
    if "AcroForm" not in pdf.catalog:
        return
    form = _FormBuilder(pdf)
    for widget in _widgets(pdf):
        form.add(widget)
    form.finish()


class _FormBuilder:
    """The form of one document, put together anew in reading order."""

    def __init__(self, pdf: "PDF") -> None:
        from pydyf import Array, Dictionary, Stream  # noqa: PLC0415 - part of the engine, loaded by whoever prints

        self.pdf, self.array, self.dictionary = pdf, Array, Dictionary
        self.top: Any = Array()
        self.sheets: dict[str, Any] = {}
        self.groups: dict[str, Any] = {}
        self.named: set[str] = set()
        self.shown = False
        self.nothing = Stream([], {"Type": "/XObject", "Subtype": "/Form", "BBox": Array((0, 0, 1, 1))})
        pdf.add_object(self.nothing)

    def add(self, widget: Any) -> None:
        """Put one widget where it belongs."""
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
        """Let an empty field look empty, so that no reader has to draw it before something is typed."""
        left, _, right, _ = widget["Rect"]
        if right - left < _NARROW:
            widget["Q"] = 1
        widget["MaxLen"] = MAX_ANSWER_LENGTH  # nobody types what is not kept
        widget["DA"].string = widget["DA"].string.rpartition(b" gs ")[2]  # no reader knows the page's states here
        look = self._text_appearance(widget) if widget["V"].string else self.nothing
        if look:
            widget["AP"] = self.dictionary({"N": look.reference})
        else:
            self.shown = True

    def _text_appearance(self, widget: Any) -> Any:
        """Draw the one line that a field begins with; nothing where its font lacks a letter or it has several lines."""
        from pydyf import Stream  # noqa: PLC0415 - part of the engine, loaded by whoever prints

        left, low, right, high = widget["Rect"]
        (face, size), *_ = _FACE.findall(widget["DA"].string)
        fonts = object_at(self.pdf, object_at(self.pdf, self.pdf.catalog["AcroForm"]["DR"])["Font"])
        font = fonts[face.decode()]
        glyphs = _glyphs(object_at(self.pdf, object_at(self.pdf, font)["ToUnicode"]))
        words = widget["V"].string
        if widget.get("Ff") or not glyphs.keys() >= set(words):
            return None
        shown = b"".join(glyphs[letter] for letter in words)
        foot = (_exact(high) - _exact(low) - Decimal(size.decode()) * _CAPITAL) / 2
        drawn = b"/Tx BMC q BT %b 2 %.2f Td <%b> Tj ET Q EMC" % (widget["DA"].string, foot, shown)
        box = self.array((0, 0, _exact(right - left), _exact(high - low)))
        own = self.dictionary({"Font": self.dictionary({face.decode(): font})})
        stream = Stream([drawn], {"Type": "/XObject", "Subtype": "/Form", "BBox": box, "Resources": own})
        self.pdf.add_object(stream)
        return stream

    def _add_choice(self, name: str, widget: Any) -> None:
        """Put a button into the group of its name; a click on the chosen one takes the choice back."""
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

    def _group(self, name: str, told: str) -> Any:
        """Open the group of a name; `told` is what its first button is called, with the value after a colon."""
        from pydyf import String  # noqa: PLC0415 - part of the engine, loaded by whoever prints

        group = self.dictionary({"FT": "/Btn", "Ff": _RADIO, "V": "/Off", "Kids": self.array()})
        group["TU"] = String(told.rpartition(": ")[0] or told)
        self.pdf.add_object(group)
        self.groups[name] = group
        self._attach(name, group)
        return group

    def _draw_button(self, widget: Any, state: str, *, ticked: bool) -> None:
        """Draw the mark of a button that is on: a number is circled, anything else is ticked."""
        (drawn,) = widget["AP"]["N"].values()
        stream = object_at(self.pdf, drawn)
        _, _, width, height = stream.extra["BBox"]
        del stream.extra["Resources"]  # so that a packet holds the same mark once
        stream.extra["BBox"] = self.array((0, 0, _exact(width), _exact(height)))
        stream.stream = [_ACCENT, *(_tick(width, height) if ticked else _circle(width, height)), b"S"]
        widget["AS"] = "/Off" if widget["AS"] == "/Off" else f"/{state}"
        widget["AP"] = self.dictionary({"N": self.dictionary({state: drawn, "Off": self.nothing.reference})})

    def _attach(self, name: str, field: Any) -> None:
        """Put a field into the form, below its sheet where its name has one."""
        from pydyf import String  # noqa: PLC0415 - part of the engine, loaded by whoever prints

        if name in self.named:
            raise PressFailed(f"Two fields of the page are called {name}.")
        self.named.add(name)
        sheet, _, own = name.rpartition(".")
        field["T"] = String(own)
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
        """Let the form hold what was taken; only values that came with the page still have to be drawn."""
        form = self.pdf.catalog["AcroForm"]
        for reference in form["Fields"]:
            field = object_at(self.pdf, reference)
            if "Opt" in field and field["FT"] == "/Btn":  # a group of the engine; no object can leave the list
                field.clear()
                field["S"] = "/Artifact"
        form["Fields"] = self.top
        if not self.shown:
            del form["NeedAppearances"]


def _glyphs(letters: Any) -> dict[str, bytes]:
    """Give the glyph of each letter of a font, as a reader finds the letters of its glyphs."""
    found = _GLYPH.findall(b"\n".join(letters.stream))
    return {chr(int(letter, 16)): glyph for glyph, letter in found}


def _level(name: str) -> str:
    """Let only the first full stop part a name into levels, and take out what softens long texts."""
    sheet, is_below, own = name.replace("\u200b", "").partition(".")
    return f"{sheet}{is_below}{own.replace('.', '-')}"


def _widgets(pdf: "PDF") -> Iterator[Any]:
    """Give the widgets in the order in which they are read."""
    for page in pdf.pages["Kids"][::3]:
        annotations = (object_at(pdf, each) for each in pdf.objects[page].get("Annots", ()))
        yield from (each for each in annotations if each["Subtype"] == "/Widget")


def _tick(width: float, height: float) -> Iterator[bytes]:
    """Draw a tick that fills a box."""
    corners = ((".16", ".5", b"m"), (".42", ".2", b"l"), (".86", ".84", b"l"))
    for x, y, step in corners:
        yield b"%.2f %.2f %b" % (Decimal(x) * _exact(width), Decimal(y) * _exact(height), step)


def _circle(width: float, height: float) -> Iterator[bytes]:
    """Draw a circle in a box, as somebody would around a number on paper."""
    x, y = _exact(width) / 2, _exact(height) / 2
    far = min(x, y) - 1
    near = far * _ROUND
    yield b"%.2f %.2f m" % (x + far, y)
    for (a, b), (c, d) in (((1, 0), (0, 1)), ((0, 1), (-1, 0)), ((-1, 0), (0, -1)), ((0, -1), (1, 0))):
        ends = (a * far + c * near, b * far + d * near, c * far + a * near, d * far + b * near, c * far, d * far)
        shifted = (at + (y if place % 2 else x) for place, at in enumerate(ends))
        yield b"%.2f %.2f %.2f %.2f %.2f %.2f c" % tuple(shifted)


def _exact(length: float) -> Decimal:
    """Bring a length of the engine to hundredths of a point, so that the same box is drawn with the same bytes."""
    return Decimal(length).quantize(Decimal("0.01"))
