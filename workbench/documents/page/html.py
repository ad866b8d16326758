"""Render a document as an HTML page, with its style sheets and the files that it may load."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from itertools import accumulate
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from workbench.core.digests import sha256
from workbench.core.text.translation import Translator, load_translator
from workbench.documents.model import EDITION_LABEL, Document, Paper, PressFailed, Stamp, edition_number
from workbench.documents.page.answers import Answers
from workbench.documents.page.dates import head_mark
from workbench.documents.page.do_not_ask import do_not_ask
from workbench.documents.page.filters import filters, finalize, soften
from workbench.documents.page.fonts import Face, font_path, font_rules, fonts_for, han_language, replace_unsupported
from workbench.documents.page.rtl import mark_direction
from workbench.places import data_dir

LARGE = """@page {
  margin: 15mm 17mm 28mm 17mm;
  @top-right { font-size: 18pt }
  @bottom-left { color: #16181d; font-size: 12pt; padding-top: 4mm }
  @bottom-right { color: #16181d; font-size: 12pt; padding-top: 4mm }
}"""
# Characters on two lines of a footer; the stamp of a packet is below them.
_FOOT, _LARGE_FOOT = 165, 110
_MIN_TITLE_LENGTH = 40
_FONT = re.compile(r"asset:fonts/([A-Za-z0-9-]+\.[ot]tf)")
_FAMILY = re.compile(r'"Source (?:Sans 3|Serif 4)",')
_LOGO = re.compile(r"asset:logos/([0-9a-f]{64})")


def render_html(document: Document, paper: Paper, folder: Path | None = None) -> str:
    """Render a document's template, which gets only `document`, `data`, `stamp`, `paper` and `answers`.

    `folder` holds the templates (ours by default). Raise jinja2.UndefinedError for an unknown name, and TypeError for a
    value that must not be printed (None, a float).
    """
    template = environment(folder or template_dir(), document.language).get_template(document.template)
    return replace_unsupported(mark_direction(template.render(_values(document, paper))))


def _values(document: Document, paper: Paper) -> dict[str, object]:
    """Return what a template gets."""
    return {
        "document": document,
        "data": document.data,
        "stamp": document.stamp,
        "paper": paper,
        "answers": Answers(document, load_translator(document.language)),
    }


def template_dir() -> Path:
    """Return the folder of print templates and print style sheets."""
    return data_dir("templates") / "documents"


@cache
def environment(folder: Path, language: str = "en") -> Environment:
    """Return the template environment of a folder in one language.

    It is strict, escapes everything and adds soft breaks to all text; `gettext` translates a built-in text in a
    template.
    """
    result = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    translator = load_translator(language)
    result.globals = {
        "range": range,
        "namespace": result.globals["namespace"],
        "gettext": translator.markup,
        "ngettext": translator.ngettext_markup,
        "do_not_ask": do_not_ask(translator),
    }
    result.filters.update(filters(translator))
    return result


def style_sheet(paper: Paper, folder: Path | None = None, text: str = "") -> str:
    """Return the style sheet for a paper size: fonts, print rules and page size.

    Fonts for characters of `text` that our fonts lack are added to every font family as a fallback.
    """
    templates = folder or template_dir()
    font_faces = templates.joinpath("faces.css").read_text("utf-8")
    rules = "\n".join([font_faces, print_rules(templates), f"@page {{ size: {_lengths(*paper.size)} }}"])
    other_faces = fonts_for(text)
    return _add_fonts(rules, other_faces, text) if other_faces else rules


def print_rules(folder: Path) -> str:
    """Return the print rules of a template folder: the files in its folder `print`, in the order of their names."""
    return "\n".join(file.read_text("utf-8") for file in sorted(folder.joinpath("print").glob("*.css")))


def _add_fonts(rules: str, faces: tuple[Face, ...], text: str) -> str:
    fallbacks = "".join(f' "{face.family}",' for face in faces)
    return (
        f"{font_rules(faces)}{_FAMILY.sub(lambda family: family[0] + fallbacks, rules)}\n"
        f'.paper {{ font-language-override: "{han_language(text)}" }}\nbdi[dir="rtl"] {{ direction: rtl }}\n'
    )


_LANDSCAPE_MARGIN = "9mm 13mm 12.5mm 13mm"


def margin_style(document: Document, paper: Paper) -> str:
    """Return the page headers and footers as a style sheet for both layout engines.

    It also turns a landscape page, because the preview engine does not support the size of a named page. A large
    document stays upright, because its tables are set as rows, and has larger text and narrower margins.
    """
    stamp, translator = document.stamp, load_translator(document.language)
    page_number = translator.gettext("Page {page} of {pages}")
    rules = f"@bottom-left {{ content: {_css_text(soften(replace_unsupported(footer_text(document, translator))))} }}"
    if mark := head_mark(stamp, translator):
        rules += f" @top-right {{ content: {_css_text(mark)} }}"
    if document.language != "en":
        rules += f" @bottom-right {{ content: {_page_number_content(page_number)} }}"
    if document.large:
        return f"{LARGE} @page {{ {rules} }}"
    if document.tight:
        rules += " margin: 10mm 13mm 15mm;"
    if document.landscape:
        rules += f" size: {_lengths(paper.size[1], paper.size[0])}; margin: {_LANDSCAPE_MARGIN};"
    return f"@page {{ {rules} }}"


def footer_text(document: Document, translator: Translator) -> str:
    """Return the footer with company, title, edition and digest, which fits on two lines."""
    stamp = document.stamp
    dated = translator.day(stamp.dated) if stamp.dated else ""
    details = [edition_name(stamp, translator), dated, stamp.digest[:8]]
    max_width = (_LARGE_FOOT if document.large else _FOOT) - sum(map(_display_width, [stamp.company, *details]))
    return "\u00a0\u00b7 ".join(filter(None, [stamp.company, _shorten(document.title, max_width), *details]))


def _display_width(text: str) -> int:
    """Return the length of a text; Chinese, Japanese and Korean characters count twice."""
    return sum(1 + (unicodedata.east_asian_width(each) in "WF") for each in text)


def _shorten(text: str, max_width: int) -> str:
    """Shorten a text that is too long for the footer, but never so far that it could be mistaken for another one."""
    max_width = max(max_width, _MIN_TITLE_LENGTH)
    if _display_width(text) <= max_width:
        return text
    ends = accumulate(map(_display_width, text))
    return text[: next(at for at, end in enumerate(ends) if end >= max_width)].rstrip() + "\u2026"


def _page_number_content(text: str) -> str:
    """Return a text with page numbers as the content of a style sheet."""
    counters = {"{page}": "counter(page)", "{pages}": "counter(pages)"}
    pieces = re.split(r"(\{pages?\})", text)
    return " ".join(counters.get(piece) or _css_text(piece) for piece in pieces if piece)


def edition_name(stamp: Stamp, translator: Translator) -> str:
    """Return the name of a document's state in its language: `Edition 3`, `Draft`."""
    number = edition_number(stamp.edition)
    return translator.gettext(EDITION_LABEL, number=number) if number else translator.gettext(stamp.edition)


def logo_files(document: Document, logo: bytes | None) -> Mapping[str, bytes]:
    """Return the logo by its digest. Raise PressFailed when it is not the one in the stamp."""
    digest = document.stamp.logo
    if digest is None:
        return {}
    if logo is None or sha256(logo) != digest:
        raise PressFailed("The company's logo is not the one that the document names.")
    return {digest: logo}


def find_asset(url: str, logos: Mapping[str, bytes]) -> tuple[bytes, str] | None:
    """Return bytes and media type of a file that a page may load, or None: one of our fonts, or a logo by digest."""
    if font := _FONT.fullmatch(url):
        file = font_path(font[1])
        return (file.read_bytes(), f"font/{file.suffix[1:]}") if file.is_file() else None
    logo = _LOGO.fullmatch(url)
    return (logos[logo[1]], "image/png") if logo and logo[1] in logos else None


def _lengths(width: int, height: int) -> str:
    return f"{width / 10:.1f}mm {height / 10:.1f}mm"


def _css_text(text: str) -> str:
    """Quote text for a style sheet; special characters are written as their numbers."""
    return (
        '"'
        + "".join(char if char.isalnum() or char == " " or char > "~" else f"\\{ord(char):x} " for char in text)
        + '"'
    )


def render_body(document: Document, paper: Paper, folder: Path | None = None) -> Markup:
    """Return the body of a document for a page of our own site; the print environment has escaped it.

    It has no logo, because a browser cannot load it from the address of the press.
    """
    without_logo = replace(document, stamp=replace(document.stamp, logo=None))
    template = environment(folder or template_dir(), document.language).get_template(document.template)
    context = template.new_context(_values(without_logo, paper))
    return Markup(mark_direction("".join(template.blocks["body"](context))))  # noqa: S704 - the template escapes it


def screen_style_sheet(folder: Path | None = None) -> str:
    """Return the print rules for documents on screen, and those for narrow screens; the site has the fonts."""
    templates = folder or template_dir()
    return f"{print_rules(templates)}\n{templates.joinpath('screen.css').read_text('utf-8')}"
