"""Draw pictures of a document's pages with a second, faster layout engine and the same style sheets."""

import io
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.documents.model import Document, Paper, PressFailed
from workbench.documents.page.html import find_asset, style_sheet
from workbench.documents.press.engine import READY, LayoutEngine, read_page
from workbench.documents.press.process import Message

if TYPE_CHECKING:
    from PIL.Image import Image
    from plutoprint import Book

SECONDS = 5
# Per inch; small print is legible on a current screen.
DOTS = 120
COLOURS = 256


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as a PNG, its number from 1, and how many pages the document has."""

    png: bytes
    page: int
    pages: int


class Preview(LayoutEngine):
    """A live preview in a worker process, with the same limits as the press.

    It draws the visible page; it has no tags, bookmarks or form fields.
    """

    def __init__(self, folder: Path | None = None, seconds: float = SECONDS, memory: int = 1 << 30) -> None:
        super().__init__(__name__, folder, seconds, memory)

    def page(self, document: Document, paper: Paper, number: int = 1, logo: bytes | None = None) -> Picture:
        """Draw one page; a number past the end draws the last one. Raise PressFailed."""
        return self._draw(document, paper, logo, number=number)[0]

    def find(self, document: Document, paper: Paper, words: str, logo: bytes | None = None) -> Picture:
        """Draw the first page with the words, or the first page if there is none. Raise PressFailed."""
        return self._draw(document, paper, logo, number=1, words=words)[0]

    def pages(self, document: Document, paper: Paper, logo: bytes | None = None) -> tuple[bytes, ...]:
        """Draw every page as a PNG. Raise PressFailed."""
        return tuple(picture.png for picture in self._draw(document, paper, logo))

    def count(self, document: Document, paper: Paper, logo: bytes | None = None) -> int:
        """Count the pages without drawing them. Raise PressFailed."""
        pages: int = self._request(document, paper, logo, count=True)[0]["pages"]
        return pages

    def _draw(
        self, document: Document, paper: Paper, logo: bytes | None, *, number: int | None = None, words: str = ""
    ) -> tuple[Picture, ...]:
        answer, pngs = self._request(document, paper, logo, number=number, seek=words)
        return tuple(Picture(png, at, answer["pages"]) for png, at in zip(pngs, answer["drawn"], strict=True))


def warm_up(folder: str) -> None:
    """Load the engine and lay out a page on each paper size; called in the worker process."""
    for paper in Paper:
        _draw_page(lay_out(READY, paper, "", {}, Path(folder)), 0)


def work(head: dict[str, Any], parts: tuple[bytes, ...]) -> Message:
    """Draw one page that was sent, or all of them, or only count them; called in the worker process."""
    book = lay_out(*read_page(head, parts))
    count = book.get_page_count()
    if head.get("count"):
        return {"pages": count}, ()
    number = _find_page(head["seek"], book) if head.get("seek") else head["number"]
    numbers = range(1, count + 1) if number is None else [max(1, min(number, count))]
    return {"pages": count, "drawn": list(numbers)}, tuple(_draw_page(book, at - 1) for at in numbers)


def lay_out(page: str, paper: Paper, words: str, logos: Mapping[str, bytes], folder: Path) -> "Book":
    """Lay out a page with the preview engine, from the same input as the press gets.

    Raise PressFailed when the page asks for a file that is not served.
    """
    import plutoprint  # noqa: PLC0415 - only the worker process loads the engine

    _hide_system_fonts()
    unknown_addresses: list[str] = []

    class ClosedResourceFetcher(plutoprint.ResourceFetcher):
        def fetch_url(self, url: str) -> plutoprint.ResourceData:
            found = find_asset(url, logos)
            if found is None:
                unknown_addresses.append(url[:80])
            return plutoprint.ResourceData(*(found or (b"", "text/plain")))

    size = plutoprint.PAGE_SIZE_A4 if paper is Paper.A4 else plutoprint.PAGE_SIZE_LETTER
    book = plutoprint.Book(size, plutoprint.PAGE_MARGINS_NONE)
    book.custom_resource_fetcher = ClosedResourceFetcher()
    book.load_html(page, user_style=f"{style_sheet(paper, folder, page + words)}\n{words}")
    # Lays out the page and loads all its files.
    book.get_page_count()
    if unknown_addresses:
        raise PressFailed(f"The page asks for something that is not printed: {unknown_addresses[0]}")
    return book


def _find_page(words: str, book: "Book") -> int:
    """Return the number of the first page with the words; the engine has no bookmarks, so the pages are searched."""
    import pypdfium2  # noqa: PLC0415 - only the worker process reads pages

    target = io.BytesIO()
    book.write_to_pdf_stream(target)
    with pypdfium2.PdfDocument(target.getvalue()) as pdf:
        for number, page in enumerate(pdf, 1):
            text = page.get_textpage()
            found = text.search(words).get_next()
            text.close()
            page.close()
            if found:
                return number
    return 1


def _draw_page(book: "Book", index: int) -> bytes:
    import plutoprint  # noqa: PLC0415 - only the worker process loads the engine
    from PIL import Image  # noqa: PLC0415 - the same

    size = book.get_page_size_at(index)
    width, height = round(size[0] / 72 * DOTS), round(size[1] / 72 * DOTS)
    canvas = plutoprint.ImageCanvas(width, height)
    canvas.scale(DOTS / 96, DOTS / 96)  # the engine draws in CSS pixels
    canvas.clear_surface(1, 1, 1, 1)
    book.render_page(canvas, index)
    canvas.flush()
    pixels = bytes(canvas.get_data())
    return _encode_png(Image.frombuffer("RGB", (width, height), pixels, "raw", "BGRX", canvas.get_stride(), 1))


def _encode_png(picture: "Image") -> bytes:
    """Write a picture with 256 colours, which takes a third of the bytes and looks the same."""
    from PIL.Image import Dither, Quantize  # noqa: PLC0415 - only the worker process draws

    fewer = picture.convert("RGB").quantize(COLOURS, method=Quantize.FASTOCTREE, dither=Dither.NONE)
    # Quantizing makes white slightly gray; restore white.
    palette = fewer.getpalette() or []
    fewer.putpalette(
        [255 if min(palette[at - at % 3 : at - at % 3 + 3]) > 247 else one for at, one in enumerate(palette)]
    )
    target = io.BytesIO()
    fewer.save(target, "PNG", compress_level=3)
    return target.getvalue()


@cache
def _hide_system_fonts() -> None:
    """Hide all fonts from the engine but those of the style sheet; must run before the first page."""
    import plutoprint  # noqa: PLC0415 - only the worker process loads the engine

    # In the own folder of the worker process, which is removed.
    folder = Path(tempfile.mkdtemp(prefix="preview-fonts-"))
    folder.joinpath("fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig><cachedir>{folder}</cachedir></fontconfig>",
        "utf-8",
    )
    plutoprint.plutobook_set_fontconfig_path(str(folder))
