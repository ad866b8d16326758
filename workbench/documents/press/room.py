"""Measure a layout: how much of the last page is used, and which words are wider than their column."""

from collections.abc import Iterator
from typing import Any

from workbench.documents.model import WideWords

WHOLE_PAGE = 100  # percent
_TOLERANCE = 0.75  # CSS pixels, a fifth of a millimetre: rounding of the widths of glyphs
_MAX_WORDS = 80  # characters of a finding


def measure_last_page(layout: Any) -> int:
    """Return the share of the height of the last page that its content takes: 1 to 100 percent.

    `layout` is the document that WeasyPrint has laid out. Headers and footers do not count.
    """
    page = layout.pages[-1]._page_box  # noqa: SLF001 - the page itself has no list of its boxes
    boxes = (box for body in _bodies(page) for box in body.descendants())
    bottoms = [box.position_y + box.border_height() for box in boxes if hasattr(box, "border_height")]
    used = max(bottoms, default=page.content_box_y()) - page.content_box_y()
    return int(min(max(round(WHOLE_PAGE * used / page.height), 1), WHOLE_PAGE))


def find_wide_words(layout: Any) -> tuple[WideWords, ...]:
    """Find the words that reach over an edge of their column, cell or page, each once for each page."""
    found: dict[WideWords, None] = {}
    for number, page in enumerate(layout.pages, 1):
        page_box = page._page_box  # noqa: SLF001 - as above
        for body in _bodies(page_box):
            found |= dict.fromkeys(WideWords(number, words) for words in _wide(body, *_edges(page_box)))
    return tuple(found)


def _bodies(page: Any) -> Iterator[Any]:
    """Yield the body of a page; its headers and footers are beside it."""
    yield from (body for body in page.children[0].children if body.element_tag == "body")


def _wide(box: Any, left: float, right: float) -> Iterator[str]:
    """Yield the text of each box of text that ends outside the box that contains it; where it begins, a number may hang."""
    text = getattr(box, "text", None)
    if text is not None:
        over = box.position_x + box.width - _trailing_space(box, text) - right
        if box.style["direction"] == "rtl":
            over = left - box.position_x - _trailing_space(box, text)
        if text.strip() and over > _TOLERANCE:
            yield " ".join(text.split())[:_MAX_WORDS]
        return
    # A line and an inline box are as wide as their words: the block around them is the column.
    if any(kind.__name__ == "BlockContainerBox" for kind in type(box).__mro__):
        own_left, own_right = _edges(box)
        left, right = max(left, own_left), min(right, own_right)
    for child in getattr(box, "children", ()):
        yield from _wide(child, left, right)


def _edges(box: Any) -> tuple[float, float]:
    return box.content_box_x(), box.content_box_x() + box.width


def _trailing_space(box: Any, text: str) -> float:
    """Return about the width of the spaces at the end of a text, which may hang over the edge."""
    spaces = len(text) - len(text.rstrip())
    return float(spaces * box.style["font_size"] / 3)
