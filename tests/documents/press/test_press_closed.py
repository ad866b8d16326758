"""The press and the preview are closed: no page makes them open a file, a connection, or a font of the machine."""

import base64
import contextlib
import ctypes
import os
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.support.make import SAMPLE, document
from workbench.documents.model import Paper, PressFailed
from workbench.documents.press.preview import Preview
from workbench.documents.press.process import WorkerProcess
from workbench.documents.press.warm import WarmPress

pytestmark = pytest.mark.slow("starts an engine for each attack")

CANARY = b"canary-6f1d"
IN_ACCESS_OR_OPEN = 0x1 | 0x20

VECTORS = {
    "image": '<img src="{url}">',
    "image with a set": '<img srcset="{url} 2x" src="{url}">',
    "picture": '<picture><source srcset="{url}"><img src="{url}"></picture>',
    "style sheet": '<link rel="stylesheet" href="{url}">',
    "import": "<style>@import url({url});</style>",
    "import in layers": "<style>@import '{url}' layer(a);</style>",
    "background": "<style>p {{ background: url({url}) }}</style><p>a",
    "style attribute": '<p style="background-image: url({url})">a',
    "content": "<style>p::before {{ content: url({url}) }}</style><p>a",
    "list style": "<style>li {{ list-style-image: url({url}) }}</style><ul><li>a</ul>",
    "border image": "<style>p {{ border: 5px solid; border-image-source: url({url}) }}</style><p>a",
    "mask border": "<style>p {{ border: 5px solid; mask-border-source: url({url}) }}</style><p>a",
    "page background": "<style>@page {{ background: url({url}); @top-left {{ content: url({url}) }} }}</style>",
    "font face": "<style>@font-face {{ font-family: x; src: url({url}) }} p {{ font-family: x }}</style><p>a",
    "local font": "<style>@font-face {{ font-family: x; src: local('x'), url({url}) }} p {{ font-family: x }}</style><p>a",
    "colour profile": "<style>@color-profile --x {{ src: url({url}) }} p {{ color: color(--x 1 0 0) }}</style><p>a",
    "footnote mark": "<style>p::marker {{ content: url({url}) }} p {{ display: list-item }}</style><p>a",
    "object": '<object data="{url}"></object>',
    "typed object": '<object type="image/svg+xml" data="{url}"></object>',
    "embed": '<embed src="{url}">',
    "frame": '<iframe src="{url}"></iframe>',
    "image button": '<input type="image" src="{url}">',
    "video poster": '<video poster="{url}" src="{url}"></video>',
    "script": '<script src="{url}"></script><script>fetch("{url}")</script>',
    "refresh": '<meta http-equiv="refresh" content="0; url={url}">',
    "attached file": '<link rel="attachment" href="{url}">',
    "attached link": '<a rel="attachment" href="{url}">a</a>',
    "base": '<base href="{url}"><img src="x.png"><link rel="stylesheet" href="x.css">',
    "svg image": '<svg width="9" height="9"><image href="{url}" xlink:href="{url}" width="9" height="9"/></svg>',
    "svg use": '<svg width="9" height="9"><use href="{url}#a" xlink:href="{url}#a"/></svg>',
    "svg style": '<svg width="9" height="9"><style>@import url({url});</style><rect fill="url({url}#a)" width="9" height="9"/></svg>',
    "svg font": '<svg width="9" height="9"><font-face><font-face-src><font-face-uri href="{url}"/></font-face-src></font-face></svg>',
    "svg sheet": '<?xml-stylesheet href="{url}"?><svg width="9" height="9"><text>a</text></svg>',
    "svg in data": '<img src="data:image/svg+xml;base64,{svg}">',
    "entity in data": '<img src="data:image/svg+xml;base64,{entity}">',
    "css in data": '<link rel="stylesheet" href="data:text/css;base64,{css}">',
}


@dataclass(frozen=True, slots=True)
class Trap:
    """A canary file that notices being opened, and a canary server that notices requests."""

    file: Path
    port: int
    requests: list[str]
    watch: int

    def urls(self) -> tuple[str, ...]:
        web = f"127.0.0.1:{self.port}"
        return (
            *(f"http://{web}/a.png", f"http://{web}/redirect", f"ftp://{web}/a.png", f"//{web}/a.png"),
            *(
                self.file.as_uri(),
                f"file:{self.file}",
                str(self.file),
                f"FILE://{self.file}",
                f"asset:fonts/{self.file}",
            ),
        )

    def caught(self) -> list[str]:
        """Return what was opened or asked for since the last look."""
        found, self.requests[:] = list(self.requests), []
        try:
            data = os.read(self.watch, 65536)
        except BlockingIOError:
            return found
        while data:
            length = struct.unpack("iIII", data[:16])[3]
            found.append(data[16 : 16 + length].rstrip(b"\0").decode())
            data = data[16 + length :]
        return found


@pytest.fixture(scope="module")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trap]:
    folder = tmp_path_factory.mktemp("canary")
    file = folder / "canary.svg"
    file.write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>' + CANARY + b"</text></svg>")
    requests: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append(self.path)
            self.send_response(302 if self.path == "/redirect" else 404)
            self.send_header("Location", file.as_uri())
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Stay silent."""

    libc = ctypes.CDLL(None)
    watch = libc.inotify_init1(os.O_NONBLOCK)
    assert libc.inotify_add_watch(watch, os.fsencode(folder), IN_ACCESS_OR_OPEN) >= 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Trap(file, server.server_port, requests, watch)
    server.shutdown()
    server.server_close()
    os.close(watch)


@pytest.fixture(scope="module", params=[WarmPress, Preview])
def engine(request: pytest.FixtureRequest) -> Iterator[WarmPress | Preview]:
    with request.param(SAMPLE) as started:
        yield started


def pages_of(attack: str, url: str) -> str:
    def coded(text: str) -> str:
        return base64.b64encode(text.encode()).decode()

    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    return attack.format(
        url=url,
        svg=coded(f'{svg}<image href="{url}" width="9" height="9"/></svg>'),
        entity=coded(f'<!DOCTYPE svg [<!ENTITY x SYSTEM "{url}">]>{svg}<text>&x;</text></svg>'),
        css=coded(f"@import url({url}); p {{ background: url({url}) }}"),
    )


def sent(child: WorkerProcess, page: str) -> bytes:
    """Print a hostile page without our templates; return the result, or None when it was refused."""
    small = "@page { size: 60mm 60mm; margin: 5mm }"  # a picture of it is drawn at once
    head = {"paper": "a4", "words": small, "logos": [], "folder": str(SAMPLE), "number": None}
    try:
        return b"".join(child.request(head, f'<html lang="en"><title>a</title><p>a</p>{page}'.encode())[1])
    except PressFailed:
        return b""


def test_the_trap_notices(trap: Trap):
    trap.file.read_bytes()
    assert "canary.svg" in trap.caught()
    assert trap.caught() == []


def test_the_same_pages_leak_from_an_open_engine(trap: Trap):
    from weasyprint import HTML

    leaked = set()
    for attack, page in VECTORS.items():
        for url in (trap.file.as_uri(), trap.urls()[0]):
            with contextlib.suppress(Exception):  # some of the pages also break the engine
                HTML(string=pages_of(page, url)).write_pdf()
            leaked |= {attack} if trap.caught() else set()
    assert len(leaked) >= 24, sorted(set(VECTORS) - leaked)


@pytest.mark.parametrize("attack", VECTORS)
def test_no_page_reads_a_file_or_asks_a_server(engine: WarmPress | Preview, trap: Trap, attack: str):
    for url in trap.urls():
        printed = sent(engine.worker, pages_of(VECTORS[attack], url))
        assert trap.caught() == [], f"{attack} with {url}"
        assert CANARY not in printed


def test_what_users_type_into_every_field_is_only_text(engine: WarmPress | Preview, trap: Trap):
    hostile = " ".join(pages_of(attack, url) for attack in VECTORS.values() for url in trap.urls()[:2])
    hostile_document = document(hostile, title=hostile[:200], company='"} @import url(' + trap.urls()[0] + ");")
    printed = (
        engine.press(hostile_document, Paper.A4)
        if isinstance(engine, WarmPress)
        else engine.page(hostile_document, Paper.A4)
    )
    assert printed.pages
    assert trap.caught() == []


def test_a_page_that_asks_for_more_is_refused_by_name(engine: WarmPress | Preview):
    head = {"paper": "a4", "words": "", "logos": [], "folder": str(SAMPLE), "number": 1}
    with pytest.raises(PressFailed, match="asks for something that is not printed: http://example"):
        engine.worker.request(head, b'<img src="http://example.invalid/a.png">')
