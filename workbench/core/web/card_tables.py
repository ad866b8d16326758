"""The labels in the cells of a table: where a page is narrow its rows are cards, and each cell says what it is."""

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<(td|th)\b([^>]*)>", re.DOTALL)


def label_cells(rows: Markup, columns: Sequence[str]) -> Markup:
    """Return the rows of a table with `data-label` in each cell: the heading of its column.

    The rows come from a template, so they are escaped already. A cell over several columns is a sentence of its own and
    gets no label.
    """
    return Markup(_ROW.sub(lambda row: _label_row(row.group(), columns), str(rows)))  # noqa: S704 - see above


def _label_row(row: str, columns: Sequence[str]) -> str:
    headings = iter(columns)

    def label(cell: re.Match[str]) -> str:
        name, attributes = cell.groups()
        heading = next(headings, "")
        if not heading or "colspan" in attributes or "data-label" in attributes:
            return cell.group()
        return f'<{name}{attributes} data-label="{escape(heading)}">'

    return _CELL.sub(label, row)
