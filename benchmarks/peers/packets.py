"""The other ways to make a packet: one long document by the same engine, a browser, and a merge of finished PDFs."""

import io
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, String

from workbench.documents.model import Document, Paper
from workbench.documents.page.html import render_html, style_sheet
from workbench.places import font_dir

T = TypeVar("T")


def one_page(documents: Sequence[Document]) -> str:
    """Give all documents of some roles as one HTML page, with the style sheet and the fonts as files."""
    pages = [render_html(document, Paper.A4) for document in documents]
    bodies = [re.split(r"<body[^>]*>|</body>", page)[1] for page in pages]
    style = style_sheet(Paper.A4).replace("asset:fonts/", f"{font_dir().as_uri()}/")
    breaks = '</div><div style="break-before: page">'.join(bodies)
    return f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Packet</title><style>{style}</style></head><body><div>{breaks}</div></body></html>'


def naive_page_seconds(documents: Sequence[Document]) -> float:
    """Tell what a page costs when the packet is one document; more pages only make it dearer."""
    from weasyprint import HTML  # noqa: PLC0415 - the peer, loaded where it is measured

    page = one_page(documents)
    HTML(string="<p>warm").write_pdf()
    seconds, data = timed(lambda: HTML(string=page).write_pdf(pdf_variant="pdf/ua-1"))
    with pypdfium2.PdfDocument(data) as pdf:
        return seconds / len(pdf)


def chromium(documents: Sequence[Document]) -> tuple[float, int, int]:
    """Print the same packet in a warm browser, tagged and with bookmarks. Return seconds, pages and bytes."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - the peer, loaded where it is measured

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        file = Path(folder) / "packet.html"
        file.write_text(one_page(documents), "utf-8")
        options = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=options)
        page = browser.new_page()
        page.goto(file.as_uri())
        page.pdf(page_ranges="1")

        def run() -> bytes:
            page.goto(file.as_uri())
            return bytes(page.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True))

        seconds, data = timed(run)
        browser.close()
    with pypdfium2.PdfDocument(data) as pdf:
        return seconds, len(pdf), len(data)


def merge(documents: Sequence[bytes]) -> bytes:
    """Merge PDFs by pikepdf as well as it can be done by hand: pages, tags and the fields of forms."""
    out = pikepdf.new()
    tree = out.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    top = out.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=tree, K=Array()))
    numbers, fields, key = Array(), Array(), 0
    for data in documents:
        source = pikepdf.open(io.BytesIO(data))
        first = len(out.pages)
        out.pages.extend(source.pages)
        own = out.copy_foreign(source.Root.StructTreeRoot)
        numbers_of_document = own.ParentTree.Nums
        for at in range(0, len(numbers_of_document), 2):
            numbers.append(key + int(numbers_of_document[at]))
            numbers.append(numbers_of_document[at + 1])
        for at in range(first, len(out.pages)):
            page = out.pages[at].obj
            page.StructParents = int(page.StructParents) + key
            for annotation in page.get("/Annots", []):
                annotation.StructParent = int(annotation.StructParent) + key
        key += len(numbers_of_document) // 2
        part = own.K[0]
        part.S, part.P, part.T = Name.Part, top, String("Document")
        top.K.append(part)
        if "/AcroForm" in source.Root:
            for field in out.copy_foreign(source.make_indirect(source.Root.AcroForm)).Fields:
                fields.append(field)
    tree.K, tree.ParentTree = Array([top]), out.make_indirect(Dictionary(Nums=numbers))
    out.Root.StructTreeRoot, out.Root.MarkInfo, out.Root.Lang = tree, Dictionary(Marked=True), String("en")
    if len(fields):
        out.Root.AcroForm = Dictionary(Fields=fields, NeedAppearances=True)
    target = io.BytesIO()
    out.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found
