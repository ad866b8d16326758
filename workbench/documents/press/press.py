"""Print HTML as PDF with WeasyPrint. Only our fonts and the logo are loaded; equal input gives equal bytes."""

import atexit
import ctypes
import gc
import logging
import os
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.documents.model import AccessibilityFinding, Document, Paper, PdfHeading, PressFailed, PrintedPdf
from workbench.documents.page.fonts import Face, fonts_for
from workbench.documents.page.html import find_asset, logo_files, margin_style, render_html, style_sheet
from workbench.documents.pdf.accessibility import check_accessibility
from workbench.documents.pdf.actual_text import add_actual_text
from workbench.documents.pdf.capture import build_fragment
from workbench.documents.pdf.fields import fix_form_fields
from workbench.documents.pdf.tags import fix_tags
from workbench.documents.press.room import find_wide_words, measure_last_page

if TYPE_CHECKING:
    from pydyf import PDF
    from weasyprint import CSS
    from weasyprint.urls import URLFetcher

__all__ = ["engine_versions", "press", "press_html"]

VARIANT = "pdf/ua-1"
# The fonts and their caches are shared by the process.
_ONE_AT_A_TIME = threading.Lock()
_NATIVE = {
    "pango": ("libpango-1.0.so.0", "pango_version_string"),
    "harfbuzz": ("libharfbuzz.so.0", "hb_version_string"),
}
_PACKAGES = ("weasyprint", "pydyf", "fonttools", "tinyhtml5", "tinycss2", "cssselect2", "pyphen", "pillow")


def press(document: Document, paper: Paper, logo: bytes | None = None, folder: Path | None = None) -> PrintedPdf:
    """Print a document in this process, which takes about 50 ms of processor time a page.

    `logo` is the image that `document.stamp.logo` names. Raise PressFailed.
    """
    return press_html(
        render_html(document, paper, folder), paper, margin_style(document, paper), logo_files(document, logo), folder
    )


def press_html(
    page: str,
    paper: Paper,
    words: str = "",
    logos: Mapping[str, bytes] | None = None,
    folder: Path | None = None,
) -> PrintedPdf:
    """Print a whole HTML page with the print style sheets of `folder`.

    `words` is the style sheet of the page headers and footers, `logos` are images by their sha256. Raise PressFailed
    when the page asks for a file that is not served, or cannot be laid out.
    """
    with _ONE_AT_A_TIME, _pause_garbage_collection(), _raise_on_log_errors():
        try:
            return _print_page(page, paper, words, logos or {}, folder)
        except PressFailed:
            raise
        except Exception as error:
            raise PressFailed(f"The page cannot be laid out ({type(error).__name__}).") from error


def _print_page(page: str, paper: Paper, words: str, logos: Mapping[str, bytes], folder: Path | None) -> PrintedPdf:
    """Lay out a page and write it; no object of the layout survives the call."""
    from weasyprint import CSS, HTML
    from weasyprint.urls import FatalURLFetchingError

    try:
        fetcher, text = _fetcher(logos), page + words
        font_set = _font_set(other_faces := fonts_for(text))
        rules = font_set.parse(style_sheet(paper, folder, text))
        sheets = [rules, CSS(string=words, url_fetcher=fetcher, font_config=font_set.fonts)]
        source = HTML(string=page, url_fetcher=fetcher)
        layout = source.render(font_config=font_set.fonts, stylesheets=sheets, pdf_variant=VARIANT)
        results: list[tuple[bytes, tuple[AccessibilityFinding, ...]]] = []
        pdf = layout.write_pdf(pdf_variant=VARIANT, finisher=partial(_finish, results, bool(other_faces)))
    except FatalURLFetchingError as error:
        raise PressFailed(f"The page asks for something that is not printed: {error}") from None
    headings = (
        PdfHeading(level, text, at)
        for at, page_layout in enumerate(layout.pages, 1)
        for level, text, *_ in page_layout.bookmarks
    )
    measured = measure_last_page(layout), find_wide_words(layout)
    return PrintedPdf(pdf, len(layout.pages), tuple(headings), *results[0], *measured)


@cache
def engine_versions() -> Mapping[str, str]:
    """Return the versions that decide the bytes of a PDF: WeasyPrint and its parts, Pango, HarfBuzz, the PDF variant.

    It does not import WeasyPrint, so a web process can call it.
    """
    versions = {name: version(name) for name in _PACKAGES} | {"variant": VARIANT}
    for name, (library, function) in _NATIVE.items():
        read_version = getattr(ctypes.CDLL(library), function)
        read_version.restype = ctypes.c_char_p
        versions[name] = read_version().decode()
    return versions


def _finish(
    results: list[tuple[bytes, tuple[AccessibilityFinding, ...]]],
    other_fonts: bool,  # noqa: FBT001 - one call
    layout: Any,
    pdf: "PDF",
) -> None:
    """Fix the tags and form fields of a document before it is written, build its fragment and check it."""
    fix_tags(layout, pdf)
    fix_form_fields(pdf)
    if other_fonts:
        add_actual_text(layout, pdf)
    results.append((build_fragment(pdf), check_accessibility(pdf)))


def _fetcher(logos: Mapping[str, bytes]) -> "URLFetcher":
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class ClosedUrlFetcher(URLFetcher):
        """Serve the files that a page may load, and stop the printing for any other address."""

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
            found = find_asset(url, logos)
            if found is None:
                raise FatalURLFetchingError(url[:80])
            return URLFetcherResponse(url, found[0], {"Content-Type": found[1]})

    return ClosedUrlFetcher(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)


class _FontSet:
    """One set of fonts, with the print style sheets that were parsed for it.

    It holds our own fonts and those for a page's other scripts, and no font of the system: a page that fell back to a
    system font, or to a font of the page before it, would print different bytes elsewhere.
    """

    def __init__(self) -> None:
        from weasyprint.text.fonts import FontConfiguration

        self.sheets: dict[str, CSS] = {}
        with tempfile.TemporaryDirectory(prefix="press-fonts-") as folder, _fontconfig(Path(folder)):
            self.fonts: FontConfiguration = FontConfiguration()

    def parse(self, text: str) -> "CSS":
        from weasyprint import CSS

        if text not in self.sheets:
            self.sheets[text] = CSS(string=text, url_fetcher=_fetcher({}), font_config=self.fonts)
        return self.sheets[text]


def _font_set(faces: tuple[Face, ...]) -> _FontSet:
    """Return the font set for some fonts besides our own; the set without any others is never dropped."""
    return _other_font_set(faces) if faces else _own_font_set()


@cache
def _own_font_set() -> _FontSet:
    atexit.register(_clear_font_sets)
    return _FontSet()


@lru_cache(maxsize=3)
def _other_font_set(faces: tuple[Face, ...]) -> _FontSet:
    _own_font_set()
    return _FontSet()


@contextmanager
def _fontconfig(folder: Path) -> Iterator[None]:
    file = folder / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig><cachedir>{folder}</cachedir></fontconfig>",
        "utf-8",
    )
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(file)
    try:
        yield
    finally:
        del os.environ["FONTCONFIG_FILE"]
        os.environ.update({} if before is None else {"FONTCONFIG_FILE": before})


def _clear_font_sets() -> None:
    """Drop the font sets while Python can still remove their temporary folders."""
    _own_font_set.cache_clear()
    _other_font_set.cache_clear()


@contextmanager
def _pause_garbage_collection() -> Iterator[None]:
    """Pause the cyclic garbage collector while a page is printed, and collect once at the end.

    Millions of objects live until then and die together. Collecting earlier would move them to the oldest generation,
    which is collected so rarely that the process would grow.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.collect()
        if before:
            gc.enable()


class _LogErrors(logging.Handler):
    """Collect the errors that WeasyPrint only logs, and its warnings about characters without a glyph."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.words: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR or record.msg.startswith(".notdef"):
            self.words.append(record.getMessage())


@contextmanager
def _raise_on_log_errors() -> Iterator[None]:
    """Raise PressFailed for an error that WeasyPrint only logs, such as a broken image or an unknown rule."""
    errors, log = _LogErrors(), logging.getLogger("weasyprint")
    log.addHandler(errors)
    try:
        yield
    finally:
        log.removeHandler(errors)
    if errors.words:
        raise PressFailed(f"The page is not sound: {errors.words[0][:200]}")
