"""The structure of a page: its tags and the names of their attributes, so that each structure is proved once."""

import re
from hashlib import blake2b
from pathlib import Path
from typing import ClassVar
from xml.etree.ElementTree import Element

import html5lib
from lxml import etree

# With anything but these plain forms a page has no structure that says all about its errors, and is proved each time.
_TAG = re.compile(r"""<(/?[a-zA-Z][\w-]*)((?:\s+[^\s"'<>/=]+(?:="[^"]*"|='[^']*')?)*)\s*(/?)>""")
_VALUE = re.compile(r"""(?<! type)=(?:"[^"]*"|'[^']*')""")  # a hidden field may stand where another may not
_DOCTYPE = "<!doctype html>"
_ODD = re.compile(
    r"&(?!(?:amp|lt|gt|quot|nbsp|#34|#39);)"
    r"|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U0001fffe-\U0010ffff]"
)
_PLAIN = etree.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)


class Proved:
    """The structures that the strict parser found without errors, for all processes of a test run."""

    folder: Path | None = None  # of the test run; without it each process has only its own
    known: ClassVar[set[str]] = set()

    @classmethod
    def has(cls, key: str) -> bool:
        """Return whether any process has proved a structure."""
        if key not in cls.known and cls.folder and (cls.folder / key).exists():
            cls.known.add(key)
        return key in cls.known

    @classmethod
    def add(cls, key: str) -> None:
        """Tell the other processes, too, that a structure is proved."""
        cls.known.add(key)
        if cls.folder:
            (cls.folder / key).touch()


def parse(html: str, *, whole: bool) -> tuple[Element, list[str]]:
    """Return the tree of a page, or of a piece of one, and the errors in its HTML.

    The strict parser reads each structure once in a run. A page of a structure without errors is read by the fast
    parser from then on, if both have built the same tree.
    """
    key = structure(html) if whole else ""
    if key and Proved.has(key):
        return etree.fromstring(html, _PLAIN), []
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = (parser.parse if whole else parser.parseFragment)(html)
    lines = html.splitlines()
    errors = [
        f"line {line}: {code} {facts or ''} in {lines[min(line, len(lines)) - 1].strip()[:120]!r}"
        for (line, _), code, facts in parser.errors
    ]
    if key and not errors and _shape(root) == _shape(etree.fromstring(html, _PLAIN)):
        Proved.add(key)
    return root, errors


def structure(html: str) -> str:
    """Return a digest of what decides about the errors in a whole page, whatever its texts and values are.

    It is empty for a page that is not written in the plain way which makes this certain.
    """
    html = html.lstrip()
    if html[: len(_DOCTYPE)].lower() != _DOCTYPE or _ODD.search(html):
        return ""
    parts = _TAG.split(html[len(_DOCTYPE) :])  # a text, then a name, attributes, a slash and a text for each tag
    texts = parts[::4]
    if any("<" in text for text in texts):
        return ""
    parts[::4] = ["" if text.isspace() else text and "text" for text in texts]
    parts[2::4] = [_VALUE.sub("", attributes) for attributes in parts[2::4]]
    return blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


def _shape(root: Element) -> list[tuple[str, int]]:
    return [(element.tag.rpartition("}")[2], len(element)) for element in root.iter() if isinstance(element.tag, str)]
