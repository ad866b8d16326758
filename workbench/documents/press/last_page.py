"""Measure how much of the last page of a document is used."""

from collections.abc import Iterator
from typing import Any

WHOLE_PAGE = 100  # percent


def measure_last_page(layout: Any) -> int:
    """Return the share of the height of the last page that its content takes: 1 to 100 percent.

    `layout` is the document that WeasyPrint has laid out. Headers and footers do not count.
    """
    page = layout.pages[-1]._page_box  # noqa: SLF001 - the page itself has no list of its boxes
    bottoms = [box.position_y + box.border_height() for box in _boxes(page) if hasattr(box, "border_height")]
    used = max(bottoms, default=page.content_box_y()) - page.content_box_y()
    return int(min(max(round(WHOLE_PAGE * used / page.height), 1), WHOLE_PAGE))


def _boxes(page: Any) -> Iterator[Any]:
    """Yield the boxes of the content, without those that are as high as the page: the root and the body."""
    root = page.children[0]
    for body in root.children:
        if body.element_tag == "body":
            yield from body.descendants()
