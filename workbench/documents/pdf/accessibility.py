"""Check a document for barriers to people who hear it or use it by keyboard, before it is written."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from workbench.documents.model import AccessibilityFinding
from workbench.documents.pdf.objects import number_of, object_at

if TYPE_CHECKING:
    from pydyf import PDF

_ALLOWED_CHILDREN = {
    "/Table": {"/TR", "/THead", "/TBody", "/TFoot", "/Caption"},
    "/THead": {"/TR"},
    "/TBody": {"/TR"},
    "/TFoot": {"/TR"},
    "/TR": {"/TH", "/TD"},
    "/L": {"/LI", "/L", "/Caption"},
    "/LI": {"/Lbl", "/LBody"},
}
_HEADINGS = {f"/H{level}": level for level in range(1, 7)}


def check_accessibility(pdf: "PDF") -> tuple[AccessibilityFinding, ...]:
    """Return what makes a tagged document inaccessible, in the order of its pages.

    The checks are those of PDF/UA-1 (ISO 14289-1) that depend on a template or a text: language and title, order of
    headings, alternative texts of images, links and fields, structure of tables and lists, Unicode for every glyph.
    """
    found = _AccessibilityCheck(pdf).run()
    return tuple(sorted(found, key=lambda each: each.page))


class _AccessibilityCheck:
    """The check of one document."""

    def __init__(self, pdf: "PDF") -> None:
        self.pdf = pdf
        numbers: list[int] = pdf.pages["Kids"][::3]
        self.pages = {number: at for at, number in enumerate(numbers, 1)}

    def run(self) -> Iterator[AccessibilityFinding]:
        yield from self._check_document()
        elements = list(self._walk(self._at(self.pdf.catalog["StructTreeRoot"])["K"][0]))
        yield from self._check_headings(elements)
        for element in elements:
            yield from self._check_element(element)
        for number, page in self.pages.items():
            yield from self._check_annotations(self.pdf.objects[number], page)
        yield from self._check_fonts()

    def _check_document(self) -> Iterator[AccessibilityFinding]:
        if not _text(self.pdf.catalog, "Lang"):
            yield AccessibilityFinding(0, "7.2", "The document does not say which language it is in.")
        if not _text(self.pdf.info, "Title"):
            yield AccessibilityFinding(0, "7.1", "The document has no title.")

    def _check_headings(self, elements: list[Mapping[str, Any]]) -> Iterator[AccessibilityFinding]:
        before = 0
        for element in elements:
            level = _HEADINGS.get(element["S"])
            if level is None:
                continue
            if level > before + 1:
                after = f"follows one of level {before}" if before else "is the first of the document"
                yield AccessibilityFinding(self._page(element), "7.4.2", f"A heading of level {level} {after}.")
            before = level

    def _check_element(self, element: Mapping[str, Any]) -> Iterator[AccessibilityFinding]:
        kind, page = element["S"], self._page(element)
        if kind in {"/Figure", "/Formula"} and not (_text(element, "Alt") or _text(element, "ActualText")):
            yield AccessibilityFinding(page, "7.3", "An image has no words for those who cannot see it.")
        if kind == "/TH" and "Scope" not in element.get("A", {}):
            yield AccessibilityFinding(
                page, "7.5", "A heading cell does not say whether it heads its row or its column."
            )
        if kind in _ALLOWED_CHILDREN:
            for other in sorted(
                {kid["S"] for kid in self._children(element)} - _ALLOWED_CHILDREN[kind] - {"/NonStruct", "/Artifact"}
            ):
                yield AccessibilityFinding(
                    page, "7.2", f"The tag {kind[1:]} holds a tag {other[1:]}, which does not belong there."
                )

    def _check_annotations(self, page: Mapping[str, Any], number: int) -> Iterator[AccessibilityFinding]:
        annotations = [self._at(each) for each in page.get("Annots", ())]
        if annotations and page.get("Tabs") != "/S":
            yield AccessibilityFinding(number, "7.18.3", "The Tab key does not follow the order of reading.")
        for each in annotations:
            if each["Subtype"] == "/Link" and not _text(each, "Contents"):
                yield AccessibilityFinding(number, "7.18.5", "A link has no words that say where it leads.")
            if each["Subtype"] == "/Widget" and not self._field_name(each):
                yield AccessibilityFinding(number, "7.18.4", "A field to fill in has no name that can be heard.")
            if "StructParent" not in each:
                yield AccessibilityFinding(
                    number, "7.18.1", f"A {each['Subtype'][1:].lower()} is not part of what is read."
                )

    def _check_fonts(self) -> Iterator[AccessibilityFinding]:
        for each in self.pdf.objects:
            is_font = isinstance(each, dict) and each.get("Type") == "/Font" and each.get("Subtype") == "/Type0"
            if is_font and "ToUnicode" not in each:
                yield AccessibilityFinding(0, "7.21.7", "The shapes of a font do not say which letters they are.")

    def _field_name(self, annotation: Mapping[str, Any]) -> str:
        while not _text(annotation, "TU") and "Parent" in annotation:
            annotation = self._at(annotation["Parent"])
        return _text(annotation, "TU")

    def _walk(self, reference: bytes) -> Iterator[Mapping[str, Any]]:
        """Yield an element and all below it, in reading order."""
        element = self._at(reference)
        if element.get("Type") == "/StructElem":
            yield element
            for kid in element.get("K", ()):
                if isinstance(kid, bytes):
                    yield from self._walk(kid)

    def _children(self, element: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        kids = (self._at(kid) for kid in element.get("K", ()) if isinstance(kid, bytes))
        return (kid for kid in kids if kid.get("Type") == "/StructElem")

    def _page(self, element: Mapping[str, Any]) -> int:
        return self.pages.get(number_of(element["Pg"]), 0) if "Pg" in element else 0

    def _at(self, reference: bytes) -> Any:
        return object_at(self.pdf, reference)


def _text(thing: Mapping[str, Any], name: str) -> str:
    return str(getattr(thing.get(name), "string", "")).strip()
