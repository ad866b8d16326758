"""HTML to PDF, closed and exact: only house fonts and the company's logo get in, and one value gives one file."""

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

from workbench.documents.model import AccessibilityFinding, Document, Heading, Paper, PressFailed, PrintedPdf
from workbench.documents.page.fonts import Face, fonts_for
from workbench.documents.page.html import find_asset, logo_files, render_html, running_style, style_sheet
from workbench.documents.pdf.accessibility import check_accessibility
from workbench.documents.pdf.actual_text import add_actual_text
from workbench.documents.pdf.capture import build_fragment
from workbench.documents.pdf.fields import fix_form_fields
from workbench.documents.pdf.tags import fix_tags

if TYPE_CHECKING:
    from pydyf import PDF
    from weasyprint import CSS
    from weasyprint.urls import URLFetcher

__all__ = ["engine_versions", "press", "press_html"]

VARIANT = "pdf/ua-1"
_ONE_AT_A_TIME = threading.Lock()  # the fonts and their caches belong to the process
_NATIVE = {
    "pango": ("libpango-1.0.so.0", "pango_version_string"),
    "harfbuzz": ("libharfbuzz.so.0", "hb_version_string"),
}
_PACKAGES = ("weasyprint", "pydyf", "fonttools", "tinyhtml5", "tinycss2", "cssselect2", "pyphen", "pillow")


def press(document: Document, paper: Paper, logo: bytes | None = None, folder: Path | None = None) -> PrintedPdf:
    """Print a document in this process. Work for a warm child: a page takes about 50 ms of processor time.

    `logo` is the image that `document.stamp.logo` names. Raises PressFailed.
    """
    return press_html(
        render_html(document, paper, folder), paper, running_style(document, paper), logo_files(document, logo), folder
    )


def press_html(
    page: str,
    paper: Paper,
    words: str = "",
    logos: Mapping[str, bytes] | None = None,
    folder: Path | None = None,
) -> PrintedPdf:
    """Print a whole HTML page with the print sheets of `folder`.

    `words` is the style sheet of the running words, `logos` are images by their sha256. Raises PressFailed when the
    page asks for anything that is not served, or cannot be laid out.
    """
    with _ONE_AT_A_TIME, _pause_garbage_collection(), _raise_on_log_errors():
        try:
            return _print_page(page, paper, words, logos or {}, folder)
        except PressFailed:
            raise
        except Exception as error:
            raise PressFailed(f"The page cannot be laid out ({type(error).__name__}).") from error


def _print_page(page: str, paper: Paper, words: str, logos: Mapping[str, bytes], folder: Path | None) -> PrintedPdf:
    """Lay a page out and write it; whatever the layout was made of is dead when this returns."""
    from weasyprint import CSS, HTML
    from weasyprint.urls import FatalURLFetchingError

    try:
        fetcher, text = _fetcher(logos), page + words
        desk = _font_set(wanted := fonts_for(text))
        rules = desk.parse(style_sheet(paper, folder, text))
        sheets = [rules, CSS(string=words, url_fetcher=fetcher, font_config=desk.fonts)]
        source = HTML(string=page, url_fetcher=fetcher)
        laid_out = source.render(font_config=desk.fonts, stylesheets=sheets, pdf_variant=VARIANT)
        taken: list[tuple[bytes, tuple[AccessibilityFinding, ...]]] = []
        pdf = laid_out.write_pdf(pdf_variant=VARIANT, finisher=partial(_finish, taken, bool(wanted)))
    except FatalURLFetchingError as error:
        raise PressFailed(f"The page asks for something that is not printed: {error}") from None
    headings = (
        Heading(level, text, at)
        for at, printed_page in enumerate(laid_out.pages, 1)
        for level, text, *_ in printed_page.bookmarks
    )
    return PrintedPdf(pdf, len(laid_out.pages), tuple(headings), *taken[0])


@cache
def engine_versions() -> Mapping[str, str]:
    """Name every version that decides the bytes of a PDF: WeasyPrint and its parts, Pango, HarfBuzz, the variant.

    Does not import WeasyPrint, so a web process can ask.
    """
    found = {name: version(name) for name in _PACKAGES} | {"variant": VARIANT}
    for name, (library, function) in _NATIVE.items():
        told = getattr(ctypes.CDLL(library), function)
        told.restype = ctypes.c_char_p
        found[name] = told().decode()
    return found


def _finish(
    taken: list[tuple[bytes, tuple[AccessibilityFinding, ...]]],
    other_letters: bool,  # noqa: FBT001 - one call
    laid_out: Any,
    pdf: "PDF",
) -> None:
    """Mend the tags and the form fields of a document before it is written, take its fragment and check it."""
    fix_tags(laid_out, pdf)
    fix_form_fields(pdf)
    if other_letters:
        add_actual_text(laid_out, pdf)
    taken.append((build_fragment(pdf), check_accessibility(pdf)))


def _fetcher(logos: Mapping[str, bytes]) -> "URLFetcher":
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class Closed(URLFetcher):
        """Serve what a page may ask for; whatever else is asked for ends the printing."""

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
            found = find_asset(url, logos)
            if found is None:
                raise FatalURLFetchingError(url[:80])
            return URLFetcherResponse(url, found[0], {"Content-Type": found[1]})

    return Closed(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)


class _FontSet:
    """One set of fonts, and the print sheets that were parsed for it, once for each state of their text.

    The fonts are the house fonts, those of a page's other letters, and none of the machine's: a page that fell back
    to a font of the machine, or of the page before it, would print other bytes elsewhere.
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


def _font_set(wanted: tuple[Face, ...]) -> _FontSet:
    """Give the desk for some letters beside those of the house fonts; the one for no others stays for good."""
    return _other_font_set(wanted) if wanted else _house_font_set()


@cache
def _house_font_set() -> _FontSet:
    atexit.register(_clear_font_sets)
    return _FontSet()


@lru_cache(maxsize=3)
def _other_font_set(wanted: tuple[Face, ...]) -> _FontSet:
    _house_font_set()
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
    """Let go of the fonts while Python can still remove the folders they were copied to."""
    _house_font_set.cache_clear()
    _other_font_set.cache_clear()


@contextmanager
def _pause_garbage_collection() -> Iterator[None]:
    """Let the cyclic collector rest until a page is printed: its millions of objects live until then and die together.

    Collecting while some still live puts them among the old ones, which are looked at so rarely that the process grows.
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
    """Hear the errors that WeasyPrint only logs, and of its warnings the one of a letter that no font has."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.words: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR or record.msg.startswith(".notdef"):
            self.words.append(record.getMessage())


@contextmanager
def _raise_on_log_errors() -> Iterator[None]:
    """Turn an error that WeasyPrint only logs (a broken image, a rule it does not know) into PressFailed."""
    heard, log = _LogErrors(), logging.getLogger("weasyprint")
    log.addHandler(heard)
    try:
        yield
    finally:
        log.removeHandler(heard)
    if heard.words:
        raise PressFailed(f"The page is not sound: {heard.words[0][:200]}")
