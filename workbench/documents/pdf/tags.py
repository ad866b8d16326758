"""Complete the tags of a document as PDF/UA-1 requires, before it is written."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from workbench.documents.pdf.objects import object_at

if TYPE_CHECKING:
    from pydyf import PDF

_SCOPES = {"row": "/Row", "col": "/Column", "rowgroup": "/Row", "colgroup": "/Column"}
_TABLE = ("/TR", "/TBody", "/THead", "/Table")


def fix_tags(layout: Any, pdf: "PDF") -> None:
    """Add scopes to heading cells and an index of named elements, and remove page headers and footers from the tags.

    A table that is laid out as labelled texts one below the other is not a table for users of a screen reader, and loses
    those tags.
    """
    _untag_texts(layout, pdf)
    _add_scopes(layout)
    _add_name_index(pdf)
    _mark_artifacts(pdf)


def _untag_texts(layout: Any, pdf: "PDF") -> None:
    """Tag cells that are not laid out as cells as plain blocks, and so their rows and tables."""
    for page in layout.pages:
        for box in page._page_box.descendants():  # noqa: SLF001 - the tag of a cell hangs on its box
            tag = getattr(box, "mark", None)
            if tag is None or box.style["display"][0] == "table-cell":
                continue
            tag["S"] = "/Span" if box.style["display"][0] == "inline" else "/Div"
            tag.pop("A", None)
            tag.pop("ID", None)
            around = object_at(pdf, tag["P"])
            while around["S"] in _TABLE:
                around["S"] = "/Div"
                around = object_at(pdf, around["P"])


def _add_scopes(layout: Any) -> None:
    """Add the scope of each heading cell; the engine connects cells to headings but leaves this out.

    Checkers of PDF/UA-1 require it for the corner cell of a table, which no cell refers to.
    """
    for page in layout.pages:
        for box in page._page_box.descendants():  # noqa: SLF001 - the tag of a cell hangs on its box
            tag = getattr(box, "mark", None)
            if tag is not None and tag["S"] == "/TH":
                tag["A"]["Scope"] = _SCOPES.get(box.element.get("scope"), "/Column")


def _add_name_index(pdf: "PDF") -> None:
    """Add the index of named elements (ISO 32000-1, 14.7.2), which the engine leaves out."""
    from pydyf import Array, Dictionary  # noqa: PLC0415 - part of the engine, loaded to print

    elements = [each for each in pdf.objects if isinstance(each, Dictionary) and "ID" in each]
    if elements:
        elements.sort(key=lambda each: each["ID"].string)
        leaf = Array(part for each in elements for part in (each["ID"], each.reference))
        object_at(pdf, pdf.catalog["StructTreeRoot"])["IDTree"] = Dictionary({"Names": leaf})


def _mark_artifacts(pdf: "PDF") -> None:
    """Mark page headers and footers as artifacts (ISO 14289-1, 7.8).

    The engine gives them tags that refer to the document element, which does not list them.
    """
    from pydyf import Dictionary  # noqa: PLC0415 - part of the engine, loaded to print

    root = object_at(pdf, pdf.catalog["StructTreeRoot"])
    document = object_at(pdf, root["K"][0])
    listed = set(document["K"])
    below = [each for each in pdf.objects if isinstance(each, Dictionary) and each.get("P") == document.reference]
    unlisted = [each for each in below if each.reference not in listed]
    numbers = object_at(pdf, root["ParentTree"])["Nums"]
    parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for top in unlisted:
        page = object_at(pdf, top["Pg"])
        pieces = set(_pieces(pdf, top))
        _mark_as_artifact(object_at(pdf, page["Contents"]).stream, pieces)
        for piece in pieces:
            parents[page["StructParents"]][piece] = b"null"


def _pieces(pdf: "PDF", element: Any) -> Iterator[int]:
    """Yield the pieces of text below an element, and empty it."""
    for kid in element["K"]:
        if isinstance(kid, int):
            yield kid
        else:
            yield from _pieces(pdf, object_at(pdf, kid))
    element.clear()
    # Nothing refers to the object now, but it cannot be removed from the list.
    element["S"] = "/Artifact"


def _mark_as_artifact(content: list[Any], pieces: set[int]) -> None:
    for at, operator in enumerate(content):
        if operator == b"BDC" and isinstance(content[at - 1], dict) and content[at - 1].get("MCID") in pieces:
            content[at - 2 : at] = ["/Artifact", b"<</Type/Pagination>>"]
