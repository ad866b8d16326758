"""HTML to PDF, closed and exact: only house fonts and the company's mark get in, and one value gives one file."""

import ctypes
import gc
import hashlib
import logging
import os
import re
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from workbench.documents.filters import FILTERS, printed
from workbench.documents.model import Document, Heading, Paper, Pressed, PressFailed
from workbench.places import data_dir, font_dir

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

VARIANT = "pdf/ua-1"
OPTIONS: Mapping[str, Any] = {"pdf_variant": VARIANT}
SHEET = "print.css"
_FONT = re.compile(r"asset:fonts/([A-Za-z0-9-]+\.ttf)")
_MARK = re.compile(r"asset:marks/([0-9a-f]{64})")
_ONE_AT_A_TIME = threading.Lock()
_NATIVE = {"pango": ("libpango-1.0.so.0", "pango_version_string"), "harfbuzz": ("libharfbuzz.so.0", "hb_version_string")}


def html(document: Document, paper: Paper, folder: Path | None = None) -> str:
    """Pour a document's data into its template; the template is given `document`, `data`, `stamp`, `paper` only.

    `folder` holds the templates (ours by default). Raises jinja2.UndefinedError for a name that is not there and
    TypeError for a value that must not be printed (None, a float).
    """
    template = environment(folder or template_dir()).get_template(document.template)
    return template.render(document=document, data=document.data, stamp=document.stamp, paper=paper)


def press(document: Document, paper: Paper, mark: bytes | None = None, folder: Path | None = None) -> Pressed:
    """Print a document in this process. Work for a warm child: a page takes about 50 ms of processor time.

    `mark` is the image that `document.stamp.mark` names. Raises PressFailed.
    """
    return press_html(html(document, paper, folder), paper, marks_of(document, mark), folder)


def press_html(page: str, paper: Paper, marks: Mapping[str, bytes] | None = None, folder: Path | None = None) -> Pressed:
    """Print a whole HTML page with the print sheet of `folder`; `marks` are images by their sha256.

    Raises PressFailed when the page asks for anything that is not served, or cannot be laid out.
    """
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError

    with _ONE_AT_A_TIME, _rare_collection(), _no_complaint():
        try:
            fonts, fetcher = _fonts(), _fetcher(marks or {})
            sheet = _sheet(paper, folder or template_dir())
            laid_out = HTML(string=page, url_fetcher=fetcher).render(font_config=fonts, stylesheets=[sheet], **OPTIONS)
            pdf = laid_out.write_pdf(**OPTIONS)
        except FatalURLFetchingError as error:
            raise PressFailed(f"The page asks for something that is not printed: {error}") from None
        except (Exception, RecursionError, MemoryError) as error:
            raise PressFailed(f"The page cannot be laid out ({type(error).__name__}).") from error
    headings = tuple(
        Heading(level, text, at)
        for at, printed_page in enumerate(laid_out.pages, 1)
        for level, text, *_ in printed_page.bookmarks
    )
    return Pressed(pdf, len(laid_out.pages), headings)


def marks_of(document: Document, mark: bytes | None) -> Mapping[str, bytes]:
    """Name the mark by its digest as the press wants it. Raises PressFailed when it is not the one that is stamped."""
    wanted = document.stamp.mark
    if wanted is None:
        return {}
    if mark is None or hashlib.sha256(mark).hexdigest() != wanted:
        raise PressFailed("The company's mark is not the one that the document names.")
    return {wanted: mark}


def template_dir() -> Path:
    """Find the folder of print templates and of the print sheet."""
    return data_dir("templates") / "documents"


@cache
def environment(folder: Path) -> Environment:
    """Make the one environment for the print templates of a folder: strict, escaping everything, softening all text."""
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=printed,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals = {"range": range, "namespace": made.globals["namespace"]}
    made.filters.update(FILTERS)
    return made


def sheet_text(paper: Paper, folder: Path | None = None) -> str:
    """Give the print sheet for one paper: `print.css` and the size of the page."""
    width, height = paper.size
    size = f"@page {{ size: {width / 10:.1f}mm {height / 10:.1f}mm }}\n"
    return (folder or template_dir()).joinpath(SHEET).read_text("utf-8") + size


@cache
def engine() -> Mapping[str, str]:
    """Name every version that decides the bytes of a PDF: WeasyPrint and its parts, Pango, HarfBuzz, the variant.

    Does not import WeasyPrint, so a web process can ask.
    """
    packages = ("weasyprint", "pydyf", "fonttools", "tinyhtml5", "tinycss2", "cssselect2", "pyphen", "pillow")
    found = {name: version(name) for name in packages} | {"variant": VARIANT}
    for name, (library, function) in _NATIVE.items():
        told = getattr(ctypes.CDLL(library), function)
        told.restype = ctypes.c_char_p
        found[name] = told().decode()
    return found


def _fetcher(marks: Mapping[str, bytes]) -> "URLFetcher":
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class Closed(URLFetcher):  # type: ignore[misc]
        """Serve house fonts by name and marks by digest; whatever else is asked for ends the printing."""

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
            if font := _FONT.fullmatch(url):
                file = font_dir() / font[1]
                if file.is_file():
                    return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": "font/ttf"})
            elif (mark := _MARK.fullmatch(url)) and mark[1] in marks:
                return URLFetcherResponse(url, marks[mark[1]], {"Content-Type": "image/png"})
            raise FatalURLFetchingError(url[:80])

    return Closed(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)


@cache
def _fonts() -> "FontConfiguration":
    """Make the one font configuration of this process, which knows the house fonts and none of the machine's.

    A page that fell back to a font of the machine would print other bytes elsewhere.
    """
    from weasyprint.text.fonts import FontConfiguration

    with _own_fontconfig():
        return FontConfiguration()


@contextmanager
def _own_fontconfig() -> Iterator[None]:
    before = os.environ.get("FONTCONFIG_FILE")
    with tempfile.TemporaryDirectory(prefix="press-fonts-") as folder:
        file = Path(folder) / "fonts.conf"
        file.write_text(
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
            f"<fontconfig><cachedir>{folder}</cachedir></fontconfig>",
            "utf-8",
        )
        os.environ["FONTCONFIG_FILE"] = str(file)
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before


_sheets: dict[tuple[Paper, str], "CSS"] = {}


def _sheet(paper: Paper, folder: Path) -> "CSS":
    """Parse the print sheet once for each paper and each state of the file."""
    from weasyprint import CSS

    text = sheet_text(paper, folder)
    if (paper, text) not in _sheets:
        _sheets[paper, text] = CSS(string=text, url_fetcher=_fetcher({}), font_config=_fonts())
    return _sheets[paper, text]


@contextmanager
def _rare_collection() -> Iterator[None]:
    """Let the cyclic collector rest: a layout makes millions of objects that live until the end of it."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 50, 1_000)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Complaints(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.words: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.words.append(record.getMessage())


@contextmanager
def _no_complaint() -> Iterator[None]:
    """Turn an error that WeasyPrint only logs (a broken image) into PressFailed."""
    heard, log = _Complaints(), logging.getLogger("weasyprint")
    log.addHandler(heard)
    try:
        yield
    finally:
        log.removeHandler(heard)
    if heard.words:
        raise PressFailed(f"The page is not sound: {heard.words[0][:200]}")
