"""The parts of an empty Word file with our styles, in a language and a size, and their ZIP archive."""

import io
import re
import zipfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from workbench.core.file_formats import ARCHIVE_DATE
from workbench.core.text.countries import likely_country

_PARTS = {
    "[Content_Types].xml": "content-types.xml",
    "_rels/.rels": "package.rels.xml",
    "word/document.xml": "document.xml",
    "word/_rels/document.xml.rels": "document.rels.xml",
    "word/styles.xml": "styles.xml",
    "word/numbering.xml": "numbering.xml",
    "word/fontTable.xml": "fontTable.xml",
    "word/settings.xml": "settings.xml",
}
_STYLES = "word/styles.xml"
_LISTS = "word/numbering.xml"
_TEMPLATE_LANGUAGE = 'w:lang w:val="en-GB"'
_STYLE = re.compile(r'<w:style [^>]*w:styleId="(\w+)".*?</w:style>', re.DOTALL)
_SIZE = re.compile(r'(<w:sz(?:Cs)? w:val=")(\d+)(?=")')
# Half points; the footer is as large as on a printed page.
_LARGE, _LARGE_FOOT = 36, 24
_LARGE_HEADS = {25: 42, 32: 46, 33: 48, 56: 60}
# As in large print: black text, no italics, no capitals, no indents, more line spacing.
_CLEAR = {
    '<w:color w:val="565C66"/>': "",
    'w:color="B4BAC3"': 'w:color="565C66"',
    "<w:i/><w:iCs/>": "<w:b/><w:bCs/>",
    "<w:caps/>": "",
    '<w:ind w:left="1871"/>': "",
    '<w:ind w:left="284" w:hanging="284"/>': '<w:ind w:left="454" w:hanging="454"/>',
    '<w:tab w:val="left" w:pos="284"/>': '<w:tab w:val="left" w:pos="454"/>',
    'w:line="390" w:lineRule="exact"': 'w:line="720" w:lineRule="exact"',
}


@cache
def empty_package(folder: Path, language: str, *, large: bool) -> bytes:
    """Build the empty document with our styles, once for each process; `folder` holds its parts."""
    parts = {name: folder.joinpath(file).read_bytes() for name, file in _PARTS.items()}
    styles = parts[_STYLES].decode().replace(_TEMPLATE_LANGUAGE, f'w:lang w:val="{_language_tag(language)}"')
    parts[_STYLES] = (_enlarge_styles(styles) if large else styles).encode()
    if large:
        parts[_LISTS] = parts[_LISTS].replace(b'"340"', b'"567"').replace(b'"227"', b'"397"')
    return zip_parts(parts.items())


def rezip(file: bytes) -> bytes:
    """Write the parts of a file again, in their order and with a fixed date."""
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        return zip_parts((name, parts.read(name)) for name in parts.namelist())


def zip_parts(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Write parts into an archive; equal parts give equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, ARCHIVE_DATE)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            archive.writestr(entry, content)
    return out.getvalue()


def _language_tag(language: str) -> str:
    """Return language and country as Word needs them for spelling."""
    return "en-GB" if language == "en" else f"{language}-{likely_country(language)}"


def _enlarge_styles(styles: str) -> str:
    """Set every style to at least 18 point, except the footer and the gap between tables."""
    head, rest = styles.split("<w:style ", 1)
    styles = _set_sizes(head, _LARGE) + _STYLE.sub(_enlarge_style, f"<w:style {rest}")
    for small, large in _CLEAR.items():
        styles = styles.replace(small, large)
    return styles


def _enlarge_style(style: re.Match[str]) -> str:
    name = style[1]
    return style[0] if name == "Gap" else _set_sizes(style[0], _LARGE_FOOT if name == "Footer" else _LARGE)


def _set_sizes(text: str, size: int) -> str:
    return _SIZE.sub(lambda found: f"{found[1]}{_LARGE_HEADS.get(int(found[2]), size)}", text)
